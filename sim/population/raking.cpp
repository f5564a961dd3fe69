#include "population/raking.h"

#include <algorithm>

namespace homeward {

Eigen::ArrayXd margin_sums(const Eigen::ArrayXd& weights, const Margin& margin) {
  // A plain loop: a vectorised reduction would change its order with the instruction set.
  Eigen::ArrayXd sums = Eigen::ArrayXd::Zero(margin.target.size());
  for (std::size_t cell = 0; cell < margin.bin.size(); ++cell) {
    sums[margin.bin[cell]] += weights[static_cast<Eigen::Index>(cell)];
  }
  return sums;
}

Raking rake(Eigen::ArrayXd& weights, const std::vector<Margin>& margins, double tolerance, int max_iterations) {
  Raking result;
  // The factors of the margin before wait until the weights are walked through for the next one's sums.
  Eigen::ArrayXd factor, sums;
  const Margin* before = nullptr;
  const auto scale_and_sum = [&](const Margin* margin) {
    double* weight = weights.data();
    if (margin != nullptr) sums.setZero(margin->target.size());
    const std::size_t cells = static_cast<std::size_t>(weights.size());
    // A bin's sum stays at hand while neighbouring cells fall into it; added in the order of the cells all the same.
    int bin = -1;
    double sum = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      if (before != nullptr) weight[cell] *= factor[before->bin[cell]];
      if (margin == nullptr) continue;
      if (margin->bin[cell] != bin) {
        if (bin >= 0) sums[bin] = sum;
        bin = margin->bin[cell];
        sum = sums[bin];
      }
      sum += weight[cell];
    }
    if (bin >= 0) sums[bin] = sum;
  };
  while (result.iterations < max_iterations) {
    ++result.iterations;
    result.error = 0;
    for (const Margin& margin : margins) {
      scale_and_sum(&margin);
      const auto wanted = margin.target > 0;
      // Element by element, so the same on every machine; bins without a target count for no error.
      const Eigen::ArrayXd error = wanted.select((sums - margin.target).abs() / margin.target.max(1e-300), 0.0);
      factor = (sums > 0).select(margin.target / sums.max(1e-300), 0.0);
      for (Eigen::Index at = 0; at < error.size(); ++at) result.error = std::max(result.error, error[at]);
      before = &margin;
    }
    if (result.error < tolerance) break;
  }
  scale_and_sum(nullptr);
  return result;
}

}  // namespace homeward
