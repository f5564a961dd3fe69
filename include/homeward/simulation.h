// Running a scenario: replicates one after another, all threads within each.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "homeward/results.h"
#include "homeward/scenario.h"

namespace homeward::v1 {

// Which people count in `returns`: those who had settled abroad; students who come home at graduation too; everyone,
// contract workers included.
enum class Returns { settled, students, all };

// Stop when the 95 % interval of a measure in a year is at most this far from its mean on either side.
struct HalfWidthTarget {
  std::string measure;  // a measure, or `returns` as RunSettings::returns defines it
  int year = 0;
  double half_width = 0;  // in the unit of the measure
};

// Where a run stands. Called from the thread that runs.
struct Progress {
  enum class Phase { synthesis, stepping, stored, writing };
  Phase phase = Phase::synthesis;
  int replicate = 0;             // from 0
  int replicates = 0;            // planned
  bool at_most = false;          // with a HalfWidthTarget: there may be fewer
  int year = 0;                  // stepping: the year just done
  int from_year = 0, to_year = 0;
  int branch_years = 0;          // of a comparison: years of all its branches; `year` counts them then, from 1
  double half_width = 0;         // reached so far, where there is a target; 0 before it can be told
};

struct RunSettings {
  double scale = 1;                            // share of persons simulated, 0 < scale <= 1
  int threads = 0;                             // 0: available_threads()
  int to_year = 2045;                          // the last year simulated
  std::uint32_t block_slots = 8192;            // people a block of work; results do not depend on it
  bool draw_priors = false;                    // each replicate draws its parameters from their plausible ranges
  Returns returns = Returns::settled;
  std::optional<HalfWidthTarget> until;        // at least 4 replicates, at most most_replicates
  int most_replicates = 1000;
  std::string partial_folder;                  // complete replicates are kept here and taken up again; empty: nowhere
  std::function<void(const Progress&)> progress;
  std::function<void(const std::string&)> message;  // remarks worth a line; may be empty
  const std::atomic<bool>* stop = nullptr;     // set it from a signal handler: run() ends with Stopped
};

// Runs all replicates of a scenario.
//
// The same scenario, seed, scale and to_year give the same results, whatever the threads, blocks or interruptions.
// Throws InputError (a target that names no measure or year), RunError (memory, disk), Stopped.
Results run(const Scenario& scenario, const RunSettings& settings);

// How many threads this process may use: affinity, cgroup quota and SLURM_CPUS_PER_TASK, whichever is least.
int available_threads();

}  // namespace homeward::v1
