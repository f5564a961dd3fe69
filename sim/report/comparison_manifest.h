// manifest.json of a comparison: that of the base, with its alternatives, the fork tree and what was truly stepped.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "analysis/comparison.h"

namespace homeward {

struct ComparisonManifest {
  std::vector<std::string> names;            // of the alternatives
  std::vector<const Scenario*> scenarios;    // the same
  // Of each: paths of the levers in force, informed by data and by a prior only.
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> levers;
  std::string attribution;                   // groups, levers or none
  std::string claim;                         // its file; empty where there is none
};

std::string with_comparison(const std::string& manifest, const Comparison& comparison, const ComparisonManifest& facts);

}  // namespace homeward
