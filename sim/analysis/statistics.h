// Means over replicates and how sure they are; plain IEEE arithmetic, so that tables have the same bytes everywhere.
#pragma once
#include <optional>
#include <vector>

namespace homeward {

// The 97.5 % quantile of Student's t with `degrees` >= 1 degrees of freedom, to 3e-8 or better.
double student_t_975(int degrees);

// A mean over n values with its two-sided 95 % interval, mean +- t s / sqrt(n). With fewer than two values sd and
// half_width are empty.
struct Estimate {
  double mean = 0;
  std::optional<double> sd;
  std::optional<double> half_width;
  int count = 0;
};

// Of the finite values, summed in order; empty where there is none.
std::optional<Estimate> estimate(const std::vector<double>& values);

}  // namespace homeward
