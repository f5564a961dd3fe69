// A better offer never loses anybody at the choice: who sets out in the base world sets out in the better one as well.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "support/baseline.h"

using namespace homeward;
using namespace homeward::test;

namespace {

constexpr int start = 2020;

// Who begins the procedures, and who goes home at graduation, in one year.
class Departures : public BlockSink {
 public:
  void take(const BlockReport& report, std::size_t) override {
    if (report.year != start) return;
    for (const EventRecord& event : report.events) {
      const std::uint64_t key = report.columns->key[event.slot];
      if (event.event == Event::intending) begin[key] = event.mode;
      if (event.event == Event::return_student) students.insert(key);
      if (event.event == Event::attentive) attentive.insert(key);
    }
  }
  std::map<std::uint64_t, Mode> begin;
  std::set<std::uint64_t> students, attentive;
};

Departures first_year_of(const Scenario& scenario) {
  Simulation simulation(scenario, population_of(scenario, run_settings(21)), 21, {});
  Departures departures;
  for (int year = first_year; year <= start; ++year) simulation.step(year, departures);
  return departures;
}

struct Better {
  Lever lever;
  double value;
  std::string option;
};

}  // namespace

TEST_CASE("whoever enters the pipeline enters it under a better policy, too") {
  Scenario scenario = small_baseline(slow_build ? 200 : 50);
  without_policy(scenario);
  scenario.parameters.attention_a_camp = 0.5;
  const Departures base = first_year_of(scenario);
  REQUIRE(base.begin.size() > 30);
  REQUIRE(base.students.size() > 20);
  for (const Better& better : std::vector<Better>{{Lever::tax, 1, "graduates"},
                                                  {Lever::tax, 0.2, "graduates"},
                                                  {Lever::tax, 1, "experts"},
                                                  {Lever::pay, 2, "all"},
                                                  {Lever::funding, 3, ""},
                                                  {Lever::housing, 1, ""},
                                                  {Lever::nationality, 1, ""},
                                                  {Lever::sandbox, 1, ""},
                                                  {Lever::campaign, 1, ""}}) {
    CAPTURE(std::string(row_of(better.lever).path));
    CAPTURE(better.option);
    Scenario with = scenario;
    lever_of(with, better.lever) = from_year(better.lever, start, better.value, better.option);
    const Departures alternative = first_year_of(with);
    std::size_t lost = 0, moved_elsewhere = 0;
    for (const auto& [key, mode] : base.begin) {
      // A graduate who stayed and set out later in the year may now go home at graduation itself.
      if (alternative.students.count(key) != 0) continue;
      const auto found = alternative.begin.find(key);
      if (found == alternative.begin.end()) {
        ++lost;
      } else if (found->second != mode) {
        // A lever draws people into the modes it favours, never from one other mode into another.
        moved_elsewhere += found->second == Mode::remote || found->second == Mode::retire ? 1 : 0;
      }
    }
    CHECK(lost == 0);
    if (better.lever != Lever::housing) CHECK(moved_elsewhere == 0);
    for (const std::uint64_t key : base.students) CHECK(alternative.students.count(key) == 1);
    CHECK(alternative.begin.size() + alternative.students.size() > base.begin.size() + base.students.size());
  }
}

TEST_CASE("a worse offer is the mirror image") {
  Scenario scenario = small_baseline(200);
  without_policy(scenario);
  const Departures base = first_year_of(scenario);
  Scenario taxed = scenario;
  // A "special" rate above the usual one: a levy on graduates who return.
  taxed.parameters.fiscal_tax_special = 0.6;
  lever_of(taxed, Lever::tax) = from_year(Lever::tax, start, 1, "graduates");
  const Departures worse = first_year_of(taxed);
  for (const auto& [key, mode] : worse.begin) {
    if (base.students.count(key) == 0) CHECK(base.begin.count(key) == 1);
  }
  CHECK(worse.students.size() < base.students.size());
}
