#include "policy/lever_words.h"

#include "policy/levers.h"

namespace homeward {

const std::vector<LeverWord>& lever_words() {
  using enum LeverWord::Kind;
  static const std::vector<LeverWord> words{
      {family, "resolution_36", "What Resolution 36 of 2004 and the laws after it give to people abroad."},
      {family, "resolution_57", "The programmes of Resolution 57 of 2024 for experts abroad; 0 in the baseline."},
      {family, "red_tape", "The share by which the months of each stage of the procedures are cut."},
      {group, "law", "Rights that laws give: what they add to legal certainty."},
      {group, "relations", "Ties and trust between home and people abroad."},
      {group, "money", "What moves pay, tax and funds of those who return."},
      {group, "procedures", "What shortens, opens or goes around the procedures of return."},
      {group, "pay", "Pay at home for everyone."},
      {option, "scope",
       "Whose tax is cut: that of experts (an advanced degree in science and technology), or of all with a tertiary "
       "degree."},
      {option, "coverage", "Which of the eligible get the top-up: the holders of funded posts, or all."},
  };
  return words;
}

std::vector<std::string> levers_of(const LeverWord& word) {
  std::vector<std::string> paths;
  for (const LeverRow& lever : lever_rows()) {
    const bool member = word.kind == LeverWord::Kind::family ? lever.path.starts_with(std::string(word.name) + ".")
                                                             : lever.group == word.name;
    if (member && word.kind != LeverWord::Kind::option) paths.emplace_back(lever.path);
  }
  return paths;
}

}  // namespace homeward
