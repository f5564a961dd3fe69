// The store of a sweep under damage, and the runner with runs that fail, stop or find a full disk.
#include "analysis/sweep_store.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "../scenario/support.h"
#include "analysis/memory_need.h"
#include "analysis/sweep_effects.h"
#include "analysis/sweep_runner.h"
#include "base/fault.h"
#include "observation/measures.h"
#include "observation/replicate.h"
#include "policy/levers.h"

namespace homeward {
namespace {

namespace fs = std::filesystem;

std::string key_of(int number) {
  std::string key = std::to_string(number);
  return std::string(32 - key.size(), '0') + key;
}

StoredRun run_of(double value) { return {{{value, value + 1}, {value + 2, value + 3}}}; }

StoreWriter writer_of(Shard shard) {
  StoreWriter writer = this_process();
  writer.fingerprint = "plan";
  writer.shard = shard;
  return writer;
}

std::string only_file(const std::string& folder) {
  std::string found;
  for (const auto& entry : fs::directory_iterator(folder)) found = entry.path().string();
  return found;
}

TEST_CASE("what is stored is read back, a done run outweighs a failed one, a later failure an earlier one") {
  const test::TemporaryFolder folder;
  const std::string store = folder.path("store");
  {
    StoreFile file(store, writer_of({0, 2}));
    file.add_failed(key_of(1), 1, "first");
    file.add_failed(key_of(1), 1, "second");
    file.add_failed(key_of(2), 1, "failed");
    file.add_done(key_of(2), 2.5, run_of(7));
  }
  const StoreIndex index = read_store(store, {});
  REQUIRE(index.find(key_of(1)) != nullptr);
  CHECK(index.find(key_of(1))->message == "second");
  CHECK(index.done(key_of(2)));
  CHECK(index.find(key_of(2))->seconds == 2.5);
  CHECK(read_run(index, key_of(2))->totals == run_of(7).totals);
  CHECK_FALSE(read_run(index, key_of(1)).has_value());
  CHECK(index.damaged == 0);
  CHECK(index.writers.at(0).closed);
  CHECK_FALSE(alive(index.writers.at(0)));
}

TEST_CASE("a file cut at any byte loses at most the record that is cut, and says so") {
  const test::TemporaryFolder folder;
  const std::string store = folder.path("store");
  {
    StoreFile file(store, writer_of({}));
    for (int i = 0; i < 3; ++i) file.add_done(key_of(i), 1, run_of(i));
  }
  const std::string path = only_file(store);
  const auto whole = fs::file_size(path);
  std::size_t done_before = 3;
  for (auto size = whole; size > 0; --size) {
    fs::resize_file(path, size);
    const StoreIndex index = read_store(store, {});
    const std::size_t done = index.runs.size();
    CHECK(done <= done_before);
    CHECK(done + 1 >= done_before);
    for (const auto& [key, entry] : index.runs) CHECK(read_run(index, key)->totals == run_of(std::stoi(key)).totals);
    CHECK(index.damaged <= 1);
    done_before = done;
  }
  CHECK(done_before == 0);
}

TEST_CASE("a changed byte loses one record, those behind it are found again") {
  const test::TemporaryFolder folder;
  const std::string store = folder.path("store");
  {
    StoreFile file(store, writer_of({}));
    for (int i = 0; i < 3; ++i) file.add_done(key_of(i), 1, run_of(i));
  }
  const std::string path = only_file(store);
  std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(bytes), {}};
  const auto at = static_cast<std::streamoff>(text.find(key_of(1)) + 40);
  bytes.seekp(at);
  bytes.put(static_cast<char>(text[static_cast<std::size_t>(at)] ^ 1));
  bytes.close();
  const StoreIndex index = read_store(store, {});
  CHECK(index.damaged == 1);
  CHECK(index.done(key_of(0)));
  CHECK_FALSE(index.done(key_of(1)));
  CHECK(index.done(key_of(2)));
}

TEST_CASE("a full disk cuts the record off again, what was stored before stays") {
  const test::TemporaryFolder folder;
  const std::string store = folder.path("store");
  StoreFile file(store, writer_of({}));
  file.add_done(key_of(0), 1, run_of(0));
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{static_cast<rlim_t>(fs::file_size(only_file(store)) + 20), before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &full);
  CHECK_THROWS_AS(file.add_done(key_of(1), 1, run_of(1)), RunError);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK(read_store(store, {}).damaged == 0);
  CHECK(read_store(store, {}).runs.size() == 1);
  file.add_done(key_of(1), 1, run_of(1));
  CHECK(read_store(store, {}).runs.size() == 2);
}

TEST_CASE("a shard need not read what other shards of the same split have written") {
  const test::TemporaryFolder folder;
  const std::string store = folder.path("store");
  for (int shard = 0; shard < 3; ++shard) {
    StoreFile file(store, writer_of({shard, 3}));
    file.add_done(key_of(shard), 1, run_of(shard));
  }
  CHECK(read_store(store, {"plan", Shard{1, 3}}).runs.size() == 1);
  CHECK(read_store(store, {"plan", Shard{1, 4}}).runs.size() == 3);
  CHECK(read_store(store, {"another plan", Shard{1, 3}}).runs.size() == 3);
}

TEST_CASE("as many runs side by side as threads, runs and memory allow; what is left over are threads within") {
  const MemoryNeed need{100, 50};
  CHECK(spread(1000, 8, 0, need).workers == 8);
  CHECK(spread(1000, 8, 0, need).threads_within == 1);
  CHECK(spread(2, 8, 0, need).workers == 2);
  CHECK(spread(2, 8, 0, need).threads_within == 4);
  CHECK(spread(1000, 8, 360, need).workers == 3);
  CHECK(spread(1000, 8, 10, need).workers == 1);
  CHECK(spread(1000, 8, 10, need).threads_within == 8);
}

// A sweep of 12 runs over the shipped baseline, with an invented model.
class Invented {
 public:
  Invented() {
    static const Vocabulary words{lever_rows(), measure_rows(), dimension_rows()};
    const std::string plan = folder_.write("plan.yaml", "scenarios: [" HOMEWARD_SOURCE_DIR
                                                        "/scenarios/baseline.yaml]\nreplicates: 3\n"
                                                        "design: [{grid: {policy.pay_growth: [0, 0.5, 1, 1.5]}}]\n");
    sweep_ = std::make_unique<Sweep>(read_sweep_plan(plan, words, {}));
    settings_.store_folder = folder_.path("store");
    settings_.threads = 3;
  }
  using SimulateRun =
      std::function<StoredRun(const Scenario& scenario, int replicate, int threads, const std::atomic<bool>& stop)>;
  SweepOutcome run(const SimulateRun& simulate) {
    return run_sweep(*sweep_, settings_,
                     [&](const std::vector<Scenario>& arms, int replicate, int threads, const std::atomic<bool>& stop,
                         const RunDone& done) {
                       for (std::size_t arm = 0; arm < arms.size(); ++arm)
                         done(arm, simulate(arms[arm], replicate, threads, stop));
                     });
  }
  SweepRunnerSettings& settings() { return settings_; }
  StoreIndex store() const { return read_store(settings_.store_folder, {}); }
  SweepStatus status() const {
    return sweep_status(sweep_->keys({}, 1, [] { return true; }), store());
  }

