// Money sent home, nominal USD a year (docs/theory/remittances.md).
#pragma once
#include <array>

#include "base/exact_math.h"
#include "scenario/scenario.h"

namespace homeward {

// USD a year of an adult of a host group: by contract worker, first (and 1.5) generation, later generations.
struct RemittanceRates {
  double contract = 0, settled = 0, later = 0;
};

inline RemittanceRates remittance_rates(const Scenario& scenario, const HostGroup& group, int year) {
  const Parameters& p = scenario.parameters;
  const double factor = exact_exp(p.remittance_growth * (year - 2024)) * group.remittance_multiplier;
  return {p.remittance_contract * factor, p.remittance_settled * factor,
          p.remittance_settled * p.remittance_g2_share * factor};
}

}  // namespace homeward
