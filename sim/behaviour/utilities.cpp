#include "behaviour/utilities.h"

namespace homeward {
namespace {

double age_effect(const Parameters& p, int age) {
  if (age < 30) return p.choice_f_under30;
  if (age <= 37) return p.choice_f_30_37;
  if (age <= 57) return p.choice_f_38_57;
  if (age <= 61) return p.choice_f_58_61;
  if (age <= 71) return p.choice_f_62_71;
  return p.choice_f_72;
}

double group_effect(const Parameters& p, Generation generation, MigrantClass migrant_class) {
  double effect = 0;
  if (generation == Generation::g15) effect += p.choice_k_g15;
  if (generation == Generation::g2 || generation == Generation::g3) effect += p.choice_k_g2;
  if (generation == Generation::g1 && migrant_class == MigrantClass::refugee) effect += p.choice_k_refugee;
  if (generation == Generation::g1 && migrant_class == MigrantClass::marriage) effect += p.choice_k_marriage;
  return effect;
}

std::int32_t to_pay(double ln_points) { return round_to_int(ln_points * pay_belief_scale); }

void fill_gap(Utilities& u, const Parameters& p, const HomeYear& home, const HostGroup& group) {
  for (std::size_t e = 0; e < 4; ++e) {
    for (std::uint32_t z = 0; z < 16; ++z) {
      u.gap[e][z] = to_pay(home.home_premium[e] - group.ln_wage[e][year_index(home.year)] -
                           p.choice_pay_position * wage_position(z));
    }
  }
  u.job_loss_gap = to_pay(p.demography_job_loss_wage);
  u.pay_centre = to_pay(p.choice_pay_centre);
}

void fill_attention(Utilities& u, const Parameters& p, const HomeYear& home) {
  u.attend = to_utility(p.attention_a0 + home.attention_offset + p.attention_a_camp * home.lever(Lever::campaign));
  u.attend_visit = to_utility(p.attention_a_vis);
  u.attend_shock = to_utility(p.attention_a_shock);
  u.attend_network = to_utility(p.attention_a_vin);
  u.attend_event = to_utility(p.attention_a_event);
  u.attend_peer = to_utility(p.attention_a_peer);
  u.attend_trust_q16 = to_q16(p.attention_a_tau);
}

void fill_common(Utilities& u, const Parameters& p, const HomeYear& home, const HostGroup& group) {
  u.stay_or_go = to_utility(p.choice_k0 + p.choice_b_hst * group.hostility[year_index(home.year)]);
  for (std::size_t g = 0; g < 4; ++g) {
    for (std::size_t c = 0; c < 7; ++c) {
      u.group[g][c] = to_utility(group_effect(p, static_cast<Generation>(g), static_cast<MigrantClass>(c)));
    }
  }
  u.trust_q16 = to_q16(p.choice_b_trust);
  u.legal[0] = to_utility(p.choice_b_legal * home.legal_certainty * p.choice_legal_national);
  u.legal[1] = to_utility(p.choice_b_legal * home.legal_certainty);
  for (std::size_t l = 0; l < 4; ++l) {
    u.language[l] = to_utility(p.choice_b_lang * (static_cast<double>(l) - p.choice_lang_centre));
  }
  for (int years = 0; years <= max_age; ++years) {
    u.duration[static_cast<std::size_t>(years)] = to_utility(-p.choice_b_dur * exact_log(1.0 + years));
    u.age[static_cast<std::size_t>(years)] = to_utility(age_effect(p, years));
  }
  u.peer = to_utility(p.choice_b_peer);
  for (std::size_t eldest = 0; eldest < 2; ++eldest) {
    for (std::size_t ageing = 0; ageing < 2; ++ageing) {
      u.parent[eldest][ageing] = to_utility(p.choice_b_parent * (eldest != 0 ? 1 + p.choice_eldest_mult : 1) *
                                            (ageing != 0 ? 1 + p.choice_parent_ageing : 1));
    }
  }
  u.child = to_utility(-p.choice_b_kid);
  u.partner[code(Partner::host_born)] = to_utility(-p.choice_b_hostpartner);
  u.partner[code(Partner::at_home)] = to_utility(p.choice_b_vnpartner);
  u.target = to_utility(p.choice_b_target);
  u.target_level = static_cast<std::uint32_t>(round_to_int(p.community_target_level));
  u.norm_q16 = to_q16(p.choice_b_norm);
  u.taste_q16 = to_q16(p.choice_sigma_eta);
}

void fill_modes(Utilities& u, const Parameters& p, const HomeYear& home) {
  const auto index = [](Mode mode) { return static_cast<std::size_t>(mode); };
  u.open = {true, true, home.year >= 2015, true};
  const double house = p.lever_house_value * home.lever(Lever::housing);
  u.mode[index(Mode::wage)] = 0;
  u.mode[index(Mode::entrepreneur)] =
      to_utility(p.choice_k_ent + p.choice_b_eco * home.ecosystem + p.lever_sandbox_value * home.lever(Lever::sandbox) +
                 house);
  u.mode[index(Mode::remote)] = to_utility(p.choice_k_remote);
  u.mode[index(Mode::retire)] = to_utility(p.choice_k_retire + house);
  u.senior = {to_utility(-p.choice_senior_wage), to_utility(-p.choice_senior_ent),
              to_utility(-p.choice_senior_remote), 0};
  u.pay_q16 = {to_q16(p.choice_b_pay), to_q16(p.choice_b_pay * p.choice_w_ent), to_q16(p.choice_b_pay * p.choice_w_rem),
               to_q16(p.choice_b_pay * p.choice_w_ret)};
  const std::array<double, mode_count> gain_weight{p.choice_b_pay, p.choice_b_pay * p.choice_wp_ent, 0, 0};
  for (std::size_t m = 0; m < mode_count; ++m) {
    u.gain_weight_q16[m] = to_q16(gain_weight[m]);
    for (std::size_t e = 0; e < 4; ++e) {
      u.premium[m][e] = to_utility(gain_weight[m] * (e >= 2 ? p.choice_prem_fx : p.choice_prem_low));
    }
  }
  u.entrepreneur_gap = to_pay(p.choice_entrepreneur_gap);
  for (std::uint32_t z = 0; z < 16; ++z) {
    const double above = wage_position(z) > 0 ? wage_position(z) : 0;
    u.entrepreneur_position[z] = to_utility(p.choice_entrepreneur_position * above);
    u.researcher_q16[z] = to_q16(1 - p.choice_researcher_damping * above);
  }
  const double package = home.lever(Lever::funding);
  u.fund = package > 0 ? to_utility(p.choice_b_fund * exact_log(1 + package)) : 0;
  u.redtape_q16 = to_q16(-p.choice_b_redtape / 12);
  u.redtape_light_q16 = to_q16(-p.choice_b_redtape / 12 * p.choice_redtape_light);
  const std::array<double, 6> months{p.pipeline_d_papers,   p.pipeline_d_residence, p.pipeline_d_recognition,
                                     p.pipeline_d_position, p.pipeline_d_licence,   p.pipeline_d_relocation};
  // A stage that never ends counts as a thousand years, so that sums stay within their integers.
  for (std::size_t k = 0; k < 6; ++k) u.months_q8[k] = round_to_int(std::min(months[k], 12'000.0) * 256);
}

}  // namespace

Utilities build_utilities(const Scenario& scenario, const HomeYear& home, const HostGroup& group,
                          double posts_chance) {
  const Parameters& p = scenario.parameters;
  Utilities u;
  u.year = home.year;
  fill_gap(u, p, home, group);
  fill_attention(u, p, home);
  fill_common(u, p, home, group);
  fill_modes(u, p, home);
  u.tax_q16 = to_q16(home.tax_gain);
  u.tax_promised_q16 = to_q16(home.tax_gain_promised);
  const double chance = home.top_for_all ? 1 : posts_chance;
  u.top_for_all = home.top_for_all;
  u.top_q16 = to_q16(home.top_gain * chance);
  u.top_promised_q16 = to_q16(home.top_gain_promised * chance);
  u.tax_for_graduates = home.tax_for_graduates;
  u.programme_age = round_to_int(p.fiscal_max_age);
  u.mu = p.choice_mu;
  return u;
}

}  // namespace homeward
