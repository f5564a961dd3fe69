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

// No returnee's probability of the year exceeds this: most need no second draw.
inline double re_emigration_at_most(const Parameters& p) {
  const double worst = p.returnee_shortfall_sd * static_cast<double>(-normal_steps()[0]);
  return p.returnee_h_re * exact_exp(worst > 0 ? worst : 0) * std::max(p.returnee_early_mult, p.returnee_late_mult) *
         std::max(p.returnee_foreign_mult, p.returnee_national_mult);
}

inline double re_emigration_probability(const Parameters& p, const Person& person, int years_home, bool had_offer,
                                        std::uint32_t shortfall_word) {
  double shortfall = 0;
  if (!had_offer) {
    const double realised = p.returnee_shortfall_sd * static_cast<double>(normal_steps()[shortfall_word >> 24]);
    shortfall = realised < 0 ? -realised : 0;
  }
  return p.returnee_h_re * exact_exp(shortfall) *
         (years_home < round_to_int(p.returnee_early_years) ? p.returnee_early_mult : p.returnee_late_mult) *
         (person.foreign_national() ? p.returnee_foreign_mult : p.returnee_national_mult);
}

}  // namespace homeward
