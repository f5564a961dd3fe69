// Utilities as integers: rounding, the logistic law as a table with its error bound, normal draws in steps.
#include "base/fixed_point.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace homeward;

TEST_CASE("round_to_int rounds to nearest, halves away from zero, and saturates") {
  CHECK(round_to_int(2.4) == 2);
  CHECK(round_to_int(2.5) == 3);
  CHECK(round_to_int(-2.4) == -2);
  CHECK(round_to_int(-2.5) == -3);
  CHECK(round_to_int(0) == 0);
  CHECK(round_to_int(1e300) == 1000000000);
  CHECK(round_to_int(-1e300) == -1000000000);
}

TEST_CASE("a coefficient times a variable is rounded down to the unit of the result") {
  // b = 1.2 logit, trust one quarter above the middle: .3 logit = 1228.8 / 4096.
  CHECK(scaled(to_q16(1.2), 16384, 20) == 1228);
  CHECK(scaled(to_q16(1.2), -16384, 20) == -1229);
  CHECK(scaled(to_q16(-0.05), 4096, 16) == -205);
  // 64 bits hold the product of the largest coefficient and the largest variable.
  CHECK(scaled(to_q16(20), 65535, 20) == 81918);
}

TEST_CASE("the logistic table is within 1e-6 of the law at every utility, and never decreases") {
  const LogisticTable& table = logistic_table();
  double worst = 0;
  bool rises = true;
  std::uint32_t last = 0;
  for (std::int32_t utility = -16 * 4096; utility <= 16 * 4096; ++utility) {
    const std::uint32_t now = table.threshold(utility);
    const double law = 1 / (1 + std::exp(-utility / 4096.0));
    worst = std::max(worst, std::abs(now / 4294967296.0 - law));
    rises = rises && now >= last;
    last = now;
  }
  CAPTURE(worst);
  CHECK(worst < 1e-6);
  CHECK(rises);
}

TEST_CASE("beyond 16 logits the logistic table stays at its ends") {
  const LogisticTable& table = logistic_table();
  CHECK(table.threshold(2000000000) == table.threshold(16 * 4096));
  CHECK(table.threshold(-2000000000) == table.threshold(-16 * 4096));
  CHECK(table.threshold(-2000000000) / 4294967296.0 < 1.2e-7);
  CHECK(table.threshold(2000000000) / 4294967296.0 > 1 - 1.2e-7);
}

TEST_CASE("normal steps have mean 0, variance 1, and the shape of the normal law") {
  const auto& steps = normal_steps();
  double sum = 0, squares = 0, fourth = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    const double z = static_cast<double>(steps[i]);
    sum += z;
    squares += z * z;
    fourth += z * z * z * z;
    if (i > 0) CHECK(steps[i] > steps[i - 1]);
    CHECK(steps[i] == -steps[255 - i]);
  }
  CHECK(std::abs(sum) < 1e-6);
  CHECK(squares / 256 == doctest::Approx(1).epsilon(1e-6));
  CHECK(fourth / 256 == doctest::Approx(3).epsilon(0.1));  // the cut tails take a little
}
