// Two levers that add up on a logit, with networks, ties and beliefs off: the difference of returns that a comparison
// finds, who earned it and the interaction against their closed form. 4 comparisons.
#include <doctest/doctest.h>

#include <cmath>

#include "analysis/comparison.h"
#include "statistical/bounds.h"
#include "support/still_world.h"

using namespace homeward;
using namespace homeward::test;
using namespace homeward::testing;

namespace {

constexpr int decides = 2027, home = 2028;  // procedures take three months

// One logit for everybody: V of the entrepreneur mode, to which all other modes are closed; thought about in one year.
Scenario one_logit(double intercept, double of_housing, double of_sandbox) {
  Scenario scenario = still_scenario();
  Parameters& p = scenario.parameters;
  for (const ParameterMember& parameter : parameter_members()) {
    if (parameter.path.rfind("choice.", 0) == 0 && parameter.path != "choice.mu") p.*parameter.member = 0;
  }
  p.choice_k0 = -30;
  p.choice_k_ent = intercept - p.choice_k0;
  p.lever_house_value = of_housing;
  p.lever_sandbox_value = of_sandbox;
  p.attention_a_vis = p.attention_a_shock = p.attention_a_peer = p.attention_a_vin = p.attention_a_tau = 0;
  scenario.tables.macro.attention_offset.fill(-40);
  scenario.tables.macro.attention_offset[year_index(decides)] = 60;
  for (double* months : {&p.pipeline_d_papers, &p.pipeline_d_residence, &p.pipeline_d_recognition,
                         &p.pipeline_d_position, &p.pipeline_d_licence, &p.pipeline_d_relocation}) {
    *months = 1;
  }
  shrink(scenario, slow_build ? 500 : 50);
  return scenario;
}

// Of one person, as the uniform number that decides falls: chance and value of a function that is 1 where the arm's
// chance is above it, with weights by arm; all arms have the same number, so that the chances are nested.
struct Law {
  std::vector<double> chances;  // of the arms
  // Mean and variance of sum weights[arm] * (u < chances[arm]).
  std::pair<double, double> of(const std::vector<double>& weights) const {
    double mean = 0, square = 0;
    for (std::size_t a = 0; a < chances.size(); ++a) {
      mean += weights[a] * chances[a];
      for (std::size_t b = 0; b < chances.size(); ++b) {
        square += weights[a] * weights[b] * std::min(chances[a], chances[b]);
      }
    }
    return {mean, square - mean * mean};
  }
};

double logistic(double v) { return 1 / (1 + std::exp(-v)); }
// Arms: neither lever, housing, sandbox, both.
Law law(double intercept, double of_housing, double of_sandbox) {
  return {{logistic(intercept), logistic(intercept + of_housing), logistic(intercept + of_sandbox),
           logistic(intercept + of_housing + of_sandbox)}};
}

// How unlikely a sum over so many people is.
double tail(double found, double people, const Law& law, const std::vector<double>& weights) {
  const auto [mean, variance] = law.of(weights);
  return normal_tail((found - people * mean) / std::sqrt(people * variance));
}

}  // namespace

TEST_CASE("two levers that add up on a logit move, share and interact as their closed form says") {
  constexpr double intercept = -1.5, of_housing = 0.6, of_sandbox = 0.9;
  const Scenario base = one_logit(intercept, of_housing, of_sandbox);
  Scenario alt = base;
  lever_of(alt, Lever::housing) = from_year(Lever::housing, decides, 1);
  lever_of(alt, Lever::sandbox) = from_year(Lever::sandbox, decides, 1);
  ComparisonPlan plan;
  plan.attribution = AttributionMode::levers;
  plan.replicates.replicates = 1;
  plan.replicates.to_year = home;
  const Comparison comparison = run_comparison(base, {alt}, plan);
  const double people = total(comparison.arms[0].result(0), "attentive", decides);
  REQUIRE(people > (slow_build ? 1000 : 50000));
  REQUIRE(comparison.alts[0].players.size() == 2);
  const auto returns = [&](std::size_t arm) { return total(comparison.arms[arm].result(0), "returns_settled", decides, home); };
  const double difference = returns(1) - returns(0);
  const AltRecord& record = comparison.records[0][0];
  const double housing = record.shapley[0][0], sandbox = record.shapley[1][0], together = record.interactions[0][0];
  CHECK(housing + sandbox == doctest::Approx(difference).epsilon(1e-12));

  const std::vector<double> whole{-1, 0, 0, 1}, first{-0.5, 0.5, -0.5, 0.5}, second{-0.5, -0.5, 0.5, 0.5}, pair{1, -1, -1, 1};
  const Law right = law(intercept, of_housing, of_sandbox);
  MESSAGE(people << " people: " << difference << " more returns, expected " << people * right.of(whole).first << "; "
                 << housing << " and " << sandbox << " by lever, " << together << " together");
  CHECK(tail(difference, people, right, whole) > false_positive_rate);
  CHECK(tail(housing, people, right, first) > false_positive_rate);
  CHECK(tail(sandbox, people, right, second) > false_positive_rate);
  CHECK(tail(together, people, right, pair) > false_positive_rate);
  if (slow_build) return;
  // Planted: an effect .1 logit stronger, one tenth of the housing's credit given to the sandbox, effects that add up
  // on the chance instead of the logit.
  CHECK(tail(difference, people, law(intercept, of_housing + 0.1, of_sandbox), whole) < false_positive_rate);
  CHECK(tail(0.9 * housing, people, right, first) < false_positive_rate);
  CHECK(tail(sandbox + 0.1 * housing, people, right, second) < false_positive_rate);
  Law chances = right;
  chances.chances[3] = chances.chances[1] + chances.chances[2] - chances.chances[0];
  CHECK(tail(together, people, chances, {1, -1, -1, 1}) < false_positive_rate);
  // Nobody is deterred, and whoever is added was eligible for what differs.
  double added = 0;
  for (const LedgerCell& cell : record.ledger.cells) {
    CHECK((cell.category == Category::always || cell.category == Category::additional));
    added += static_cast<double>(cell.alt - cell.base);
  }
  CHECK(added == difference);
}
