// What policy costs: units used times unit costs, lever by lever, as the page on cost says.
#include <doctest/doctest.h>

#include <cmath>

#include "observation/measure_table.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr double weight = 20;

std::size_t index(Lever which) { return static_cast<std::size_t>(which); }

double unit_cost(std::string_view path, std::string_view unit) {
  for (const UnitCost& cost : baseline().tables.costs) {
    if (cost.lever == path && cost.unit == unit) return cost.usd;
  }
  FAIL("no such cost");
  return 0;
}

// Spending on a lever held at `value`, where `units` were used in the year.
double spent(Lever which, double value, std::int64_t units, int year = 2030) {
  Scenario scenario = without_levers();
  hold(scenario, which, value);
  const HomeYear home = in_year(scenario, year);
  YearTotals totals;
  totals.lever_units[index(which)] = units;
  const auto by_lever = spending_by_lever(scenario, home, totals, weight);
  for (std::size_t l = 0; l < lever_count; ++l) {
    if (l != index(which)) CHECK(by_lever[l] == 0);
  }
  return by_lever[index(which)];
}

}  // namespace

TEST_CASE("every lever has its row of unit cost, and every row of unit cost is a lever's") {
  for (const LeverRow& row : lever_rows()) {
    int rows = 0;
    for (const UnitCost& cost : baseline().tables.costs) rows += cost.lever == row.path ? 1 : 0;
    CAPTURE(row.path);
    if (row.path != "pay_growth") CHECK(rows >= 1);
  }
  for (const UnitCost& cost : baseline().tables.costs) {
    bool known = false;
    for (const LeverRow& row : lever_rows()) known = known || row.path == cost.lever;
    CAPTURE(cost.lever);
    CHECK(known);
    CHECK(cost.usd >= 0);
  }
}

TEST_CASE("without an enacted lever nothing is spent, whatever is counted") {
  const Scenario scenario = without_levers();
  YearTotals totals;
  totals.lever_units.fill(1000);
  for (const double usd : spending_by_lever(scenario, in_year(scenario, 2030), totals, weight)) CHECK(usd == 0);
}

TEST_CASE("programmes of a year cost by their strength, whoever uses them") {
  for (const Lever which : {Lever::reconciliation, Lever::sandbox, Lever::campaign}) {
    CAPTURE(lever_rows()[index(which)].path);
    const double usd = unit_cost(lever_rows()[index(which)].path, "year of the programme");
    CHECK(spent(which, 0.5, 0) == doctest::Approx(0.5 * usd));
    CHECK(spent(which, 0.5, 12345) == doctest::Approx(0.5 * usd));
  }
  CHECK(spent(Lever::consultation, 0.5, 99) == doctest::Approx(0.5 * 200000));
}

TEST_CASE("what is used costs a unit each, weighted to whole persons") {
  CHECK(spent(Lever::nationality, 0.5, 7) == doctest::Approx(7 * weight * 60));
  CHECK(spent(Lever::visa, 0.5, 100) == doctest::Approx(100 * weight * 30 / 5));  // a certificate serves five visits
  CHECK(spent(Lever::housing, 0.5, 100) == 0);                                    // forgone fees are not valued
  CHECK(spent(Lever::events, 0.5, 3) == doctest::Approx(3 * weight * 2500));
  CHECK(spent(Lever::posts, 20, 4) == doctest::Approx(4 * weight * 40000));
  CHECK(spent(Lever::fast_track, 0.5, 6) == doctest::Approx(6 * weight * 400));
  CHECK(spent(Lever::tax, 0.5, 900) == doctest::Approx(900 * weight));  // units are USD
  CHECK(spent(Lever::pay, 0.5, 900) == doctest::Approx(900 * weight));
}

TEST_CASE("what is spread over many is paid for in proportion to the lever") {
  const double size = baseline().parameters.community_size;
  CHECK(spent(Lever::associations, 0.5, 300) == doctest::Approx(300 * weight * 0.5 / size * 5000));
  CHECK(spent(Lever::language, 0.5, 300) == doctest::Approx(300 * weight * 0.5 * 150));
  CHECK(spent(Lever::funding, 2, 5) == doctest::Approx(5 * weight * 2 * 100000));
  CHECK(spent(Lever::short_visits, 0.5, 8) == doctest::Approx(8 * weight * 0.5 * 6000));
  CHECK(spent(Lever::short_visits, 3, 8) == doctest::Approx(8 * weight * 6000));
  // Members beyond the network's own history.
  const double history = baseline().tables.macro.network_members[year_index(2030)];
  CHECK(spent(Lever::network, 250, 1000) == doctest::Approx(1000 * weight * 250 / (250 + history) * 300));
}

TEST_CASE("a red-tape reform costs a file each, and the stage once: in the years in which the cut grows") {
  const double file = unit_cost("red_tape.recognition", "file"), stage = unit_cost("red_tape.recognition", "stage");
  CHECK(spent(Lever::cut_recognition, 0.4, 50) == doctest::Approx(50 * weight * file));  // in force since 2004
  Scenario scenario = without_levers();
  LeverSchedule& cut = lever(scenario, Lever::cut_recognition);
  for (int year = 2026; year <= last_year; ++year) cut.value[year_index(year)] = std::min(0.4, 0.2 * (year - 2025));
  const YearTotals nothing;
  const auto in = [&](int year) {
    return spending_by_lever(scenario, in_year(scenario, year), nothing, weight)[index(Lever::cut_recognition)];
  };
  CHECK(in(2025) == 0);
  CHECK(in(2026) == doctest::Approx(0.2 * stage));
  CHECK(in(2027) == doctest::Approx(0.2 * stage));
  CHECK(in(2028) == 0);
}

TEST_CASE("costs accrue from enactment, not from the announcement nor only from delivery") {
  Scenario scenario = without_levers();
  LeverSchedule& campaign = lever(scenario, Lever::campaign);
  campaign.value.fill(1);
  campaign.announced = 2010;
  campaign.enacted = 2012;
  campaign.delivered = campaign.promised = 2015;
  const YearTotals nothing;
  for (const HomeYear& home : home_years(scenario)) {
    CAPTURE(home.year);
    CHECK((spending_by_lever(scenario, home, nothing, weight)[index(Lever::campaign)] > 0) == (home.year >= 2012));
  }
}

TEST_CASE("spending never falls with claimants and is never negative") {
  for (std::size_t l = 0; l < lever_count; ++l) {
    CAPTURE(lever_rows()[l].path);
    const double value = lever_rows()[l].high / 2;
    double last = 0;
    for (const std::int64_t units : {0, 1, 10, 1000}) {
      const double usd = spent(static_cast<Lever>(l), value, units);
      CHECK(usd >= last);
      last = usd;
    }
  }
}
