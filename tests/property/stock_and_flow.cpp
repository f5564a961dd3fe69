// Nobody appears or vanishes: stock = stock of last year + who came - who went, for every host and year and in total.
#include <doctest/doctest.h>

#include <array>
#include <map>

#include "support/auditor.h"
#include "support/baseline.h"

using namespace homeward;
using namespace homeward::test;

namespace {

OutputCube books_by_host() {
  return {{"stock", "arrivals", "births", "deaths", "returns_all", "tied_minors", "re_emigration", "stock_returned",
           "returns_settled", "returns_student", "returns_contract", "deaths_home"},
          {"host"}};
}

class Books {
 public:
  explicit Books(const CubeResult& cube) : cube_(cube) {
    for (std::size_t m = 0; m < cube.spec.measures.size(); ++m) place_[cube.spec.measures[m]] = m;
  }
  std::int64_t of(const std::string& measure, int year, std::size_t host) const {
    return cube_.at(year, place_.at(measure), host);
  }
  std::int64_t change_abroad(int year, std::size_t host) const {
    return of("arrivals", year, host) + of("births", year, host) - of("deaths", year, host) -
           of("returns_all", year, host) - of("tied_minors", year, host) + of("re_emigration", year, host);
  }
  std::int64_t change_at_home(int year, std::size_t host) const {
    return of("returns_settled", year, host) + of("returns_student", year, host) - of("re_emigration", year, host) -
           of("deaths_home", year, host);
  }
  std::size_t hosts() const { return cube_.cells; }

 private:
  const CubeResult& cube_;
  std::map<std::string, std::size_t> place_;
};

void check_books(const ReplicateResult& result, const Population& start) {
  const Books books(result.cubes.front());
  REQUIRE(books.hosts() == start.stock.size());
  std::int64_t people = 0;
  for (int year = first_year; year <= result.to_year; ++year) {
    CAPTURE(year);
    for (std::size_t host = 0; host < books.hosts(); ++host) {
      CAPTURE(host);
      const bool first = year == first_year;
      const std::int64_t before = first ? std::int64_t{start.stock[host]} : books.of("stock", year - 1, host);
      const std::int64_t home_before = first ? 0 : books.of("stock_returned", year - 1, host);
      REQUIRE(books.of("stock", year, host) == before + books.change_abroad(year, host));
      REQUIRE(books.of("stock_returned", year, host) == home_before + books.change_at_home(year, host));
      REQUIRE(books.of("returns_all", year, host) == books.of("returns_settled", year, host) +
                                                         books.of("returns_student", year, host) +
                                                         books.of("returns_contract", year, host));
      REQUIRE(books.of("arrivals", year, host) == start.arrivals[year_index(year) * books.hosts() + host]);
      people += books.of("stock", year, host);
    }
  }
  CHECK(people > 0);
}

// Totals count in persons of the weight, whole numbers below 2^53: sums are exact.
void check_totals(const ReplicateResult& result) {
  const Books books(result.cubes.front());
  for (int year = first_year + 1; year <= result.to_year; ++year) {
    CAPTURE(year);
    const auto of = [&](std::string_view measure) { return total(result, measure, year); };
    REQUIRE(of("stock") == total(result, "stock", year - 1) + of("arrivals") + of("births") - of("deaths") -
                               of("returns_all") - of("tied_minors") + of("re_emigration"));
    REQUIRE(of("stock_returned") == total(result, "stock_returned", year - 1) + of("returns_settled") +
                                        of("returns_student") - of("re_emigration") - of("deaths_home"));
    std::int64_t stock = 0;
    for (std::size_t host = 0; host < books.hosts(); ++host) stock += books.of("stock", year, host);
    REQUIRE(of("stock") == static_cast<double>(stock) * result.weight);
  }
}

// The pipeline as pipeline.csv tells it. By stage, entered - completed - abandoned is who waits and who died waiting,
// exactly (the auditor counts the dead); without the dead it can only be more than who waits.
void check_pipeline(const ReplicateResult& result) {
  std::array<std::int64_t, 6> open{};
  for (int year = first_year; year <= result.to_year; ++year) {
    CAPTURE(year);
    StageCount sum;
    std::int64_t all_open = 0;
    for (std::size_t k = 0; k < 6; ++k) {
      const StageCount& stage = result.pipeline[year_index(year)][k];
      open[k] += stage.entered - stage.completed - stage.abandoned;
      REQUIRE(open[k] >= 0);
      all_open += open[k];
      sum.entered += stage.entered;
      sum.completed += stage.completed;
      sum.abandoned += stage.abandoned;
    }
    const auto of = [&](std::string_view measure) {
      return static_cast<std::int64_t>(total(result, measure, year) / result.weight + 0.5);
    };
    REQUIRE(sum.entered == of("intending") + sum.completed - of("refused") - of("returns_settled"));
    REQUIRE(sum.abandoned == of("abandoned"));
    REQUIRE(all_open >= of("preparing"));
  }
}

}  // namespace

TEST_CASE("stocks and flows balance for every host, every year and in total") {
  for (const char* file : {"baseline.yaml", "what-if/resolution-57.yaml", "what-if/host-shock.yaml"}) {
    CAPTURE(file);
    Scenario scenario = shipped(file);
    scenario.outputs = {books_by_host()};
    const ReplicateSettings settings = run_settings(7, 1.0 / 200);
    Auditor auditor;
    const ReplicateResult result = watched_replicate(scenario, settings, auditor);
    check_books(result, population_of(scenario, settings));
    check_totals(result);
    check_pipeline(result);
    CHECK(auditor.faults() == "");
    if (slow_build) break;
  }
}

TEST_CASE("a watched run is the run itself") {
  const Scenario scenario = small_baseline(2000);
  Auditor auditor;
  const ReplicateResult watched = watched_replicate(scenario, run_settings(3), auditor);
  const ReplicateResult plain = simulate_replicate(scenario, run_settings(3));
  for (std::size_t m = 0; m < plain.totals.size(); ++m) CHECK(watched.totals[m] == plain.totals[m]);
}

TEST_CASE("a thief is found: a person who vanishes without an event upsets the books") {
  // The auditor itself, under a planted fault.
  const Scenario scenario = small_baseline(4000);
  Auditor auditor;
  Simulation simulation(scenario, population_of(scenario, run_settings(5)), 5, {});
  auditor.meet(simulation);
  simulation.step(first_year, auditor);
  REQUIRE(auditor.faults() == "");
  const Columns& columns = simulation.population().columns;
  for (std::uint32_t s = 0; s < simulation.population().layout.slots; ++s) {
    if (state::StatusField::get(columns.state[s]) != code(Status::settled)) continue;
    columns.state[s] = state::StatusField::set(columns.state[s], code(Status::empty));
    break;
  }
  simulation.step(first_year + 1, auditor);
  CHECK(auditor.faults().find("does not explain") != std::string::npos);
}
