// What is said of several levers at once: families, groups and options, one row each.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace homeward {

struct LeverWord {
  enum class Kind { family, group, option };
  Kind kind;
  std::string_view name;  // family: the head of the levers' paths; group and option: as in their rows
  std::string_view text;
};

const std::vector<LeverWord>& lever_words();

// The paths of a family's or group's levers, below `policy.`.
std::vector<std::string> levers_of(const LeverWord& word);

}  // namespace homeward
