// Families, groups and options of levers: each that a lever names has its words, and none is named in vain.
#include "policy/lever_words.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "policy/levers.h"

using namespace homeward;

namespace {

std::set<std::string> said(LeverWord::Kind kind) {
  std::set<std::string> names;
  for (const LeverWord& word : lever_words()) {
    if (word.kind == kind) names.emplace(word.name);
  }
  return names;
}

}  // namespace

TEST_CASE("every family, group and option of the levers is described, and no other") {
  std::set<std::string> families, groups, options;
  for (const LeverRow& lever : lever_rows()) {
    const std::string path(lever.path);
    if (path.find('.') != std::string::npos) families.insert(path.substr(0, path.find('.')));
    groups.emplace(lever.group);
    if (!lever.scope_key.empty()) options.emplace(lever.scope_key);
  }
  CHECK(said(LeverWord::Kind::family) == families);
  CHECK(said(LeverWord::Kind::group) == groups);
  CHECK(said(LeverWord::Kind::option) == options);
  for (const LeverWord& word : lever_words()) CHECK(word.text.ends_with("."));
}

TEST_CASE("members of families and groups") {
  const auto members = [](std::string_view name) {
    const auto word =
        std::find_if(lever_words().begin(), lever_words().end(), [&](const LeverWord& one) { return one.name == name; });
    REQUIRE(word != lever_words().end());
    return levers_of(*word);
  };
  CHECK(members("red_tape").size() == 6);
  CHECK(members("resolution_57").size() == 9);
  CHECK(members("money") == std::vector<std::string>{"resolution_57.pay", "resolution_57.tax", "resolution_57.funding",
                                                    "resolution_57.posts"});
  CHECK(members("scope").empty());
}
