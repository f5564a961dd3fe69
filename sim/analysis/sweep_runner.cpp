#include "analysis/sweep_runner.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <new>
#include <thread>
#include <unordered_map>

#include "analysis/arms.h"
#include "analysis/memory_need.h"
#include "base/fault.h"
#include "observation/replicate.h"
#include "parallel/workers.h"

namespace homeward {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds watch_pause{50};

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// The process that is at work on runs of ours, if any. Two that start at once both see each other: the earlier goes on.
const StoreWriter* other_at_work(const StoreIndex& store, const StoreWriter& own) {
  for (const StoreWriter& other : store.writers) {
    if (other.file == own.file || !alive(other)) continue;
    const bool requeued = other.job != "-" && other.job == own.job;
    if (!requeued && std::pair(other.started_ms, other.file) > std::pair(own.started_ms, own.file)) continue;
    return &other;
  }
  return nullptr;
}

[[noreturn]] void refuse_second(const StoreWriter& other) {
  throw InputError(Fault{{other.file, 0, 0},
                         "",
                         "another homeward is at work on these runs: process " + std::to_string(other.process) +
                             " on " + other.host + (other.job == "-" ? "" : ", Slurm job " + other.job),
                         "Runs would be done twice",
                         "Wait for it, or stop it; a process that died elsewhere is believed gone after " +
                             std::to_string(patience_seconds) + " seconds"});
}

std::vector<ArmRequest> requests_of(const std::vector<Timeline>& timelines) {
  std::vector<ArmRequest> requests;
  for (const Timeline& timeline : timelines) requests.push_back({&timeline, false});
  return requests;
}

class Runner {
 public:
  Runner(const Sweep& sweep, const SweepRunnerSettings& settings, const SimulateBundle& simulate)
      : sweep_(sweep), settings_(settings), simulate_(simulate) {}

