// The tails by which this suite judges, against tabulated values.
#include "statistical/bounds.h"

#include <doctest/doctest.h>

using namespace homeward::testing;

TEST_CASE("tails of the chi-square law are those of the tables") {
  CHECK(chi_square_tail(3.841458820694124, 1) == doctest::Approx(0.05).epsilon(1e-9));
  CHECK(chi_square_tail(18.307038053275146, 10) == doctest::Approx(0.05).epsilon(1e-9));
  CHECK(chi_square_tail(2 * 7, 2) == doctest::Approx(std::exp(-7)).epsilon(1e-9));
  CHECK(chi_square_tail(0, 5) == 1);
  CHECK(std::abs(chi_square_tail(124.342, 100) - 0.05) < 1e-5);
  // Four degrees: exp(-x/2) (1 + x/2), on both sides of the seam between series and fraction.
  for (const double x : {1.0, 5.9, 6.1, 40.0, 90.0}) {
    CHECK(std::abs(chi_square_tail(x, 4) / (std::exp(-x / 2) * (1 + x / 2)) - 1) < 1e-12);
  }
}

TEST_CASE("tails of the normal and the binomial law are exact") {
  CHECK(normal_tail(1.959963984540054) == doctest::Approx(0.05).epsilon(1e-12));
  CHECK(std::abs(normal_tail(-4.417173413469024) / 1e-5 - 1) < 1e-6);
  CHECK(binomial_tail(0, 10, 0.5) == doctest::Approx(2.0 / 1024));
  CHECK(binomial_tail(10, 10, 0.5) == doctest::Approx(2.0 / 1024));
  CHECK(binomial_tail(8, 10, 0.5) == doctest::Approx(2.0 * (45 + 10 + 1) / 1024));
  CHECK(binomial_tail(5, 10, 0.5) == 1);
  CHECK(binomial_tail(3, 20, 0.1) == doctest::Approx(2 * (1 - 0.6769268)).epsilon(1e-5));
}

TEST_CASE("Pearson's test pools small cells and finds what is out of proportion") {
  CHECK(fit_tail({100, 100, 100}, {100, 100, 100}) == 1);
  CHECK(fit_tail({130, 70}, {100, 100}) == doctest::Approx(chi_square_tail(18, 1)));
  CHECK(fit_tail({100, 50, 4, 6}, {100, 50, 5, 5}) == 1);
  CHECK(fit_tail({100, 50, 30}, {120, 59, 1}) == 0);
}

TEST_CASE("unequal trials are standardised by their own variance") {
  UnequalTrials trials(1);
  for (int i = 0; i < 400; ++i) trials.add(0, i % 2 == 0 ? 0.5 : 0.2, i % 2 == 0);
  // 200 happened, 140 expected, variance 82.
  CHECK(trials.count() == 200);
  CHECK(trials.tail() == doctest::Approx(chi_square_tail(60.0 * 60 / 82, 1)));
}
