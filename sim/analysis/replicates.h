// All replicates of a scenario, one after another, until their number or their precision is enough.
#pragma once
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/priors.h"
#include "analysis/replicate_store.h"
#include "observation/results.h"

namespace homeward {

// Stop when the half width of the 95 % interval of a sum of measures in a year is at most `half_width`.
struct PrecisionTarget {
  std::vector<std::size_t> measures;
  int year = last_year;
  double half_width = 0;
};
inline constexpr int fewest_replicates_for_target = 4;

struct ReplicateProgress {
  enum class Phase { synthesis, stepping, stored };
  Phase phase = Phase::synthesis;
  int replicate = 0;
  int year = 0;           // stepping: the year just done
  double half_width = 0;  // stored: reached so far, where there is a target
};

struct ReplicatesPlan {
  int replicates = 4;  // the most there may be where there is a target
  std::optional<PrecisionTarget> until;
  double scale = 1;
  int threads = 1;
  std::uint32_t block_slots = 8192;
  int to_year = last_year;
  bool draw_priors = false;
  std::string store_folder;  // empty: replicates are kept in memory only
  std::function<void(const ReplicateProgress&)> progress;
  const std::atomic<bool>* stop = nullptr;
};

// The replicates of a run. Where there is a store, cubes beyond 32 MB stay there.
class Replicates {
 public:
  Replicates() = default;
  explicit Replicates(ReplicateStore store) : store_(std::move(store)) {}

  int size() const { return static_cast<int>(results_.size()); }
  // Everything but the cubes.
  const ReplicateResult& result(int replicate) const { return results_[static_cast<std::size_t>(replicate)]; }
  // Throws RunError where the store has lost them.
  std::vector<CubeResult> cubes(int replicate) const;
  // Drawn parameters of a replicate; empty without draw_priors.
  const std::vector<DrawnParameter>& drawn(int replicate) const {
    return drawn_[static_cast<std::size_t>(replicate)];
  }
  void add(ReplicateResult result, std::vector<DrawnParameter> drawn);
  const ReplicateStore& store() const { return store_; }

  int resumed = 0;                       // taken from the store
  std::optional<double> half_width;      // reached, where there was a target
  bool target_met = true;

 private:
  ReplicateStore store_;
  std::vector<bool> cubes_at_hand_;  // in results_; those of the others are in the store alone
  std::size_t cube_bytes_ = 0;
  std::vector<ReplicateResult> results_;
  std::vector<std::vector<DrawnParameter>> drawn_;
};

// The half width of the 95 % interval of a sum of measures; empty with fewer than two replicates.
std::optional<double> half_width(const Replicates& replicates, const PrecisionTarget& target);

// Thrown where the user stops: what is complete is in the store.
struct ReplicatesStopped {
  int complete = 0;
};

// What the replicates of a plan are kept under.
StoreKey store_key(const Scenario& scenario, const ReplicatesPlan& plan);

// Throws RunError, ReplicatesStopped.
Replicates run_replicates(const Scenario& scenario, const ReplicatesPlan& plan);

}  // namespace homeward
