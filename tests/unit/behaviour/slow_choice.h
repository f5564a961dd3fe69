// The slow, readable twin of one year's choice: attention, the utility of every mode, the probability to return, the
// mode, straight from the equations of docs/theory (attention.md, return_choice.md, offers_and_posts.md) in doubles and
// libm, without the integer tables of the engine.
//
// With Grid::steps terms are put on the grid that the model defines, 1/4096 of a logit: what is looked up is rounded to
// the nearest step, a coefficient (1/65536) times a variable is rounded down. With Grid::none nothing is rounded.
#pragma once
#include <array>
#include <cmath>
#include <limits>

#include "behaviour/attention.h"
#include "behaviour/return_choice.h"
#include "scenario/scenario.h"

namespace homeward::slow {

enum class Grid { steps, none };

// What surrounds a person this year, in plain units.
struct Around {
  bool visited = false, shock = false, invited = false, lost_job = false;
  double peer = 0;  // s, 0..1
  double norm = 0;  // the community's first-generation trust less 1/2
};

struct Decision {
  double attends = 0;  // P(A)
  double returns = 0;  // P(return | A)
  std::array<double, 4> utility{};
  std::array<bool, 4> open{};
};

class Choice {
 public:
  // posts_chance: p_win where only holders of funded posts get the pay lever.
  Choice(const Scenario& scenario, const HomeYear& home, const HostGroup& group, double posts_chance, Grid grid)
      : p_(scenario.parameters), home_(home), group_(group), posts_chance_(posts_chance), grid_(grid) {}

  Decision decide(const Person& person, double eta, bool must_win_offer, const Around& around) const {
    Decision decision;
    decision.attends = logistic(attention(person, around));
    double sum = 0;
    for (std::size_t m = 0; m < 4; ++m) {
      const auto mode = static_cast<Mode>(m);
      decision.open[m] = is_open(mode, person);
      if (!decision.open[m]) continue;
      decision.utility[m] = utility(mode, person, eta, must_win_offer, around);
      sum += std::exp(decision.utility[m] / p_.choice_mu);
    }
    decision.returns = logistic(p_.choice_mu * std::log(sum));  // of the inclusive value
    return decision;
  }

  // argmax of V_m / mu + G_m, and by how much the best beats the second; uniform: one number in (0, 1) a mode.
  struct Best {
    Mode mode;
    double lead;
  };
  Best best_mode(const Decision& decision, const std::array<double, 4>& uniforms) const {
    Best best{Mode::wage, std::numeric_limits<double>::infinity()};
    double score = -std::numeric_limits<double>::infinity();
    for (std::size_t m = 0; m < 4; ++m) {
      if (!decision.open[m]) continue;
      const double mine = decision.utility[m] / p_.choice_mu - std::log(-std::log(uniforms[m]));
      if (mine > score) {
        best = {static_cast<Mode>(m), mine - score};
        score = mine;
      } else {
        best.lead = std::min(best.lead, score - mine);
      }
    }
    return best;
  }

  double attention(const Person& person, const Around& around) const {
    double logit = looked_up(p_.attention_a0 + home_.attention_offset +
                             p_.attention_a_camp * home_.lever(Lever::campaign));
    if (around.visited) logit += looked_up(p_.attention_a_vis);
    if (around.shock) logit += looked_up(p_.attention_a_shock);
    if (around.invited) logit += looked_up(p_.attention_a_event);
    if (person.network) logit += looked_up(p_.attention_a_vin);
    logit += share_of(p_.attention_a_peer, around.peer);
    logit += product(p_.attention_a_tau, trust(person) - 0.5);
    return logit;
  }

