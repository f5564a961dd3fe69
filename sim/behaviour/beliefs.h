// What people abroad believe of the home country, how far they trust it, and what binds them to it
// (docs/theory/beliefs.md, trust.md).
#pragma once
#include <array>

#include "base/fixed_point.h"
#include "behaviour/community.h"
#include "behaviour/person.h"
#include "policy/home_year.h"

namespace homeward {

// Coefficients of one year, in column units, floats: the vector kernel (engine/kernels.h) does the same operations in
// the same order, so both give the same bits.
struct BeliefTables {
  float l0 = 0, l_visit = 0, l_network = 0, l_max = 1, l_peer = 0, l_peer_member = 0;
  float redtape_rate = 0, redtape_rate_bad = 0;
  float noise_pay = 0, noise_redtape = 0, noise_trust = 0;  // standard deviations
  float true_pay = 0, true_redtape = 0;
  float redtape_promise = 0;  // (1 - R_promised / R) per unit of trust
  float t_visit = 0;
  std::array<float, 2> t_reconciliation{};  // [refugee]
  float t_community = 0, t_consult = 0, t_always = 0, t_broken_eligible = 0, t_revert = 0;
  double t_abandon = 0;
  float attachment_rate = 0.2f;
};

inline BeliefTables build_belief_tables(const Scenario& scenario, const HomeYear& home) {
  const Parameters& p = scenario.parameters;
  const auto f = [](double x) { return static_cast<float>(x); };
  BeliefTables t;
  t.l0 = f(p.belief_l0 + p.belief_l_event * home.lever(Lever::events));
  t.l_visit = f(p.belief_l_vis);
  t.l_network = f(p.belief_l_vin);
  t.l_max = f(p.belief_l_max);
  t.l_peer = f(p.belief_l_peer / 65536.0);
  t.l_peer_member = f(p.belief_l_peer / 65536.0 * p.belief_assoc_peer);
  t.redtape_rate = f(p.belief_redtape_rate);
  t.redtape_rate_bad = f(p.belief_redtape_rate * p.belief_bad_weight);
  t.noise_pay = f(p.belief_noise_pay * pay_belief_scale);
  t.noise_redtape = f(p.belief_noise_redtape * redtape_belief_scale);
  t.noise_trust = f(p.belief_noise_trust * trust_scale);
  t.true_pay = f(home.pay_index * pay_belief_scale);
  t.true_redtape = f(home.redtape_index * redtape_belief_scale);
  t.redtape_promise = f((1 - home.redtape_promised / home.redtape_index) / trust_scale);
  t.t_visit = f(p.trust_t_vis);
  t.t_reconciliation = {f(p.trust_t_36 * home.lever(Lever::reconciliation)),
                        f(p.trust_t_36_refugee * home.lever(Lever::reconciliation))};
  t.t_community = f(p.trust_psi_com);
  const double response = p.trust_consult_response;
  t.t_consult = f(p.trust_t_consult * home.lever(Lever::consultation) * (response >= 0.5 ? response : response - 1) *
                  trust_scale);
  t.t_always = f((home.trust_shock - p.trust_t_break * home.broken_for_all) * trust_scale);
  t.t_broken_eligible = f(p.trust_t_break * home.broken_for_eligible * trust_scale);
  t.t_revert = f(p.trust_t_rev);
  t.t_abandon = p.trust_t_bad;
  t.attachment_rate = f(p.community_attachment_rate);
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

// What a person met this year, as far as beliefs go.
struct Encounters {
  std::uint32_t visits = 0;
  std::int32_t peer = 0;  // s at 1/65536
  bool network = false, association = false, refugee = false, expert = false;
};

inline Encounters encounters_of(std::uint32_t now, std::uint16_t fixed, std::uint32_t visits, std::int32_t peer) {
  const auto sector = static_cast<Sector>(traits::SectorField::get(fixed));
  Encounters met;
  met.visits = visits;
  met.peer = peer;
  met.network = state::NetworkField::get(now) != 0;
  met.association = state::AssociationField::get(now) != 0;
  met.refugee = static_cast<Generation>(traits::GenerationField::get(fixed)) == Generation::g1 &&
                static_cast<MigrantClass>(traits::ClassField::get(fixed)) == MigrantClass::refugee;
  met.expert = static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced &&
               (sector == Sector::research || sector == Sector::ict || sector == Sector::health);
  return met;
}

inline constexpr float whole_trust = 65535.0f;

inline float clipped(float value, float low, float high) { return value < low ? low : value > high ? high : value; }
// Nearest integer; the value is not negative.
inline std::int32_t nearest_int(float value) { return static_cast<std::int32_t>(value + 0.5f); }

// lambda, the share of the gap to the truth that closes this year.
inline float learning_rate(const BeliefTables& t, const Encounters& met) {
  float rate = t.l0 + (met.association ? t.l_peer_member : t.l_peer) * static_cast<float>(met.peer);
  rate = rate + (met.visits > 0 ? t.l_visit : 0.0f);
  rate = rate + (met.network ? t.l_network : 0.0f);
  return rate < t.l_max ? rate : t.l_max;
}

// x += lambda (truth - x) + noise. noise: a standard normal number each.
inline std::int16_t learn_pay(const BeliefTables& t, std::int16_t belief, float rate, float noise) {
  const float old = static_cast<float>(belief);
  const float next = (old + rate * (t.true_pay - old)) + t.noise_pay * noise;
  return static_cast<std::int16_t>(nearest_int(clipped(next, -32767.0f, 32767.0f) + 32768.0f) - 32768);
}
// redtape_rate: how fast red tape is learnt where the person lives, by what the stories there are like.
inline std::uint16_t learn_redtape(const BeliefTables& t, std::uint16_t belief, float rate, std::uint16_t trust,
                                   float redtape_rate, float noise) {
  const float old = static_cast<float>(belief);
  const float shown = t.true_redtape * (1.0f - static_cast<float>(trust) * t.redtape_promise);
  float step = redtape_rate * rate;
  step = step < 1.0f ? step : 1.0f;
  const float next = (old + step * (shown - old)) + t.noise_redtape * noise;
  return static_cast<std::uint16_t>(nearest_int(clipped(next, 0.0f, 65535.0f)));
}
// Everything in column units. pull, mean: t_community (0 where nobody is there) and the mean trust of the community.
inline std::uint16_t update_trust(const BeliefTables& t, std::uint16_t trust, const Encounters& met, float pull,
                                  float mean, float noise) {
  const float old = static_cast<float>(trust);
  const float gain = t.t_visit * static_cast<float>(met.visits) + t.t_reconciliation[met.refugee ? 1 : 0];
  float change = gain * (whole_trust - old);
  change = change + pull * (mean - old);
  change = change + (met.association ? t.t_consult : 0.0f);
  change = change + t.t_always;
  change = change - (met.expert ? t.t_broken_eligible : 0.0f);
  const float next = (old + change) + t.noise_trust * noise;
  return static_cast<std::uint16_t>(nearest_int(clipped(next, 0.0f, 65535.0f)));
}
// Trust drifts back to where it began, before anything else of the year: a sensitivity, off by default.
inline std::uint16_t revert_trust(const BeliefTables& t, std::uint16_t trust, std::uint16_t start) {
  const float old = static_cast<float>(trust);
  return static_cast<std::uint16_t>(
      nearest_int(clipped(old - t.t_revert * (old - static_cast<float>(start)), 0.0f, 65535.0f)));
}
inline std::uint16_t lose_trust(const BeliefTables& t, std::uint16_t trust) {
  const double next = trust - t.t_abandon * trust_scale;
  return static_cast<std::uint16_t>(next < 0 ? 0 : next + 0.5);
}

// Discounted visits: 0.8 stock + visits, at 1/32, rounded down so that they fade to nothing.
inline std::uint8_t update_visit_stock(std::uint8_t stock, std::uint32_t visits) {
  const std::uint32_t next = stock * 4u / 5u + visits * 32u;
  return static_cast<std::uint8_t>(next > 255 ? 255 : next);
}
// a += rate (target - a), target the mean of language, visits and association; stochastic rounding by 8 random bits.
inline std::uint8_t update_attachment(const BeliefTables& t, std::uint8_t attachment, std::uint32_t language,
                                      std::uint8_t visit_stock, bool association, std::uint32_t bits) {
  constexpr float third = 255.0f / 9, per_visit = 255.0f / 288;
  const float old = static_cast<float>(attachment);
  const float visits = static_cast<float>(visit_stock < 96 ? visit_stock : 96);
  float target = static_cast<float>(language) * third + visits * per_visit;
  target = target + (association ? 85.0f : 0.0f);
  const float next = (old + t.attachment_rate * (target - old)) + static_cast<float>(bits & 255u) * (1.0f / 256);
  return static_cast<std::uint8_t>(static_cast<std::int32_t>(clipped(next, 0.0f, 255.0f)));
}

}  // namespace homeward
