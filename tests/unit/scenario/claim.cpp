// Claims are read whole, and every fault of one is told with its place.
#include "scenario/claim.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "support/baseline.h"

namespace homeward::test {
namespace {

std::string written(const std::string& text) {
  const std::string path = (std::filesystem::temp_directory_path() / "homeward-claim-test.yaml").string();
  std::ofstream(path) << text;
  return path;
}

std::vector<Fault> faults_of(const std::string& text) {
  try {
    load_claim(written(text), model_vocabulary());
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

}  // namespace

TEST_CASE("the claim that ships") {
  const Claim claim = load_claim(std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/claims/resolution-57-advanced-degrees.yaml",
                                 model_vocabulary());
  CHECK(claim.measure == "returns");
  CHECK(claim.where == std::vector<std::pair<std::string, std::string>>{{"education", "advanced"}});
  CHECK(claim.bound == Claim::Bound::at_least);
  CHECK(claim.size == Claim::Size::relative);
  CHECK(claim.span == Claim::Span::by);
  CHECK(claim.threshold == 0.10);
  CHECK(claim.year == 2030);
  REQUIRE(claim.scenarios.size() == 2);
  for (const std::string& file : claim.scenarios) CHECK(std::filesystem::exists(file));
}

TEST_CASE("conditions stand in the order of the dimensions, whatever that of the text") {
  const Claim claim = load_claim(written("claim: c\ncompare: [a.yaml, b.yaml]\nmeasure: stock{sex=male, class=family}\n"
                                         "at_most: {absolute: -5, in: 2040}\n"),
                                 model_vocabulary());
  CHECK(claim.where == std::vector<std::pair<std::string, std::string>>{{"class", "family"}, {"sex", "male"}});
  CHECK(claim.bound == Claim::Bound::at_most);
  CHECK(claim.size == Claim::Size::absolute);
  CHECK(claim.span == Claim::Span::in);
  CHECK(claim.threshold == -5);
}

TEST_CASE("all faults at once, each with its place") {
  const auto faults = faults_of("claim: c\ncompare: [a.yaml]\nmeasure: retuns\nat_least: {relative: x, by: 1999}\nby: 2\n");
  REQUIRE(faults.size() == 5);
  CHECK(faults[0].place.line == 2);
  CHECK(faults[1].problem == "retuns is not a measure");
  CHECK(faults[1].remedy == "Did you mean 'returns'?");
  CHECK(faults[4].problem == "unknown key");
  CHECK(faults_of("claim: c\n").size() == 3);
  CHECK(faults_of("- a\n").size() == 1);
  const std::string rest = "compare: [a, b]\nclaim: c\n";
  CHECK(faults_of(rest + "measure: mean_trust{sex=male}\nat_least: {relative: 0, by: 2030}\n").size() == 1);
  CHECK(faults_of(rest + "measure: returns{sex=man}\nat_least: {relative: 0, by: 2030}\n").size() == 1);
  CHECK(faults_of(rest + "measure: returns{ed=x,sex=male,sex=male}\nat_least: {relative: 0, by: 2030}\n").size() == 2);
  CHECK(faults_of(rest + "measure: returns{sex=male\nat_least: {relative: 0, by: 2030}\n").size() == 1);
  CHECK(faults_of(rest + "measure: returns\nat_least: {relative: 0, absolute: 1}\n").size() == 2);
  CHECK(faults_of(rest + "measure: returns\nat_least: 3\nat_most: 4\n").size() == 1);
}

}  // namespace homeward::test
