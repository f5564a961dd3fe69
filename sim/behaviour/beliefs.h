// What people abroad believe of the home country, how far they trust it, and what binds them to it
// (docs/theory/beliefs.md, trust.md).
#pragma once
#include <array>

#include "base/fixed_point.h"
#include "behaviour/community.h"
#include "behaviour/person.h"
#include "policy/home_year.h"

namespace homeward {

// Coefficients of one year, in the units of the rules.
struct BeliefTables {
  double l0 = 0, l_visit = 0, l_network = 0, l_max = 1, l_peer = 0, l_peer_member = 0;
  double redtape_rate = 0.8, bad_weight = 1.5;
  double noise_pay = 0, noise_redtape = 0, noise_trust = 0;  // standard deviations in column units
  double true_pay = 0;      // column units
  double true_redtape = 1;  // column units
  double redtape_promise = 0;  // 1 - R_promised / R
  double t_visit = 0;
  std::array<double, 2> t_reconciliation{};  // [refugee]
  double t_community = 0, t_consult = 0, t_shock = 0, t_revert = 0;
  double t_broken_all = 0, t_broken_eligible = 0;
  double t_abandon = 0;
  double attachment_rate = 0.2;
};

inline BeliefTables build_belief_tables(const Scenario& scenario, const HomeYear& home) {
  const Parameters& p = scenario.parameters;
  BeliefTables t;
  t.l0 = p.belief_l0 + p.belief_l_event * home.lever(Lever::events);
  t.l_visit = p.belief_l_vis;
  t.l_network = p.belief_l_vin;
  t.l_max = p.belief_l_max;
  t.l_peer = p.belief_l_peer / 65536.0;
  t.l_peer_member = t.l_peer * p.belief_assoc_peer;
  t.redtape_rate = p.belief_redtape_rate;
  t.bad_weight = p.belief_bad_weight;
  t.noise_pay = p.belief_noise_pay * pay_belief_scale;
  t.noise_redtape = p.belief_noise_redtape * redtape_belief_scale;
  t.noise_trust = p.belief_noise_trust * trust_scale;
  t.true_pay = home.pay_index * pay_belief_scale;
  t.true_redtape = home.redtape_index * redtape_belief_scale;
  t.redtape_promise = 1 - home.redtape_promised / home.redtape_index;
  t.t_visit = p.trust_t_vis;
  t.t_reconciliation = {p.trust_t_36 * home.lever(Lever::reconciliation),
                        p.trust_t_36_refugee * home.lever(Lever::reconciliation)};
  t.t_community = p.trust_psi_com;
  const double response = p.trust_consult_response;
  t.t_consult = p.trust_t_consult * home.lever(Lever::consultation) * (response >= 0.5 ? response : response - 1);
  t.t_shock = home.trust_shock;
  t.t_revert = p.trust_t_rev;
  t.t_broken_all = p.trust_t_break * home.broken_for_all;
  t.t_broken_eligible = p.trust_t_break * home.broken_for_eligible;
  t.t_abandon = p.trust_t_bad;
  t.attachment_rate = p.community_attachment_rate;
  return t;
}

// The initial mean of trust of a group, before its spread.
inline double trust_start(const Parameters& p, Generation generation, MigrantClass migrant_class) {
  if (generation == Generation::g15) return p.trust_start_g15;
  if (generation != Generation::g1) return p.trust_start_g2;
  if (migrant_class == MigrantClass::refugee) return p.trust_start_refugee;
  if (migrant_class == MigrantClass::family) return p.trust_start_family;
  return p.trust_start_other;
}

inline constexpr double per_trust = 1 / trust_scale;

// What a person met this year, as far as beliefs go.
struct Encounters {
  std::uint32_t visits = 0;
  std::int32_t peer = 0;  // s at 1/65536
  bool network = false, association = false, refugee = false, expert = false;
};

inline std::int32_t bounded(double value, double low, double high) {
  const double inside = value < low ? low : value > high ? high : value;
  return static_cast<std::int32_t>(inside < 0 ? inside - 0.5 : inside + 0.5);
}

// lambda, the share of the gap to the truth that closes this year.
inline double learning_rate(const BeliefTables& t, const Encounters& met) {
  double rate = t.l0 + (met.association ? t.l_peer_member : t.l_peer) * met.peer;
  if (met.visits > 0) rate += t.l_visit;
  if (met.network) rate += t.l_network;
  return rate < t.l_max ? rate : t.l_max;
}

// x += lambda (truth - x) + noise. noise: three standard normal numbers.
inline std::int16_t learn_pay(const BeliefTables& t, std::int16_t belief, double rate, double noise) {
  return static_cast<std::int16_t>(
      bounded(belief + rate * (t.true_pay - belief) + t.noise_pay * noise, -32767, 32767));
}
inline std::uint16_t learn_redtape(const BeliefTables& t, std::uint16_t belief, double rate, std::uint16_t trust,
                                   bool bad_stories, double noise) {
  const double shown = t.true_redtape * (1 - trust * per_trust * t.redtape_promise);
  double step = t.redtape_rate * rate * (bad_stories ? t.bad_weight : 1);
  if (step > 1) step = 1;
  return static_cast<std::uint16_t>(bounded(belief + step * (shown - belief) + t.noise_redtape * noise, 0, 65535));
}
// trust_start_value: tau_0 of this person, column units; read only where trust reverts.
inline std::uint16_t update_trust(const BeliefTables& t, std::uint16_t trust, const Encounters& met,
                                  const CommunityView& view, double trust_start_value, double noise) {
  const double tau = trust * per_trust;
  double change = (t.t_visit * met.visits + t.t_reconciliation[met.refugee ? 1 : 0]) * (1 - tau);
  if (view.has_trust) change += t.t_community * (view.mean_trust * per_trust - tau);
  if (met.association) change += t.t_consult;
  change += t.t_shock - t.t_broken_all;
  if (met.expert) change -= t.t_broken_eligible;
  if (t.t_revert > 0) change -= t.t_revert * (tau - trust_start_value * per_trust);
  return static_cast<std::uint16_t>(bounded(trust + change * trust_scale + t.noise_trust * noise, 0, 65535));
}
inline std::uint16_t lose_trust(const BeliefTables& t, std::uint16_t trust) {
  return static_cast<std::uint16_t>(bounded(trust - t.t_abandon * trust_scale, 0, 65535));
}

// Discounted visits: 0.8 stock + visits, at 1/32, rounded down so that they fade to nothing.
inline std::uint8_t update_visit_stock(std::uint8_t stock, std::uint32_t visits) {
  const std::uint32_t next = stock * 4u / 5u + visits * 32u;
  return static_cast<std::uint8_t>(next > 255 ? 255 : next);
}
// a += rate (target - a), target the mean of language, visits and association; stochastic rounding by 8 random bits.
inline std::uint8_t update_attachment(const BeliefTables& t, std::uint8_t attachment, std::uint32_t language,
                                      std::uint8_t visit_stock, bool association, std::uint32_t bits) {
  constexpr double third = attachment_scale / 9, per_visit = attachment_scale / 288;
  const double visits = visit_stock >= 96 ? 96 : visit_stock;
  const double target = language * third + visits * per_visit + (association ? attachment_scale / 3 : 0);
  const double next = attachment + t.attachment_rate * (target - attachment) + (bits & 255u) / 256.0;
  return static_cast<std::uint8_t>(next < 0 ? 0 : next > 255 ? 255 : next);
}

}  // namespace homeward
