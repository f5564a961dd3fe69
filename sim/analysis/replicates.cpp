// The loop over replicates: take from the store, or simulate and store.
#include "analysis/replicates.h"

#include "analysis/returns.h"
#include "analysis/statistics.h"
#include "base/fault.h"
#include "observation/replicate.h"

namespace homeward {
namespace {

// Cubes beyond this much memory are read back from the store when they are wanted.
constexpr std::size_t most_cube_bytes = std::size_t{32} << 20;

void report(const ReplicatesPlan& plan, ReplicateProgress::Phase phase, int replicate, int year, double reached) {
  if (plan.progress) plan.progress({phase, replicate, year, reached});
}

ReplicateResult simulate(const Scenario& scenario, const ReplicatesPlan& plan, int replicate,
                         const std::vector<DrawnParameter>& drawn) {
  ReplicateSettings settings;
  settings.seed = replicate_seed(scenario.seed, replicate);
  settings.scale = plan.scale;
  settings.threads = plan.threads;
  settings.block_slots = plan.block_slots;
  settings.to_year = plan.to_year;
  settings.stop = plan.stop;
  settings.progress = [&](int year) { report(plan, ReplicateProgress::Phase::stepping, replicate, year, 0); };
  report(plan, ReplicateProgress::Phase::synthesis, replicate, 0, 0);
  if (drawn.empty()) return simulate_replicate(scenario, settings);
  Scenario with_priors = scenario;
  with_priors.parameters = with_drawn(scenario.parameters, drawn);
  return simulate_replicate(with_priors, settings);
}

}  // namespace

void Replicates::add(ReplicateResult result, std::vector<DrawnParameter> drawn) {
  std::size_t bytes = 0;
  for (const CubeResult& cube : result.cubes) bytes += cube.values.size() * sizeof(cube.values[0]);
  cubes_at_hand_.push_back(!store_.keeps() || cube_bytes_ + bytes <= most_cube_bytes);
  if (cubes_at_hand_.back()) {
    cube_bytes_ += bytes;
  } else {
    for (CubeResult& cube : result.cubes) {
      cube.values.clear();
      cube.values.shrink_to_fit();
    }
  }
  results_.push_back(std::move(result));
  drawn_.push_back(std::move(drawn));
}

std::vector<CubeResult> Replicates::cubes(int replicate) const {
  if (cubes_at_hand_[static_cast<std::size_t>(replicate)]) return result(replicate).cubes;
  auto stored = store_.load(replicate);
  if (!stored) throw RunError("replicate " + std::to_string(replicate) + " can no longer be read from its store");
  return std::move(stored->cubes);
}

std::optional<double> half_width(const Replicates& replicates, const PrecisionTarget& target) {
  std::vector<double> values;
  for (int i = 0; i < replicates.size(); ++i) {
    values.push_back(measure_sum(replicates.result(i), target.measures, target.year));
  }
  const auto found = estimate(values);
  return found ? found->half_width : std::nullopt;
}

StoreKey store_key(const Scenario& scenario, const ReplicatesPlan& plan) {
  return {scenario.hash, outputs_text(scenario), scenario.seed, plan.scale, plan.to_year, plan.draw_priors};
}

Replicates run_replicates(const Scenario& scenario, const ReplicatesPlan& plan) {
  const ReplicateStore store(plan.store_folder, to_text(store_key(scenario, plan)));
  Replicates replicates(store);
  replicates.target_met = !plan.until;
  for (int i = 0; i < plan.replicates; ++i) {
    if (plan.stop != nullptr && plan.stop->load()) throw ReplicatesStopped{replicates.size()};
    std::vector<DrawnParameter> drawn;
    if (plan.draw_priors) drawn = draw_parameters(scenario, scenario.seed, i);
    auto result = store.load(i);
    if (result) {
      ++replicates.resumed;
    } else {
      try {
        result = simulate(scenario, plan, i, drawn);
      } catch (const Stopped&) {
        throw ReplicatesStopped{replicates.size()};
      }
      store.save(i, *result);
    }
    replicates.add(std::move(*result), std::move(drawn));
    if (plan.until) replicates.half_width = half_width(replicates, *plan.until);
    report(plan, ReplicateProgress::Phase::stored, i, plan.to_year, replicates.half_width.value_or(0));
    if (plan.until && replicates.size() >= fewest_replicates_for_target && replicates.half_width &&
        *replicates.half_width <= plan.until->half_width) {
      replicates.target_met = true;
      break;
    }
  }
  return replicates;
}

}  // namespace homeward
