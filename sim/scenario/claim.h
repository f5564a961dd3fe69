// A claim about a comparison, read from YAML: what is said to change, by how much, by when.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "scenario/scenario.h"

namespace homeward {

struct Claim {
  enum class Bound { at_least, at_most };
  enum class Size { relative, absolute };  // a share of the base, or in the measure's unit
  enum class Span { by, in };              // from the first year that differs up to the year, or in the year alone

  std::string file, text;
  std::vector<std::string> scenarios;  // base first; paths as they can be opened
  std::string measure;                 // a measure, or `returns`
  std::vector<std::pair<std::string, std::string>> where;  // dimension, word; in the order of the vocabulary
  Bound bound = Bound::at_least;
  Size size = Size::relative;
  Span span = Span::by;
  double threshold = 0;
  int year = last_year;
};

// Throws InputError with all faults at once. Names of scenarios are relative to the file, to the folder above it, or to
// where the command runs, whichever is there first.
Claim load_claim(const std::string& file, const Vocabulary& vocabulary);

}  // namespace homeward
