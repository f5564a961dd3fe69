// Points are taken one after another; only their means are kept, a few years at a time where they are many.
#include "analysis/sweep_effects.h"

#include <algorithm>
#include <cmath>

#include "analysis/statistics.h"
#include "observation/measures.h"
#include "scenario/number.h"

namespace homeward {
namespace {

using Span = EffectSpread::Span;

// Kept at a time; 0.5 GB.
constexpr std::size_t most_values = std::size_t{1} << 26;

// One row of the table while its points are met.
struct Gathered {
  std::vector<double> effects;  // by point
  double chance = 0;            // sum over points of the squared standard error
  std::uint64_t points_with_chance = 0;

  void add(const std::vector<double>& differences) {
    const std::optional<Estimate> over = estimate(differences);
    if (!over) return;
    effects.push_back(over->mean);
    if (!over->sd) return;
    chance += *over->sd * *over->sd / over->count;
    ++points_with_chance;
  }

  void describe(EffectSpread& effect) {
    const std::optional<Estimate> over = estimate(effects);
    effect.points = effects.size();
    effect.mean = over->mean;
    effect.sd = over->sd;
    const auto above = std::count_if(effects.begin(), effects.end(), [](double value) { return value > 0; });
    effect.positive = static_cast<double>(above) / static_cast<double>(effects.size());
    if (points_with_chance > 0) effect.chance_sd = std::sqrt(chance / static_cast<double>(points_with_chance));
    std::sort(effects.begin(), effects.end());
    for (std::size_t i = 0; i < effect_quantiles.size(); ++i)
      effect.quantiles[i] = tidied(quantile(effects, effect_quantiles[i]));
  }
};

// Differences of one point: [row][replicate], rows by year, measure, span.
class Rows {
 public:
  Rows(const std::vector<std::size_t>& measures, std::vector<int> years) : years_(std::move(years)) {
    for (const std::size_t measure : measures) {
      terms_.emplace_back(measure, Span::in);
      if (adds_up_over_years(measure)) terms_.emplace_back(measure, Span::by);
    }
    differences_.resize(size());
  }

  std::size_t size() const { return years_.size() * terms_.size(); }
  std::vector<std::vector<double>>& differences() { return differences_; }

  void add(const StoredRun& base, const StoredRun& alt) {
    for (std::size_t term = 0; term < terms_.size(); ++term) {
      const std::vector<double>&of_base = base.totals.at(terms_[term].first), &of_alt = alt.totals.at(terms_[term].first);
      double sum = 0;
      int summed = first_year;
      for (std::size_t y = 0; y < years_.size(); ++y) {
        if (terms_[term].second == Span::in) {
          const std::size_t at = year_index(years_[y]);
          sum = of_alt.at(at) - of_base.at(at);
        }
        for (; terms_[term].second == Span::by && summed <= years_[y]; ++summed)
          sum += of_alt.at(year_index(summed)) - of_base.at(year_index(summed));
        differences_[y * terms_.size() + term].push_back(sum);
      }
    }
  }
  void clear() {
    for (std::vector<double>& one : differences_) one.clear();
  }
  EffectSpread named(std::size_t alt, std::size_t row) const {
    EffectSpread effect;
    effect.alt = alt;
    effect.year = years_[row / terms_.size()];
    effect.measure = terms_[row % terms_.size()].first;
    effect.span = terms_[row % terms_.size()].second;
    return effect;
  }

 private:
  std::vector<int> years_;  // rising
  std::vector<std::pair<std::size_t, Span>> terms_;
  std::vector<std::vector<double>> differences_;
};

}  // namespace

bool adds_up_over_years(std::size_t measure) {
  const MeasureRow& row = measure_rows()[measure];
  return row.kind == "flow" || row.unit.ends_with(" a year");
}

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

void for_each_effect(const Sweep& sweep, const std::vector<Sweep::KeyedRun>& runs, const StoreIndex& store,
                     const std::vector<std::size_t>& measures, const std::vector<int>& years,
                     const std::function<void(const EffectSpread&)>& take) {
  const auto replicates = static_cast<std::uint64_t>(sweep.plan().replicates);
  const std::size_t a_year = 2 * std::max<std::size_t>(measures.size(), 1) * static_cast<std::size_t>(sweep.points());
  const std::size_t at_once = std::max<std::size_t>(1, most_values / a_year);
  for (std::size_t alt = 0; alt < sweep.plan().scenarios.size(); ++alt) {
    if (alt == *sweep.plan().contrast_base) continue;
    for (std::size_t from = 0; from < years.size(); from += at_once) {
      const auto first = years.begin() + static_cast<std::ptrdiff_t>(from);
      const auto last = years.begin() + static_cast<std::ptrdiff_t>(std::min(years.size(), from + at_once));
      Rows rows(measures, {first, last});
      std::vector<Gathered> gathered(rows.size());
      for (std::uint64_t point = 0; point < sweep.points(); ++point) {
        rows.clear();
        for (std::uint64_t replicate = 0; replicate < replicates; ++replicate) {
          const std::uint64_t run = (alt * sweep.points() + point) * replicates + replicate;
          const std::optional<StoredRun> of_alt = read_run(store, runs[run].key);
          if (!of_alt) continue;
          const std::optional<StoredRun> of_base = read_run(store, runs[sweep.base_run(run)].key);
          if (of_base) rows.add(*of_base, *of_alt);
        }
        for (std::size_t row = 0; row < gathered.size(); ++row) gathered[row].add(rows.differences()[row]);
      }
      for (std::size_t row = 0; row < gathered.size(); ++row) {
        if (gathered[row].effects.empty()) continue;
        EffectSpread effect = rows.named(alt, row);
        gathered[row].describe(effect);
        take(effect);
      }
    }
  }
}

}  // namespace homeward
