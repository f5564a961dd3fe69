// The claim that the file is named after: beside its simulations a sweep at 1/20 takes at most 2 ms a run, and at most
// 2 % of their time.
//
//   claim_a_sweep_adds_2_ms_and_2_percent_to_its_runs [SCALE] [THREADS] [REPETITIONS]
//   default: 0.05, all threads, 3
//
// Two scenarios at ten points, one replicate, 2004 to 2045: points laid over scenarios and checked, keys, simulations,
// records on disk. What the machinery takes is the time of run_sweep() with one thread less that of the simulations
// inside it; the shortest of the repetitions counts, since other work on the machine can only add. The answer is checked
// first: every run is stored, and one equals the same run done alone. Printed, not judged: how much faster THREADS
// threads do the sweep. Exit code 5 where the claim fails.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>

#include "analysis/sweep_runner.h"
#include "observation/measures.h"
#include "observation/replicate.h"
#include "parallel/blocks.h"
#include "policy/levers.h"
#include "scenario/loader.h"

namespace {

using namespace homeward;
using Clock = std::chrono::steady_clock;

constexpr double claimed_seconds = 0.002, claimed_share = 0.02;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "homeward-sweep-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      std::perror("mkdtemp");
      std::exit(3);
    }
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Timed {
  double all = 0, simulations = 0;
};

Timed time_sweep(const Sweep& sweep, int threads) {
  const Folder folder;
  SweepRunnerSettings settings;
  settings.store_folder = folder.path() + "/store";
  settings.threads = threads;
  const SimulateBundle simulate = simulate_of(sweep.plan());
  Timed timed;
  std::mutex mutex;
  const auto start = Clock::now();
  const SweepOutcome outcome = run_sweep(
      sweep, settings,
      [&](const std::vector<Scenario>& arms, int replicate, int within, const std::atomic<bool>& stop, const RunDone& done) {
        const auto start_of_run = Clock::now();
        double storing = 0;
        simulate(arms, replicate, within, stop, [&](std::size_t arm, StoredRun run) {
          const auto start_of_storing = Clock::now();
          done(arm, std::move(run));
          storing += seconds_since(start_of_storing);
        });
        const double seconds = seconds_since(start_of_run) - storing;
        const std::lock_guard lock(mutex);
        timed.simulations += seconds;
      });
  timed.all = seconds_since(start);
  if (outcome.done != sweep.runs()) {
    std::printf("%llu of %llu runs done\n", static_cast<unsigned long long>(outcome.done),
                static_cast<unsigned long long>(sweep.runs()));
    std::exit(1);
  }
  return timed;
}

// The first run of the sweep by its own simulation and by that of `homeward run`.
bool gives_the_same(const Sweep& sweep) {
  const SweepRun first = sweep.run(0);
  const Scenario scenario = sweep.scenario(first.scenario, first.point);
  StoredRun of_sweep;
  simulate_of(sweep.plan())({scenario}, first.replicate, 1, std::atomic<bool>{false},
                            [&](std::size_t, StoredRun run) { of_sweep = std::move(run); });
  ReplicateSettings settings;
  settings.seed = replicate_seed(scenario.seed, first.replicate);
  settings.scale = sweep.plan().scale;
  settings.to_year = sweep.plan().to_year;
  const ReplicateResult alone = simulate_replicate(scenario, settings);
  for (std::size_t m = 0; m < alone.totals.size(); ++m) {
    for (std::size_t year = 0; year < of_sweep.totals[m].size(); ++year) {
      const double x = alone.totals[m][year], y = of_sweep.totals[m][year];
      if (x != y && (x == x || y == y)) return false;
    }
  }
  return !of_sweep.totals.empty();
}

}  // namespace

int main(int count, char** words) {
  const double scale = count > 1 ? std::atof(words[1]) : 0.05;
  const int threads = count > 2 ? std::atoi(words[2]) : available_threads();
  const int repetitions = count > 3 ? std::atoi(words[3]) : 3;
  if (scale <= 0 || scale > 1 || threads < 1 || repetitions < 1) {
    std::fputs("a scale in (0, 1], at least one thread and one repetition\n", stderr);
    return 2;
  }
  const Vocabulary vocabulary{lever_rows(), measure_rows(), dimension_rows()};
  PlanOptions options;
  options.default_tables_folder = std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/data";
  options.scale = scale;
  options.replicates = 1;
  options.to_year = last_year;
  const Sweep sweep(read_sweep_plan(std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/sweeps/small.yaml", vocabulary, options));
  if (!gives_the_same(sweep)) {
    std::puts("a run of the sweep is not the run that it stands for");
    return 1;
  }
  const auto runs = static_cast<double>(sweep.runs());
  double machinery = 0, simulations = 0, one = 0, many = 0;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    const Timed alone = time_sweep(sweep, 1), together = time_sweep(sweep, threads);
    const auto keep_shortest = [&](double& shortest, double seconds) {
      shortest = repetition == 0 ? seconds : std::min(shortest, seconds);
    };
    keep_shortest(machinery, (alone.all - alone.simulations) / runs);
    keep_shortest(simulations, alone.simulations / runs);
    keep_shortest(one, alone.all);
    keep_shortest(many, together.all);
    std::printf("run_ms=%.2f machinery_ms=%.3f threads_1_s=%.3f threads_%d_s=%.3f\n", alone.simulations / runs * 1e3,
                (alone.all - alone.simulations) / runs * 1e3, alone.all, threads, together.all);
  }
  const double share = machinery / simulations;
  std::printf("runs=%.0f run_ms=%.2f machinery_ms=%.3f share=%.4f speedup_on_%d_threads=%.2f\n", runs, simulations * 1e3,
              machinery * 1e3, share, threads, one / many);
  return machinery <= claimed_seconds && share <= claimed_share ? 0 : 5;
}