 private:
  test::TemporaryFolder folder_;
  std::unique_ptr<Sweep> sweep_;
  SweepRunnerSettings settings_;
};

StoredRun result_of(const Scenario& scenario, int replicate) {
  return run_of(scenario.levers.back().value.back() + replicate);
}

TEST_CASE("one failing run does not stop the others; it is recorded, and tried again only when asked for") {
  Invented sweep;
  std::atomic<int> calls{0};
  const auto failing = [&](const Scenario& scenario, int replicate, int, const std::atomic<bool>&) {
    ++calls;
    if (replicate == 1) throw std::runtime_error("a made-up failure");
    return result_of(scenario, replicate);
  };
  const SweepOutcome first = sweep.run(failing);
  CHECK(first.done == 8);
  CHECK(first.failed == 4);
  CHECK(first.messages == std::vector<std::string>{"a made-up failure"});
  CHECK(sweep.status().failures.at(0).count == 4);
  const auto sound = [&](const Scenario& scenario, int replicate, int, const std::atomic<bool>&) {
    ++calls;
    return result_of(scenario, replicate);
  };
  CHECK(calls == 12);
  CHECK(sweep.run(sound).failed == 4);
  CHECK(calls == 12);
  sweep.settings().retry_failed = true;
  const SweepOutcome again = sweep.run(sound);
  CHECK(calls == 16);
  CHECK(again.done_before == 8);
  CHECK(again.done == 4);
  CHECK(again.failed == 0);
  CHECK(sweep.store().twice == 0);
}

TEST_CASE("a stop keeps what is done; going on does the rest, nothing twice") {
  Invented sweep;
  std::atomic<bool> stop{false};
  std::atomic<int> calls{0};
  sweep.settings().stop = &stop;
  const auto stopping = [&](const Scenario& scenario, int replicate, int, const std::atomic<bool>& halt) {
    if (++calls == 5) stop = true;
    while (stop && !halt) {
    }
    if (halt) throw Stopped{};
    return result_of(scenario, replicate);
  };
  const SweepOutcome first = sweep.run(stopping);
  CHECK(first.stopped);
  CHECK(first.done < 12);
  stop = false;
  calls = 100;
  const SweepOutcome second = sweep.run(stopping);
  CHECK(second.done_before == first.done);
  CHECK(second.done + first.done == 12);
  CHECK(sweep.store().twice == 0);
}

TEST_CASE("two processes at the same runs: the later one is refused") {
  Invented sweep;
  StoreWriter other = this_process();
  other.fingerprint = "another";
  other.started_ms -= 1000;
  const StoreFile held(sweep.settings().store_folder, other);
  CHECK_THROWS_AS(sweep.run([](const Scenario& scenario, int replicate, int, const std::atomic<bool>&) {
    return result_of(scenario, replicate);
  }),
                  InputError);
}

// Two scenarios at three points with two replicates, the first of them the base.
class InventedContrasts {
 public:
  InventedContrasts() {
    static const Vocabulary words{lever_rows(), measure_rows(), dimension_rows()};
    const std::string base = HOMEWARD_SOURCE_DIR "/scenarios/baseline.yaml";
    const std::string plan = folder_.write(
        "plan.yaml", "scenarios: {base: " + base + ", alt: " HOMEWARD_SOURCE_DIR "/scenarios/what-if/red-tape-30.yaml}\n" +
                         "contrasts: base\nreplicates: 2\ndesign: [{grid: {policy.pay_growth: [0, 1, 2]}}]\n");
    sweep = std::make_unique<Sweep>(read_sweep_plan(plan, words, {}));
    settings.store_folder = folder_.path("store");
    settings.threads = 2;
  }
  StoreIndex store() const { return read_store(settings.store_folder, {}); }
  std::vector<Sweep::KeyedRun> keys() const {
    return sweep->keys({}, 1, [] { return true; });
  }

