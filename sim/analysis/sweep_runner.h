// Doing the runs of a sweep that are missing: side by side where they are small, with threads within where they are
// not; each result is stored as it comes, whatever becomes of the others.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/sweep_store.h"

namespace homeward {

// The runs of a bundle, which differ in their scenarios only; calls done(arm, run) as each ends, in any order. Throws
// Stopped where `stop` is set, anything else where a run fails.
using RunDone = std::function<void(std::size_t arm, StoredRun run)>;
using SimulateBundle = std::function<void(const std::vector<Scenario>& arms, int replicate, int threads,
                                        const std::atomic<bool>& stop, const RunDone& done)>;
// The model's own: years in common are simulated once.
SimulateBundle simulate_of(const SweepPlan& plan);
// What a bundle of the plan takes, by its first point.
struct MemoryNeed bundle_memory(const Sweep& sweep);

struct SweepProgress {
  std::uint64_t runs = 0, done = 0, failed = 0;  // of the shard; done includes what earlier processes did
  int running = 0;
  double runs_per_second = 0;  // of this process; 0 before one is done
  double seconds_left = 0;
};

// How the work is spread over the threads.
struct SweepSpread {
  int workers = 1;         // bundles side by side
  int threads_within = 1;  // of each
};
// As many bundles side by side as there are threads, bundles and room for.
SweepSpread spread(std::uint64_t bundles, int threads, double memory_bytes, const struct MemoryNeed& need);

struct SweepRunnerSettings {
  std::string store_folder;
  Shard shard;
  int threads = 1;
  double memory_bytes = 0;  // 0: without bound
  bool retry_failed = false;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const SweepProgress&)> progress;
};

struct SweepOutcome {
  std::uint64_t runs = 0, done_before = 0, done = 0, failed = 0;  // of the shard; done: by this process
  std::vector<std::string> messages;  // of failed runs, each once, in order of their runs
  bool stopped = false;
  SweepSpread spread;
  std::size_t damaged = 0;
};

// Throws InputError (faults of points; another process at work on the same runs), RunError (the store cannot be
// written: what was stored before is kept).
SweepOutcome run_sweep(const Sweep& sweep, const SweepRunnerSettings& settings, const SimulateBundle& simulate);

// Where a sweep stands.
struct SweepStatus {
  std::uint64_t runs = 0, done = 0, failed = 0;
  std::uint64_t running = 0;  // by processes that show life
  struct Failure {
    std::uint64_t run;  // the first that failed so
    std::uint64_t count;
    std::string message;
  };
  std::vector<Failure> failures;
  double seconds_per_run = 0;  // mean of those done
  double seconds_left = 0;     // at the pace of the processes at work; 0 where there is none
  double seconds_left_alone = 0;  // of one worker
  std::size_t damaged = 0, twice = 0;
  std::vector<StoreWriter> at_work;
};
SweepStatus sweep_status(const std::vector<Sweep::KeyedRun>& runs, const StoreIndex& store);

}  // namespace homeward