  double utility(Mode mode, const Person& person, double eta, bool must_win_offer, const Around& around) const {
    const bool abroad_born_or_raised = person.generation != Generation::g1;
    double v = looked_up(p_.choice_k0 + p_.choice_b_hst * group_.hostility[year_index(home_.year)]);
    v += looked_up(profile_constant(person));
    v += product(p_.choice_b_trust, trust(person) - 0.5);
    v += looked_up(p_.choice_b_legal * home_.legal_certainty *
                   (person.foreign_national() ? 1 : p_.choice_legal_national));
    v += looked_up(p_.choice_b_lang * (person.language - p_.choice_lang_centre));
    v += looked_up(-p_.choice_b_dur * std::log(1.0 + person.duration));
    v += looked_up(age_effect(person.age));
    v += share_of(p_.choice_b_peer, around.peer);
    if (abroad_born_or_raised) v += product(p_.choice_b_norm, around.norm);
    if (person.parent) {
      v += looked_up(p_.choice_b_parent * (1 + p_.choice_eldest_mult * person.eldest) *
                     (1 + p_.choice_parent_ageing * (person.age >= 45)));
    }
    if (person.child) v += looked_up(-p_.choice_b_kid);
    if (person.partner == Partner::host_born) v += looked_up(-p_.choice_b_hostpartner);
    if (person.partner == Partner::at_home) v += looked_up(p_.choice_b_vnpartner);
    if (person.savings >= std::lround(p_.community_target_level)) v += looked_up(p_.choice_b_target);
    v += product(p_.choice_sigma_eta, eta);

    const double z = wage_position(person.position);
    double gap = pay_gap(person, around.lost_job) + pay(p_.choice_pay_centre);
    v += looked_up(mode_constant(mode));
    if (mode == Mode::entrepreneur) {
      gap += pay(p_.choice_entrepreneur_gap);
      v += looked_up(p_.choice_entrepreneur_position * std::max(0.0, z));
    }
    v += product(p_.choice_b_pay * gap_weight(mode), gap);
    v += looked_up(p_.choice_b_pay * gain_weight(mode) * premium(person));
    v += product(p_.choice_b_pay * gain_weight(mode), programme_gain(person));
    if (mode == Mode::wage && person.sector == Sector::research && eligible(person)) {
      v += looked_up(p_.choice_b_fund * std::log(1 + home_.lever(Lever::funding)));
    }
    if (person.age >= 65) v -= looked_up(senior(mode));
    v += product(-p_.choice_b_redtape / 12 * (light(mode) ? p_.choice_redtape_light : 1),
                 expected_months(mode, person, must_win_offer));
    return v;
  }

  // Perceived pay at home less pay abroad, ln points.
  double pay_gap(const Person& person, bool lost_job) const {
    const auto e = static_cast<std::size_t>(person.education);
    return person.pay_belief / pay_belief_scale +
           pay(home_.home_premium[e] - group_.ln_wage[e][year_index(home_.year)] -
               p_.choice_pay_position * wage_position(person.position)) +
           (lost_job ? pay(p_.demography_job_loss_wage) : 0);
  }

  // l_tax + p_win l_top as expected: what is promised counts by trust; the top of the researchers weighs it less.
  double programme_gain(const Person& person) const {
    const double tau = grid_ == Grid::steps ? person.trust / 65536.0 : trust(person);
    const double chance = home_.top_for_all ? 1 : posts_chance_;
    const auto expected = [&](double delivered, double promised) {
      return sixteenth_bits(delivered) + down(sixteenth_bits(promised) * tau, 65536);
    };
    double gain = 0;
    const bool for_tax = home_.tax_for_graduates
                             ? person.age < std::lround(p_.fiscal_max_age) && person.education >= Education::tertiary
                             : eligible(person);
    if (for_tax) gain += expected(home_.tax_gain, home_.tax_gain_promised);
    if (eligible(person)) gain += expected(home_.top_gain * chance, home_.top_gain_promised * chance);
    if (person.sector != Sector::research) return gain;
    const double damping = 1 - p_.choice_researcher_damping * std::max(0.0, wage_position(person.position));
    return down(gain * sixteenth_bits(damping), 65536);
  }

  bool eligible(const Person& person) const {
    return person.education == Education::advanced && person.age < std::lround(p_.fiscal_max_age) &&
           (person.sector == Sector::research || person.sector == Sector::ict || person.sector == Sector::health);
  }

  // The first stage a return by this mode asks of this person.
  static Stage first_stage(const Person& person) {
    return person.legal == Legal::naturalised ? Stage::papers : Stage::residence;
  }

 private:
  static double logistic(double x) { return 1 / (1 + std::exp(-x)); }
  double trust(const Person& person) const {
    return grid_ == Grid::steps ? person.trust / 65536.0 : person.trust / trust_scale;
  }