  std::unique_ptr<Sweep> sweep;
  SweepRunnerSettings settings;

 private:
  test::TemporaryFolder folder_;
};

double growth_of(const Scenario& scenario) { return scenario.levers[static_cast<std::size_t>(Lever::pay_growth)].value.back(); }
bool is_alt(const Scenario& scenario) {
  return scenario.levers[static_cast<std::size_t>(Lever::cut_papers)].value.back() > 0;
}
std::size_t measure_index(std::string_view name) {
  const std::vector<MeasureRow>& rows = measure_rows();
  return static_cast<std::size_t>(std::find_if(rows.begin(), rows.end(),
                                               [&](const MeasureRow& row) { return row.name == name; }) -
                                  rows.begin());
}

// The alternative has 10 more at point 0, 20 at 1, 30 at 2, and twice the replicate's number.
StoredRun contrasted(const Scenario& scenario, int replicate) {
  const double effect = is_alt(scenario) ? 10 * (growth_of(scenario) + 1) + 2 * replicate : 0;
  StoredRun run;
  run.totals.assign(measure_rows().size(), std::vector<double>(year_count, 100 + replicate + effect));
  return run;
}

TEST_CASE("runs of a bundle are handed over together; where one fails the others are done by themselves") {
  InventedContrasts invented;
  std::atomic<int> together{0}, alone{0};
  const SimulateBundle failing = [&](const std::vector<Scenario>& arms, int replicate, int, const std::atomic<bool>&,
                                     const RunDone& done) {
    ++(arms.size() == 2 ? together : alone);
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
      if (growth_of(arms[arm]) == 1 && !is_alt(arms[arm])) throw std::runtime_error("the base fails");
      done(arm, contrasted(arms[arm], replicate));
    }
  };
  const SweepOutcome outcome = run_sweep(*invented.sweep, invented.settings, failing);
  CHECK(outcome.done == 10);
  CHECK(outcome.failed == 2);
  CHECK(together == 6);
  CHECK(alone == 4);  // of two replicates: the base again, then the alternative
  CHECK(outcome.messages == std::vector<std::string>{"the base fails"});
  // Effects are of the points that have both.
  std::vector<std::uint64_t> points;
  for_each_effect(*invented.sweep, invented.keys(), invented.store(), {0}, {2010},
                  [&](const EffectSpread& effect) { points.push_back(effect.points); });
  CHECK(points == std::vector<std::uint64_t>{2});
}

