// What tests of the whole model share: scenarios that ship, worlds with a lever more or less, runs of one replicate.
#pragma once
#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/simulation.h"
#include "observation/measures.h"
#include "observation/replicate.h"
#include "observation/tallies.h"
#include "policy/levers.h"
#include "scenario/loader.h"

namespace homeward::test {

// Sanitizers make a run ten times as long: tests that repeat themselves then do so less often.
#ifdef HOMEWARD_SANITIZED
inline constexpr bool slow_build = true;
#else
inline constexpr bool slow_build = false;
#endif

inline const Vocabulary& model_vocabulary() {
  static const Vocabulary words{lever_rows(), measure_rows(), dimension_rows()};
  return words;
}

// A scenario that ships, e.g. "baseline.yaml", with values set as by --set.
inline Scenario shipped(const std::string& file, std::vector<std::pair<std::string, std::string>> set = {}) {
  LoadOptions options;
  options.set = std::move(set);
  return load_scenario(std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/" + file, model_vocabulary(), options);
}

inline const Scenario& baseline() {
  static const Scenario scenario = shipped("baseline.yaml");
  return scenario;
}

inline const LeverRow& row_of(Lever lever) { return lever_rows()[static_cast<std::size_t>(lever)]; }
inline LeverSchedule& lever_of(Scenario& scenario, Lever lever) {
  return scenario.levers[static_cast<std::size_t>(lever)];
}
inline std::vector<Lever> all_levers() {
  std::vector<Lever> levers;
  for (std::size_t l = 0; l < lever_count; ++l) levers.push_back(static_cast<Lever>(l));
  return levers;
}

// A lever that is left out.
inline LeverSchedule left_out(Lever lever) {
  LeverSchedule schedule;
  schedule.option = std::string(row_of(lever).options.substr(0, row_of(lever).options.find('|')));
  return schedule;
}
inline std::string last_option(Lever lever) {
  const std::string_view options = row_of(lever).options;
  return std::string(options.substr(options.find('|') == std::string_view::npos ? 0 : options.find('|') + 1));
}
// A lever in force from a year on.
inline LeverSchedule from_year(Lever lever, int year, double value, const std::string& option = "") {
  LeverSchedule schedule = left_out(lever);
  for (int y = year; y <= last_year; ++y) schedule.value[year_index(y)] = value;
  schedule.announced = schedule.enacted = schedule.delivered = schedule.promised = year;
  if (!option.empty()) schedule.option = option;
  return schedule;
}

inline void without_policy(Scenario& scenario) {
  for (const Lever lever : all_levers()) lever_of(scenario, lever) = left_out(lever);
}

// The same diaspora with every number of persons divided: small at scale 1, where synthesis need not look at everyone
// first in order to thin them.
inline void shrink(Scenario& scenario, double divisor) {
  for (StockCell& cell : scenario.tables.stocks) cell.persons /= divisor;
  for (auto& of_class : scenario.tables.arrivals) {
    for (YearSeries& of_group : of_class) {
      for (double& persons : of_group) persons /= divisor;
    }
  }
}
// The baseline shrunk, with no cubes.
inline Scenario small_baseline(double divisor) {
  Scenario scenario = baseline();
  shrink(scenario, divisor);
  scenario.outputs.clear();
  return scenario;
}

inline ReplicateSettings run_settings(std::uint64_t seed, double scale = 1, int to_year = last_year) {
  ReplicateSettings settings;
  settings.seed = seed;
  settings.scale = scale;
  settings.to_year = to_year;
  return settings;
}

inline std::size_t measure_index(std::string_view name) {
  const auto& rows = measure_rows();
  for (std::size_t m = 0; m < rows.size(); ++m) {
    if (rows[m].name == name) return m;
  }
  throw std::logic_error("no measure " + std::string(name));
}
inline double total(const ReplicateResult& result, std::string_view measure, int year) {
  return result.totals[measure_index(measure)][year_index(year)];
}
inline double total(const ReplicateResult& result, std::string_view measure, int from, int to) {
  double sum = 0;
  for (int year = from; year <= to; ++year) sum += total(result, measure, year);
  return sum;
}

// Hands each report to several sinks.
class Sinks : public BlockSink {
 public:
  explicit Sinks(std::vector<BlockSink*> sinks) : sinks_(std::move(sinks)) {}
  void take(const BlockReport& report, std::size_t worker) override {
    for (BlockSink* sink : sinks_) sink->take(report, worker);
  }

 private:
  std::vector<BlockSink*> sinks_;
};
class NoSink : public BlockSink {
 public:
  void take(const BlockReport&, std::size_t) override {}
};

inline Population population_of(const Scenario& scenario, const ReplicateSettings& settings,
                                std::vector<ExtraPerson> extra = {}) {
  SynthesisSettings synthesis;
  synthesis.seed = settings.seed;
  synthesis.scale = settings.scale;
  synthesis.block_slots = settings.block_slots;
  synthesis.threads = settings.threads;
  synthesis.extra = std::move(extra);
  return synthesise(scenario, synthesis);
}

// As simulate_replicate(), with somebody who watches: meet(simulation) before the first year, take() every
// block, leave() after the last year.
template <typename Watcher>
ReplicateResult watched_replicate(const Scenario& scenario, const ReplicateSettings& settings, Watcher& watcher) {
  Tallies tallies(scenario, settings.seed, settings.threads, 1 / settings.scale);
  ReplicateResult result = tallies.empty_result();
  result.seed = settings.seed;
  result.to_year = settings.to_year;
  Population population = population_of(scenario, settings);
  result.fit = population.fit;
  Simulation simulation(scenario, std::move(population), settings.seed, {settings.threads, settings.scale});
  watcher.meet(simulation);
  Sinks sinks({&tallies, &watcher});
  for (const HomeYear& home : simulation.years()) {
    if (home.year > settings.to_year) break;
    tallies.begin_year(home);
    simulation.step(home.year, sinks);
    tallies.end_year(home, result);
  }
  watcher.leave();
  result.agent_years = tallies.persons_stepped();
  return result;
}

}  // namespace homeward::test
