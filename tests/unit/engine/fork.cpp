// A fork lives on as if it had been lived from the first year; it leaves the trunk alone.
#include <doctest/doctest.h>

#include "support/baseline.h"
#include "support/compare.h"

namespace homeward::test {
namespace {

constexpr int branch = 2024;  // the last common year

struct World {
  World(const Scenario& scenario, const ReplicateSettings& settings)
      : tallies(scenario, settings.seed, settings.threads, 1 / settings.scale), result(tallies.empty_result()) {}
  void live(Simulation& simulation, int from, int to) {
    for (int year = from; year <= to; ++year) {
      const HomeYear& home = simulation.years()[year_index(year)];
      tallies.begin_year(home);
      simulation.step(year, tallies);
      tallies.end_year(home, result);
    }
  }
  Tallies tallies;
  ReplicateResult result;
};

// Only the years after the branch: a fork's books begin there.
std::string difference_after(const ReplicateResult& whole, const ReplicateResult& forked) {
  for (int year = branch + 1; year <= last_year; ++year) {
    for (std::size_t m = 0; m < whole.totals.size(); ++m) {
      if (!same_bits(whole.totals[m][year_index(year)], forked.totals[m][year_index(year)])) {
        return std::string(measure_rows()[m].name) + " in " + std::to_string(year);
      }
    }
  }
  return "";
}

}  // namespace

TEST_CASE("a fork, a last branch and the trunk go on as if each had been run from 2004") {
  const Scenario base = small_baseline(400);
  Scenario alternative = base;
  lever_of(alternative, Lever::tax) = from_year(Lever::tax, branch + 1, 1, "graduates");
  lever_of(alternative, Lever::posts) = from_year(Lever::posts, branch + 1, 200);
  const ReplicateSettings settings = run_settings(7);

  World of_base(base, settings), of_alternative(alternative, settings);
  Simulation whole_base(base, population_of(base, settings), settings.seed, {});
  of_base.live(whole_base, first_year, last_year);
  Simulation whole_alternative(alternative, population_of(alternative, settings), settings.seed, {});
  of_alternative.live(whole_alternative, first_year, last_year);
  REQUIRE(difference_after(of_base.result, of_alternative.result) != "");

  World trunk_years(base, settings), fork_years(alternative, settings), last_years(alternative, settings),
      base_years(base, settings);
  Simulation trunk(base, population_of(base, settings), settings.seed, {});
  trunk_years.live(trunk, first_year, branch);
  Simulation fork(trunk, alternative);
  fork_years.live(fork, branch + 1, last_year);
  CHECK(difference_after(of_alternative.result, fork_years.result) == "");
  Simulation same(trunk, base);
  base_years.live(same, branch + 1, last_year);
  CHECK(difference_after(of_base.result, base_years.result) == "");
  Simulation last(std::move(trunk), alternative);
  last_years.live(last, branch + 1, last_year);
  CHECK(difference_after(of_alternative.result, last_years.result) == "");
}

}  // namespace homeward::test
