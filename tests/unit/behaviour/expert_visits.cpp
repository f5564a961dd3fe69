// Circulation: the rates of the page, who may come, and the signs it claims.
#include "behaviour/expert_visits.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

ExpertTables tables(const Scenario& scenario, int year = 2018) {
  return build_expert_tables(scenario, in_year(scenario, year));
}

}  // namespace

TEST_CASE("the rate of expert visits is the page's, to the 256 steps of trust and of the belief about red tape") {
  const Scenario scenario = without_levers();
  const Parameters& p = scenario.parameters;
  const ExpertTables t = tables(scenario);
  PersonDraws draws(2);
  for (int i = 0; i < 300; ++i) {
    Person person = researcher();
    person.sector = static_cast<Sector>(draws.below(8));
    person.network = draws.chance(0.5);
    person.trust = static_cast<std::uint16_t>(draws.below(65536));
    person.redtape_belief = static_cast<std::uint16_t>(draws.below(50000));
    const double expected = p.expert_ex0 * (person.network ? p.expert_ex_vin : 1) *
                            (person.science() ? p.expert_ex_science : p.expert_ex_other) *
                            std::exp(p.expert_ex_tau * (person.trust / 65535.0 - 0.5) +
                                     p.expert_ex_redtape * (1 - person.redtape_belief / 32768.0));
    CHECK(static_cast<double>(expert_rate(t, person)) / expected == doctest::Approx(1).epsilon(0.003));
    const bool trades = person.sector == Sector::business || person.sector == Sector::ict;
    const double business = p.expert_ex_business * std::exp(p.expert_ex_tau * (person.trust / 65535.0 - 0.5));
    CHECK(static_cast<double>(business_rate(t, person)) / business == doctest::Approx(trades ? 1 : 0).epsilon(0.003));
  }
}

TEST_CASE("experts have an advanced degree and are 26 to 71; business people any education and the same ages") {
  const ExpertTables t = tables(baseline());
  for (const int age : {25, 26, 71, 72}) {
    Person person = researcher();
    person.age = age;
    CHECK((expert_rate(t, person) > 0) == (age >= 26 && age <= 71));
    person.education = Education::primary;
    CHECK(expert_rate(t, person) == 0);
    person.sector = Sector::business;
    CHECK((business_rate(t, person) > 0) == (age >= 26 && age <= 71));
  }
}

TEST_CASE("expert visits rise with trust, membership, science, the lever; fall with red tape; a quarter in 2020") {
  Scenario scenario = without_levers();
  const Person base = researcher();
  const float usual = expert_rate(tables(scenario), base);
  Person changed = base;
  changed.trust = 45000;
  CHECK(expert_rate(tables(scenario), changed) > usual);
  changed = base;
  changed.network = true;
  CHECK(expert_rate(tables(scenario), changed) > usual);
  changed = base;
  changed.sector = Sector::manufacturing;
  CHECK(expert_rate(tables(scenario), changed) < usual);
  changed = base;
  changed.redtape_belief = 40000;
  CHECK(expert_rate(tables(scenario), changed) < usual);
  CHECK(expert_rate(tables(scenario, 2020), base) / usual == doctest::Approx(0.25));

  Person trader = base;
  trader.sector = Sector::business;
  const float trade = business_rate(tables(scenario), trader);
  hold(scenario, Lever::short_visits, 0.5);
  CHECK(expert_rate(tables(scenario), base) / usual == doctest::Approx(1.5));
  CHECK(business_rate(tables(scenario), trader) == trade);
}
