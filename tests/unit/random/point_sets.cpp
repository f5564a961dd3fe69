// Point sets of designs: strata, nets, and that the first points stay when there are more.
#include "random/point_sets.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace homeward {
namespace {

const std::vector<std::uint64_t> keys{11, 22, 33, 44, 55};

double at(const std::vector<double>& values, std::size_t point, std::size_t axis) {
  return values[point * keys.size() + axis];
}

std::size_t cell(double value, std::size_t cells) {
  return static_cast<std::size_t>(value * static_cast<double>(cells));
}

TEST_CASE("a Latin hypercube has one point in each stratum of each axis, in an order of its own") {
  constexpr std::size_t points = 37;
  const std::vector<double> values = latin_hypercube_points(5, keys, points);
  std::set<std::vector<std::size_t>> orders;
  for (std::size_t axis = 0; axis < keys.size(); ++axis) {
    std::vector<std::size_t> order;
    for (std::size_t point = 0; point < points; ++point) order.push_back(cell(at(values, point, axis), points));
    orders.insert(order);
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < points; ++i) CHECK(order[i] == i);
  }
  CHECK(orders.size() == keys.size());
}

TEST_CASE("scrambled Sobol' points are nets: 2^k points, one in each of 2^k strata, and in each box of two axes") {
  for (const std::uint64_t seed : {1u, 2u, 99u}) {
    constexpr std::size_t points = 64;
    const std::vector<double> values = sobol_points(seed, keys, points);
    for (std::size_t axis = 0; axis < keys.size(); ++axis) {
      std::set<std::size_t> strata;
      for (std::size_t point = 0; point < points; ++point) strata.insert(cell(at(values, point, axis), points));
      CHECK(strata.size() == points);
    }
    // The first two dimensions are a (0, 2)-sequence: boxes of 2^a x 2^b with a + b = 6 hold one point each.
    for (std::size_t a = 0; a <= 6; ++a) {
      std::set<std::pair<std::size_t, std::size_t>> boxes;
      for (std::size_t point = 0; point < points; ++point)
        boxes.emplace(cell(at(values, point, 0), std::size_t{1} << a),
                      cell(at(values, point, 1), std::size_t{64} >> a));
      CHECK(boxes.size() == points);
    }
  }
}

TEST_CASE("the first Sobol' points of a seed are these") {
  // A change here changes every plan with a Sobol' design: stored runs would no longer be found.
  const std::vector<double> values = sobol_points(1, {7, 8}, 3);
  const std::vector<double> expected{0.98492178448941559, 0.89482425607275218, 0.076560705550946295,
                                     0.39493894518818706, 0.4560017172480002,  0.5104317074874416};
  REQUIRE(values.size() == expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    CAPTURE(i);
    CHECK(values[i] == expected[i]);
  }
}

TEST_CASE("scrambling differs by seed and axis key, and keeps the points inside the cube") {
  const std::vector<double> one = sobol_points(1, keys, 256), two = sobol_points(2, keys, 256);
  CHECK(one != two);
  CHECK(sobol_points(1, {11, 11}, 8) != sobol_points(1, {11, 22}, 8));
  for (const double value : one) CHECK((value > 0 && value < 1));
}

TEST_CASE("more points of a sequence keep the first ones; a Latin hypercube does not") {
  const auto starts_with = [](const std::vector<double>& longer, const std::vector<double>& shorter) {
    return std::equal(shorter.begin(), shorter.end(), longer.begin());
  };
  CHECK(starts_with(sobol_points(3, keys, 100), sobol_points(3, keys, 17)));
  CHECK(starts_with(random_points(3, keys, 100), random_points(3, keys, 17)));
  CHECK_FALSE(starts_with(latin_hypercube_points(3, keys, 100), latin_hypercube_points(3, keys, 17)));
}

TEST_CASE("random points of an axis do not depend on its neighbours") {
  const std::vector<double> together = random_points(3, keys, 10), alone = random_points(3, {33}, 10);
  for (std::size_t point = 0; point < 10; ++point) CHECK(at(together, point, 2) == alone[point]);
}

TEST_CASE("random points are uniform: their mean is within 4.4 standard errors (false positives: 1e-5)") {
  constexpr std::size_t points = 20000;
  const std::vector<double> values = random_points(9, {1}, points);
  double sum = 0;
  for (const double value : values) sum += value;
  CHECK(std::abs(sum / points - 0.5) < 4.4 / std::sqrt(12.0 * points));
}

}  // namespace
}  // namespace homeward
