// Over many keyed draws people attend, leave the stay option and choose a mode in the shares of the nested logit.
// 18 comparisons.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "behaviour/return_choice.h"
#include "statistical/bounds.h"
#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr std::int64_t draws = 200000;

// The shares of the modes at dissimilarity mu, from utilities in logits.
std::vector<double> mode_numbers(const ModeUtilities& utilities, double mu) {
  std::vector<double> numbers(mode_count);
  double sum = 0;
  for (std::size_t m = 0; m < mode_count; ++m) {
    if (utilities.open[m]) sum += numbers[m] = std::exp(utilities.value[m] / utility_scale / mu);
  }
  for (double& number : numbers) number *= static_cast<double>(draws) / sum;
  return numbers;
}

double returns(const ModeUtilities& utilities, double mu, double shift = 0) {
  double sum = 0;
  for (std::size_t m = 0; m < mode_count; ++m) {
    if (utilities.open[m]) sum += std::exp((utilities.value[m] / utility_scale + shift) / mu);
  }
  return 1 / (1 + std::exp(-mu * std::log(sum)));
}

// Six people who differ in what is open to them, with an intercept at which many go.
std::vector<Person> people() {
  std::vector<Person> all(6, plain_person());
  all[1].education = Education::tertiary;
  all[2] = researcher();
  all[3].age = 66;
  all[4] = researcher();
  all[4].age = 61;
  all[5].generation = Generation::g2;
  all[5].migrant_class = MigrantClass::host_born;
  all[5].legal = Legal::naturalised;
  return all;
}

}  // namespace

TEST_CASE("attention, return and mode follow the nested logit, for six people and 200,000 draws each") {
  // 3 comparisons a person: attention, attention and return, modes.
  Scenario scenario = without_levers();
  scenario.parameters.choice_k0 = -1;
  const Utilities u = build_utilities(scenario, in_year(scenario, 2022), scenario.tables.groups[0], 0);
  const Stream social(31, Purpose::social), gumbel(31, Purpose::choice_mode);
  for (std::size_t i = 0; i < people().size(); ++i) {
    CAPTURE(i);
    const Person person = people()[i];
    const Occasions occasions{i % 2 == 0, i % 3 == 0, false, false};
    const ModeUtilities utilities = mode_utilities(u, person, Tastes{1000, 0}, {20000, 5000, false}, true);
    const std::int32_t attention = attention_utility(u, person.trust, person.network, occasions, 20000);
    const double attends = 1 / (1 + std::exp(-attention / utility_scale)), goes = returns(utilities, u.mu);

    std::int64_t attentive = 0, leaving = 0;
    std::vector<std::int64_t> modes(mode_count);
    for (std::uint64_t key = 0; key < draws; ++key) {
      const std::uint64_t who = mix(key, i);
      const std::uint32_t word = social.words(who, 2022)[2];
      const std::uint32_t threshold_now = logistic_table().threshold(attention);
      attentive += word < threshold_now;
      leaving += word < threshold_now * return_probability(utilities, u.mu);
      ++modes[static_cast<std::size_t>(choose_mode(utilities, u.mu, gumbel.words(who, 2022)))];
    }
    CHECK(binomial_tail(attentive, draws, attends) > false_positive_rate);
    CHECK(binomial_tail(leaving, draws, attends * goes) > false_positive_rate);
    CHECK(fit_tail(modes, mode_numbers(utilities, u.mu)) > false_positive_rate);
    // Planted: .05 logit of attention, .25 logit of every mode, a tenth of mu, the commonest mode .15 logit better.
    CHECK(binomial_tail(attentive, draws, 1 / (1 + std::exp(-attention / utility_scale - 0.05))) < false_positive_rate);
    CHECK(binomial_tail(leaving, draws, attends * returns(utilities, u.mu, 0.25)) < false_positive_rate);
    CHECK(fit_tail(modes, mode_numbers(utilities, u.mu * 1.1)) < false_positive_rate);
    ModeUtilities better = utilities;
    better.value[static_cast<std::size_t>(std::max_element(modes.begin(), modes.end()) - modes.begin())] +=
        to_utility(0.15);
    CHECK(fit_tail(modes, mode_numbers(better, u.mu)) < false_positive_rate);
  }
}
