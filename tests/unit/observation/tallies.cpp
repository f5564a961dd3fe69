// The sink: persons and events of hand-made reports land in the right measure, year and cell, whoever reports them.
#include "observation/tallies.h"

#include <doctest/doctest.h>

#include <cmath>

#include "behaviour/person.h"
#include "observation/measures.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr int year = 2020;

Scenario with_cubes() {
  Scenario scenario = baseline();
  scenario.outputs = {{{"stock", "returns_settled", "person_years"}, {"host", "class", "sex"}},
                      {{"returns_settled", "preparing", "visits"}, {"mode"}},
                      {{"stock"}, {"age_group", "duration_group"}}};
  return scenario;
}

// Four slots: a settled woman, a man in the pipeline, a contract worker, a returnee.
struct Reported {
  Columns columns{4};
  Block block;
  std::vector<EventRecord> events;
  std::array<std::int64_t, event_count> event_counts{};
  std::array<StageCount, 6> pipeline{};
  std::array<std::int64_t, lever_count> lever_units{};

  explicit Reported(int host) {
    block.host = host;
    const auto person = [&](std::uint32_t s, Sex sex, MigrantClass migrant_class, Status status, Mode mode, int age) {
      columns.key[s] = s;
      columns.traits[s] = traits::pack(sex, Generation::g1, migrant_class, Education::advanced, Sector::ict, 8, false);
      columns.state[s] = state::ModeField::set(state::StatusField::set(0, code(status)), code(mode));
      columns.birth[s] = static_cast<std::uint8_t>(year - age - birth_year_base);
      columns.arrival[s] = static_cast<std::uint8_t>(year - 7 - birth_year_base);
      columns.trust[s] = 65535;
    };
    person(0, Sex::female, MigrantClass::family, Status::settled, Mode::wage, 40);
    person(1, Sex::male, MigrantClass::family, Status::preparing, Mode::remote, 41);
    person(2, Sex::male, MigrantClass::contract, Status::contract, Mode::wage, 17);
    person(3, Sex::female, MigrantClass::family, Status::returned, Mode::entrepreneur, 50);
    events = {{3, Event::return_settled, Mode::entrepreneur, 1}, {0, Event::visit, Mode::wage, 3}};
    for (const EventRecord& record : events) event_counts[static_cast<std::size_t>(record.event)] += record.count;
    pipeline[1] = {5, 4, 1, 20};
    lever_units[2] = 6;
  }
  BlockReport report() const { return {&block, year, &columns, 4, 4, events, &event_counts, &pipeline, &lever_units}; }
};

double total(const ReplicateResult& result, std::string_view name) {
  for (std::size_t m = 0; m < measure_rows().size(); ++m) {
    if (measure_rows()[m].name == name) return result.totals[m][year_index(year)];
  }
  return std::nan("");
}

// The value of one cell by its words.
std::int64_t cell(const CubeResult& cube, std::size_t measure, const std::vector<std::string>& words) {
  std::size_t place = 0;
  for (std::size_t d = 0; d < cube.words.size(); ++d) {
    const auto found = std::find(cube.words[d].begin(), cube.words[d].end(), words.at(d));
    REQUIRE(found != cube.words[d].end());
    place = place * cube.words[d].size() + static_cast<std::size_t>(found - cube.words[d].begin());
  }
  return cube.at(year, measure, place);
}

ReplicateResult one_year(const Scenario& scenario, const std::vector<std::pair<int, std::size_t>>& host_and_worker) {
  Tallies tallies(scenario, 1, 2, 10);
  ReplicateResult result = tallies.empty_result();
  const HomeYear home = in_year(scenario, year);
  tallies.begin_year(home);
  for (const auto& [host, worker] : host_and_worker) tallies.take(Reported(host).report(), worker);
  tallies.end_year(home, result);
  return result;
}

}  // namespace

TEST_CASE("totals count persons of 31 December and events of the year, weighted") {
  const Scenario scenario = with_cubes();
  const ReplicateResult result = one_year(scenario, {{0, 0}});
  CHECK(total(result, "stock") == 30);
  CHECK(total(result, "stock_contract") == 10);
  CHECK(total(result, "stock_returned") == 10);
  CHECK(total(result, "preparing") == 10);
  CHECK(total(result, "advanced_degrees") == 20);  // the third is 17
  CHECK(total(result, "returns_settled") == 10);
  CHECK(total(result, "visits") == 30);
  CHECK(total(result, "person_years") == 10 * (3 + 0.5));
  CHECK(total(result, "mean_trust") == doctest::Approx(1));
  CHECK(total(result, "official_stock") == doctest::Approx(30 * coverage(scenario.parameters, year)));
  CHECK(result.pipeline[year_index(year)][1].months == 20);
}

