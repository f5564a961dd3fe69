// homeward bench: how fast scenarios run here, by phase and number of threads, and whether that is faster than before.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>

#include "interrupts.h"
#include "progress.h"
#include "text.h"
#include "timings.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int first_year = 2004;
constexpr int last_year = 2045;

struct Asked {
  LoadOptions load;
  double scale = 1;
  int threads = 0, repeat = 5, to_year = last_year;
  EarlierTimings earlier;
};

bool read(const Request& request, Asked& asked) {
  Values values;
  asked.load = values.load_options(request);
  asked.load.replicates = 1;
  if (request.names.empty()) values.add("no scenario given. Try scenarios/baseline.yaml.");
  asked.scale = values.scale(request.scale);
  asked.threads = static_cast<int>(values.whole("--threads", request.threads, 1, 1024)
                                       .value_or(static_cast<std::uint64_t>(available_threads())));
  asked.repeat = static_cast<int>(values.whole("--repeat", request.repeat, 1, 1000).value_or(5));
  asked.to_year = static_cast<int>(values.whole("--to", request.to, first_year, last_year).value_or(last_year));
  for (const std::string& file : request.against) {
    if (const auto problem = asked.earlier.read(file)) values.add("--against: " + file + ' ' + *problem + '.');
  }
  return values.sound("bench");
}

// A folder that is gone in the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (fs::temp_directory_path() / "homeward-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw RunError("cannot make a folder in " + pattern);
    path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

// 1, 2, 3 .. 8, then every fourth, and the last: efficiencies of 1 to N.
std::vector<int> thread_counts(int most) {
  std::vector<int> counts;
  for (int threads = 1; threads < most; threads += threads < 8 ? 1 : 4) counts.push_back(threads);
  counts.push_back(most);
  return counts;
}

class Bench {
 public:
  Bench(const Asked& asked, ProgressLine& line, const std::atomic<bool>* stop)
      : asked_(asked), line_(line), stop_(stop) {}

  ScenarioTimings measure(const std::string& file) {
    ScenarioTimings timings;
    timings.file = file;
    timings.scale = asked_.scale;
    timings.to_year = asked_.to_year;
    timings.threads = asked_.threads;
    stock_.clear();
    for (const int threads : thread_counts(asked_.threads)) {
      ThreadTimings at{threads, {}};
      if (threads == asked_.threads) forget_peak_memory();
      std::map<double, std::vector<PhaseSeconds>> phases;
      for (int repetition = 0; repetition < asked_.repeat; ++repetition) {
        const RunFacts facts = repeat(timings, threads, repetition);
        at.rate.values.push_back(facts.agent_years_per_second);
        phases[facts.agent_years_per_second] = facts.phases;
      }
      if (threads == asked_.threads) {
        timings.peak_bytes = peak_memory_bytes();
        timings.rate = at.rate;
        timings.phases = std::next(phases.begin(), static_cast<std::ptrdiff_t>(phases.size() / 2))->second;
      }
      timings.by_threads.push_back(std::move(at));
    }
    return timings;
  }

 private:
  RunFacts repeat(ScenarioTimings& timings, int threads, int repetition) {
    const auto seconds = [](Clock::time_point from, Clock::time_point to) {
      return std::chrono::duration<double>(to - from).count();
    };
    const auto start = Clock::now();
    const Scenario scenario = Scenario::load(timings.file, asked_.load);
    const auto loaded = Clock::now();
    RunSettings settings;
    settings.scale = asked_.scale;
    settings.threads = threads;
    settings.to_year = asked_.to_year;
    settings.stop = stop_;
    settings.progress = [&](Progress at) {
      at.replicate = repetition;
      at.replicates = asked_.repeat;
      line_.show(at);
    };
    const Results results = run(scenario, settings);
    const auto ran = Clock::now();
    const ScratchFolder scratch;
    const auto begun = Clock::now();
    WriteOptions write;
    write.to_year = asked_.to_year;
    results.write(OutputFolder::claim(scratch.path() + "/results", false), write);
    const auto written = Clock::now();

    check_answer(results);
    const RunFacts& facts = results.facts();
    timings.name = fs::path(timings.file).stem().string();
    timings.hash = scenario.hash();
    timings.agent_years = facts.agent_years;
    timings.bytes_per_agent = facts.bytes_per_agent;
    if (threads == asked_.threads) {
      timings.load.values.push_back(seconds(start, loaded));
      timings.synthesis.values.push_back(facts.synthesis_seconds);
      timings.stepping.values.push_back(facts.stepping_seconds);
      timings.output.values.push_back(seconds(begun, written));
      timings.total.values.push_back(seconds(start, ran) + seconds(begun, written));
    }
    return facts;
  }

  // Before it is timed, an answer is compared: all repetitions, whatever the threads, give the same.
  void check_answer(const Results& results) {
    std::vector<double> means;
    for (const SummaryRow& row : results.summary()) means.push_back(row.value.mean);
    if (stock_.empty()) stock_ = means;
    if (stock_ != means) throw RunError("the repetitions do not give the same results; nothing was timed");
  }

  const Asked& asked_;
  ProgressLine& line_;
  const std::atomic<bool>* stop_;
  std::vector<double> stock_;  // every mean of summary.csv
};

void tell_stopped() { std::cerr << "\nhomeward bench: stopped; no timings were kept.\n"; }

}  // namespace

int bench_verb(const Request& request) {
  Asked asked;
  if (!read(request, asked)) return exit_input;
  hold_signals();
  // All faults of all files before any is run.
  for (const std::string& file : request.names) Scenario::load(file, asked.load);
  std::signal(SIGPIPE, SIG_IGN);
  ProgressLine line(ProgressLine::kind_of_stderr(request.quiet));
  BenchReport report;
  std::vector<TimingComparison> comparisons;
  try {
    Interrupts interrupts(tell_stopped);
    report.machine = this_machine();
    report.limits = machine_limits(asked.threads);
    Bench bench(asked, line, interrupts.stop());
    for (const std::string& file : request.names) {
      report.scenarios.push_back(bench.measure(file));
      const std::vector<TimingComparison> more = asked.earlier.compare(report.scenarios.back());
      comparisons.insert(comparisons.end(), more.begin(), more.end());
      line.clear();
      if (more.empty() && !asked.earlier.empty()) {
        std::cerr << "homeward bench: " << printable(file) << ": not in the earlier results with this scale, last year "
                  << "and number of threads; nothing to compare.\n";
      }
    }
  } catch (const Stopped&) {
    line.clear();
    tell_stopped();
    return exit_stopped;
  }
  for (const std::string& other : asked.earlier.other_machines(report.machine.processor)) {
    std::cerr << "homeward bench: the earlier results are of another processor: " << printable(other) << ".\n";
  }
  if (request.json) {
    std::cout << bench_json(report, comparisons) << '\n';
  } else {
    for (const std::string& text : bench_text(report, comparisons)) std::cout << text << '\n';
  }
  return exit_done;
}

}  // namespace homeward::cli
