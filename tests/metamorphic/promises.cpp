// What is announced and not delivered acts through announcement alone: promises that people count on in proportion to
// trust, costs from enactment on, and trust that is lost where the date has passed.
#include <doctest/doctest.h>

#include "support/baseline.h"
#include "support/compare.h"

using namespace homeward;
using namespace homeward::test;

namespace {

constexpr int announced = 2010, enacted = 2014, promised = 2018;

LeverSchedule never_delivered(Lever lever) {
  LeverSchedule schedule = from_year(lever, announced, row_of(lever).high, last_option(lever));
  schedule.announced = announced;
  schedule.enacted = enacted;
  schedule.promised = promised;
  schedule.delivered = last_year + 1;
  schedule.dated = true;
  return schedule;
}

// A promise shows in the red tape that people hear of, or in the pay that they hope for; nothing else is listened to.
bool shows_in_redtape(Lever lever) {
  return lever == Lever::visa || lever == Lever::nationality || lever == Lever::housing || lever == Lever::sandbox ||
         (lever >= Lever::cut_papers && lever <= Lever::cut_relocation);
}
bool shows_in_pay(Lever lever) { return lever == Lever::tax || lever == Lever::pay; }

Scenario no_policy() {
  Scenario scenario = small_baseline(1000);
  without_policy(scenario);
  scenario.outputs = {{{"stock", "returns_settled", "visits"}, {"education", "mode"}}};
  return scenario;
}

}  // namespace

TEST_CASE("a promise leaves everything as it is but what is promised") {
  const Scenario without = no_policy();
  const std::vector<HomeYear> base = home_years(without);
  for (const Lever lever : all_levers()) {
    CAPTURE(std::string(row_of(lever).path));
    Scenario with = without;
    lever_of(with, lever) = never_delivered(lever);
    for (const HomeYear& home : home_years(with)) {
      const HomeYear& before = base[year_index(home.year)];
      CAPTURE(home.year);
      REQUIRE(home.delivered == before.delivered);
      REQUIRE(home.legal_certainty == before.legal_certainty);
      REQUIRE(home.pay_index == before.pay_index);
      REQUIRE(home.pay_growth == before.pay_growth);
      REQUIRE(home.redtape_trend == before.redtape_trend);
      REQUIRE(home.redtape_index == before.redtape_index);
      REQUIRE(home.months == before.months);
      REQUIRE(home.months_fast_track == before.months_fast_track);
      REQUIRE(home.tax_gain == before.tax_gain);
      REQUIRE(home.top_gain == before.top_gain);
      REQUIRE(home.posts == before.posts);
      REQUIRE(home.network_members == before.network_members);

      const bool known = home.year >= announced;
      REQUIRE((home.redtape_promised < before.redtape_promised) == (known && shows_in_redtape(lever)));
      REQUIRE((home.tax_gain_promised > 0) == (known && lever == Lever::tax));
      REQUIRE((home.top_gain_promised > 0) == (known && lever == Lever::pay));
      REQUIRE((home.enacted != before.enacted) == (home.year >= enacted));
      const bool late = home.year >= promised;
      const bool for_few = row_of(lever).path.starts_with("resolution_57.");
      REQUIRE(home.broken_for_eligible == (late && for_few ? 1 : 0));
      REQUIRE(home.broken_for_all == (late && !for_few ? 1 : 0));
    }
  }
}

TEST_CASE("a promise that nobody listens to changes spending only") {
  Scenario without = no_policy();
  without.parameters.trust_t_break = 0;
  const ReplicateResult base = simulate_replicate(without, run_settings(5));
  for (const Lever lever : all_levers()) {
    CAPTURE(std::string(row_of(lever).path));
    Scenario with = without;
    lever_of(with, lever) = never_delivered(lever);
    ReplicateResult result = simulate_replicate(with, run_settings(5));
    for (int year = first_year; year < announced; ++year) {
      for (const MeasureRow& row : measure_rows()) {
        CAPTURE(year);
        CAPTURE(std::string(row.name));
        REQUIRE(total(result, row.name, year) == total(base, row.name, year));
      }
    }
    for (int year = first_year; year < enacted; ++year) REQUIRE(total(result, "spending", year) == 0);
    if (shows_in_redtape(lever) || shows_in_pay(lever)) {
      CHECK(difference_of_totals(base, result) != "");
    } else {
      result.totals[measure_index("spending")] = base.totals[measure_index("spending")];
      CHECK(difference_of_totals(base, result) == "");
      CHECK(difference_of_cubes(base, result) == "");
      CHECK(difference_of_pipelines(base, result) == "");
    }
    if (slow_build && lever == Lever::language) break;
  }
}

TEST_CASE("a promise past its date costs trust, and only then") {
  const Scenario without = no_policy();
  REQUIRE(without.parameters.trust_t_break > 0);
  const ReplicateResult base = simulate_replicate(without, run_settings(5));
  // One that concerns everyone and one that concerns few, neither with another channel.
  for (const Lever lever : {Lever::language, Lever::funding}) {
    CAPTURE(std::string(row_of(lever).path));
    Scenario with = without;
    lever_of(with, lever) = never_delivered(lever);
    const ReplicateResult result = simulate_replicate(with, run_settings(5));
    for (int year = first_year; year < promised; ++year) {
      CAPTURE(year);
      REQUIRE(total(result, "mean_trust", year) == total(base, "mean_trust", year));
    }
    CHECK(total(result, "mean_trust", promised) < total(base, "mean_trust", promised));
    CHECK(total(result, "mean_trust", last_year) < total(base, "mean_trust", last_year));
  }
}

TEST_CASE("a promise that is kept in time costs no trust; one that slips costs it until delivery") {
  Scenario kept = no_policy();
  lever_of(kept, Lever::cut_papers) = from_year(Lever::cut_papers, announced, 0.5);
  LeverSchedule& schedule = lever_of(kept, Lever::cut_papers);
  schedule.enacted = enacted;
  schedule.delivered = schedule.promised = promised;
  for (const HomeYear& home : home_years(kept)) CHECK(home.broken_for_all == 0);

  Scenario slipped = kept;
  lever_of(slipped, Lever::cut_papers).promised = enacted;
  for (const HomeYear& home : home_years(slipped)) {
    CAPTURE(home.year);
    CHECK((home.broken_for_all > 0) == (home.year >= enacted && home.year < promised));
  }
}