TEST_CASE("a cell of a cube is found by its words") {
  const Scenario scenario = with_cubes();
  const ReplicateResult result = one_year(scenario, {{3, 0}});
  const std::string host = scenario.tables.hosts[3].iso3, other = scenario.tables.hosts[4].iso3;
  const CubeResult& first = result.cubes[0];
  CHECK(cell(first, 0, {host, "family", "female"}) == 1);
  CHECK(cell(first, 0, {host, "family", "male"}) == 1);
  CHECK(cell(first, 0, {host, "contract", "male"}) == 1);
  CHECK(cell(first, 0, {host, "contract", "female"}) == 0);
  CHECK(cell(first, 0, {other, "family", "female"}) == 0);
  CHECK(cell(first, 1, {host, "family", "female"}) == 1);
  CHECK(cell(first, 2, {host, "family", "female"}) == 2 + 1);  // halves: one abroad, one who left
  const CubeResult& modes = result.cubes[1];
  CHECK(cell(modes, 0, {"entrepreneur"}) == 1);
  CHECK(cell(modes, 0, {"wage"}) == 0);
  CHECK(cell(modes, 1, {"remote"}) == 1);
  CHECK(cell(modes, 1, {"none"}) == 0);
  CHECK(cell(modes, 2, {"none"}) == 3);  // three visits of one person
  CHECK(cell(result.cubes[2], 0, {"40-44", "5-9"}) == 2);
  CHECK(cell(result.cubes[2], 0, {"15-19", "5-9"}) == 1);
}

TEST_CASE("cubes add up to totals, and years that were not run are empty") {
  const ReplicateResult result = one_year(with_cubes(), {{0, 0}, {1, 1}, {2, 0}});
  for (const CubeResult& cube : result.cubes) {
    for (std::size_t m = 0; m < cube.spec.measures.size(); ++m) {
      std::int64_t sum = 0, elsewhere = 0;
      for (std::size_t c = 0; c < cube.cells; ++c) {
        sum += cube.at(year, m, c);
        elsewhere += cube.at(year + 1, m, c);
      }
      CAPTURE(cube.spec.measures[m]);
      CHECK(static_cast<double>(sum) * raw_unit(cube.spec.measures[m]) * 10 == total(result, cube.spec.measures[m]));
      CHECK(elsewhere == 0);
    }
  }
  for (std::size_t m = 0; m < measure_rows().size(); ++m) {
    CHECK(std::isnan(result.totals[m][year_index(year + 1)]));
    CHECK_FALSE(std::isnan(result.totals[m][year_index(year)]));
  }
}

TEST_CASE("it does not matter which worker reports a block, nor in which order") {
  const Scenario scenario = with_cubes();
  const ReplicateResult one = one_year(scenario, {{0, 0}, {1, 0}, {2, 0}});
  const ReplicateResult two = one_year(scenario, {{2, 1}, {0, 0}, {1, 1}});
  for (std::size_t m = 0; m < one.totals.size(); ++m) {
    CHECK(one.totals[m][year_index(year)] == two.totals[m][year_index(year)]);
  }
  for (std::size_t c = 0; c < one.cubes.size(); ++c) CHECK(one.cubes[c].values == two.cubes[c].values);
}

TEST_CASE("a year begins with empty books") {
  const Scenario scenario = with_cubes();
  Tallies tallies(scenario, 1, 1, 1);
  ReplicateResult result = tallies.empty_result();
  const HomeYear home = in_year(scenario, year);
  for (int run = 0; run < 2; ++run) {
    tallies.begin_year(home);
    tallies.take(Reported(0).report(), 0);
    tallies.end_year(home, result);
  }
  CHECK(total(result, "stock") == 3);
  CHECK(tallies.persons_stepped() == 8);
  CHECK(tallies.persons_abroad() == 3);
}

TEST_CASE("cubes that would not fit in memory are a fault of the scenario") {
  Scenario scenario = baseline();
  scenario.outputs = {
      {{"stock"}, {"host", "origin_province", "class", "generation", "education", "sector", "age_group"}}};
  CHECK_THROWS_AS(Tallies(scenario, 1, 1, 1), InputError);
}
