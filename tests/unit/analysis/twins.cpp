// Twins by hand, and a ledger that closes in a small world.
#include "analysis/ledger.h"

#include <doctest/doctest.h>

#include <map>

#include "analysis/arms.h"
#include "support/baseline.h"

namespace homeward::test {
namespace {

ReturnRecord settled(std::uint64_t key, int year, bool post = false) {
  ReturnRecord record;
  record.key = key;
  record.year = static_cast<std::uint16_t>(year);
  record.birth = 1980 - birth_year_base;
  record.post = post;
  record.education = Education::secondary;
  return record;
}

std::map<Category, int> categories(const ReturnBook& base, const ReturnBook& alt, const TwinRules& rules) {
  std::map<Category, int> counts;
  for_each_twin(base, alt, rules, [&](const Twin& twin) { ++counts[twin.category]; });
  return counts;
}

TwinRules rules_for_everyone() {
  TwinRules rules;
  rules.from_year = 2027;
  rules.reach.everyone = true;
  return rules;
}

}  // namespace

TEST_CASE("each category by hand") {
  ReturnBook base, alt;
  base.returns = {settled(1, 2028), settled(2, 2030), settled(3, 2029), settled(5, 2031), settled(6, 2032, true)};
  alt.returns = {settled(1, 2028), settled(2, 2029), settled(3, 2033), settled(4, 2030)};
  TwinRules rules = rules_for_everyone();
  rules.posts_in_alt.fill(true);
  auto counts = categories(base, alt, rules);
  CHECK(counts == std::map<Category, int>{{Category::always, 1}, {Category::accelerated, 1}, {Category::delayed, 1},
                                          {Category::additional, 1}, {Category::deterred, 1}, {Category::displaced, 1}});
  // Without posts in the alternative nobody took the place of 6.
  rules.posts_in_alt.fill(false);
  CHECK(categories(base, alt, rules)[Category::deterred] == 2);
  // Person 4 is neither an expert nor young enough to become eligible.
  rules.reach = Reach{};
  rules.reach.experts = true;
  rules.reach.below_age = 60;
  CHECK(categories(base, alt, rules)[Category::induced] == 1);
}

TEST_CASE("the k-th return is paired with the k-th, and returns before the difference are not visited") {
  ReturnBook base, alt;
  base.returns = {settled(1, 2025), settled(1, 2030), settled(2, 2026)};
  alt.returns = {settled(1, 2025), settled(1, 2028), settled(1, 2035), settled(2, 2026)};
  CHECK(categories(base, alt, rules_for_everyone()) ==
        std::map<Category, int>{{Category::accelerated, 1}, {Category::additional, 1}});
}

TEST_CASE("a person born in one arm only is unmatched") {
  ReturnBook base, alt;
  ReturnRecord child = settled(9, 2045);
  child.generation = Generation::g2;
  child.birth = 2027 - birth_year_base;
  alt.returns = {child};
  alt.born = {9};
  CHECK(categories(base, alt, rules_for_everyone())[Category::unmatched] == 1);
  base.born = {9};
  CHECK(categories(base, alt, rules_for_everyone())[Category::additional] == 1);
}

TEST_CASE("what looks additional five years before the end may be only early") {
  ReturnBook base, alt;
  base.returns = {settled(1, 2043), settled(3, 2039)};
  alt.returns = {settled(1, 2030), settled(2, 2031), settled(3, 2038), settled(4, 2044)};
  const Ledger ledger = make_ledger(base, alt, rules_for_everyone(), 2045);
  CHECK(ledger.horizon.additional == 2);  // 1 and 2, as 2040 sees them
  CHECK(ledger.horizon.early == 1);       // 1
}

TEST_CASE("the ledger closes on the difference of the totals, year by year, and tells all who came") {
  Scenario base = small_baseline(100), alt = base;
  lever_of(alt, Lever::tax) = from_year(Lever::tax, 2027, 1, "graduates");
  lever_of(alt, Lever::posts) = from_year(Lever::posts, 2029, 3);
  const Timeline of_base(base), of_alt(alt);
  ArmsSettings settings;
  settings.replicate = run_settings(11);
  settings.definition = ReturnsDefinition::all;
  std::array<ArmResult, 2> arms;
  simulate_arms({{&of_base, true}, {&of_alt, true}}, settings,
                [&](std::size_t arm, ArmResult result) { arms[arm] = std::move(result); });
  const std::pair<ReturnsDefinition, std::vector<const char*>> definitions[] = {
      {ReturnsDefinition::settled, {"returns_settled"}},
      {ReturnsDefinition::students, {"returns_settled", "returns_student"}},
      {ReturnsDefinition::all, {"returns_all"}}};
  for (const auto& [definition, measures] : definitions) {
    const TwinRules rules = twin_rules(of_base, of_alt, definition, last_year);
    CHECK(rules.from_year == 2027);
    const Ledger ledger = make_ledger(arms[0].book, arms[1].book, rules, last_year);
    PerYear<std::int64_t> in_base{}, in_alt{};
    for (const LedgerCell& cell : ledger.cells) {
      in_base[year_index(cell.year)] += cell.base;
      in_alt[year_index(cell.year)] += cell.alt;
    }
    double sum_base = 0;
    for (int year = 2027; year <= last_year; ++year) {
      double base_total = 0, alt_total = 0;
      for (const char* measure : measures) {
        base_total += total(arms[0].result, measure, year);
        alt_total += total(arms[1].result, measure, year);
      }
      CHECK(static_cast<double>(in_base[year_index(year)]) == base_total);
      CHECK(static_cast<double>(in_alt[year_index(year)]) == alt_total);
      sum_base += base_total;
    }
    CHECK(sum_base > 0);
  }
}

}  // namespace homeward::test
