#include "report/axis_strength.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace homeward {
namespace {

// Sum and count by word.
using Groups = std::map<std::string, std::pair<double, double>>;

// Each point's measure less the mean over its scenario; NaN where it is not defined.
std::vector<double> within_scenarios(const SweepPoints& sweep, std::size_t measure) {
  Groups groups;
  for (const SweepPoints::Point& point : sweep.points) {
    const double value = point.measures[measure].mean;
    if (!std::isfinite(value)) continue;
    auto& [sum, count] = groups[point.scenario];
    sum += value;
    count += 1;
  }
  std::vector<double> values;
  for (const SweepPoints::Point& point : sweep.points) {
    const auto found = groups.find(point.scenario);
    const double mean = found == groups.end() ? 0 : found->second.first / found->second.second;
    values.push_back(point.measures[measure].mean - mean);
  }
  return values;
}

double pearson(const std::vector<double>& x, const std::vector<double>& y) {
  double count = 0, sum_x = 0, sum_y = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(y[i])) continue;
    count += 1;
    sum_x += x[i];
    sum_y += y[i];
  }
  if (count < 2) return 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(y[i])) continue;
    const double a = x[i] - sum_x / count, b = y[i] - sum_y / count;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

// The share of the spread that lies between words, as a square root.
double correlation_ratio(const SweepPoints& sweep, std::size_t axis, const std::vector<double>& y) {
  Groups groups;
  double all = 0, between = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (!std::isfinite(y[i])) continue;
    auto& [sum, count] = groups[sweep.points[i].values[axis]];
    sum += y[i];
    count += 1;
    all += y[i] * y[i];
  }
  for (const auto& [word, group] : groups) between += group.first * group.first / group.second;
  return all > 0 ? std::sqrt(std::min(1.0, between / all)) : 0;
}

}  // namespace

std::vector<AxisStrength> axis_strengths(const SweepPoints& sweep, std::size_t measure) {
  std::vector<AxisStrength> strengths;
  const std::vector<double> values = within_scenarios(sweep, measure);
  for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
    std::vector<double> numbers;
    const bool numeric = axis_numbers(sweep, axis, numbers);
    strengths.push_back({axis, numeric ? pearson(numbers, values) : correlation_ratio(sweep, axis, values), numeric});
  }
  std::stable_sort(strengths.begin(), strengths.end(), [](const AxisStrength& a, const AxisStrength& b) {
    return std::fabs(a.correlation) > std::fabs(b.correlation);
  });
  return strengths;
}

}  // namespace homeward
