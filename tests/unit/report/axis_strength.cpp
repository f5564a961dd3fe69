// Which axes of a sweep go along with a result: a planted one is found, scenarios and words included.
#include "report/axis_strength.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace homeward {
namespace {

SweepPoints planted() {
  SweepPoints sweep;
  sweep.axes = {"still", "word", "strong", "weak"};
  sweep.measures = {"result"};
  for (int i = 0; i < 40; ++i) {
    // Digits of a mixed base, so that no two axes go along with one another.
    const int weak = i % 2, strong = i / 2 % 5, word = i / 10 % 2, scenario = i / 20;
    Estimate value;
    value.mean = 1000.0 * scenario + 10.0 * strong - 8.0 * weak + 6.0 * word;
    sweep.points.push_back({scenario == 0 ? "a" : "b", std::to_string(i),
                            {"3", word == 0 ? "calm" : "storm", std::to_string(strong), std::to_string(weak)},
                            {value}});
  }
  return sweep;
}

}  // namespace

TEST_CASE("axes come strongest first, whatever scenarios add") {
  const SweepPoints sweep = planted();
  const auto found = axis_strengths(sweep, 0);
  REQUIRE(found.size() == 4);
  CHECK(found[0].axis == 2);
  CHECK(found[1].axis == 3);
  CHECK(found[2].axis == 1);
  CHECK(found[3].axis == 0);
  // Variances of the parts: 200 of 5 levels, 16 and 9 of two.
  CHECK(found[0].correlation == doctest::Approx(std::sqrt(200.0 / 225.0)));
  CHECK(found[1].correlation == doctest::Approx(-std::sqrt(16.0 / 225.0)));
  CHECK(found[2].correlation == doctest::Approx(std::sqrt(9.0 / 225.0)));
  CHECK(found[3].correlation == 0);
  CHECK(found[0].numeric);
  CHECK_FALSE(found[2].numeric);
}

TEST_CASE("points without the measure are left out") {
  SweepPoints sweep = planted();
  for (std::size_t i = 20; i < 40; ++i) sweep.points[i].measures[0].mean = std::numeric_limits<double>::quiet_NaN();
  const auto found = axis_strengths(sweep, 0);
  CHECK(found[0].axis == 2);
  CHECK(found[0].correlation == doctest::Approx(std::sqrt(200.0 / 225.0)));
}

}  // namespace homeward
