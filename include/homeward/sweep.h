// Sweeps: a plan of scenarios x axes x replicates, its runs here or shard by shard on a cluster, one table of them all.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "homeward/error.h"

namespace homeward::v1 {

// What the caller says instead of the plan.
struct SweepOptions {
  std::string tables;  // folder of tables; empty: the plan's, the scenarios' or the default
  std::optional<std::uint64_t> seed;
  std::optional<int> replicates, to_year;
  std::optional<double> scale;
  bool force_range = false;
};

// What a number of a run stands for.
struct SweepPoint {
  std::string scenario;  // its name in the plan
  std::uint64_t point = 0;
  std::vector<std::string> values;  // as in SweepPlan::axes
  std::uint64_t seed = 0;           // as of a scenario
  int replicate = 0;
};

// An immutable, checked plan; cheap to copy.
//
//   const SweepPlan plan = SweepPlan::load("scenarios/sweeps/small.yaml", {});
class SweepPlan {
 public:
  // Throws InputError with every fault of the plan and its scenarios at once. Points are checked by run_sweep.
  static SweepPlan load(const std::string& file, const SweepOptions& options);

  const std::string& file() const;
  const std::string& name() const;
  std::vector<std::string> axes() const;  // paths of what is varied
  std::vector<std::string> scenarios() const;
  std::uint64_t points() const;
  int replicates() const;
  std::uint64_t runs() const;
  double scale() const;
  // Run `index` (from 0): by scenario, then point, then replicate. A pure function of the plan.
  SweepPoint at(std::uint64_t index) const;
  // With contrasts the scenarios of a point and replicate are one bundle, otherwise each run is; shards take whole ones.
  std::uint64_t bundle(std::uint64_t index) const;

  struct Parts;
  const Parts& parts() const { return *parts_; }

 private:
  explicit SweepPlan(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

// The folder of a sweep: the store, a note of the plan, merged.csv. Many processes may use it at once.
class SweepFolder {
 public:
  // Takes a folder that is absent, empty or a sweep's; with `force` also one with other content, which stays.
  // Throws InputError where it may not be taken, RunError where it cannot be made.
  static SweepFolder claim(const std::string& path, bool force);
  // A folder that a sweep has used. Throws InputError where it is none.
  static SweepFolder open(const std::string& path);

  const std::string& path() const { return path_; }
  std::string store() const;
  // The plan and options of the latest sweep into it, for those who name the folder only, and the record of what is
  // swept: program, design, scenarios, tables.
  void note(const SweepPlan& plan, const SweepOptions& options) const;
  std::string noted_plan() const;
  SweepOptions noted_options() const;

 private:
  explicit SweepFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// One run, timed, for an estimate of all.
struct SweepTrial {
  double seconds = 0;
  double bytes_each = 0, bytes_fixed = 0;  // memory of a run side by side with others, and of the program
  double store_bytes = 0;                  // of a run
  double table_bytes = 0;                  // of merged.csv, all runs
  int threads = 1, workers = 1;            // to be had here, and runs side by side
  double seconds_here = 0;                 // all runs, on this machine
  std::uint64_t points_checked = 0;        // whose values were looked at
};

struct SweepProgress {
  std::uint64_t runs = 0, done = 0, failed = 0;
  int running = 0;
  double runs_per_second = 0, seconds_left = 0;  // 0 before they can be told
};

struct SweepSettings {
  int shard = 0, shards = 1;  // this process takes the bundles whose number is `shard` modulo `shards`
  int threads = 0;            // 0: available_threads()
  double memory_bytes = 0;    // the most it may use; 0: what is to be had
  bool retry_failed = false;  // runs that failed before are tried again
  std::function<void(const SweepProgress&)> progress;
  const std::atomic<bool>* stop = nullptr;  // set it from a signal handler
};

struct SweepOutcome {
  std::uint64_t runs = 0, done_before = 0, done = 0, failed = 0;
  std::vector<std::string> messages;  // of failed runs, each once
  bool stopped = false;
  int workers = 1, threads_within = 1;
  std::size_t damaged = 0;  // records that were cut short; their runs are done again
};

// Throws InputError with the faults of the values at all points.
void check_points(const SweepPlan& plan);

// Times the first run, however many there are. Checks a few hundred points that have every level of every axis:
// throws InputError, RunError.
SweepTrial try_run(const SweepPlan& plan, const SweepSettings& settings);

// Does the runs that the store does not have yet. Throws InputError (a point at fault; another process at work on the
// same runs), RunError (the store cannot be written). What is done stays done, whatever comes.
SweepOutcome run_sweep(const SweepPlan& plan, const SweepFolder& folder, const SweepSettings& settings);

struct SweepFailure {
  std::uint64_t run = 0, count = 0;  // the first that failed so, and how many
  std::string message;
};
struct SweepState {
  std::uint64_t runs = 0, done = 0, failed = 0, running = 0;
  std::vector<SweepFailure> failures;
  double seconds_per_run = 0;
  double seconds_left = 0;             // with the processes at work; 0 where there is none
  double seconds_left_alone = 0;       // one run after another
  std::size_t damaged = 0;             // records cut short or changed
  std::size_t twice = 0;               // runs that were done more than once
  std::vector<std::string> at_work;    // "process 12 on node3, shard 2 of 16"
  std::vector<std::uint64_t> missing;  // runs neither done nor failed
  std::vector<std::uint64_t> failed_runs;
};
SweepState sweep_state(const SweepPlan& plan, const SweepFolder& folder);

struct MergedTable {
  std::string file, cubes_file;  // the latter is empty where results.nc would be too large
  std::string effects_file;      // empty where the plan asks for no contrasts
  std::uint64_t runs = 0, left_out = 0, rows = 0;
};
// Writes merged.csv, results.nc and with contrasts effects.csv from what the store holds. Throws RunError.
MergedTable merge_sweep(const SweepPlan& plan, const SweepFolder& folder);

// What this process may use of the memory; 0 where unknown.
double available_memory();

}  // namespace homeward::v1