  SweepOutcome run() {
    const auto proceed = [this] { return settings_.stop == nullptr || !settings_.stop->load(); };
    SweepOutcome outcome;
    try {
      runs_ = sweep_.keys(settings_.shard, settings_.threads, proceed);
    } catch (const Stopped&) {
      outcome.stopped = true;
      return outcome;
    }
    outcome.runs = runs_.size();
    const MemoryNeed need = bundle_memory(sweep_);
    outcome.spread = spread(runs_.size(), settings_.threads, settings_.memory_bytes, need);
    StoreWriter writer = this_process();
    writer.fingerprint = sweep_.fingerprint();
    writer.shard = settings_.shard;
    writer.workers = outcome.spread.workers;
    StoreFile file(settings_.store_folder, writer);
    StoreIndex store;
    for (;;) {
      store = read_store(settings_.store_folder, {sweep_.fingerprint(), settings_.shard});
      const StoreWriter* other = other_at_work(store, file.writer());
      if (other == nullptr) break;
      if (other->job == "-" || other->job != file.writer().job) refuse_second(*other);
      // Slurm has started this job anew although its earlier self still shows life, as where a node was only lost from
      // sight: what that one finishes need not be done again.
      if (!proceed()) {
        outcome.stopped = true;
        return outcome;
      }
      file.beat();
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
    outcome.damaged = store.damaged;
    take_missing(store, outcome);
    if (todo_ > 0) outcome.spread = spread(bundles_.size(), settings_.threads, settings_.memory_bytes, need);
    work(file, outcome);
    file.close();
    return outcome;
  }

 private:
  void take_missing(const StoreIndex& store, SweepOutcome& outcome) {
    std::unordered_map<std::uint64_t, std::size_t> places;  // of bundles
    for (const Sweep::KeyedRun& run : runs_) {
      const StoreEntry* entry = store.find(run.key);
      if (entry != nullptr && entry->kind == RecordKind::done) {
        ++outcome.done_before;
      } else if (entry != nullptr && !settings_.retry_failed) {
        failures_[run.index] = entry->message;
      } else if (!planned_.try_emplace(run.key, run.index).second) {
        ++same_;  // another point of this shard has the very same run
      } else {
        const auto [place, fresh] = places.try_emplace(sweep_.bundle(run.index), bundles_.size());
        if (fresh) bundles_.emplace_back();
        bundles_[place->second].push_back(run);
        ++todo_;
      }
    }
  }

  void work(StoreFile& file, SweepOutcome& outcome) {
    start_ = Clock::now();
    before_ = outcome.done_before;
    const auto meanwhile = [&] {
      if (settings_.stop != nullptr && settings_.stop->load()) halt_ = true;
      const std::lock_guard lock(guard_);
      try {
        file.beat();
      } catch (...) {
        halt_ = true;
        throw;
      }
      report(outcome);
    };
    if (todo_ > 0) {
      run_workers(
          outcome.spread.workers, [&](int) { take_turns(file, outcome.spread.threads_within); }, meanwhile,
          watch_pause);
    }
    outcome.done = done_ + (done_ == todo_ ? same_ : 0);
    outcome.failed = failures_.size();
    outcome.stopped = halt_;
    for (const auto& [index, message] : failures_) {
      if (std::find(outcome.messages.begin(), outcome.messages.end(), message) == outcome.messages.end())
        outcome.messages.push_back(message);
    }
  }

  void take_turns(StoreFile& file, int threads) {
    for (;;) {
      const std::size_t mine = next_++;
      if (mine >= bundles_.size() || halt_) return;
      ++running_;
      try {
        do_bundle(file, bundles_[mine], threads);
      } catch (const Stopped&) {
        --running_;
        return;
      } catch (...) {
        halt_ = true;
        throw;
      }
      --running_;
    }
  }

  // Where runs that share their past do not come through together, each is tried by itself: the failure is that of the
  // run at fault, and one alone needs less memory. Throws Stopped; RunError where the store cannot be written.
  void do_bundle(StoreFile& file, const std::vector<Sweep::KeyedRun>& runs, int threads) {
    std::vector<Sweep::KeyedRun> left = runs;
    const Clock::time_point start = Clock::now();
    const std::string failure = simulate_together(file, left, threads);
    if (failure.empty()) return;
    if (left.size() > 1) {
      for (const Sweep::KeyedRun& run : left) do_bundle(file, {run}, threads);
      return;
    }
    const std::lock_guard lock(guard_);
    file.add_failed(left.front().key, seconds_since(start), failure);
    failures_[left.front().index] = failure;
  }

  // Stores each run as it ends and takes it off the list. Returns why one failed, or nothing.
  std::string simulate_together(StoreFile& file, std::vector<Sweep::KeyedRun>& runs, int threads) {
    Clock::time_point start = Clock::now();
    std::vector<std::uint64_t> stored;
    std::exception_ptr store_failure;
    std::string failure;
    try {
      std::vector<Scenario> arms;
      for (const Sweep::KeyedRun& run : runs) {
        const SweepRun at = sweep_.run(run.index);
        arms.push_back(sweep_.scenario(at.scenario, at.point));
      }
      simulate_(arms, sweep_.run(runs.front().index).replicate, threads, halt_, [&](std::size_t arm, StoredRun run) {
        const std::lock_guard lock(guard_);
        try {
          file.add_done(runs[arm].key, seconds_since(start), run);
        } catch (...) {
          store_failure = std::current_exception();
          throw;
        }
        start = Clock::now();
        stored.push_back(runs[arm].index);
        ++done_;
      });
    } catch (const Stopped&) {
      throw;
    } catch (const std::bad_alloc&) {
      failure = "out of memory";
    } catch (const std::exception& error) {
      failure = error.what();
    }
    if (store_failure) std::rethrow_exception(store_failure);
    std::erase_if(runs, [&](const Sweep::KeyedRun& run) {
      return std::find(stored.begin(), stored.end(), run.index) != stored.end();
    });
    return failure;
  }

  void report(const SweepOutcome& outcome) {
    if (!settings_.progress) return;
    SweepProgress at;
    at.runs = outcome.runs;
    at.done = before_ + done_;
    at.failed = failures_.size();
    at.running = running_;
    const double spent = seconds_since(start_);
    if (done_ > 0 && spent > 0) {
      at.runs_per_second = static_cast<double>(done_) / spent;
      at.seconds_left = static_cast<double>(todo_ - done_) / at.runs_per_second;
    }
    settings_.progress(at);
  }

  const Sweep& sweep_;
  const SweepRunnerSettings& settings_;
  const SimulateBundle& simulate_;
  std::vector<Sweep::KeyedRun> runs_;
  std::vector<std::vector<Sweep::KeyedRun>> bundles_;  // what is missing
  std::uint64_t todo_ = 0;                           // runs of them
  std::map<std::string, std::uint64_t> planned_;
  std::uint64_t same_ = 0;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> halt_{false};
  std::atomic<int> running_{0};
  std::mutex guard_;  // of what follows
  std::uint64_t done_ = 0, before_ = 0;
  std::map<std::uint64_t, std::string> failures_;
  Clock::time_point start_;
};

}  // namespace

SimulateBundle simulate_of(const SweepPlan& plan) {
  return [scale = plan.scale, to_year = plan.to_year](const std::vector<Scenario>& arms, int replicate, int threads,
                                                      const std::atomic<bool>& stop, const RunDone& done) {
    ReplicateSettings settings;
    settings.seed = replicate_seed(arms.front().seed, replicate);
    settings.scale = scale;
    settings.threads = threads;
    settings.to_year = to_year;
    settings.stop = &stop;
    const auto stored = [&](const ReplicateResult& result) {
      StoredRun run;
      for (const YearSeries& series : result.totals)
        run.totals.emplace_back(series.begin(), series.begin() + static_cast<std::ptrdiff_t>(year_index(to_year)) + 1);
      return run;
    };
    if (arms.size() == 1) return done(0, stored(simulate_replicate(arms.front(), settings)));
    const std::vector<Timeline> timelines(arms.begin(), arms.end());
    ArmsSettings together;
    together.replicate = settings;
    simulate_arms(requests_of(timelines), together,
                  [&](std::size_t arm, const ArmResult& result) { done(arm, stored(result.result)); });
  };
}

MemoryNeed bundle_memory(const Sweep& sweep) {
  MemoryNeed need = memory_need(sweep.scenario(0, 0), sweep.plan().scale);
  if (!sweep.plan().contrast_base) return need;
  std::vector<Scenario> arms;
  for (std::size_t i = 0; i < sweep.plan().scenarios.size(); ++i) arms.push_back(sweep.scenario(i, 0));
  const std::vector<Timeline> timelines(arms.begin(), arms.end());
  need.each *= states_at_once(requests_of(timelines), sweep.plan().to_year);
  return need;
}

SweepSpread spread(std::uint64_t bundles, int threads, double memory_bytes, const MemoryNeed& need) {
  std::uint64_t workers = std::min<std::uint64_t>(bundles, static_cast<std::uint64_t>(threads));
  if (memory_bytes > 0) {
    const double room = (memory_bytes - need.fixed) / need.each;
    workers = std::min(workers, static_cast<std::uint64_t>(std::max(room, 1.0)));
  }
  SweepSpread result;
  result.workers = static_cast<int>(std::max<std::uint64_t>(workers, 1));
  result.threads_within = std::max(1, threads / result.workers);
  return result;
}

SweepOutcome run_sweep(const Sweep& sweep, const SweepRunnerSettings& settings, const SimulateBundle& simulate) {
  return Runner(sweep, settings, simulate).run();
}

SweepStatus sweep_status(const std::vector<Sweep::KeyedRun>& runs, const StoreIndex& store) {
  SweepStatus status;
  status.runs = runs.size();
  status.damaged = store.damaged;
  status.twice = store.twice;
  double seconds = 0;
  for (const Sweep::KeyedRun& run : runs) {
    const StoreEntry* entry = store.find(run.key);
    if (entry == nullptr) continue;
    if (entry->kind == RecordKind::done) {
      ++status.done;
      seconds += entry->seconds;
      continue;
    }
    ++status.failed;
    const auto same = std::find_if(status.failures.begin(), status.failures.end(),
                                   [&](const SweepStatus::Failure& one) { return one.message == entry->message; });
    if (same == status.failures.end()) {
      status.failures.push_back({run.index, 1, entry->message});
    } else {
      ++same->count;
    }
  }
  std::uint64_t workers = 0;
  for (const StoreWriter& writer : store.writers) {
    if (!alive(writer)) continue;
    status.at_work.push_back(writer);
    workers += static_cast<std::uint64_t>(writer.workers);
  }
  const std::uint64_t missing = status.runs - status.done - status.failed;
  status.running = std::min(workers, missing);
  if (status.done > 0) status.seconds_per_run = seconds / static_cast<double>(status.done);
  status.seconds_left_alone = status.seconds_per_run * static_cast<double>(missing);
  if (workers > 0) status.seconds_left = status.seconds_left_alone / static_cast<double>(workers);
  return status;
}

}  // namespace homeward
