// exp, log, pow and the normal quantile in plain arithmetic against the machine's libm, with stated tolerances.
#include "base/exact_math.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace homeward;

namespace {

// Largest |f(x) / g(x) - 1| over draws of x from [low, high].
template <typename F, typename G>
double worst_relative(double low, double high, F f, G g) {
  std::mt19937_64 draw(20040101);
  std::uniform_real_distribution<double> between(low, high);
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = between(draw);
    worst = std::max(worst, std::abs(f(x) / g(x) - 1));
  }
  return worst;
}

double normal_law(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

}  // namespace

TEST_CASE("exact_exp agrees with libm to 1e-15 relative where utilities lie, and to 2e-15 everywhere") {
  const auto libm = [](double x) { return std::exp(x); };
  CHECK(worst_relative(-1, 1, exact_exp, libm) < 1e-15);
  CHECK(worst_relative(-30, 30, exact_exp, libm) < 1e-15);
  CHECK(worst_relative(-700, 700, exact_exp, libm) < 2e-15);
  CHECK(exact_exp(0) == 1);
}

TEST_CASE("exact_exp stops at 700 on both sides and hands NaN on") {
  CHECK(exact_exp(1e300) == exact_exp(700));
  CHECK(exact_exp(-1e300) == exact_exp(-700));
  CHECK(exact_exp(std::numeric_limits<double>::infinity()) == exact_exp(700));
  CHECK(exact_exp(-700) > 0);
  CHECK(std::isnan(exact_exp(std::numeric_limits<double>::quiet_NaN())));
}

TEST_CASE("exact_log agrees with libm to 1e-15 relative, also beside 1 and among the smallest numbers") {
  const auto libm = [](double x) { return std::log(x); };
  CHECK(worst_relative(1e-9, 0.9, exact_log, libm) < 1e-15);
  CHECK(worst_relative(0.9, 1.1, exact_log, libm) < 1e-15);
  CHECK(worst_relative(1.1, 1e9, exact_log, libm) < 1e-15);
  CHECK(exact_log(1) == 0);
  for (const double x : {5e-324, 1e-310, 0x1p-1022, 0x1p-1000, 1.7e308}) {
    CHECK(std::abs(exact_log(x) / std::log(x) - 1) < 1e-15);
  }
  CHECK(exact_log(0) == -std::numeric_limits<double>::infinity());
  CHECK(exact_log(-1) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("exact_pow is exp(y log x), 0 at x = 0, and 1 at y = 0") {
  for (const double x : {0.01, 0.3, 0.9, 1.0, 2.5, 40.0}) {
    for (const double y : {-3.0, -0.5, 0.0, 0.9, 1.1, 2.0, 7.5}) {
      CHECK(std::abs(exact_pow(x, y) / std::pow(x, y) - 1) < 1e-13);
    }
  }
  CHECK(exact_pow(0, 2) == 0);
  CHECK(exact_pow(0, 0) == 1);
}

TEST_CASE("exact_logistic is symmetric about one half to the last place but one") {
  for (double x = -20; x <= 20; x += 0.37) {
    CHECK(std::abs(exact_logistic(x) * (1 + std::exp(-x)) - 1) < 1e-14);
    CHECK(exact_logistic(x) + exact_logistic(-x) == doctest::Approx(1).epsilon(1e-15));
  }
}

TEST_CASE("exact_normal_quantile inverts the normal law to 1e-13 relative in p, both tails and the seams") {
  // The tails use another polynomial beyond |p - 1/2| = .425. The least uniform number of 32 bits is 1.2e-10.
  for (const double p : {1.4e-11, 1.1e-10, 1e-9, 1e-4, 0.0749999, 0.075, 0.0750001, 0.2, 0.4999, 0.7}) {
    CAPTURE(p);
    CHECK(std::abs(normal_law(exact_normal_quantile(p)) / p - 1) < 1e-13);
  }
  CHECK(exact_normal_quantile(0.5) == 0);
  CHECK(exact_normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-15));
  CHECK(exact_normal_quantile(0.001) == doctest::Approx(-3.090232306167813).epsilon(1e-14));
  for (double p = 0.0005; p < 0.5; p += 0.0005) {
    CHECK(std::abs(exact_normal_quantile(p) + exact_normal_quantile(1 - p)) < 1e-12);
    CHECK(exact_normal_quantile(p) < exact_normal_quantile(p + 0.0005));
  }
}
