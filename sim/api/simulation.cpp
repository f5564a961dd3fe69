// run() of the promise over run_replicates().
#include "homeward/simulation.h"

#include <chrono>

#include "analysis/memory_need.h"
#include "api/machine.h"
#include "api/results.h"
#include "api/run_plan.h"
#include "base/categories.h"
#include "observation/measures.h"
#include "report/summary_table.h"

namespace homeward::v1 {

ReturnsDefinition to_layer(Returns returns) {
  switch (returns) {
    case Returns::settled: return ReturnsDefinition::settled;
    case Returns::students: return ReturnsDefinition::students;
    case Returns::all: return ReturnsDefinition::all;
  }
  return ReturnsDefinition::settled;
}

std::string to_word(Returns returns) {
  return std::string(returns_rows()[static_cast<std::size_t>(to_layer(returns))].word);
}

namespace {

[[noreturn]] void refuse(std::string problem, std::string remedy) {
  throw homeward::InputError(homeward::Fault{{"", 0, 0}, "", std::move(problem), "", std::move(remedy)});
}

PrecisionTarget to_layer(const HalfWidthTarget& target, const RunSettings& settings) {
  PrecisionTarget result;
  result.measures = measure_indexes(target.measure, to_layer(settings.returns), measure_rows());
  if (result.measures.empty()) {
    std::vector<std::string> names{"returns"};
    for (const MeasureRow& row : measure_rows()) names.emplace_back(row.name);
    refuse("'" + target.measure + "' is not a measure", did_you_mean(target.measure, names));
  }
  if (target.year < first_year || target.year > settings.to_year) {
    refuse("no half width in " + std::to_string(target.year) + ": the run covers " + std::to_string(first_year) +
               " to " + std::to_string(settings.to_year),
           "");
  }
  if (!(target.half_width > 0)) refuse("the half width wanted must be above 0", "");
  result.year = target.year;
  result.half_width = target.half_width;
  return result;
}

}  // namespace

void check_settings(const RunSettings& settings) {
  if (!(settings.scale > 0 && settings.scale <= 1)) refuse("the scale must be above 0 and at most 1", "");
  if (settings.to_year < first_year || settings.to_year > last_year) {
    refuse("the last year must lie in " + std::to_string(first_year) + " to " + std::to_string(last_year), "");
  }
}

ReplicatesPlan plan_of(const Scenario& scenario, const RunSettings& settings) {
  ReplicatesPlan plan;
  plan.replicates = settings.until ? settings.most_replicates : scenario.replicates();
  if (settings.until) plan.until = to_layer(*settings.until, settings);
  plan.scale = settings.scale;
  plan.threads = settings.threads > 0 ? settings.threads : usable_threads();
  plan.block_slots = settings.block_slots;
  plan.to_year = settings.to_year;
  plan.draw_priors = settings.draw_priors;
  plan.store_folder = settings.partial_folder;
  plan.stop = settings.stop;
  if (settings.progress) {
    const int planned = plan.replicates;
    const int to_year = plan.to_year;
    const bool at_most = plan.until.has_value();
    plan.progress = [report = settings.progress, planned, to_year, at_most](const ReplicateProgress& at) {
      Progress progress;
      progress.phase = at.phase == ReplicateProgress::Phase::synthesis  ? Progress::Phase::synthesis
                       : at.phase == ReplicateProgress::Phase::stepping ? Progress::Phase::stepping
                                                                        : Progress::Phase::stored;
      progress.replicate = at.replicate;
      progress.replicates = planned;
      progress.at_most = at_most;
      progress.year = at.year;
      progress.from_year = first_year;
      progress.to_year = to_year;
      progress.half_width = at.half_width;
      report(progress);
    };
  }
  return plan;
}

void warn_of_memory(const homeward::Scenario& scenario, const RunSettings& settings, int states) {
  const std::int64_t usable = usable_memory();
  if (!settings.message || usable == 0) return;
  const MemoryNeed need = memory_need(scenario, settings.scale);
  const double needed = need.each * states + need.fixed;
  if (needed < static_cast<double>(usable)) return;
  settings.message("about " + std::to_string(static_cast<std::int64_t>(needed / 1e6)) + " MB are needed, " +
                   std::to_string(usable / 1'000'000) + " MB are to be had here; a smaller --scale needs less");
}

namespace {

void take_facts(Results::Parts& parts, const RunSettings& settings, const ReplicatesPlan& plan) {
  RunFacts& facts = parts.facts;
  facts.seed = parts.scenario.seed;
  facts.replicates = parts.replicates.size();
  facts.resumed = parts.replicates.resumed;
  facts.threads = plan.threads;
  facts.scale = plan.scale;
  facts.to_year = plan.to_year;
  facts.draw_priors = plan.draw_priors;
  facts.interval_kind = plan.draw_priors ? "parameters and Monte Carlo" : "Monte Carlo";
  facts.returns = to_word(settings.returns);
  facts.half_width = parts.replicates.half_width;
  facts.target_met = parts.replicates.target_met;
  facts.forced = parts.scenario.forced;
  if (plan.draw_priors) facts.priors_kept = parameters_set(parts.scenario);
  for (int i = 0; i < parts.replicates.size(); ++i) {
    const ReplicateResult& result = parts.replicates.result(i);
    facts.synthesis_seconds += result.synthesis_seconds;
    facts.stepping_seconds += result.stepping_seconds;
    facts.agent_years += result.agent_years;
    facts.bytes_per_agent = result.bytes_per_agent;
    if (facts.phases.size() < result.phases.size()) facts.phases.resize(result.phases.size());
    for (std::size_t p = 0; p < result.phases.size(); ++p) {
      facts.phases[p].phase = result.phases[p].phase;
      facts.phases[p].seconds += result.phases[p].seconds;
    }
  }
  if (facts.stepping_seconds > 0) {
    facts.agent_years_per_second = static_cast<double>(facts.agent_years) / facts.stepping_seconds;
  }
  facts.peak_rss_bytes = peak_rss_bytes();
}

void take_rows(Results::Parts& parts) {
  for (const SummaryLine& line : summary_lines(parts.replicates, first_year, parts.facts.to_year)) {
    const MeasureRow& measure = measure_rows()[line.measure];
    parts.summary.push_back(
        {line.year, std::string(measure.name), std::string(measure.unit), to_interval(line.value)});
  }
  for (const PipelineLine& line : pipeline_lines(parts.replicates, first_year, parts.facts.to_year)) {
    PipelineRow row{line.year, std::string(stage_names[line.stage]), line.entered, line.completed, line.abandoned, {}};
    if (line.months) row.months = to_interval(*line.months);
    parts.pipeline.push_back(std::move(row));
  }
  for (const MarginFit& fit : parts.replicates.result(0).fit) {
    parts.fit.push_back({fit.margin, fit.target, fit.standardised_absolute_error});
  }
}

}  // namespace

Results run(const Scenario& scenario, const RunSettings& settings) {
  const auto start = std::chrono::steady_clock::now();
  try {
    return translated([&] {
      check_settings(settings);
      const ReplicatesPlan plan = plan_of(scenario, settings);
      const homeward::Scenario& layer = scenario.parts().scenario;
      const ReplicateStore store(plan.store_folder, to_text(store_key(layer, plan)));
      if (store.holds_another_run()) {
        store.clear();
        if (settings.message) settings.message("discarded the complete replicates of another command in " +
                                               plan.store_folder);
      }
      warn_of_memory(layer, settings, 1);
      auto parts = std::make_shared<Results::Parts>();
      parts->scenario = layer;
      parts->replicates = run_replicates(layer, plan);
      parts->definition = to_layer(settings.returns);
      parts->until = settings.until;
      parts->progress = settings.progress;
      take_facts(*parts, settings, plan);
      take_rows(*parts);
      parts->facts.total_seconds =
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      return Results(std::move(parts));
    });
  } catch (const ReplicatesStopped& stopped) {
    throw Stopped(stopped.complete);
  }
}

int available_threads() { return usable_threads(); }

}  // namespace homeward::v1
