#include "analysis/sweep_runner.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <new>
#include <thread>

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

class Runner {
 public:
  Runner(const Sweep& sweep, const SweepRunnerSettings& settings, const SimulateRun& simulate)
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
    const MemoryNeed need = memory_need(sweep_.scenario(0, 0), sweep_.plan().scale);
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
    if (!todo_.empty()) outcome.spread = spread(todo_.size(), settings_.threads, settings_.memory_bytes, need);
    work(file, outcome);
    file.close();
    return outcome;
  }

 private:
  void take_missing(const StoreIndex& store, SweepOutcome& outcome) {
    for (const Sweep::KeyedRun& run : runs_) {
      const StoreEntry* entry = store.find(run.key);
      if (entry != nullptr && entry->kind == RecordKind::done) {
        ++outcome.done_before;
      } else if (entry != nullptr && !settings_.retry_failed) {
        failures_[run.index] = entry->message;
      } else if (!planned_.try_emplace(run.key, run.index).second) {
        ++same_;  // another point of this shard has the very same run
      } else {
        todo_.push_back(run);
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
    if (!todo_.empty()) {
      run_workers(
          outcome.spread.workers, [&](int) { take_turns(file, outcome.spread.threads_within); }, meanwhile,
          watch_pause);
    }
    outcome.done = done_ + (done_ == todo_.size() ? same_ : 0);
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
      if (mine >= todo_.size() || halt_) return;
      const Clock::time_point start = Clock::now();
      const SweepRun run = sweep_.run(todo_[mine].index);
      std::string failure;
      StoredRun result;
      try {
        ++running_;
        const Scenario scenario = sweep_.scenario(run.scenario, run.point);
        result = simulate_(scenario, run.replicate, threads, halt_);
      } catch (const Stopped&) {
        --running_;
        return;
      } catch (const std::bad_alloc&) {
        failure = "out of memory";
      } catch (const std::exception& error) {
        failure = error.what();
      }
      --running_;
      const std::lock_guard lock(guard_);
      try {
        if (failure.empty()) {
          file.add_done(todo_[mine].key, seconds_since(start), result);
          ++done_;
        } else {
          file.add_failed(todo_[mine].key, seconds_since(start), failure);
          failures_[todo_[mine].index] = failure;
        }
      } catch (...) {
        halt_ = true;
        throw;
      }
    }
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
      at.seconds_left = static_cast<double>(todo_.size() - done_) / at.runs_per_second;
    }
    settings_.progress(at);
  }

  const Sweep& sweep_;
  const SweepRunnerSettings& settings_;
  const SimulateRun& simulate_;
  std::vector<Sweep::KeyedRun> runs_, todo_;
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

SimulateRun simulate_of(const SweepPlan& plan) {
  return [scale = plan.scale, to_year = plan.to_year](const Scenario& scenario, int replicate, int threads,
                                                      const std::atomic<bool>& stop) {
    ReplicateSettings settings;
    settings.seed = replicate_seed(scenario.seed, replicate);
    settings.scale = scale;
    settings.threads = threads;
    settings.to_year = to_year;
    settings.stop = &stop;
    const ReplicateResult result = simulate_replicate(scenario, settings);
    StoredRun run;
    for (const YearSeries& series : result.totals)
      run.totals.emplace_back(series.begin(), series.begin() + static_cast<std::ptrdiff_t>(year_index(to_year)) + 1);
    return run;
  };
}

SweepSpread spread(std::uint64_t runs, int threads, double memory_bytes, const MemoryNeed& need) {
  std::uint64_t workers = std::min<std::uint64_t>(runs, static_cast<std::uint64_t>(threads));
  if (memory_bytes > 0) {
    const double room = (memory_bytes - need.fixed) / need.each;
    workers = std::min(workers, static_cast<std::uint64_t>(std::max(room, 1.0)));
  }
  SweepSpread result;
  result.workers = static_cast<int>(std::max<std::uint64_t>(workers, 1));
  result.threads_within = std::max(1, threads / result.workers);
  return result;
}

SweepOutcome run_sweep(const Sweep& sweep, const SweepRunnerSettings& settings, const SimulateRun& simulate) {
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
