// A lever at zero strength is a lever left out, byte for byte, for every row of the lever table.
#include <doctest/doctest.h>

#include "support/baseline.h"
#include "support/compare.h"

using namespace homeward;
using namespace homeward::test;

namespace {

OutputCube some_cube() { return {{"stock", "returns_settled", "visits"}, {"class", "education", "mode"}}; }

Scenario world() {
  Scenario scenario = small_baseline(1000);
  scenario.outputs = {some_cube()};
  return scenario;
}

// Zero with every date there is, and with the other option.
LeverSchedule dated_zero(Lever lever) {
  LeverSchedule schedule = left_out(lever);
  schedule.announced = 2006;
  schedule.enacted = 2010;
  schedule.delivered = 2020;
  schedule.promised = 2012;
  schedule.dated = true;
  schedule.option = last_option(lever);
  return schedule;
}
LeverSchedule broken_zero(Lever lever) {
  LeverSchedule schedule = dated_zero(lever);
  schedule.delivered = last_year + 1;
  return schedule;
}

}  // namespace

TEST_CASE("every lever at zero is the lever left out") {
  for (const Lever lever : all_levers()) {
    CAPTURE(std::string(row_of(lever).path));
    Scenario without = world();
    lever_of(without, lever) = left_out(lever);
    const ReplicateResult base = simulate_replicate(without, run_settings(4));
    for (const LeverSchedule& zero : {dated_zero(lever), broken_zero(lever)}) {
      Scenario with = world();
      lever_of(with, lever) = zero;
      CHECK(first_difference(base, simulate_replicate(with, run_settings(4))) == "");
    }
    if (slow_build && lever == Lever::events) break;
  }
}

TEST_CASE("every lever at zero in a scenario file is the lever left out") {
  // As a number, as years, as a promise: the file without the lever and the file with it give the same schedule, and
  // the same lever that other levers stand beside.
  for (const Lever lever : all_levers()) {
    const std::string path = "policy." + std::string(row_of(lever).path);
    CAPTURE(path);
    std::string option;
    const std::string key(row_of(lever).scope_key);
    if (!key.empty()) option = ", " + key + ": " + last_option(lever);
    const std::string promise = "{announced: 2010, enacted: 2012, delivered: 2030, value: 0" + option + "}";
    const std::string broken = "{announced: 2010, enacted: 2012, delivered: never, value: {2012: 0, 2020: 0}}";
    for (const std::string& zero : {std::string("0"), std::string("{2010: 0, 2030: 0}"), promise, broken}) {
      CAPTURE(zero);
      const Scenario with = shipped("baseline.yaml", {{path, zero}});
      Scenario without = baseline();
      lever_of(without, lever) = left_out(lever);
      const std::vector<HomeYear> a = home_years(with), b = home_years(without);
      for (std::size_t t = 0; t < a.size(); ++t) {
        CAPTURE(a[t].year);
        REQUIRE(a[t].delivered == b[t].delivered);
        REQUIRE(a[t].enacted == b[t].enacted);
        REQUIRE(a[t].promised == b[t].promised);
        REQUIRE(a[t].broken_for_all == b[t].broken_for_all);
        REQUIRE(a[t].broken_for_eligible == b[t].broken_for_eligible);
        REQUIRE(a[t].months == b[t].months);
        REQUIRE(a[t].months_fast_track == b[t].months_fast_track);
        REQUIRE(a[t].redtape_promised == b[t].redtape_promised);
        REQUIRE(a[t].pay_index == b[t].pay_index);
        REQUIRE(a[t].network_members == b[t].network_members);
      }
    }
  }
}

TEST_CASE("all levers at zero at once are no policy") {
  Scenario none = world(), zeros = world();
  without_policy(none);
  for (const Lever lever : all_levers()) lever_of(zeros, lever) = broken_zero(lever);
  CHECK(first_difference(simulate_replicate(none, run_settings(9)), simulate_replicate(zeros, run_settings(9))) == "");
}

TEST_CASE("a lever left out and a lever at its history differ: the comparison can see") {
  Scenario without = world();
  lever_of(without, Lever::visa) = left_out(Lever::visa);
  const ReplicateResult a = simulate_replicate(without, run_settings(4));
  CHECK(first_difference(a, simulate_replicate(world(), run_settings(4))) != "");
}
