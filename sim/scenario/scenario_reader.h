// What a scenario document says, checked key by key against the declarations.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scenario/keys.h"
#include "scenario/overrides.h"
#include "scenario/scenario.h"
#include "scenario/yaml_document.h"

namespace homeward {

struct ScenarioContent {
  std::string name, note;
  std::optional<std::uint64_t> seed;
  std::optional<int> replicates;
  std::vector<LeverSchedule> levers;  // parallel to Vocabulary::levers
  Parameters parameters;              // the tables' defaults where nothing is said
  struct EconomyChange {
    const EconomyRow* row;
    YearValues values;
  };
  std::vector<EconomyChange> economy;
  struct HostShock {
    std::size_t group;
    const HostShockRow* row;
    YearValues values;
  };
  std::vector<HostShock> hosts;
  std::vector<OutputCube> outputs;
  std::vector<std::string> forced;
};

struct ReadingRules {
  const Vocabulary& vocabulary;
  const Tables& tables;  // without groups (their table is at fault): names of hosts are not checked
  bool force_range = false;
  bool whole = false;  // the document is the result of inheritance: what is missing is a fault too
};

ScenarioContent read_scenario(const YamlNode& root, const ReadingRules& rules, Faults& faults);

}  // namespace homeward
