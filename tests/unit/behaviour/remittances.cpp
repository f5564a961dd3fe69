// Money sent home: what an adult of each kind sends.
#include "behaviour/remittances.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

TEST_CASE("remittances are the page's by kind, host and year") {
  const Scenario& scenario = baseline();
  const Parameters& p = scenario.parameters;
  for (const HostGroup& group : scenario.tables.groups) {
    CAPTURE(group.code);
    for (const int year : {2004, 2024, 2045}) {
      const double factor = std::exp(p.remittance_growth * (year - 2024)) * group.remittance_multiplier;
      const RemittanceRates rates = remittance_rates(scenario, group, year);
      CHECK(rates.contract == doctest::Approx(p.remittance_contract * factor));
      CHECK(rates.settled == doctest::Approx(p.remittance_settled * factor));
      CHECK(rates.later == doctest::Approx(p.remittance_settled * p.remittance_g2_share * factor));
      CHECK(rates.contract > rates.settled);
      CHECK(rates.settled > rates.later);
    }
  }
  CHECK(group_named(scenario, "cambodia").remittance_multiplier == 0.08);
}
