// Leaving again: the hazard of the page and the signs it claims.
#include "behaviour/re_emigration.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

TEST_CASE("the hazard is h_re, larger in the first years, for foreign nationals, and after a disappointment") {
  const Parameters& p = baseline().parameters;
  Person national = plain_person(), foreign = plain_person(), dual = plain_person();
  foreign.legal = Legal::naturalised;
  dual.legal = Legal::dual;
  for (const int years_home : {1, 2, 3, 10}) {
    CAPTURE(years_home);
    const double phase = years_home < p.returnee_early_years ? p.returnee_early_mult : p.returnee_late_mult;
    const double base = p.returnee_h_re * phase;
    CHECK(re_emigration_probability(p, national, years_home, true, 0) ==
          doctest::Approx(base * p.returnee_national_mult).epsilon(1e-9));
    CHECK(re_emigration_probability(p, foreign, years_home, true, 0) ==
          doctest::Approx(base * p.returnee_foreign_mult).epsilon(1e-9));
    CHECK(re_emigration_probability(p, dual, years_home, true, 0) ==
          doctest::Approx(base * p.returnee_foreign_mult).epsilon(1e-9));
    // Without an offer pay may fall short: the surprise e is normal, only e < 0 matters.
    for (const std::uint32_t step : {0u, 20u, 127u, 128u, 255u}) {
      const double e = p.returnee_shortfall_sd * static_cast<double>(normal_steps()[step]);
      CHECK(re_emigration_probability(p, national, years_home, false, step << 24) ==
            doctest::Approx(base * p.returnee_national_mult * std::exp(std::max(0.0, -e))).epsilon(1e-9));
    }
  }
}

TEST_CASE("an offer in hand shields from disappointment, and nobody gains from a pleasant surprise") {
  const Parameters& p = baseline().parameters;
  const Person person = plain_person();
  const double with_offer = re_emigration_probability(p, person, 1, true, 0);
  double last = 1;
  for (std::uint32_t step = 0; step < 256; ++step) {
    const double without = re_emigration_probability(p, person, 1, false, step << 24);
    CHECK(without >= with_offer);
    CHECK(without <= last);
    last = without;
  }
  CHECK(re_emigration_probability(p, person, 1, false, 0xffffffffu) == doctest::Approx(with_offer));
}

TEST_CASE("over five years a national without an offer leaves again with the product of the yearly hazards") {
  // h_re 1.6 x .7 twice, h_re .6 x .7 three times, on average over the surprise in pay.
  const Parameters& p = baseline().parameters;
  const Person person = plain_person();
  double left = 0, expected = 0;
  for (std::uint32_t step = 0; step < 256; ++step) {
    const double e = std::max(0.0, -p.returnee_shortfall_sd * static_cast<double>(normal_steps()[step]));
    const double early = p.returnee_h_re * p.returnee_early_mult * p.returnee_national_mult * std::exp(e);
    const double late = p.returnee_h_re * p.returnee_late_mult * p.returnee_national_mult * std::exp(e);
    expected += (1 - std::pow(1 - early, 2) * std::pow(1 - late, 3)) / 256;
    double stays = 1;
    for (int year = 1; year <= 5; ++year) stays *= 1 - re_emigration_probability(p, person, year, false, step << 24);
    left += (1 - stays) / 256;
  }
  CHECK(left == doctest::Approx(expected).epsilon(1e-9));
  CHECK(left > 0.07);
  CHECK(left < 0.09);
}
