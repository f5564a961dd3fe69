// Any plan, cut into any number of shards that run in any order, some of them twice, makes the same tables.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "analysis/sweep_runner.h"
#include "observation/measures.h"
#include "policy/levers.h"
#include "report/effects_table.h"
#include "report/merged_table.h"

using namespace homeward;

namespace {

namespace fs = std::filesystem;

using Dice = std::mt19937_64;
int whole(Dice& dice, int low, int high) { return low + static_cast<int>(dice() % static_cast<unsigned>(high - low + 1)); }

std::string random_plan(Dice& dice) {
  const std::string folder = HOMEWARD_SOURCE_DIR "/scenarios/";
  std::string text = "scenarios: {base: " + folder + "baseline.yaml, other: " + folder + "what-if/red-tape-30.yaml}\n";
  if (whole(dice, 0, 1) == 1) text += "contrasts: base\n";
  if (whole(dice, 0, 1) == 1) text += "seeds: independent\n";
  text += "replicates: " + std::to_string(whole(dice, 1, 3)) + "\nmeasures: [stock, returns_settled]\nyears: [2030]\n";
  text += "design:\n  - grid: {policy.pay_growth: {from: 0, to: 1, steps: " + std::to_string(whole(dice, 2, 5)) + "}}\n";
  constexpr const char* kinds[] = {"sobol", "latin_hypercube", "random"};
  text += std::string("  - ") + kinds[whole(dice, 0, 2)] + ": {points: " + std::to_string(whole(dice, 1, 5)) +
          ", axes: {parameters.choice.b_pay: prior}}\n";
  return text;
}

// Some number that depends on everything a run depends on.
StoredRun invented(const Scenario& scenario, int replicate) {
  const std::uint64_t mixed = std::hash<std::string>()(scenario.hash) ^ (scenario.seed * 31 + static_cast<std::uint64_t>(replicate));
  StoredRun run;
  for (std::size_t m = 0; m < measure_rows().size(); ++m)
    run.totals.emplace_back(year_count, static_cast<double>((mixed >> (m % 32)) % 100003) / 7);
  return run;
}

const SimulateBundle simulate = [](const std::vector<Scenario>& arms, int replicate, int, const std::atomic<bool>&,
                                   const RunDone& done) {
  for (std::size_t arm = arms.size(); arm-- > 0;) done(arm, invented(arms[arm], replicate));
};

void sweep_shard(const Sweep& sweep, const std::string& store, Shard shard, int threads) {
  SweepRunnerSettings settings;
  settings.store_folder = store;
  settings.shard = shard;
  settings.threads = threads;
  run_sweep(sweep, settings, simulate);
}

std::string tables(const Sweep& sweep, const std::string& store, const std::string& file) {
  const std::vector<Sweep::KeyedRun> runs = sweep.keys({}, 1, [] { return true; });
  const StoreIndex index = read_store(store, {});
  CHECK(index.twice == 0);
  {
    WholeFile out(file);
    CHECK(write_merged(out, sweep, runs, index).left_out == 0);
    if (sweep.plan().contrast_base) write_effects(out, sweep, runs, index);
    out.finish();
    out.commit();
  }
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("any split into shards and any order of them gives the same tables") {
  static const Vocabulary words{lever_rows(), measure_rows(), dimension_rows()};
  const fs::path folder = fs::temp_directory_path() / ("homeward-shards-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const std::string text = random_plan(dice);
    CAPTURE(text);
    const std::string plan = (folder / "plan.yaml").string();
    std::ofstream(plan) << text;
    const Sweep sweep(read_sweep_plan(plan, words, {}));
    const std::string whole_store = (folder / ("whole" + std::to_string(seed))).string();
    const std::string cut_store = (folder / ("cut" + std::to_string(seed))).string();
    sweep_shard(sweep, whole_store, {}, 1);
    const int count = whole(dice, 2, 11);
    std::vector<int> order;
    for (int shard = 0; shard < count; ++shard) order.push_back(shard);
    for (int again = 0; again < 2; ++again) order.push_back(whole(dice, 0, count - 1));
    std::shuffle(order.begin(), order.end(), dice);
    for (const int shard : order) sweep_shard(sweep, cut_store, {shard, count}, whole(dice, 1, 3));
    const std::string table = (folder / "table.csv").string();
    const std::string expected = tables(sweep, whole_store, table);
    CHECK(expected.size() > 200);
    CHECK(tables(sweep, cut_store, table) == expected);
  }
  fs::remove_all(folder);
}
