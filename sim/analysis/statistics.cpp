// The interval of a mean: two passes, a tabulated t quantile.
#include "analysis/statistics.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace homeward {
namespace {

// Roots of the closed forms for integer degrees of freedom (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4), computed to
// 50 digits and rounded to double.
constexpr std::array<double, 30> tabulated{
    12.706204736174705, 4.302652729749464,  3.1824463052837095, 2.7764451051977943, 2.5705818356363155,
    2.44691185114497,   2.3646242515927853, 2.3060041352041667, 2.2621571627982053, 2.228138851986275,
    2.2009851600916397, 2.178812829667229,  2.1603686564627926, 2.144786687917804,  2.1314495455597755,
    2.1199052992212546, 2.109815577833317,  2.1009220402410387, 2.0930240544083096, 2.085963447265865,
    2.0796138447276804, 2.0738730679040263, 2.0686576104190486, 2.063898561628026,  2.0595385527532977,
    2.055529438642873,  2.0518305164802855, 2.048407141795245,  2.0452296421327043, 2.042272456301238};

constexpr double normal_975 = 1.959963984540054;

}  // namespace

double student_t_975(int degrees) {
  if (degrees < 1) throw std::invalid_argument("student_t_975: at least one degree of freedom is needed");
  if (static_cast<std::size_t>(degrees) <= tabulated.size()) return tabulated[static_cast<std::size_t>(degrees) - 1];
  // The expansion in 1/degrees (Abramowitz & Stegun 1964, 26.7.5).
  const double n = degrees;
  const double z = normal_975;
  const double z2 = z * z;
  const double first = z * (z2 + 1) / 4;
  const double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
  const double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  const double fourth = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  return z + (first + (second + (third + fourth / n) / n) / n) / n;
}

std::optional<Estimate> estimate(const std::vector<double>& values) {
  Estimate result;
  double sum = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++result.count;
  }
  if (result.count == 0) return std::nullopt;
  result.mean = sum / result.count;
  if (result.count == 1) return result;
  double squares = 0;
  for (const double value : values) {
    if (std::isfinite(value)) squares += (value - result.mean) * (value - result.mean);
  }
  result.sd = std::sqrt(squares / (result.count - 1));
  result.half_width = student_t_975(result.count - 1) * *result.sd / std::sqrt(static_cast<double>(result.count));
  return result;
}

}  // namespace homeward
