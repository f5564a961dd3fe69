// What homeward bench measures: repetitions and their spread, as text, as JSON, and against an earlier result.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "homeward/homeward.h"

namespace homeward::cli {

// One figure, repeated.
struct Samples {
  std::vector<double> values;  // in the order measured
  double median() const;
  double lowest() const;
  double highest() const;
};

// Repetitions with one number of threads.
struct ThreadTimings {
  int threads = 0;
  Samples rate;  // agent-years a second of the stepping
};

// Repetitions of one scenario.
struct ScenarioTimings {
  std::string name, file, hash;
  double scale = 1;
  int to_year = 0, threads = 0;
  std::int64_t agent_years = 0;
  Samples rate;                                     // agent-years a second of the stepping
  Samples load, synthesis, stepping, output, total;  // seconds; from the scenario's file to the files of the results
  std::vector<PhaseSeconds> phases;                 // of the median repetition, summed over threads
  double bytes_per_agent = 0;                       // of state
  std::int64_t peak_bytes = 0;
  std::vector<ThreadTimings> by_threads;
};

struct BenchReport {
  MachineFacts machine;
  MachineLimits limits;
  std::vector<ScenarioTimings> scenarios;
};

enum class Verdict { faster, slower, within_noise };

// A figure now and then. `gain` above 1 is better.
struct TimingComparison {
  std::string scenario, figure;
  double before = 0, now = 0, gain = 1, noise = 0;
  Verdict verdict = Verdict::within_noise;
};
std::string word(Verdict verdict);
// Half the spread of both together, as ratios, at least 2 %; 10 % where either was measured fewer than three times.
double noise_of(const Samples& before, const Samples& now);

// Earlier results, of `homeward bench --json`; several files are pooled.
class EarlierTimings {
 public:
  // The first line of what is wrong with the file, or nothing.
  std::optional<std::string> read(const std::string& file);
  bool empty() const { return scenarios_.empty(); }
  // Nothing where the scenario was not measured like this: same file name, scale, last year, threads.
  std::vector<TimingComparison> compare(const ScenarioTimings& now) const;
  // Processors of the files that are not this one.
  std::vector<std::string> other_machines(const std::string& processor) const;

 private:
  struct Earlier {
    std::string file;
    double scale = 1;
    int to_year = 0, threads = 0;
    Samples rate, total;
  };
  std::vector<Earlier> scenarios_;
  std::vector<std::string> processors_;
};

std::vector<std::string> bench_text(const BenchReport& report, const std::vector<TimingComparison>& comparisons);
std::string bench_json(const BenchReport& report, const std::vector<TimingComparison>& comparisons);

}  // namespace homeward::cli
