// The claim that the file is named after: a comparison of the baseline's future with four others that branch off in 2025,
// attribution off, takes at most 1.05 times as long as stepping the common years once and every future's own years.
//
//   claim_five_futures_from_2025_cost_5_percent_more_than_their_years [SCALE] [THREADS] [REPETITIONS]
//   default: 1 (one to one), all threads, 3
//
// Measured in one process, taking turns: `comparison` is everything between the synthesis and the finished ledgers and
// accounts, forks and all; `years` is the stepping alone, common years of the baseline's run from 2004 and the years
// from 2025 of each future's run from 2004. Every future must give the same totals both ways first. Judged are the
// shortest of the repetitions, stretch by stretch, since other work on the machine can only add. Exit code 5 where the
// claim fails.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include "analysis/comparison.h"
#include "observation/measures.h"
#include "parallel/blocks.h"
#include "scenario/loader.h"

namespace {

using namespace homeward;
using Clock = std::chrono::steady_clock;

constexpr int branch = 2025;
constexpr double claimed = 1.05;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// The baseline and four programmes of their own from 2025 on.
std::vector<Scenario> futures() {
  const Vocabulary vocabulary{lever_rows(), measure_rows(), dimension_rows()};
  const std::string baseline = std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/baseline.yaml";
  std::vector<Scenario> scenarios{load_scenario(baseline, vocabulary, {})};
  for (const char* lever : {"resolution_57.tax", "resolution_57.sandbox", "resolution_57.short_visits", "red_tape.position"}) {
    LoadOptions options;
    options.set = {{"policy." + std::string(lever), "{2025: 0.3}"}};
    scenarios.push_back(load_scenario(baseline, vocabulary, options));
  }
  return scenarios;
}

struct Stepped {
  ReplicateResult result;
  double before = 0, after = 0;  // seconds of the years before the branch, and from it on
};

Stepped step_alone(const Scenario& scenario, ReplicateSettings settings) {
  Stepped stepped;
  Clock::time_point at_branch;
  settings.progress = [&](int year) {
    if (year == branch - 1) at_branch = Clock::now();
    if (year == last_year) stepped.after = seconds_since(at_branch);
  };
  stepped.result = simulate_replicate(scenario, settings);
  stepped.before = stepped.result.stepping_seconds - stepped.after;
  return stepped;
}

bool same_totals(const ReplicateResult& a, const ReplicateResult& b) {
  for (std::size_t m = 0; m < a.totals.size(); ++m) {
    for (int year = first_year; year <= last_year; ++year) {
      const double x = a.totals[m][year_index(year)], y = b.totals[m][year_index(year)];
      if (x != y && (x == x || y == y)) return false;
    }
  }
  return true;
}

}  // namespace

int main(int count, char** words) {
  const double scale = count > 1 ? std::atof(words[1]) : 1;
  const int threads = count > 2 ? std::atoi(words[2]) : available_threads();
  const int repetitions = count > 3 ? std::atoi(words[3]) : 3;
  if (scale <= 0 || scale > 1 || threads < 1 || repetitions < 1) {
    std::fputs("a scale in (0, 1], at least one thread and one repetition\n", stderr);
    return 2;
  }
  const std::vector<Scenario> scenarios = futures();
  const std::vector<Scenario> alternatives(scenarios.begin() + 1, scenarios.end());
  ComparisonPlan plan;
  plan.replicates.replicates = 1;
  plan.replicates.scale = scale;
  plan.replicates.threads = threads;
  plan.attribution = AttributionMode::none;
  ReplicateSettings settings;
  settings.seed = replicate_seed(scenarios[0].seed, 0);
  settings.scale = scale;
  settings.threads = threads;

  double together = 0;
  std::vector<double> stretches(scenarios.size() + 1, 0);  // the years of each future from the branch on, common years
  const auto keep_shortest = [](double& shortest, double seconds) {
    if (shortest == 0 || seconds < shortest) shortest = seconds;
  };
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    const auto start = Clock::now();
    const Comparison comparison = run_comparison(scenarios[0], alternatives, plan);
    const ArmsFacts& facts = comparison.facts.arms;
    const double now = seconds_since(start) - facts.synthesis_seconds;
    keep_shortest(together, now);
    double years = 0;
    for (std::size_t arm = 0; arm < scenarios.size(); ++arm) {
      const Stepped alone = step_alone(scenarios[arm], settings);
      keep_shortest(stretches[arm], alone.after);
      keep_shortest(stretches.back(), alone.before);
      years += alone.after + (arm == 0 ? alone.before : 0);
      if (comparison.alts[0].from_year != branch || !same_totals(alone.result, comparison.arms[arm].result(0))) {
        std::puts("a future is not the run that it stands for");
        return 1;
      }
    }
    std::printf("comparison_s=%.3f (stepping %.3f, forking %.3f) years_s=%.3f ratio=%.3f\n", now,
                facts.stepping_seconds, facts.forking_seconds, years, now / years);
  }
  const double years = std::accumulate(stretches.begin(), stretches.end(), 0.0);
  std::printf("five futures from %d, scale %g, %d threads, shortest of %d: comparison_s=%.3f years_s=%.3f ratio=%.3f "
              "claimed=%.2f\n",
              branch, scale, threads, repetitions, together, years, together / years, claimed);
  return together <= claimed * years ? 0 : 5;
}
