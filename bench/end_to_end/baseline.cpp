// Times the baseline: agent-years a second of the stepping, time by phase, bytes an agent, and how much the vector
// passes give over a machine with the oldest supported vectors, measured in the same run.
//
//   bench_baseline [--scale S] [--threads N] [--repeat N] [--to YEAR]      default: 1:1, all threads, 3, 2045
//
// The answer is checked before it is timed: all repetitions must give the same totals.
#include <hwy/targets.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "observation/measures.h"
#include "observation/replicate.h"
#include "parallel/blocks.h"
#include "policy/levers.h"
#include "random/batch.h"
#include "scenario/loader.h"

namespace {

using namespace homeward;

struct Options {
  double scale = 1;
  int threads = available_threads();
  int repeat = 3;
  int to = last_year;
};

Options options_of(int count, char** words) {
  Options options;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = words[i];
    if (name == "--scale") options.scale = std::atof(words[i + 1]);
    if (name == "--threads") options.threads = std::atoi(words[i + 1]);
    if (name == "--repeat") options.repeat = std::atoi(words[i + 1]);
    if (name == "--to") options.to = std::atoi(words[i + 1]);
  }
  return options;
}

double rate_of(const ReplicateResult& result) {
  return static_cast<double>(result.agent_years) / result.stepping_seconds / 1e6;
}

bool same_totals(const ReplicateResult& a, const ReplicateResult& b, int to) {
  for (std::size_t m = 0; m < a.totals.size(); ++m) {
    for (int year = first_year; year <= to; ++year) {
      if (a.totals[m][year_index(year)] != b.totals[m][year_index(year)]) return false;
    }
  }
  return true;
}

}  // namespace

int main(int count, char** words) {
  const Options options = options_of(count, words);
  Vocabulary vocabulary{lever_rows(), measure_rows(), dimension_rows()};
  LoadOptions load;
  const Scenario scenario =
      load_scenario(std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/baseline.yaml", vocabulary, load);
  ReplicateSettings settings;
  settings.seed = replicate_seed(scenario.seed, 0);
  settings.scale = options.scale;
  settings.threads = options.threads;
  settings.to_year = options.to;

  std::vector<ReplicateResult> runs;
  for (int r = 0; r < options.repeat; ++r) runs.push_back(simulate_replicate(scenario, settings));
  hwy::SetSupportedTargetsForTest(HWY_SSE4 | HWY_SSSE3 | HWY_SCALAR);
  const ReplicateResult narrow = simulate_replicate(scenario, settings);
  hwy::SetSupportedTargetsForTest(0);
  for (const ReplicateResult& run : runs) {
    if (!same_totals(run, runs.front(), options.to) || !same_totals(run, narrow, options.to)) {
      std::puts("the repetitions do not give the same totals");
      return 1;
    }
  }

  std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return rate_of(a) < rate_of(b); });
  const ReplicateResult& median = runs[runs.size() / 2];
  std::printf("baseline %d-%d, scale %g, %d threads, %s\n", first_year, options.to, options.scale, options.threads,
              instruction_set());
  std::printf("agent_years=%lld rate_m_per_s=%.1f (lowest %.1f, highest %.1f, %d repetitions)\n",
              static_cast<long long>(median.agent_years), rate_of(median), rate_of(runs.front()),
              rate_of(runs.back()), options.repeat);
  std::printf("synthesis_s=%.2f stepping_s=%.2f\n", median.synthesis_seconds, median.stepping_seconds);
  std::printf("over_sse4=%.2f (same run, same totals)\n", rate_of(median) / rate_of(narrow));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("state_bytes_per_agent=%zu peak_rss_mb=%.0f\n", Columns::bytes_per_slot,
              static_cast<double>(usage.ru_maxrss) / 1024);
  double all = 0;
  for (const PhaseTime& phase : median.phases) all += phase.seconds;
  for (const PhaseTime& phase : median.phases) {
    std::printf("  %-20s %5.1f %%  %5.1f ns an agent-year\n", phase.phase.c_str(), 100 * phase.seconds / all,
                phase.seconds / static_cast<double>(median.agent_years) * 1e9);
  }
  return 0;
}
