#include "observation/replicate.h"

#include <chrono>

#include "engine/simulation.h"
#include "observation/tallies.h"

namespace homeward {

std::uint64_t replicate_seed(std::uint64_t seed, int index) {
  return mix(Stream(seed, Purpose::replicate).key(), static_cast<std::uint64_t>(index));
}

double weight_of_scale(double scale) {
  const double weight = 1 / scale;
  const auto whole = static_cast<double>(static_cast<std::int64_t>(weight + 0.5));
  return weight < 1e9 && (weight - whole) * (weight - whole) < weight * weight * 1e-18 ? whole : weight;
}

SynthesisSettings synthesis_settings(const ReplicateSettings& settings) {
  SynthesisSettings synthesis;
  synthesis.seed = settings.seed;
  synthesis.scale = settings.scale;
  synthesis.block_slots = settings.block_slots;
  synthesis.threads = settings.threads;
  return synthesis;
}

ReplicateResult simulate_replicate(const Scenario& scenario, const ReplicateSettings& settings) {
  const auto now = [] { return std::chrono::steady_clock::now(); };
  const auto seconds = [](auto from, auto to) { return std::chrono::duration<double>(to - from).count(); };
  const auto stop_if_asked = [&] {
    if (settings.stop != nullptr && settings.stop->load(std::memory_order_relaxed)) throw Stopped{};
  };

  const auto start = now();
  Tallies tallies(scenario, settings.seed, settings.threads, weight_of_scale(settings.scale));
  ReplicateResult result = tallies.empty_result();
  Population population = synthesise(scenario, synthesis_settings(settings));
  result.seed = settings.seed;
  result.to_year = settings.to_year;
  result.fit = population.fit;
  stop_if_asked();
  Simulation simulation(scenario, std::move(population), settings.seed, {settings.threads, settings.scale});
  const auto stepping = now();
  result.synthesis_seconds = seconds(start, stepping);

  for (const HomeYear& home : simulation.years()) {
    if (home.year > settings.to_year) break;
    tallies.begin_year(home);
    simulation.step(home.year, tallies);
    tallies.end_year(home, result);
    if (settings.progress) settings.progress(home.year);
    stop_if_asked();
  }
  result.stepping_seconds = seconds(stepping, now());
  result.agent_years = tallies.persons_stepped();
  for (const auto& [phase, spent] : simulation.phase_seconds()) result.phases.push_back({phase, spent});
  result.bytes_per_agent = Columns::bytes_per_slot;
  return result;
}

}  // namespace homeward
