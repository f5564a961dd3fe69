// What is said after a comparison: the answer first, how sure it is, its price, who earned it, what may not be read
// into it.
#pragma once
#include <string>
#include <vector>

#include "homeward/homeward.h"

namespace homeward::cli {

struct CompareHeadline {
  std::string base_title;
  std::string folder;
  std::vector<std::string> files;
  int from_year = 2004, to_year = 2045;
  std::string half_width_of;  // measure@year=N; empty: no target
  std::string claim;          // its text; empty: none
  std::vector<std::string> notes;  // of the command, as scenarios whose seed was not used
};

// At most 15 lines.
std::vector<std::string> compare_text(const Comparison& comparison, const CompareHeadline& facts);
// The same, and more of it, as JSON.
std::string compare_json(const Comparison& comparison, const CompareHeadline& facts);
// For --verbose: the fork tree, times, memory.
std::vector<std::string> compare_details(const Comparison& comparison);

}  // namespace homeward::cli
