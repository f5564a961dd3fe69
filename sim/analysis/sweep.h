// A sweep as numbered runs: which scenario, point and replicate a number stands for, and the key a run is stored under.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/sweep_design.h"
#include "scenario/sweep_plan.h"

namespace homeward {

struct SweepRun {
  std::size_t scenario = 0;  // index into SweepPlan::scenarios
  std::uint64_t point = 0;
  int replicate = 0;
};

// Which bundles a process takes: those whose number is `index` modulo `count`.
struct Shard {
  int index = 0, count = 1;
  bool takes(std::uint64_t bundle) const {
    return bundle % static_cast<std::uint64_t>(count) == static_cast<std::uint64_t>(index);
  }
};

class Sweep {
 public:
  explicit Sweep(SweepPlan plan);
  Sweep(const Sweep&) = delete;
  Sweep& operator=(const Sweep&) = delete;

  const SweepPlan& plan() const { return plan_; }
  const SweepDesign& design() const { return design_; }
  std::uint64_t points() const { return design_.points(); }
  std::uint64_t runs() const;
  // By scenario, then point, then replicate, the last fastest: a pure function of the plan.
  SweepRun run(std::uint64_t index) const;

  // Runs of the same bundle are done one after another by the same process: with contrasts, all scenarios at one point and
  // replicate, which share their past; otherwise each run is a bundle of its own. Shards take whole bundles.
  std::uint64_t bundle(std::uint64_t run) const;
  std::uint64_t bundles() const;
  // With contrasts: the run of the base that a run is compared with.
  std::uint64_t base_run(std::uint64_t run) const;

  // The scenario at a point, checked, with its seed; outputs and texts are left out. Throws InputError.
  Scenario scenario(std::size_t scenario, std::uint64_t point) const;
  // Under which a run is stored: 32 hexadecimal digits of a hash over all that decides its result.
  std::string key(const Scenario& scenario, int replicate) const;

  // Keys of the runs of a shard, in order of their numbers, on up to `threads` threads. Throws InputError with the
  // faults of all points. `proceed` is asked now and then; where it says no, Stopped is thrown.
  struct KeyedRun {
    std::uint64_t index;
    std::string key;
  };
  std::vector<KeyedRun> keys(const Shard& shard, int threads, const std::function<bool()>& proceed) const;
  // Says which plan a store file belongs to: the same for plans that number the same runs alike.
  std::string fingerprint() const { return fingerprint_; }

  // Throws InputError with the faults of the points that have every level of every axis (at most about `most` of them,
  // whatever the size of the plan). Returns how many were looked at.
  std::size_t check_telling_points(std::size_t most) const;

 private:
  SweepPlan plan_;
  SweepDesign design_;
  std::string fingerprint_;
};

}  // namespace homeward
