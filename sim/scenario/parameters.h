// The model's numbers as one plain struct. Each name below is a member and, with its group, a path of the
// parameter table: a name without a row in scenarios/data/parameters, or a row without a name, is a fault.
#pragma once
#include <string>
#include <vector>

namespace homeward {

// X(group, name)
#define HOMEWARD_PARAMETERS(X)                                                                                      \
  X(choice, k0) X(choice, b_pay) X(choice, pay_centre) X(choice, pay_position) X(choice, b_trust)                   \
  X(choice, b_legal) X(choice, legal_national) X(choice, b_lang) X(choice, lang_centre) X(choice, b_dur)            \
  X(choice, b_peer) X(choice, b_parent) X(choice, eldest_mult) X(choice, parent_ageing) X(choice, b_kid)            \
  X(choice, b_hostpartner) X(choice, b_vnpartner) X(choice, b_target) X(choice, b_redtape)                          \
  X(choice, redtape_light) X(choice, b_fund) X(choice, b_hst) X(choice, b_norm) X(choice, b_eco)                    \
  X(choice, entrepreneur_gap) X(choice, entrepreneur_position) X(choice, researcher_damping)                        \
  X(choice, w_ent) X(choice, w_rem) X(choice, w_ret) X(choice, wp_ent) X(choice, prem_fx) X(choice, prem_low)       \
  X(choice, k_ent) X(choice, k_remote) X(choice, k_retire) X(choice, k_g15) X(choice, k_g2) X(choice, k_refugee)    \
  X(choice, k_marriage) X(choice, f_under30) X(choice, f_30_37) X(choice, f_38_57) X(choice, f_58_61)               \
  X(choice, f_62_71) X(choice, f_72) X(choice, senior_wage) X(choice, senior_ent) X(choice, senior_remote)          \
  X(choice, sigma_eta) X(choice, mu)                                                                                \
  X(attention, a0) X(attention, a_vis) X(attention, a_shock) X(attention, a_peer) X(attention, a_vin)               \
  X(attention, a_tau) X(attention, a_camp) X(attention, a_event) X(attention, invitees)                             \
  X(pipeline, d_papers) X(pipeline, d_residence) X(pipeline, d_recognition) X(pipeline, d_position)                 \
  X(pipeline, d_licence) X(pipeline, d_relocation) X(pipeline, rt_trend) X(pipeline, rt_floor) X(pipeline, h_ab)    \
  X(pipeline, h_rt) X(pipeline, offer_first) X(pipeline, offer_first_low) X(pipeline, b_commit)                     \
  X(pipeline, c_commit) X(pipeline, cut_legal) X(pipeline, cut_visa) X(pipeline, cut_housing)                       \
  X(pipeline, cut_fast) X(pipeline, cut_sandbox)                                                                    \
  X(legal, weight_visa) X(legal, weight_nationality) X(legal, weight_housing)                                       \
  X(belief, l0) X(belief, l_vis) X(belief, l_peer) X(belief, l_vin) X(belief, l_max) X(belief, l_event)             \
  X(belief, bad_weight) X(belief, assoc_peer) X(belief, redtape_rate) X(belief, noise_pay)                          \
  X(belief, noise_trust) X(belief, noise_redtape) X(belief, lag_growth) X(belief, lag_share)                        \
  X(belief, lag_refugee) X(belief, lag_g15) X(belief, lag_other)                             \
  X(belief, redtape0_refugee) X(belief, redtape0) X(belief, redtape0_sd)                                            \
  X(trust, t_vis) X(trust, t_36_refugee) X(trust, t_36) X(trust, t_bad) X(trust, psi_com) X(trust, t_rev)           \
  X(trust, t_break) X(trust, t_consult) X(trust, consult_response) X(trust, start_refugee) X(trust, start_g15)      \
  X(trust, start_g2) X(trust, start_family) X(trust, start_other) X(trust, start_sd)                                \
  X(visits, v0) X(visits, v_visa) X(visits, v_tau) X(visits, v_g15) X(visits, v_g2) X(visits, v_refugee)            \
  X(visits, v_parent) X(visits, v_minor)                                                                            \
  X(temporary, ks) X(temporary, ks_trust) X(temporary, ks_trust_centre) X(temporary, ks_parent)                     \
  X(temporary, ks_redtape) X(temporary, ks_redtape_centre) X(temporary, kc) X(temporary, kc_gap)                    \
  X(temporary, kc_gap_centre) X(temporary, kc_trust) X(temporary, kc_partner) X(temporary, kc_taste)                \
  X(temporary, renew) X(temporary, renew_years) X(temporary, term_short_share) X(temporary, term_short)             \
  X(temporary, term_long) X(temporary, irregular_years)                                                             \
  X(returnee, h_re) X(returnee, early_mult) X(returnee, late_mult) X(returnee, early_years)                         \
  X(returnee, foreign_mult) X(returnee, national_mult) X(returnee, shortfall_sd)                                    \
  X(returnee, share_origin) X(returnee, share_capital_south) X(returnee, share_capital_north)                       \
  X(expert, ex0) X(expert, ex_vin) X(expert, ex_tau) X(expert, ex_redtape) X(expert, ex_science)                    \
  X(expert, ex_other) X(expert, ex_business) X(expert, age_low) X(expert, age_high)                                 \
  X(remittance, contract) X(remittance, settled) X(remittance, g2_share) X(remittance, growth)                      \
  X(observation, cover_2004) X(observation, cover_2020)                                                             \
  X(demography, mort_level) X(demography, mort_slope) X(demography, mort_female) X(demography, mort_male)           \
  X(demography, asfr_mult) X(demography, birth_partnered) X(demography, birth_single)                               \
  X(demography, birth_temporary) X(demography, father_gap) X(demography, girls_share) X(demography, union_rate)     \
  X(demography, union_host_born) X(demography, partner_joins) X(demography, child_clears)                           \
  X(demography, child_clears_old) X(demography, parent_ends_young) X(demography, parent_ends_mid)                   \
  X(demography, parent_ends_old) X(demography, parent_illness) X(demography, naturalise)                            \
  X(demography, naturalise_floor) X(demography, naturalise_years) X(demography, dual)                               \
  X(demography, job_loss_wage)                                                                                      \
  X(community, size) X(community, recent_years) X(community, tie_share) X(community, peer_scale)                    \
  X(community, association_initial) X(community, association_join) X(community, association_visit)                  \
  X(community, association_leave) X(community, attachment_rate) X(community, target_level)                          \
  X(community, target_step) X(community, target_position) X(community, target_cap)                                  \
  X(lever, lang_gain) X(lever, house_value) X(lever, sandbox_value)                                                 \
  X(fiscal, tax_home) X(fiscal, tax_special) X(fiscal, claim_years) X(fiscal, discount) X(fiscal, wage_base)        \
  X(fiscal, max_age)                                                                                                \
  X(macro, home_growth)

struct Parameters {
#define HOMEWARD_MEMBER(group, name) double group##_##name = 0;
  HOMEWARD_PARAMETERS(HOMEWARD_MEMBER)
#undef HOMEWARD_MEMBER
};

// The binding of a path to its member.
struct ParameterMember {
  std::string path;  // group.name
  double Parameters::*member;
};
const std::vector<ParameterMember>& parameter_members();

}  // namespace homeward
