// Shapley values of games whose answer is known, and of a small world.
#include "analysis/attribution.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>

#include "analysis/comparison.h"
#include "support/baseline.h"

namespace homeward::test {
namespace {

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double value : values) total += value;
  return total;
}

// 10, 20, 30 ... a player, and 7 more where players 0 and 1 are both in.
double with_bonus(Coalition coalition) {
  double value = 0;
  for (unsigned i = 0; i < 32; ++i) value += (coalition >> i & 1) != 0 ? 10.0 * (i + 1) : 0;
  return value + ((coalition & 3) == 3 ? 7 : 0);
}

}  // namespace

TEST_CASE("efficiency, symmetry, dummies and a bonus shared by two") {
  const Game game(4, 1);
  REQUIRE(game.exact());
  CHECK(game.coalitions().size() == 14);
  const std::vector<double> shares = game.shapley(with_bonus);
  CHECK(shares[0] == doctest::Approx(13.5));
  CHECK(shares[1] == doctest::Approx(23.5));
  CHECK(shares[2] == doctest::Approx(30));
  CHECK(sum(shares) == doctest::Approx(with_bonus(15) - with_bonus(0)));
  const std::vector<double> pairs = game.interactions(with_bonus);
  REQUIRE(pairs.size() == 6);
  CHECK(pairs[0] == doctest::Approx(7));
  for (std::size_t i = 1; i < pairs.size(); ++i) CHECK(std::fabs(pairs[i]) < 1e-12);
  // Symmetry: a game that only counts heads treats all alike.
  for (const double share : game.shapley([](Coalition c) { return std::sqrt(std::popcount(c)); })) {
    CHECK(share == doctest::Approx(0.5));
  }
}

TEST_CASE("many players: drawn orders keep efficiency, dummies get nothing, and the bonus is split without bias") {
  double first = 0;
  constexpr int games = 400;
  for (int seed = 0; seed < games; ++seed) {
    const Game game(9, static_cast<std::uint64_t>(seed));
    CHECK_FALSE(game.exact());
    CHECK(game.coalitions().size() <= 64);
    const auto value = [](Coalition c) { return (c & 1) != 0 && (c & 0x1f0) == 0x1f0 ? 1.0 : 0.0; };
    const std::vector<double> shares = game.shapley(value);
    CHECK(sum(shares) == doctest::Approx(1));
    CHECK(shares[1] == 0);
    first += shares[0];
    CHECK(game.interactions(value).empty());
  }
  // Each of six has 1/6. An order and its reverse give player 0 the credit with probability 1/6 each: at most one of the
  // two, so the mean of 400 games of 8 orders has a standard deviation below sqrt(1/6 * 5/6 / 3200) = .0066; four of
  // them are missed by chance 6e-5 of the time.
  CHECK(std::fabs(first / games - 1.0 / 6) < 4 * 0.0066);
}

TEST_CASE("players are groups or levers, the rest is one more") {
  Scenario base = small_baseline(400), alt = base;
  lever_of(alt, Lever::tax) = from_year(Lever::tax, 2027, 1);
  lever_of(alt, Lever::posts) = from_year(Lever::posts, 2027, 9);
  lever_of(alt, Lever::cut_papers) = from_year(Lever::cut_papers, 2028, 0.3);
  lever_of(alt, Lever::pay_growth) = from_year(Lever::pay_growth, 2028, 1);
  alt.tables.macro.visits_multiplier[year_index(2030)] = 2;
  const Timeline of_base(base), of_alt(alt);
  const auto names = [&](AttributionMode mode) {
    std::vector<std::string> list;
    for (const Player& player : players_of(of_base, of_alt, mode, last_year)) list.push_back(player.name);
    return list;
  };
  CHECK(names(AttributionMode::none).empty());
  CHECK(names(AttributionMode::groups) ==
        std::vector<std::string>{"policy.resolution_57", "policy.red_tape", "policy.pay_growth", "other"});
  CHECK(names(AttributionMode::levers) ==
        std::vector<std::string>{"policy.resolution_57.tax", "policy.resolution_57.posts", "policy.red_tape.papers",
                                 "policy.pay_growth", "other"});
  const auto players = players_of(of_base, of_alt, AttributionMode::groups, last_year);
  CHECK(players[0].informed_by == "mixed");
  CHECK(players[1].informed_by == "prior");
  CHECK(players[2].informed_by == "data");
  CHECK(first_difference(Timeline(coalition_scenario(base, alt, players, 15)), of_alt) == last_year + 1);
  CHECK(first_difference(Timeline(coalition_scenario(base, alt, players, 0)), of_base) == last_year + 1);
  CHECK(first_difference(Timeline(coalition_scenario(base, alt, players, 2)), of_base) == 2028);
}

TEST_CASE("in a world the values sum to the difference of every measure, and a null contrast is zero everywhere") {
  Scenario base = small_baseline(400), alt = base;
  base.seed = alt.seed = 5;
  lever_of(alt, Lever::tax) = from_year(Lever::tax, 2027, 1, "graduates");
  lever_of(alt, Lever::cut_relocation) = from_year(Lever::cut_relocation, 2028, 0.5);
  lever_of(alt, Lever::pay_growth) = from_year(Lever::pay_growth, 2029, 2);
  ComparisonPlan plan;
  plan.replicates.replicates = 2;
  plan.replicates.to_year = 2036;
  const Comparison comparison = run_comparison(base, {alt, base}, plan);
  REQUIRE(comparison.size() == 2);
  const std::vector<std::string> measures = attributed_measures();
  for (int i = 0; i < 2; ++i) {
    const AltRecord& record = comparison.records[static_cast<std::size_t>(i)][0];
    REQUIRE(record.shapley.size() == 3);
    for (std::size_t m = 0; m < measures.size(); ++m) {
      double shares = 0;
      for (const auto& player : record.shapley) shares += player[m];
      const auto value = [&](std::size_t arm) {
        return attributed_value(comparison.arms[arm].result(i), m, plan.definition, 2027, 2036);
      };
      INFO(measures[m]);
      CHECK(shares == doctest::Approx(value(1) - value(0)).epsilon(1e-9));
    }
    CHECK(record.shapley[0][0] != 0);
    const AltRecord& null = comparison.records[static_cast<std::size_t>(i)][1];
    CHECK(null.ledger.cells.empty());
    CHECK(null.shapley.empty());
    CHECK(null.account.all.usd == 0);
    for (int year = first_year; year <= 2036; ++year) {
      for (std::size_t m = 0; m < measure_rows().size(); ++m) {
        const std::vector<double> of_base = comparison.values(0, {m}, year, year), same = comparison.values(2, {m}, year, year);
        CHECK(of_base == same);
      }
    }
  }
}

}  // namespace homeward::test
