// What is said after a run: the answer first, how sure it is, what may not be read into it, where the files are.
#pragma once
#include <string>
#include <vector>

#include "homeward/homeward.h"

namespace homeward::cli {

struct Headline {
  std::string folder;
  std::vector<std::string> files;
  int from_year = 2004, to_year = 2045;
  double half_width_wanted = 0;  // 0: no target
  std::string half_width_of;     // measure@year
};

// At most 15 lines.
std::vector<std::string> headline_text(const Scenario& scenario, const Results& results, const Headline& facts);
// The same as JSON.
std::string headline_json(const Scenario& scenario, const Results& results, const Headline& facts);
// For --verbose: fit of the synthesis, timings, memory.
std::vector<std::string> details_text(const Results& results);

}  // namespace homeward::cli
