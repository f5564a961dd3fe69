// Intervals of differences and ratios against numbers worked out elsewhere.
#include "analysis/paired.h"

#include <doctest/doctest.h>

#include <cmath>

namespace homeward::test {

TEST_CASE("a difference by hand") {
  // Differences 1, 2, 3: mean 2, sd 1, half width 4.30265 / sqrt 3.
  const auto pair = paired_difference({10, 20, 30}, {11, 22, 33});
  REQUIRE(pair);
  CHECK(pair->difference.mean == 2);
  CHECK(*pair->difference.sd == doctest::Approx(1));
  CHECK(*pair->difference.half_width == doctest::Approx(4.302652729749464 / std::sqrt(3.0)));
  // sd 10 and 11 without pairing.
  CHECK(*pair->unpaired_sd == doctest::Approx(std::sqrt(221.0)));
  CHECK(*pair->runs_saved == doctest::Approx(3 * (221.0 - 1)));
  // 20 +- 24.8 is not distinct from 0: no ratio.
  CHECK_FALSE(pair->relative);
}

TEST_CASE("a ratio by the delta method") {
  const auto ratio = ratio_of_means({11, 22, 33}, {10, 20, 30});
  REQUIRE(ratio);
  CHECK(ratio->value == doctest::Approx(1.1));
  CHECK(*ratio->half_width == doctest::Approx(0).epsilon(1e-12));  // proportional: no spread
  const auto other = ratio_of_means({10, 14, 12, 16}, {100, 110, 90, 100});
  // Residuals y - .13 x: -3, -.3, .3, 3; sd sqrt(18.18 / 3), t(3) 3.18245.
  CHECK(other->value == doctest::Approx(0.13));
  CHECK(*other->half_width == doctest::Approx(3.1824463052837095 * std::sqrt(18.18 / 3) / 2 / 100));
  CHECK_FALSE(ratio_of_means({1, 2}, {1, -1}));
}

TEST_CASE("nothing is said where nothing can be") {
  const auto one = paired_difference({10}, {12});
  REQUIRE(one);
  CHECK_FALSE(one->difference.half_width);
  CHECK_FALSE(one->unpaired_sd);
  CHECK(one->relative->value == doctest::Approx(0.2));
  CHECK_FALSE(one->relative->half_width);
  CHECK_FALSE(paired_difference({NAN}, {1}));
  const auto null = paired_difference({10, 11, 12}, {10, 11, 12});
  CHECK(null->difference.mean == 0);
  CHECK(*null->difference.half_width == 0);
  CHECK_FALSE(null->runs_saved);  // an infinity of them
}

TEST_CASE("how many more replicates would decide") {
  Estimate value;
  value.mean = 1;
  value.sd = 1;
  value.count = 4;
  // t(n - 1) / sqrt n < 1 from n = 7 on: 2.447 / 2.646; at 6 2.571 / 2.449.
  CHECK(further_replicates(value, 0, 100) == 3);
  CHECK_FALSE(further_replicates(value, 1, 100));
  value.sd.reset();
  CHECK_FALSE(further_replicates(value, 0, 100));
}

}  // namespace homeward::test
