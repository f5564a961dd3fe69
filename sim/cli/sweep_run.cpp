// homeward sweep PLAN: the runs that are missing, here; --dry-run: what they would take.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <nlohmann/json.hpp>

#include "interrupts.h"
#include "progress.h"
#include "sweep.h"
#include "text.h"

namespace homeward::cli {
namespace {

using Clock = std::chrono::steady_clock;

// One line of progress: written over on a terminal, a line a minute elsewhere.
class SweepLine {
 public:
  explicit SweepLine(bool quiet) : kind_(ProgressLine::kind_of_stderr(quiet)) {}

  void show(const SweepProgress& at) {
    done_ = at.done;
    runs_ = at.runs;
    const auto now = Clock::now();
    const auto pause = kind_ == ProgressLine::Kind::terminal ? std::chrono::milliseconds(200) : std::chrono::minutes(1);
    if (kind_ == ProgressLine::Kind::none || now - shown_ < pause) return;
    shown_ = now;
    std::string line = grouped(static_cast<double>(at.done)) + " of " + counted(at.runs, "run");
    if (at.failed > 0) line += ", " + grouped(static_cast<double>(at.failed)) + " failed";
    line += ", " + std::to_string(at.running) + " at work";
    if (at.runs_per_second > 0) {
      line += ", " + (at.runs_per_second >= 1 ? brief(at.runs_per_second) + " runs/s"
                                              : brief(60 * at.runs_per_second) + " runs/min");
      line += ", " + seconds_text(at.seconds_left) + " left";
    }
    if (kind_ == ProgressLine::Kind::log) {
      std::cerr << line << std::endl;
      return;
    }
    std::cerr << '\r' << padded(line, width_) << std::flush;
    width_ = line.size();
  }
  void clear() {
    if (width_ > 0) std::cerr << '\r' << std::string(width_, ' ') << '\r' << std::flush;
    width_ = 0;
  }
  std::uint64_t done() const { return done_; }
  std::uint64_t runs() const { return runs_; }

 private:
  ProgressLine::Kind kind_;
  Clock::time_point shown_ = Clock::now();
  std::size_t width_ = 0;
  std::atomic<std::uint64_t> done_{0}, runs_{0};
};

std::string kept_text(const Request& request, const std::string& folder, std::uint64_t done, std::uint64_t runs) {
  return grouped(static_cast<double>(done)) + " of " + counted(runs, "run") + " are kept in " + printable(folder) +
         ". The same command goes on from there:\n  " + printable(request.command);
}

void tell_failures(const SweepOutcome& outcome) {
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < std::min(most, outcome.messages.size()); ++i)
    std::cerr << "  " << printable(outcome.messages[i]) << '\n';
  if (outcome.messages.size() > most)
    std::cerr << "  ... and " << outcome.messages.size() - most << " more; see `homeward sweep status`\n";
}

void print_result(const Request& request, const SweepPlan& plan, const SweepFolder& folder, const SweepOutcome& outcome,
                  const std::optional<MergedTable>& merged, double seconds) {
  if (request.json) {
    nlohmann::ordered_json json;
    json["plan"] = plan.file();
    json["folder"] = folder.path();
    json["runs"] = outcome.runs;
    json["done_before"] = outcome.done_before;
    json["done"] = outcome.done;
    json["failed"] = outcome.failed;
    json["seconds"] = seconds;
    json["workers"] = outcome.workers;
    json["threads_within"] = outcome.threads_within;
    if (merged) json["merged"] = merged->file;
    if (merged && !merged->cubes_file.empty()) json["cubes"] = merged->cubes_file;
    if (merged && !merged->effects_file.empty()) json["effects"] = merged->effects_file;
    std::cout << json.dump(2) << '\n';
    return;
  }
  if (request.quiet) return;
  std::cout << counted(outcome.runs, "run") << ": " << grouped(static_cast<double>(outcome.done)) << " done now";
  if (outcome.done_before > 0) std::cout << ", " << grouped(static_cast<double>(outcome.done_before)) << " before";
  if (outcome.failed > 0) std::cout << ", " << grouped(static_cast<double>(outcome.failed)) << " failed";
  std::cout << "; " << seconds_text(seconds) << ", " << outcome.workers << " side by side on " << outcome.threads_within
            << (outcome.threads_within == 1 ? " thread each\n" : " threads each\n");
  if (!merged) return;
  std::cout << merged->file << ": " << counted(merged->rows, "row") << '\n';
  if (!merged->cubes_file.empty()) std::cout << merged->cubes_file << '\n';
  if (!merged->effects_file.empty()) std::cout << merged->effects_file << '\n';
}

int finish(const Request& request, const SweepAsked& asked, const SweepPlan& plan, const SweepFolder& folder,
           const SweepOutcome& outcome, double seconds) {
  std::optional<MergedTable> merged;
  if (!asked.sharded) merged = merge_sweep(plan, folder);
  print_result(request, plan, folder, outcome, merged, seconds);
  if (merged) write_sweep_report(request, folder, *merged);
  if (outcome.failed == 0) return exit_done;
  std::cerr << "homeward sweep: " << counted(outcome.failed, "run") << " failed:\n";
  tell_failures(outcome);
  std::cerr << "All others are done and kept. Once the cause is mended, --retry-failed tries them again.\n";
  return exit_failed;
}

void print_rows(const SweepPlan& plan) {
  constexpr std::uint64_t most = 5;
  const std::vector<std::string> axes = plan.axes();
  std::cout << "First rows: run, scenario, replicate, seed, then the axes\n";
  for (std::uint64_t run = 0; run < std::min(most, plan.runs()); ++run) {
    const SweepPoint at = plan.at(run);
    std::cout << "  " << run << "  " << printable(at.scenario) << "  " << at.replicate << "  " << at.seed;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (i == 6) {
        std::cout << "  ... " << axes.size() - i << " more";
        break;
      }
      std::cout << "  " << printable(axes[i]) << '=' << printable(at.values[i]);
    }
    std::cout << '\n';
  }
}

}  // namespace

