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
  while (result.iterations < max_iterations) {
    ++result.iterations;
    result.error = 0;
    for (const Margin& margin : margins) {
      const Eigen::ArrayXd sums = margin_sums(weights, margin);
      const auto wanted = margin.target > 0;
      // Element by element, so the same on every machine; bins without a target count for no error.
      const Eigen::ArrayXd error = wanted.select((sums - margin.target).abs() / margin.target.max(1e-300), 0.0);
      const Eigen::ArrayXd factor = (sums > 0).select(margin.target / sums.max(1e-300), 0.0);
      for (Eigen::Index bin = 0; bin < error.size(); ++bin) result.error = std::max(result.error, error[bin]);
      for (std::size_t cell = 0; cell < margin.bin.size(); ++cell) {
        weights[static_cast<Eigen::Index>(cell)] *= factor[margin.bin[cell]];
      }
    }
    if (result.error < tolerance) break;
  }
  return result;
}

}  // namespace homeward
