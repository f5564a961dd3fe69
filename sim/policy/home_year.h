// What is in force in a year: levers with their dates, the home economy, red tape. Phase 1 of the year.
#pragma once
#include <array>
#include <vector>

#include "policy/levers.h"
#include "scenario/scenario.h"

namespace homeward {

inline constexpr std::size_t stage_count = 6;

// One year of the home country as everyone meets it. Intensities are in the lever's unit.
struct HomeYear {
  int year = first_year;

  std::array<double, lever_count> delivered{};  // acts now
  std::array<double, lever_count> enacted{};    // costs accrue, claims are allowed
  std::array<double, lever_count> enacted_before{};  // last year
  std::array<double, lever_count> promised{};   // announced and not yet delivered: what is promised
  double broken_for_all = 0;       // promises past their date, as intensities, that concern everyone
  double broken_for_eligible = 0;  // the same for those who are eligible
  double lever(Lever which) const { return delivered[static_cast<std::size_t>(which)]; }

  double legal_certainty = 0;  // L, 0..1
  double pay_index = 0;        // ln real home wage, 2004 = 0
  double pay_growth = 0;       // of this year

  double redtape_trend = 1;     // r_t
  double redtape_index = 1;     // R_t, what people learn
  double redtape_promised = 1;  // R_t with what is announced
  // Expected months by stage, for the eligible of the fast track and for others: D_k. `papers` is for nationals of the
  // host; holders of dual nationality skip it.
  std::array<double, stage_count> months{};
  std::array<double, stage_count> months_fast_track{};

  double tax_gain = 0, tax_gain_promised = 0;  // l_tax = ln[(1 - tax) / (1 - tax_home)]
  double top_gain = 0, top_gain_promised = 0;  // l_top = ln(1 + share)
  bool tax_for_graduates = false;              // scope
  bool top_for_all = false;                    // coverage
  double posts = 0;                            // funded posts this year

  double attention_offset = 0, contract_home_offset = 0, visits_multiplier = 1, experts_multiplier = 1;
  double ecosystem = 0, trust_shock = 0;
  double network_members = 0;  // who join this year, history and lever

  double home_premium[4] = {0, 0, 0, 0};  // ln, by education
  // USD a year that a person of this education earns at home with a foreign degree (docs/theory/cost).
  double home_pay_usd[4] = {0, 0, 0, 0};
};

// What a scenario's economy must not be: pay at home beyond what beliefs can hold (a factor of 50 against 2004), a tax
// cut that raises the tax. Throws InputError.
void require_sound_economy(const Scenario& scenario);

// All years of a scenario. Pure: the same scenario gives the same years.
std::vector<HomeYear> home_years(const Scenario& scenario);

}  // namespace homeward