int sweep_dry_run(const Request& request, const SweepAsked& asked) {
  const SweepPlan plan = load_plan(asked);
  const SweepTrial trial = try_run(plan, asked.settings);
  const double memory = trial.bytes_fixed + trial.bytes_each * trial.workers;
  if (request.json) {
    nlohmann::ordered_json json;
    json["plan"] = plan.file();
    json["runs"] = plan.runs();
    json["points"] = plan.points();
    json["seconds_per_run"] = trial.seconds;
    json["seconds_here"] = trial.seconds_here;
    json["workers"] = trial.workers;
    json["memory_bytes"] = memory;
    json["store_bytes"] = trial.store_bytes * static_cast<double>(plan.runs());
    json["merged_bytes"] = trial.table_bytes;
    std::cout << json.dump(2) << '\n';
    return exit_done;
  }
  const std::size_t scenarios = plan.scenarios().size();
  std::cout << counted(plan.runs(), "run") << ": " << counted(scenarios, "scenario") << " x "
            << counted(plan.points(), "point") << " x "
            << counted(static_cast<std::uint64_t>(plan.replicates()), "replicate") << ", scale "
            << scale_text(plan.scale()) << '\n'
            << "Time    " << (trial.seconds < 1 ? brief(1000 * trial.seconds) + " ms" : seconds_text(trial.seconds))
            << " a run (the first one, timed); about "
            << seconds_text(trial.seconds_here) << " here with " << trial.workers << " side by side\n"
            << "Memory  about " << bytes_text(memory) << " (" << bytes_text(trial.bytes_each) << " a run)\n"
            << "Disk    about " << bytes_text(trial.store_bytes * static_cast<double>(plan.runs()))
            << " for the store, " << bytes_text(trial.table_bytes) << " for merged.csv\n";
  print_rows(plan);
  if (trial.points_checked < plan.points()) {
    std::cout << "Values were checked axis by axis and at " << counted(trial.points_checked, "point")
              << "; the sweep checks every point before it runs any.\n";
  }
  return exit_done;
}

int sweep_run(const Request& request, const SweepAsked& asked) {
  hold_signals();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const SweepPlan plan = load_plan(asked);
  std::optional<SweepFolder> folder;
  try {
    folder = SweepFolder::claim(asked.folder, request.force);
    folder->note(plan, asked.options);
  } catch (const RunError& error) {
    std::cerr << "homeward sweep: " << printable(error.what()) << ".\nNothing was run. Give another folder with -o.\n";
    return exit_failed;
  }
  SweepLine line(request.quiet);
  const auto start = Clock::now();
  const auto stopped = [&] {
    std::cerr << "\nhomeward sweep: stopped. " << kept_text(request, asked.folder, line.done(), plan.runs()) << '\n';
  };
  SweepSettings settings = asked.settings;
  settings.progress = [&](const SweepProgress& at) { line.show(at); };
  try {
    Interrupts interrupts(stopped);
    settings.stop = interrupts.stop();
    const SweepOutcome outcome = run_sweep(plan, *folder, settings);
    line.clear();
    if (outcome.damaged > 0 && !request.quiet) {
      std::cerr << "homeward sweep: " << counted(outcome.damaged, "record")
                << " of the store cut short or changed; their runs were done again.\n";
    }
    if (outcome.stopped) {
      stopped();
      return exit_stopped;
    }
    return finish(request, asked, plan, *folder, outcome, std::chrono::duration<double>(Clock::now() - start).count());
  } catch (const InputError& error) {
    line.clear();
    std::cerr << error.what() << '\n';
    return exit_input;
  } catch (const std::exception& error) {
    line.clear();
    std::cerr << "homeward sweep: " << printable(error.what())
              << ".\nMend that, then go on: " << kept_text(request, asked.folder, line.done(), line.runs()) << '\n';
    return exit_failed;
  }
}

}  // namespace homeward::cli
