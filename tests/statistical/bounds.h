// How unlikely is what was counted, if the model's closed form is right: tails of the chi-square, binomial and normal
// laws. A statistical test passes where the tail is at least `false_positive_rate`.
//
// Every comparison of this suite has a false-positive rate of 1e-5. There are 70 of them (each file says how many), so
// the whole suite would fail by chance in 7 runs of 10,000; with its fixed seeds it does not fail by chance at all.
// Beside every comparison stands a planted bias that must be found: the same counts against a slightly wrong closed
// form.
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace homeward::testing {

inline constexpr double false_positive_rate = 1e-5;

// The regularised upper incomplete gamma function Q(a, x): series below a + 1, continued fraction (Lentz) above.
inline double upper_gamma(double a, double x) {
  if (x <= 0) return 1;
  const double front = std::exp(-x + a * std::log(x) - std::lgamma(a));
  if (x < a + 1) {
    double term = 1 / a, sum = term;
    for (int n = 1; n < 1000 && term > sum * 1e-16; ++n) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - sum * front;
  }
  double b = x + 1 - a, c = 1e300, d = 1 / b, fraction = d;
  for (int n = 1; n < 1000; ++n) {
    const double an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= d * c;
    if (std::abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

// P(X >= statistic), X chi-square.
inline double chi_square_tail(double statistic, double degrees) { return upper_gamma(degrees / 2, statistic / 2); }

// P(|Z| >= |z|), Z standard normal.
inline double normal_tail(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

// Twice the smaller exact tail of a binomial count, at most 1.
inline double binomial_tail(std::int64_t count, std::int64_t trials, double probability) {
  const auto n = static_cast<double>(trials);
  const auto log_mass = [&](double k) {
    return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(probability) +
           (n - k) * std::log1p(-probability);
  };
  const auto k = static_cast<double>(count);
  const double step = k > n * probability ? 1 : -1;  // outwards: terms fall at once
  double sum = 0;
  for (double j = k; j >= 0 && j <= n; j += step) {
    const double term = std::exp(log_mass(j));
    sum += term;
    if (term < sum * 1e-15) break;
  }
  return std::fmin(1, 2 * sum);
}

// Pearson's test of counts against expected numbers with the same sum; cells expecting fewer than 10 are pooled.
inline double fit_tail(const std::vector<std::int64_t>& counts, const std::vector<double>& expected) {
  double statistic = 0, pooled_count = 0, pooled_expected = 0;
  int cells = 0;
  const auto add = [&](double count, double wanted) {
    statistic += (count - wanted) * (count - wanted) / wanted;
    ++cells;
  };
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (expected[i] >= 10) {
      add(static_cast<double>(counts[i]), expected[i]);
    } else {
      pooled_count += static_cast<double>(counts[i]);
      pooled_expected += expected[i];
    }
  }
  if (pooled_expected >= 10) add(pooled_count, pooled_expected);
  // What can only be pooled with nothing must at least not be far too many (exact Poisson tail).
  if (pooled_expected > 0 && pooled_expected < 10 && pooled_count > 0 &&
      1 - upper_gamma(pooled_count, pooled_expected) < false_positive_rate) {
    return 0;
  }
  return chi_square_tail(statistic, cells - 1);
}

// Independent events with unequal probabilities, added up cell by cell.
class UnequalTrials {
 public:
  explicit UnequalTrials(std::size_t cells) : expected_(cells), variance_(cells), counts_(cells) {}
  void add(std::size_t cell, double probability, bool happened) {
    expected_[cell] += probability;
    variance_[cell] += probability * (1 - probability);
    counts_[cell] += happened ? 1 : 0;
  }
  std::int64_t count() const {
    std::int64_t sum = 0;
    for (const std::int64_t one : counts_) sum += one;
    return sum;
  }
  // Sum of squared standardised deviations against `bias` times the probabilities; cells expecting fewer than 10 are
  // pooled. Chi-square with as many degrees as cells.
  double tail(double bias = 1) const {
    double statistic = 0, count = 0, expected = 0, variance = 0;
    int cells = 0;
    const auto take = [&] {
      const double difference = count - bias * expected;
      statistic += difference * difference / (bias * variance);
      ++cells;
      count = expected = variance = 0;
    };
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      count += static_cast<double>(counts_[i]);
      expected += expected_[i];
      variance += variance_[i];
      if (expected >= 10) take();
    }
    if (expected > 1) take();
    return chi_square_tail(statistic, cells);
  }

 private:
  std::vector<double> expected_, variance_;
  std::vector<std::int64_t> counts_;
};

}  // namespace homeward::testing
