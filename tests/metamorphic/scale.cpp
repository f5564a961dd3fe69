// A smaller run is a sample of the larger one: stocks and returns agree within what sampling explains.
//
// A person is kept with probability `scale`; a run at scale a is a sample of the run at scale b > a with the same seed.
// The difference of the two estimates of a number of persons N has variance (1/a - 1/b) N where persons are
// independent; children are kept with their mothers, which multiplies it by the size of a lineage seen from one of its
// members, below 2 within 42 years. A test allows 5 standard deviations: false-positive rate 6e-7 a comparison, 66
// comparisons, 4e-5 in all. It sees a bias of 2 % in the stock and of 5 to 9 % in settled returns, and
// quotas that are not scaled.
#include <doctest/doctest.h>

#include <cmath>

#include "support/baseline.h"

using namespace homeward;
using namespace homeward::test;

namespace {

constexpr double lineage = 2;

void check_sample(const ReplicateResult& small, const ReplicateResult& large, const char* measure, int from, int to) {
  CAPTURE(std::string(measure));
  CAPTURE(from);
  CAPTURE(to);
  const double a = total(small, measure, from, to), b = total(large, measure, from, to);
  CAPTURE(a);
  CAPTURE(b);
  const double deviation = std::sqrt(lineage * (small.weight - large.weight) * b);
  CHECK(b > 0);
  CHECK(std::abs(a - b) < 5 * deviation);
}

}  // namespace

TEST_CASE("1/100 agrees with 1/50, in the baseline and under Resolution 57") {
  for (const char* file : {"baseline.yaml", "what-if/resolution-57.yaml"}) {
    CAPTURE(file);
    const Scenario scenario = shipped(file);
    const ReplicateResult small = simulate_replicate(scenario, run_settings(31, 1.0 / 100));
    const ReplicateResult large = simulate_replicate(scenario, run_settings(31, 1.0 / 50));
    for (const int year : {2004, 2015, 2025, 2035, 2045}) {
      for (const char* measure : {"stock", "stock_contract", "stock_student", "advanced_degrees"}) {
        check_sample(small, large, measure, year, year);
      }
    }
    for (const char* measure :
         {"returns_settled", "returns_student", "returns_contract", "arrivals", "births", "deaths"}) {
      check_sample(small, large, measure, 2004, 2024);
      check_sample(small, large, measure, 2025, 2045);
    }
    // Quotas are scaled: new members of the network, posts.
    check_sample(small, large, "network_members", 2045, 2045);
  }
}
