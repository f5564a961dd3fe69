// Raking (iterative proportional fitting, Deming & Stephan 1940): weights of cells scaled until they meet margins.
#pragma once
#include <Eigen/Core>
#include <string>
#include <vector>

namespace homeward {

// A margin: every cell falls in one bin, every bin has a target.
struct Margin {
  std::string name;
  std::vector<int> bin;    // [cells]
  Eigen::ArrayXd target;   // [bins], persons
};

struct Raking {
  int iterations = 0;
  double error = 0;  // largest |sum - target| / target of any bin of any margin, when last looked at
};

// Sums of `weights` by bin, added in the order of the cells.
Eigen::ArrayXd margin_sums(const Eigen::ArrayXd& weights, const Margin& margin);

// Scales `weights` in place, margin after margin, until the largest relative error of a whole round is below
// `tolerance` or `max_iterations` rounds are done. A cell of weight 0 stays 0. Bins of target 0 become 0; a bin that
// has a target but no cell of positive weight cannot be met and shows as an error of 1.
Raking rake(Eigen::ArrayXd& weights, const std::vector<Margin>& margins, double tolerance, int max_iterations);

}  // namespace homeward
