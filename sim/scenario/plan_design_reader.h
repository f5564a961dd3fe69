// The `design:` of a plan: grids, sampled designs, rows of a CSV file, and how they are crossed or zipped.
#pragma once
#include <string>

#include "scenario/sweep_plan.h"
#include "scenario/value_reader.h"

namespace homeward {

struct PlanDesignRules {
  std::string file;  // of the plan
  const Vocabulary& vocabulary;
  const Tables* tables;  // of the first scenario; nullptr where none could be read: ranges are not looked up then
  ValueReader& values;
  Faults& faults;
};

PlanDesign read_plan_design(const YamlEntry& entry, const PlanDesignRules& rules);

}  // namespace homeward
