// manifest.json of a comparison: that of the base, with its alternatives, the fork tree and what was truly stepped.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/comparison.h"
#include "report/comparison_lines.h"

namespace homeward {

// Years up to which a headline sums what differs from `from_year` on: five years on, 2035, the end.
std::vector<int> headline_ends(int from_year, int to_year);

// A claim as it was judged, for the page and for programs.
struct JudgedClaim {
  std::string text, verdict, measure;  // verdict: holds, fails, cannot tell
  int from_year = 0, to_year = 0;
  bool relative = true, at_least = true;
  double threshold = 0;
  std::optional<double> value, low, high;
};

struct ComparisonManifest {
  std::vector<std::string> names;            // of the alternatives
  std::vector<const Scenario*> scenarios;    // the same
  // Of each: paths of the levers in force, informed by data and by a prior only.
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> levers;
  std::string attribution;                   // groups, levers or none
  std::string claim;                         // its file; empty where there is none
  std::optional<JudgedClaim> judged;
  std::vector<std::vector<std::string>> differences;  // of each alternative from the base, in words
  ReturnsDefinition definition = ReturnsDefinition::settled;
  int to_year = 0;                           // the last year of a headline
};

std::string with_comparison(const std::string& manifest, const Comparison& comparison, const ComparisonManifest& facts);

}  // namespace homeward
