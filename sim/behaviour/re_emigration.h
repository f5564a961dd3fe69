// Returnees who leave again (docs/theory/re_emigration.md).
//
// hazard = h_re exp(max(0, -e)) (early_mult before year early_years, then late_mult) (foreign_mult if a foreign
// national, else national_mult); e ~ N(0, shortfall_sd), keyed by person and year of return: realised less expected
// pay, 0 for who came with an offer.
#pragma once
#include <algorithm>

#include "base/fixed_point.h"
#include "behaviour/person.h"
#include "random/streams.h"
#include "scenario/parameters.h"

namespace homeward {

// What the year's parameters make of every returnee.
struct ReEmigrationTables {
  std::array<double, 256> shortfall{};  // exp(max(0, -e)) by eight bits of a word
  double worst = 1;                     // the largest of them
  double h_re = 0, foreign_mult = 1, national_mult = 1, early_mult = 1, late_mult = 1;
  int early_years = 0;
};

inline ReEmigrationTables build_re_emigration_tables(const Parameters& p) {
  ReEmigrationTables t;
  for (std::size_t step = 0; step < t.shortfall.size(); ++step) {
    const double realised = p.returnee_shortfall_sd * static_cast<double>(normal_steps()[step]);
    t.shortfall[step] = exact_exp(realised < 0 ? -realised : 0);
    t.worst = std::max(t.worst, t.shortfall[step]);
  }
  t.h_re = p.returnee_h_re;
  t.foreign_mult = p.returnee_foreign_mult;
  t.national_mult = p.returnee_national_mult;
  t.early_mult = p.returnee_early_mult;
  t.late_mult = p.returnee_late_mult;
  t.early_years = round_to_int(p.returnee_early_years);
  return t;
}

// exp(max(0, -e)) given: the table's, or 1 for who came with an offer.
inline double re_emigration_probability(const ReEmigrationTables& t, bool foreign_national, int years_home,
                                        double shortfall) {
  return t.h_re * shortfall * (years_home < t.early_years ? t.early_mult : t.late_mult) *
         (foreign_national ? t.foreign_mult : t.national_mult);
}

// No returnee's probability of the year exceeds this: most need no second draw.
inline double re_emigration_at_most(const ReEmigrationTables& t) {
  return t.h_re * t.worst * std::max(t.early_mult, t.late_mult) * std::max(t.foreign_mult, t.national_mult);
}

inline double re_emigration_probability(const Parameters& p, const Person& person, int years_home, bool had_offer,
                                        std::uint32_t shortfall_word) {
  const ReEmigrationTables t = build_re_emigration_tables(p);
  return re_emigration_probability(t, person.foreign_national(), years_home,
                                   had_offer ? 1 : t.shortfall[shortfall_word >> 24]);
}

}  // namespace homeward
