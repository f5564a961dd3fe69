// return-choice obeys its specification: who returns, by host, against the hazard as written; who leaves again; and the
// totals that the specification states for a million agents.
//
// Three comparisons with a false-positive rate of 1e-5 each (bounds.h); the intervals of the totals lie four standard
// deviations from the mean, which a random seed would miss once in 10,000 times, and the seed is fixed.
#include <doctest/doctest.h>

#include "bounds.h"
#include "return_choice/everybody.h"

using namespace homeward;
using namespace homeward::testing;
using namespace homeward::yardstick;

TEST_CASE("return-choice: returns and departures of every step follow the specified hazards") {
  constexpr std::uint32_t agents = 200000;
  Stepper stepper({agents, 20, 2, 5, Ties::stored});
  UnequalTrials returns(hosts), by_peers(neighbours + 1);
  std::int64_t at_home = 0, left = 0;
  for (int t = 0; t < 20; ++t) {
    const std::vector<Agent> before = unpacked(stepper);
    stepper.step();
    for (std::uint32_t i = 0; i < agents; ++i) {
      const Agent& agent = before[i];
      if (agent.age == oldest) continue;  // starts anew, whatever happens
      const bool now = bit(stepper.world().returned.data(), i);
      if (agent.returned) {
        ++at_home;
        left += now ? 0 : 1;
        continue;
      }
      int peers = 0;
      for (const std::uint32_t other : agent.nearest) peers += before[other].returned ? 1 : 0;
      const double hazard = return_hazard(agent.host, agent.skill, t, agent.age, agent.tenure, peers);
      returns.add(static_cast<std::size_t>(agent.host), hazard, now);
      by_peers.add(static_cast<std::size_t>(peers), hazard, now);
    }
  }
  CHECK(returns.tail() >= false_positive_rate);
  CHECK(returns.tail(1.05) < false_positive_rate);
  CHECK(by_peers.tail() >= false_positive_rate);
  CHECK(by_peers.tail(1.05) < false_positive_rate);
  CHECK(binomial_tail(left, at_home, leaves_again) >= false_positive_rate);
  CHECK(binomial_tail(left, at_home, 1.05 * leaves_again) < false_positive_rate);
}

TEST_CASE("return-choice: a million agents give the stated totals") {
  constexpr std::uint32_t agents = 1000000;
  Stepper stepper({agents, 20, 2, 1, Ties::stored});
  std::vector<double> rate;
  double all = 0;
  for (int t = 0; t < 20; ++t) {
    std::int64_t returns = 0;
    for (const std::int64_t count : stepper.step()) returns += count;
    rate.push_back(static_cast<double>(returns) / agents);
    all += rate.back();
  }
  CHECK(all > 0.2060);
  CHECK(all < 0.2100);
  const double share = static_cast<double>(stepper.returned()) / agents;
  CHECK(share > 0.2145);
  CHECK(share < 0.2180);
  CHECK(rate.front() > 0.0093);
  CHECK(rate.front() < 0.0101);
  CHECK(rate.back() > 0.0111);
  CHECK(rate.back() < 0.0119);
}
