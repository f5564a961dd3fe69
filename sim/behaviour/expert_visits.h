// Circulation: short working visits of experts and of business people (docs/theory/expert_visits.md).
#pragma once
#include "behaviour/visits.h"

namespace homeward {

struct ExpertTables {
  std::array<float, 256> trust{};                        // exp(ex_tau (trust - 1/2)) by step of trust
  std::array<float, 256> redtape{};                      // exp(ex_redtape (1 - belief)) by step of the belief
  std::array<std::array<float, 2>, 2> expert{};          // [science][network member], all else
  float business = 0;
  int age_low = 26, age_high = 71;
};

inline ExpertTables build_expert_tables(const Scenario& scenario, const HomeYear& home) {
  const Parameters& p = scenario.parameters;
  ExpertTables t;
  for (std::size_t step = 0; step < 256; ++step) {
    const double middle = (static_cast<double>(step) + 0.5) / 256;
    t.trust[step] = static_cast<float>(exact_exp(p.expert_ex_tau * (middle - 0.5)));
    t.redtape[step] = static_cast<float>(exact_exp(p.expert_ex_redtape * (1 - 2 * middle)));
  }
  const double base = p.expert_ex0 * home.experts_multiplier * (1 + home.lever(Lever::short_visits));
  t.expert[0] = {static_cast<float>(base * p.expert_ex_other), static_cast<float>(base * p.expert_ex_other * p.expert_ex_vin)};
  t.expert[1] = {static_cast<float>(base * p.expert_ex_science),
                 static_cast<float>(base * p.expert_ex_science * p.expert_ex_vin)};
  t.business = static_cast<float>(p.expert_ex_business * home.experts_multiplier);
  t.age_low = round_to_int(p.expert_age_low);
  t.age_high = round_to_int(p.expert_age_high);
  return t;
}

// Expected visits a year as an expert (advanced degree), and as a business person.
inline float expert_rate(const ExpertTables& t, const Person& person) {
  if (person.education != Education::advanced || person.age < t.age_low || person.age > t.age_high) return 0;
  return t.expert[person.science() ? 1 : 0][person.network ? 1 : 0] * t.trust[person.trust >> 8] *
         t.redtape[person.redtape_belief >> 8];
}
inline float business_rate(const ExpertTables& t, const Person& person) {
  if (person.sector != Sector::business && person.sector != Sector::ict) return 0;
  if (person.age < t.age_low || person.age > t.age_high) return 0;
  return t.business * t.trust[person.trust >> 8];
}

}  // namespace homeward
