// Every arm of a fork tree is byte for byte the run from 2004, for all what-ifs that ship and for trees of our own.
#include "analysis/arms.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "policy/lever_parameters.h"
#include "support/baseline.h"
#include "support/compare.h"

namespace homeward::test {
namespace {

std::vector<std::string> shipped_what_ifs() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/what-if")) {
    if (entry.path().extension() == ".yaml") files.push_back("what-if/" + entry.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Outcome {
  std::vector<ArmResult> arms;
  ArmsFacts facts;
};

Outcome forked(const std::vector<Scenario>& scenarios, const ReplicateSettings& replicate) {
  std::vector<Timeline> timelines(scenarios.begin(), scenarios.end());
  std::vector<ArmRequest> requests;
  for (const Timeline& timeline : timelines) requests.push_back({&timeline, true});
  ArmsSettings settings;
  settings.replicate = replicate;
  Outcome outcome;
  outcome.arms.resize(scenarios.size());
  std::vector<int> calls(scenarios.size(), 0);
  outcome.facts = simulate_arms(requests, settings, [&](std::size_t arm, ArmResult result) {
    outcome.arms[arm] = std::move(result);
    ++calls[arm];
  });
  for (const int count : calls) REQUIRE(count == 1);
  CHECK(outcome.facts.years_stepped == years_to_step(requests, replicate.to_year));
  return outcome;
}

}  // namespace

TEST_CASE("every shipped what-if: forked is byte for byte the run from 2004") {
  std::vector<Scenario> scenarios{baseline()};
  const std::vector<std::string> files = shipped_what_ifs();
  REQUIRE(files.size() >= 11);
  for (const std::string& file : files) scenarios.push_back(shipped(file));
  ReplicateSettings settings = run_settings(3, 1.0 / 400);
  settings.threads = 2;
  const Outcome tree = forked(scenarios, settings);
  CHECK(tree.facts.years_stepped < tree.facts.years_unforked);
  settings.threads = 1;
  settings.block_slots = 1000;
  for (std::size_t arm = 0; arm < scenarios.size(); ++arm) {
    INFO(scenarios[arm].file);
    CHECK(first_difference(simulate_replicate(scenarios[arm], settings), tree.arms[arm].result) == "");
  }
}

TEST_CASE("a tree with two branch points steps each common year once") {
  const Scenario base = small_baseline(400);
  Scenario early = base, late = base, twin;
  lever_of(early, Lever::tax) = from_year(Lever::tax, 2020, 1);
  twin = early;
  lever_of(late, Lever::tax) = from_year(Lever::tax, 2030, 1);
  const ReplicateSettings settings = run_settings(5, 1, 2034);
  const Outcome tree = forked({base, early, late, twin}, settings);
  // 2004-2019 in common, 2020-2034 early and its twin, 2020-2029 base and late, 2030-2034 each.
  CHECK(tree.facts.years_stepped == 16 + 15 + 10 + 5 + 5);
  CHECK(tree.facts.years_unforked == 4 * 31);
  const Scenario* scenarios[] = {&base, &early, &late};
  for (std::size_t arm = 0; arm < 3; ++arm) {
    CHECK(first_difference(simulate_replicate(*scenarios[arm], settings), tree.arms[arm].result) == "");
  }
  CHECK(first_difference(tree.arms[1].result, tree.arms[3].result) == "");
  // Books begin where booked arms part.
  const auto first_noted = [&](std::size_t arm) {
    int year = last_year;
    for (const ReturnRecord& record : tree.arms[arm].book.returns) year = std::min<int>(year, record.year);
    return year;
  };
  CHECK(first_noted(0) == 2020);
  CHECK(first_noted(2) == 2020);
}

TEST_CASE("parameters of a lever leave the common past alone: every one of them, with all of its levers from 2019 on") {
  Scenario base = small_baseline(800);
  without_policy(base);
  const ReplicateSettings settings = run_settings(6, 1, 2023);
  for (const LeverParameter& row : lever_parameters()) {
    Scenario alt = base;
    for (const Lever lever : row.levers) lever_of(alt, lever) = from_year(lever, 2019, 1, last_option(lever));
    Scenario with = alt;
    with.parameters.*row.member = 0.3 * with.parameters.*row.member - 0.05;
    const auto member = std::find_if(parameter_members().begin(), parameter_members().end(),
                                     [&](const ParameterMember& one) { return one.member == row.member; });
    INFO(member->path);
    CHECK(what_parts_from_the_start(base, with).empty());
    CHECK(first_difference(Timeline(base), Timeline(with)) == 2019);
    CHECK(first_difference(Timeline(alt), Timeline(with)) == 2019);
    const Outcome tree = forked({base, with}, settings);
    CHECK(tree.facts.years_stepped == 15 + 2 * 5);
    CHECK(first_difference(simulate_replicate(with, settings), tree.arms[1].result) == "");
    // The parameter goes with its levers, not with the rest.
    CHECK(first_difference(Timeline(base), Timeline(all_but_levers(base, with))) == last_year + 1);
    CHECK(differing_levers(Timeline(alt), Timeline(with), first_year, last_year) == row.levers);
  }
}

TEST_CASE("what differs, and from when on") {
  const Scenario base = small_baseline(400);
  const Timeline timeline(base);
  Scenario other = base;
  CHECK(first_difference(timeline, Timeline(other)) == last_year + 1);

  // A scope without its lever changes nothing.
  lever_of(other, Lever::tax).option = "graduates";
  CHECK(first_difference(timeline, Timeline(other)) == last_year + 1);

  // The announcement counts, not only the delivery.
  lever_of(other, Lever::tax) = from_year(Lever::tax, 2027, 1);
  lever_of(other, Lever::tax).announced = 2025;
  lever_of(other, Lever::tax).enacted = 2027;
  lever_of(other, Lever::tax).delivered = 2029;
  lever_of(other, Lever::tax).dated = true;
  CHECK(first_difference(timeline, Timeline(other)) == 2025);

  other = base;
  other.tables.macro.visits_multiplier[year_index(2031)] = 0.5;
  CHECK(first_difference(timeline, Timeline(other)) == 2031);
  other = base;
  other.tables.groups[0].hostility[year_index(2032)] = 0.5;
  CHECK(first_difference(timeline, Timeline(other)) == 2032);

  other = base;
  other.parameters.choice_b_pay += 0.1;
  CHECK(first_difference(timeline, Timeline(other)) == first_year);
  REQUIRE(what_parts_from_the_start(base, other).size() == 1);
  CHECK(what_parts_from_the_start(base, other)[0] == "parameters.choice.b_pay differs");
  other = base;
  other.tables.groups[0].arrivals_multiplier[year_index(2040)] = 0.5;
  CHECK(first_difference(timeline, Timeline(other)) == first_year);
}

}  // namespace homeward::test
