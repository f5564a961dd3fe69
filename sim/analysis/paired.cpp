// Plain sums in the order of the replicates.
#include "analysis/paired.h"

#include <cmath>

namespace homeward {

std::optional<Ratio> ratio_of_means(const std::vector<double>& numerators, const std::vector<double>& denominators) {
  const auto above = estimate(numerators), below = estimate(denominators);
  if (!above || !below || below->mean == 0) return std::nullopt;
  Ratio ratio;
  ratio.value = above->mean / below->mean;
  std::vector<double> residuals;
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    residuals.push_back(numerators[i] - ratio.value * denominators[i]);
  }
  const auto spread = estimate(residuals);
  if (!spread) return ratio;
  ratio.count = spread->count;
  if (spread->sd) ratio.sd = *spread->sd / std::fabs(below->mean);
  if (spread->half_width) ratio.half_width = *spread->half_width / std::fabs(below->mean);
  return ratio;
}

bool is_distinct_from_zero(const std::vector<double>& values) {
  const auto found = estimate(values);
  return found && found->half_width && std::fabs(found->mean) > *found->half_width;
}

std::optional<PairedDifference> paired_difference(const std::vector<double>& base, const std::vector<double>& alt) {
  std::vector<double> a, b, differences;
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (!std::isfinite(base[i]) || !std::isfinite(alt[i])) continue;
    b.push_back(base[i]);
    a.push_back(alt[i]);
    differences.push_back(alt[i] - base[i]);
  }
  const auto difference = estimate(differences);
  if (!difference) return std::nullopt;
  PairedDifference result;
  result.difference = *difference;
  const auto of_base = estimate(b), of_alt = estimate(a);
  // With one replicate there is no telling; the plain ratio is given, as the plain difference is.
  if (difference->count == 1 ? of_base->mean != 0 : is_distinct_from_zero(b)) {
    result.relative = ratio_of_means(differences, b);
  }
  if (difference->sd) {
    result.unpaired_sd = std::sqrt(*of_base->sd * *of_base->sd + *of_alt->sd * *of_alt->sd);
    if (*difference->sd > 0) {
      const double factor = *result.unpaired_sd / *difference->sd;
      result.runs_saved = difference->count * (factor * factor - 1);
    }
  }
  return result;
}

std::optional<int> further_replicates(const Estimate& value, double threshold, int most) {
  if (!value.sd) return std::nullopt;
  const double distance = std::fabs(value.mean - threshold);
  for (int n = value.count + 1; n <= value.count + most; ++n) {
    if (student_t_975(n - 1) * *value.sd / std::sqrt(static_cast<double>(n)) < distance) return n - value.count;
  }
  return std::nullopt;
}

}  // namespace homeward
