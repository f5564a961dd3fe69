// Visits home: a Poisson number a year (docs/theory/visits.md).
//
// rate = v0 G exp(v_tau (trust - 1/2)) (1 + v_visa I_visa [foreign national]) x refugee, parent, minor, host, year
#pragma once
#include <array>

#include "base/fixed_point.h"
#include "behaviour/person.h"
#include "policy/home_year.h"
#include "random/streams.h"

namespace homeward {

inline constexpr std::uint32_t most_visits = 4;  // a year; P(more) < 2e-7 at a rate of 0.2

struct VisitTables {
  // Rate by [generation][refugee][parent][minor][foreign national], without trust.
  std::array<float, 64> rate{};
  std::array<float, 256> trust{};  // exp(v_tau (trust - 1/2)) at the middle of 256 steps of trust
  static std::size_t index(Generation generation, bool refugee, bool parent, bool minor, bool foreign) {
    return static_cast<std::size_t>(code(generation)) * 16 + (refugee ? 8 : 0) + (parent ? 4 : 0) + (minor ? 2 : 0) +
           (foreign ? 1 : 0);
  }
};

inline VisitTables build_visit_tables(const Scenario& scenario, const HomeYear& home, const HostGroup& group) {
  const Parameters& p = scenario.parameters;
  VisitTables tables;
  const std::array<double, 4> generation{1, p.visits_v_g15, p.visits_v_g2, p.visits_v_g2};
  for (std::size_t g = 0; g < 4; ++g) {
    for (std::size_t flags = 0; flags < 16; ++flags) {
      double rate = p.visits_v0 * generation[g] * group.visit_multiplier * home.visits_multiplier;
      if ((flags & 8) != 0) rate *= p.visits_v_refugee;
      if ((flags & 4) != 0) rate *= p.visits_v_parent;
      if ((flags & 2) != 0) rate *= p.visits_v_minor;
      if ((flags & 1) != 0) rate *= 1 + p.visits_v_visa * home.lever(Lever::visa);
      tables.rate[g * 16 + flags] = static_cast<float>(rate);
    }
  }
  for (std::size_t step = 0; step < 256; ++step) {
    const double trust = (static_cast<double>(step) + 0.5) / 256;
    tables.trust[step] = static_cast<float>(exact_exp(p.visits_v_tau * (trust - 0.5)));
  }
  return tables;
}

// Where the rate of a person stands in VisitTables.
inline std::size_t visit_kind(std::uint32_t now, std::uint16_t fixed, bool minor) {
  const auto legal = static_cast<Legal>(state::LegalField::get(now));
  const auto generation = static_cast<Generation>(traits::GenerationField::get(fixed));
  const bool refugee = generation == Generation::g1 &&
                       static_cast<MigrantClass>(traits::ClassField::get(fixed)) == MigrantClass::refugee;
  return VisitTables::index(generation, refugee, state::ParentField::get(now) != 0, minor,
                            legal == Legal::naturalised || legal == Legal::dual);
}

// The rate of a person abroad.
inline float visit_rate(const VisitTables& tables, std::uint32_t now, std::uint16_t fixed, std::uint16_t trust,
                        bool minor) {
  return tables.rate[visit_kind(now, fixed, minor)] * tables.trust[trust >> 8];
}

// Whether visits_of() may be more than none: P(at least one) = 1 - exp(-rate) <= rate. A float comparison with room
// for its rounding.
inline bool may_visit(float rate, std::uint32_t word) {
  return static_cast<float>(word >> 8) <= rate * (1.0f * (1 << 24)) + 1.0f;
}

// The number of visits by inversion of the Poisson law. `word` uniform; u near 1 means visits.
inline std::uint32_t visits_of(float rate, std::uint32_t word) {
  // P(at least one) = 1 - exp(-rate) <= rate: most people are done here.
  const double tail = uniform(word);
  const double mean = static_cast<double>(rate);
  if (tail >= mean) return 0;
  // mean - mean^2 / 2 < P(at least one), P(at least two) < mean^2 / 2: one visit without the exponential, far from where
  // rounding could tell the bounds from the law.
  const double half_square = mean * mean / 2;
  if (tail > half_square + 1e-12 && tail < mean - half_square - 1e-12) return 1;
  double term = exact_exp(-mean);
  double beyond = 1 - term;  // P(more than n)
  std::uint32_t visits = 0;
  while (tail < beyond && visits < most_visits) {
    ++visits;
    term *= mean / visits;
    beyond -= term;
  }
  return visits;
}

}  // namespace homeward
