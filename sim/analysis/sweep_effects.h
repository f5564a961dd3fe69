// Contrasts of a sweep: at every point the paired difference to the base, and how it is spread over the design.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "analysis/sweep_store.h"

namespace homeward {

// An effect over the points of a design: of one scenario less the base, each point being the mean over its replicates.
struct EffectSpread {
  enum class Span { in, by };  // in the year, or summed from the first year simulated up to it

  std::size_t alt = 0;  // index into SweepPlan::scenarios
  int year = 0;
  std::size_t measure = 0;  // index into measure_rows()
  Span span = Span::in;
  std::uint64_t points = 0;  // at which it is defined
  double mean = 0;
  std::optional<double> sd;  // over points, chance included
  std::array<double, 5> quantiles{};  // as in effect_quantiles
  double positive = 0;                // share of points at which it is above 0
  std::optional<double> chance_sd;    // what chance alone gives: root mean square standard error of a point
};
inline constexpr std::array<double, 5> effect_quantiles{0.05, 0.25, 0.5, 0.75, 0.95};

// Whether a measure is counted over a year, so that years can be added up.
bool adds_up_over_years(std::size_t measure);

// By scenario, year, measure, then span; measures that do not add up have Span::in only. `runs` are all of the plan, in
// order; a replicate counts where both its runs are in the store. Needs SweepPlan::contrast_base.
void for_each_effect(const Sweep& sweep, const std::vector<Sweep::KeyedRun>& runs, const StoreIndex& store,
                     const std::vector<std::size_t>& measures, const std::vector<int>& years,
                     const std::function<void(const EffectSpread&)>& take);

// Of sorted values, linear between them (Hyndman and Fan 1996, type 7).
double quantile(const std::vector<double>& sorted, double share);

}  // namespace homeward
