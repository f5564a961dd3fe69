// The promise of include/homeward, used as another program would use it.
#include <doctest/doctest.h>

#include <atomic>
#include <string>

#include "homeward/homeward.h"

namespace {

const std::string baseline = HOMEWARD_SOURCE_DIR "/scenarios/baseline.yaml";

homeward::RunSettings small() {
  homeward::RunSettings settings;
  settings.scale = 1.0 / 1000;
  settings.to_year = 2006;
  settings.threads = 2;
  return settings;
}

}  // namespace

TEST_CASE("load, run and ask") {
  homeward::LoadOptions options;
  options.replicates = 3;
  options.seed = 7;
  const homeward::Scenario scenario = homeward::Scenario::load(baseline, options);
  CHECK(scenario.seed() == 7);
  CHECK(scenario.hash().size() == 64);
  int stored = 0;
  homeward::RunSettings settings = small();
  settings.progress = [&](const homeward::Progress& at) {
    stored += at.phase == homeward::Progress::Phase::stored ? 1 : 0;
  };
  const homeward::Results results = homeward::run(scenario, settings);
  CHECK(stored == 3);
  CHECK(results.facts().replicates == 3);
  const homeward::Interval stock = results.at("stock", 2006).value();
  CHECK(stock.mean > 1e6);
  CHECK(*stock.lo95 < stock.mean);
  CHECK(*stock.hi95 > stock.mean);
  CHECK_FALSE(results.at("stock", 2007));
  CHECK_FALSE(results.at("no such measure", 2006));
  CHECK(results.at("returns", 2006)->mean == results.at("returns_settled", 2006)->mean);
}

TEST_CASE("the definition of return is the caller's") {
  homeward::RunSettings settings = small();
  const homeward::Scenario scenario = homeward::Scenario::load(baseline, {});
  settings.returns = homeward::Returns::all;
  const homeward::Results all = homeward::run(scenario, settings);
  CHECK(all.at("returns", 2006)->mean == all.at("returns_all", 2006)->mean);
  settings.returns = homeward::Returns::students;
  const homeward::Results students = homeward::run(scenario, settings);
  CHECK(students.at("returns", 2006)->mean ==
        doctest::Approx(students.at("returns_settled", 2006)->mean + students.at("returns_student", 2006)->mean));
}

TEST_CASE("errors are of the promise's kinds") {
  CHECK_THROWS_AS(homeward::Scenario::load("/nonexistent.yaml", {}), homeward::InputError);
  CHECK_FALSE(homeward::check("/nonexistent.yaml", {}).empty());
  CHECK(homeward::check(baseline, {}).empty());
  const homeward::Scenario scenario = homeward::Scenario::load(baseline, {});
  homeward::RunSettings settings = small();
  settings.scale = 0;
  CHECK_THROWS_AS(homeward::run(scenario, settings), homeward::InputError);
  settings = small();
  settings.until = homeward::HalfWidthTarget{"no such measure", 2005, 1};
  CHECK_THROWS_AS(homeward::run(scenario, settings), homeward::InputError);
  settings = small();
  const std::atomic<bool> stop{true};
  settings.stop = &stop;
  CHECK_THROWS_AS(homeward::run(scenario, settings), homeward::Stopped);
  CHECK_THROWS_AS(homeward::OutputFolder::claim("/proc/homeward", false), homeward::RunError);
}

TEST_CASE("names are found by their ends and mistyped ones are guessed") {
  const auto found = homeward::find_entries("tax", "");
  REQUIRE(found.size() == 1);
  CHECK(found[0].name == "policy.resolution_57.tax");
  CHECK(homeward::find_entries("no such name", "").empty());
  CHECK(homeward::nearest_entry("returns_setled", "") == "returns_settled");
  CHECK(homeward::entries(homeward::EntryKind::dimension, "").size() >= 10);
}
