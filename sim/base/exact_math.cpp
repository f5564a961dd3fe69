#include "base/exact_math.h"

#include <array>
#include <bit>
#include <limits>

namespace homeward {
namespace {

constexpr double ln2_high = 0x1.62e42fefa0000p-1;  // ln 2 in two parts, so that k * ln2_high is exact
constexpr double ln2_low = 0x1.cf79abc9e3b3ap-40;
constexpr double inverse_ln2 = 0x1.71547652b82fep+0;

double power_of_two(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

// 2^(j/32): the fraction of the exponent, by Taylor series to r^14.
double fraction_of_two(int j) {
  const double r = j * (0x1.62e42fefa39efp-1 / 32);
  double sum = 1;
  for (int n = 20; n >= 1; --n) sum = 1 + sum * r / n;
  return sum;
}
const std::array<double, 32> fractions = [] {
  std::array<double, 32> table{};
  for (int j = 0; j < 32; ++j) table[static_cast<std::size_t>(j)] = fraction_of_two(j);
  return table;
}();

}  // namespace

// exp x = 2^k 2^(j/32) exp r, |r| <= ln 2 / 64, exp r by Taylor series to r^6 (error below 1e-16).
double exact_exp(double x) {
  if (x != x) return x;
  if (x > 700) x = 700;
  if (x < -700) x = -700;
  const double shifted = x * (inverse_ln2 * 32);
  const int whole = static_cast<int>(shifted < 0 ? shifted - 0.5 : shifted + 0.5);
  const double r = (x - whole * (ln2_high / 32)) - whole * (ln2_low / 32);
  const double r2 = r * r;
  const double low = 1 + r;
  const double mid = 0.5 + r * (1.0 / 6);
  const double high = 1.0 / 24 + r * (1.0 / 120) + r2 * (1.0 / 720);
  const double sum = low + r2 * (mid + r2 * high);
  return fractions[static_cast<std::size_t>(whole & 31)] * sum * power_of_two(whole >> 5);
}

double exact_log(double x) {
  if (!(x > 0)) return -std::numeric_limits<double>::infinity();
  int exponent = 0;
  if (x < 0x1p-1022) {
    x *= 0x1p60;
    exponent -= 60;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  exponent += static_cast<int>(bits >> 52) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0x000fffffffffffffull) | 0x3ff0000000000000ull);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    ++exponent;
  }
  // ln m = 2 atanh((m - 1) / (m + 1)), |argument| <= 0.172
  const double s = (mantissa - 1) / (mantissa + 1);
  const double s2 = s * s;
  double sum = 1.0 / 23.0;
  for (int odd = 21; odd >= 1; odd -= 2) sum = sum * s2 + 1.0 / odd;
  return exponent * ln2_high + (exponent * ln2_low + 2 * s * sum);
}

double exact_pow(double x, double y) {
  if (x <= 0) return y == 0 ? 1 : 0;
  return exact_exp(y * exact_log(x));
}

double exact_normal_quantile(double p) {
  const double q = p - 0.5;
  if (q <= 0.425 && q >= -0.425) {
    const double r = 0.180625 - q * q;
    return q *
           (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
                4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r +
             1.3314166789178437745e2) * r + 3.3871328727963666080e0) /
           (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r +
                2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r +
             4.2313330701600911252e1) * r + 1.0);
  }
  const double tail = q < 0 ? p : 1 - p;
  // sqrt by Newton from the exponential: IEEE square roots are exact, but the compiler may not be asked for libm.
  const double t = -exact_log(tail);
  double r = exact_exp(0.5 * exact_log(t));
  r = 0.5 * (r + t / r);
  double value = 0;
  if (r <= 5) {
    r -= 1.6;
    value = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r +
                 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r +
              4.63033784615654529590e0) * r + 1.42343711074968357734e0) /
            (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r +
                 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r +
              2.05319162663775882187e0) * r + 1.0);
  } else {
    r -= 5;
    value = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r +
                 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r +
              5.46378491116411436990e0) * r + 6.65790464350110377720e0) /
            (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r +
                 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r +
              5.99832206555887937690e-1) * r + 1.0);
  }
  return q < 0 ? -value : value;
}

}  // namespace homeward
