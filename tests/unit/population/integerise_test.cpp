// Truncate-replicate-sample: totals are exact, nobody is lost or made, and the mean is the weight.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "population/integerise.h"

using namespace homeward;

namespace {

Eigen::ArrayXd uneven_weights() {
  Eigen::ArrayXd weights(7);
  weights << 0.2, 3.7, 0, 11.05, 0.999, 2.0, 4.051;  // sums to 22
  return weights;
}

std::uint64_t total(const std::vector<std::uint32_t>& persons) {
  return std::accumulate(persons.begin(), persons.end(), std::uint64_t{0});
}

}  // namespace

TEST_CASE("whole persons sum to the total and stay within one of the weight") {
  const Eigen::ArrayXd weights = uneven_weights();
  for (int k = 0; k < 1000; ++k) {
    const std::vector<std::uint32_t> persons = truncate_replicate_sample(weights, 22, k / 1000.0);
    CHECK(total(persons) == 22);
    for (std::size_t cell = 0; cell < persons.size(); ++cell) {
      CHECK(std::abs(persons[cell] - weights[static_cast<Eigen::Index>(cell)]) < 1);
    }
    CHECK(persons[2] == 0);
  }
}

TEST_CASE("the mean over all starts is the weight") {
  const Eigen::ArrayXd weights = uneven_weights();
  std::vector<double> sum(7, 0);
  constexpr int starts = 10000;
  for (int k = 0; k < starts; ++k) {
    const std::vector<std::uint32_t> persons = truncate_replicate_sample(weights, 22, (k + 0.5) / starts);
    for (std::size_t cell = 0; cell < 7; ++cell) sum[cell] += persons[cell];
  }
  // A grid of starts, no chance involved: exact to one step of the grid at either end of a cell.
  for (std::size_t cell = 0; cell < 7; ++cell) {
    CHECK(std::abs(sum[cell] / starts - weights[static_cast<Eigen::Index>(cell)]) < 2.0 / starts);
  }
}

TEST_CASE("weights are scaled to the total, and the edges hold") {
  Eigen::ArrayXd weights(3);
  weights << 1, 1, 2;
  CHECK(truncate_replicate_sample(weights, 400, 0.999999) == std::vector<std::uint32_t>{100, 100, 200});
  CHECK(total(truncate_replicate_sample(weights, 7, 0.0)) == 7);
  CHECK(total(truncate_replicate_sample(weights, 7, 0.9999999)) == 7);
  CHECK(total(truncate_replicate_sample(weights, 0, 0.5)) == 0);
  CHECK(total(truncate_replicate_sample(Eigen::ArrayXd::Zero(3), 5, 0.5)) == 0);
}
