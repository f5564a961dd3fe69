// No table is rebuilt that a run before it in the same process has built: counts of what was made.
#include <doctest/doctest.h>

#include "observation/measures.h"
#include "observation/replicate.h"
#include "policy/levers.h"
#include "population/raked_stock.h"
#include "population/start_lists.h"
#include "scenario/loader.h"
#include "scenario/table_sets.h"

using namespace homeward;

namespace {

const std::string source = HOMEWARD_SOURCE_DIR;

Scenario baseline(const std::vector<std::pair<std::string, std::string>>& set = {}) {
  static const Vocabulary words{lever_rows(), measure_rows(), dimension_rows()};
  LoadOptions options;
  options.default_tables_folder = source + "/scenarios/data";
  options.set = set;
  return load_scenario(source + "/scenarios/baseline.yaml", words, options);
}

ReplicateResult run(const Scenario& scenario, std::uint64_t seed) {
  ReplicateSettings settings;
  settings.seed = seed;
  settings.scale = 0.001;
  settings.to_year = 2005;
  return simulate_replicate(scenario, settings);
}

struct Made {
  std::size_t readings = table_readings(), raked = stocks_raked(), lists = start_lists_made();
  bool operator==(const Made&) const = default;
};

}  // namespace

TEST_CASE("a second scenario with the same tables parses none, and a second run of a seed rakes and draws none") {
  const ReplicateResult first = run(baseline(), 77);
  const Made once;
  const ReplicateResult again = run(baseline(), 77);
  CHECK(Made() == once);
  CHECK(again.agent_years == first.agent_years);
  for (std::size_t measure = 0; measure < first.totals.size(); ++measure) {
    CHECK(again.totals[measure][1] == first.totals[measure][1]);
  }
  // Another point of a sweep: other parameters and levers, the same people to begin with.
  run(baseline({{"policy.pay_growth", "1"}, {"parameters.choice.b_pay", "1.2"}}), 77);
  CHECK(Made() == once);
}

TEST_CASE("what differs is made anew") {
  run(baseline(), 77);
  const Made before;
  run(baseline(), 78);  // another seed: other lots, the same raked stock
  CHECK(start_lists_made() == before.lists + 1);
  CHECK(stocks_raked() == before.raked);
  Scenario more = baseline();
  more.tables.groups[0].synthesis_factor *= 1.5;
  run(more, 77);
  CHECK(stocks_raked() == before.raked + 1);
  CHECK(start_lists_made() == before.lists + 2);
  Scenario later = baseline();
  later.tables.groups[0].arrivals_multiplier[3] = 2;
  run(later, 77);
  CHECK(stocks_raked() == before.raked + 1);
  CHECK(start_lists_made() == before.lists + 3);
  CHECK(table_readings() == before.readings);
}
