// Circulation: short working visits of experts and of business people (docs/theory/expert_visits.md).
#pragma once
#include <algorithm>

#include "behaviour/visits.h"

namespace homeward {

// A threshold a little above a probability: rates are products of floats.
inline std::uint32_t word_threshold_above(double probability) {
  const std::uint64_t exact = probability > 0 ? threshold(probability * 1.0001) + 256 : 0;
  return exact > 0xffffffffull ? 0xffffffffu : static_cast<std::uint32_t>(exact);
}

struct ExpertTables {
  std::array<float, 256> trust{};                        // exp(ex_tau (trust - 1/2)) by step of trust
  std::array<float, 256> redtape{};                      // exp(ex_redtape (1 - belief)) by step of the belief
  std::array<std::array<float, 2>, 2> expert{};          // [science][network member], all else
  float business = 0;
  int age_low = 26, age_high = 71;
  // Thresholds that P(at least one visit) of nobody exceeds: experts, network members, business people.
  std::uint32_t expert_at_most = 0, member_at_most = 0, business_at_most = 0;
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
  double most_trust = 0, most_redtape = 0;
  for (std::size_t step = 0; step < 256; ++step) {
    most_trust = std::max(most_trust, static_cast<double>(t.trust[step]));
    most_redtape = std::max(most_redtape, static_cast<double>(t.redtape[step]));
  }
  const auto at_most = [](double rate) { return word_threshold_above(rate); };
  const double most_expert = std::max(t.expert[0][0], t.expert[1][0]);
  const double most_member = std::max({t.expert[0][0], t.expert[1][0], t.expert[0][1], t.expert[1][1]});
  t.expert_at_most = at_most(most_expert * most_trust * most_redtape);
  t.member_at_most = at_most(most_member * most_trust * most_redtape);
  t.business_at_most = at_most(static_cast<double>(t.business) * most_trust);
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
