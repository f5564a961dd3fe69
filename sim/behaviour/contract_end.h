// What contract workers do when the permit ends (docs/theory/contract_end.md).
//
// P(home) = 1 / (1 + exp(-(kc + kc_gap (gap + kc_gap_centre) + kc_trust (trust - 1/2) + kc_partner [partner at home]
//           + kc_taste sigma_eta eta + offset of host and year)))
#pragma once
#include "behaviour/return_choice.h"

namespace homeward {

struct PermitTables {
  std::int32_t contract = 0;  // kc, centre and offsets of host and year
  std::int32_t contract_gap_q16 = 0, contract_trust_q16 = 0, contract_partner = 0, contract_taste_q16 = 0;
  std::uint32_t renew = 0;      // 16 bits
  std::uint32_t irregular = 0;  // 16 bits: of those who neither go home nor renew
  int renew_years = 3, irregular_years = 4;
  std::int32_t graduate = 0;  // ks and centres
  std::int32_t graduate_gap_q16 = 0, graduate_trust_q16 = 0, graduate_parent = 0, graduate_redtape_q16 = 0;
  std::array<std::int32_t, 4> graduate_premium{};
};

inline PermitTables build_permit_tables(const Scenario& scenario, const HomeYear& home, const HostGroup& group) {
  const Parameters& p = scenario.parameters;
  PermitTables t;
  t.contract = to_utility(p.temporary_kc + p.temporary_kc_gap * p.temporary_kc_gap_centre +
                          group.contract_home_offset[year_index(home.year)] + home.contract_home_offset);
  t.contract_gap_q16 = to_q16(p.temporary_kc_gap);
  t.contract_trust_q16 = to_q16(p.temporary_kc_trust);
  t.contract_partner = to_utility(p.temporary_kc_partner);
  t.contract_taste_q16 = to_q16(p.temporary_kc_taste * p.choice_sigma_eta);
  t.renew = static_cast<std::uint32_t>(threshold(p.temporary_renew) >> 16);
  t.irregular = static_cast<std::uint32_t>(threshold(group.irregular_share) >> 16);
  t.renew_years = round_to_int(p.temporary_renew_years);
  t.irregular_years = round_to_int(p.temporary_irregular_years);
  t.graduate = to_utility(p.temporary_ks + p.choice_b_pay * p.choice_pay_centre +
                          p.temporary_ks_trust * (0.5 - p.temporary_ks_trust_centre) +
                          p.temporary_ks_redtape * p.temporary_ks_redtape_centre);
  t.graduate_gap_q16 = to_q16(p.choice_b_pay);
  t.graduate_trust_q16 = to_q16(p.temporary_ks_trust);
  t.graduate_parent = to_utility(p.temporary_ks_parent);
  t.graduate_redtape_q16 = to_q16(-p.temporary_ks_redtape);
  for (std::size_t e = 0; e < 4; ++e) {
    t.graduate_premium[e] = to_utility(p.choice_b_pay * (e >= 2 ? p.choice_prem_fx : p.choice_prem_low));
  }
  return t;
}

enum class ContractOutcome { home, renewed, irregular, settled };

// words: purpose `permit` of the year.
inline ContractOutcome end_contract(const PermitTables& t, const Utilities& u, const Person& person,
                                    const Tastes& tastes, bool lost_job, const Words& words) {
  std::int32_t utility = t.contract;
  utility += scaled(t.contract_gap_q16, pay_gap(u, person, lost_job), 17);
  utility += scaled(t.contract_trust_q16, std::int64_t{person.trust} - 32768, 20);
  if (person.partner == Partner::at_home) utility += t.contract_partner;
  utility += scaled(t.contract_taste_q16, tastes.attachment, 16);
  if (words[0] < logistic_table().threshold(utility)) return ContractOutcome::home;
  // Whoever overstayed cannot renew: stays without papers and decides again later.
  if (person.legal == Legal::irregular) return ContractOutcome::irregular;
  if ((words[1] >> 16) < t.renew) return ContractOutcome::renewed;
  return (words[1] & 0xffffu) < t.irregular ? ContractOutcome::irregular : ContractOutcome::settled;
}

}  // namespace homeward