TEST_CASE("effects are paired differences, by point and then over the design") {
  InventedContrasts invented;
  const SimulateBundle sound = [&](const std::vector<Scenario>& arms, int replicate, int, const std::atomic<bool>&,
                                   const RunDone& done) {
    for (std::size_t arm = 0; arm < arms.size(); ++arm) done(arm, contrasted(arms[arm], replicate));
  };
  CHECK(run_sweep(*invented.sweep, invented.settings, sound).done == 12);
  const std::size_t stock = measure_index("stock"), returns = measure_index("returns_settled");
  std::vector<EffectSpread> effects;
  for_each_effect(*invented.sweep, invented.keys(), invented.store(), {stock, returns}, {2004, 2006},
                  [&](const EffectSpread& effect) { effects.push_back(effect); });
  REQUIRE(effects.size() == 6);  // two years; the stock in it, returns in it and up to it
  CHECK(effects[4].measure == returns);
  CHECK(effects[5].span == EffectSpread::Span::by);
  for (const EffectSpread& effect : effects) {
    const double years = effect.span == EffectSpread::Span::by ? effect.year - 2003 : 1;
    CHECK(effect.alt == 1);
    CHECK(effect.points == 3);
    CHECK(effect.mean == years * 21);  // 11, 21, 31: replicates 0 and 1 differ by 2
    CHECK(effect.quantiles[2] == years * 21);
    CHECK(effect.quantiles[0] == years * 12);
    CHECK(effect.sd.value() == doctest::Approx(years * 10));
    CHECK(effect.chance_sd.value() == doctest::Approx(years));  // the sd over replicates is sqrt 2, its error 1
    CHECK(effect.positive == 1);
  }
}

TEST_CASE("quantiles lie between the values they are of") {
  CHECK(quantile({3}, 0.05) == 3);
  CHECK(quantile({1, 2, 3, 4}, 0.5) == 2.5);
  CHECK(quantile({1, 2, 3, 4}, 0.25) == 1.75);
  CHECK(quantile({1, 2, 3, 4}, 1) == 4);
}

}  // namespace
}  // namespace homeward