  // The grid.
  double nearest(double x, double steps) const { return grid_ == Grid::none ? x : std::round(x * steps) / steps; }
  double down(double x, double steps) const { return grid_ == Grid::none ? x : std::floor(x * steps) / steps; }
  double sixteenth_bits(double x) const { return nearest(x, 65536); }
  double pay(double ln_points) const { return nearest(ln_points, pay_belief_scale); }
  double looked_up(double logits) const { return nearest(logits, utility_scale); }
  double product(double coefficient, double variable) const {
    return down(sixteenth_bits(coefficient) * variable, utility_scale);
  }
  double share_of(double logits, double share) const { return down(looked_up(logits) * share, utility_scale); }

  static bool is_open(Mode mode, const Person& person, int year) {
    switch (mode) {
      case Mode::wage:
      case Mode::entrepreneur: return true;
      case Mode::remote: return year >= 2015 && person.education >= Education::tertiary;
      case Mode::retire: return person.age >= 60;
    }
    return false;
  }
  bool is_open(Mode mode, const Person& person) const { return is_open(mode, person, home_.year); }

  double profile_constant(const Person& person) const {
    switch (person.generation) {
      case Generation::g15: return p_.choice_k_g15;
      case Generation::g2:
      case Generation::g3: return p_.choice_k_g2;
      case Generation::g1: break;
    }
    if (person.migrant_class == MigrantClass::refugee) return p_.choice_k_refugee;
    return person.migrant_class == MigrantClass::marriage ? p_.choice_k_marriage : 0;
  }
  double age_effect(int age) const {
    if (age < 30) return p_.choice_f_under30;
    if (age < 38) return p_.choice_f_30_37;
    if (age < 58) return p_.choice_f_38_57;
    if (age < 62) return p_.choice_f_58_61;
    return age < 72 ? p_.choice_f_62_71 : p_.choice_f_72;
  }
  double mode_constant(Mode mode) const {
    const double house = p_.lever_house_value * home_.lever(Lever::housing);
    switch (mode) {
      case Mode::wage: return 0;
      case Mode::entrepreneur:
        return p_.choice_k_ent + p_.choice_b_eco * home_.ecosystem +
               p_.lever_sandbox_value * home_.lever(Lever::sandbox) + house;
      case Mode::remote: return p_.choice_k_remote;
      case Mode::retire: return p_.choice_k_retire + house;
    }
    return 0;
  }
  double gap_weight(Mode mode) const {
    return std::array{1.0, p_.choice_w_ent, p_.choice_w_rem, p_.choice_w_ret}[static_cast<std::size_t>(mode)];
  }
  double gain_weight(Mode mode) const {
    return std::array{1.0, p_.choice_wp_ent, 0.0, 0.0}[static_cast<std::size_t>(mode)];
  }
  double senior(Mode mode) const {
    return std::array{p_.choice_senior_wage, p_.choice_senior_ent, p_.choice_senior_remote,
                      0.0}[static_cast<std::size_t>(mode)];
  }
  static bool light(Mode mode) { return mode == Mode::remote || mode == Mode::retire; }
  double premium(const Person& person) const {
    return person.education >= Education::tertiary ? p_.choice_prem_fx : p_.choice_prem_low;
  }

  // Months of 2004 over the stages asked, as the person perceives them.
  double expected_months(Mode mode, const Person& person, bool must_win_offer) const {
    double months = nearest(p_.pipeline_d_residence, 256) + nearest(p_.pipeline_d_relocation, 256);
    if (person.legal == Legal::naturalised) months += nearest(p_.pipeline_d_papers, 256);
    if (mode == Mode::wage) {
      if (person.education >= Education::tertiary) months += nearest(p_.pipeline_d_recognition, 256);
      if (must_win_offer) months += nearest(p_.pipeline_d_position, 256);
    }
    if (mode == Mode::entrepreneur) months += nearest(p_.pipeline_d_licence, 256);
    return down(months * person.redtape_belief / redtape_belief_scale, 256);
  }

  const Parameters& p_;
  const HomeYear& home_;
  const HostGroup& group_;
  double posts_chance_;
  Grid grid_;
};

}  // namespace homeward::slow
