// Intervals over replicates, against published values and by hand.
#include "analysis/statistics.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace homeward;

TEST_CASE("quantiles of Student's t agree with published tables") {
  // Abramowitz & Stegun 1964, table 26.10, Q = .025: three decimals.
  CHECK(student_t_975(1) == doctest::Approx(12.706).epsilon(0.0001));
  CHECK(student_t_975(2) == doctest::Approx(4.303).epsilon(0.0002));
  CHECK(student_t_975(3) == doctest::Approx(3.182).epsilon(0.0002));
  CHECK(student_t_975(9) == doctest::Approx(2.262).epsilon(0.0003));
  CHECK(student_t_975(30) == doctest::Approx(2.042).epsilon(0.0003));
  CHECK(student_t_975(40) == doctest::Approx(2.021).epsilon(0.0003));
  CHECK(student_t_975(120) == doctest::Approx(1.980).epsilon(0.0003));
}

TEST_CASE("the first two quantiles have closed forms") {
  // One degree: tan(.475 pi). Two: x sqrt(2 / (1 - x^2)) at x = .95.
  CHECK(student_t_975(1) == doctest::Approx(std::tan(0.475 * std::acos(-1.0))).epsilon(1e-13));
  CHECK(student_t_975(2) == doctest::Approx(0.95 * std::sqrt(2 / (1 - 0.95 * 0.95))).epsilon(1e-13));
}

TEST_CASE("the expansion joins the table and falls to the normal quantile") {
  for (int degrees = 1; degrees < 2000; ++degrees) CHECK(student_t_975(degrees + 1) < student_t_975(degrees));
  // The next difference continues the earlier ones to within its own error of 3e-8.
  const double at_30 = student_t_975(30), at_31 = student_t_975(31), at_32 = student_t_975(32);
  CHECK(std::abs((at_30 - at_31) - (at_31 - at_32)) < 3e-4);
  CHECK(student_t_975(31) == doctest::Approx(2.0395134463964086).epsilon(2e-8));
  CHECK(student_t_975(100) == doctest::Approx(1.9839715185235522).epsilon(1e-10));
  CHECK(student_t_975(1000000) == doctest::Approx(1.959966).epsilon(1e-6));
  CHECK_THROWS_AS(student_t_975(0), std::invalid_argument);
}

TEST_CASE("an estimate by hand") {
  const auto found = estimate({2, 4, 9});
  REQUIRE(found);
  CHECK(found->mean == 5);
  CHECK(*found->sd == doctest::Approx(std::sqrt(13.0)));
  CHECK(*found->half_width == doctest::Approx(4.302652729749464 * std::sqrt(13.0) / std::sqrt(3.0)));
  CHECK(found->count == 3);
}

TEST_CASE("one value has no interval, none has no mean, undefined ones do not count") {
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  const auto one = estimate({7, undefined});
  REQUIRE(one);
  CHECK(one->mean == 7);
  CHECK(one->count == 1);
  CHECK_FALSE(one->sd);
  CHECK_FALSE(one->half_width);
  CHECK_FALSE(estimate({}));
  CHECK_FALSE(estimate({undefined}));
  CHECK(*estimate({3, 3, 3})->sd == 0);
}
