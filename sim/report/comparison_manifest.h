// manifest.json of a comparison: that of the base, with its alternatives, the fork tree and what was truly stepped.
#pragma once
#include <string>
#include <vector>

#include "analysis/comparison.h"

namespace homeward {

struct ComparisonManifest {
  std::vector<std::string> names;            // of the alternatives
  std::vector<const Scenario*> scenarios;    // the same
  std::string attribution;                   // groups, levers or none
  std::string claim;                         // its file; empty where there is none
};

std::string with_comparison(const std::string& manifest, const Comparison& comparison, const ComparisonManifest& facts);

}  // namespace homeward
