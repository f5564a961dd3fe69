// How much of the spread of a sweep goes along each of its axes: which ones a page shows when there are many.
#pragma once
#include <vector>

#include "report/sweep_points.h"

namespace homeward {

struct AxisStrength {
  std::size_t axis = 0;      // index into SweepPoints::axes
  double correlation = 0;    // of numbers: Pearson's r; of words: the correlation ratio, never negative
  bool numeric = false;
};

// Strongest first, ties as in the design. Values are taken less the mean of their scenario, so that scenarios that differ
// do not hide an axis. An axis or a measure that does not vary has 0.
std::vector<AxisStrength> axis_strengths(const SweepPoints& sweep, std::size_t measure);

}  // namespace homeward
