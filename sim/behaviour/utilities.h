// The year's coefficients as integers: every table a choice looks into, built once a year for each host group.
#pragma once
#include <array>
#include <cstdint>

#include "base/fixed_point.h"
#include "behaviour/person.h"
#include "policy/home_year.h"

namespace homeward {

inline constexpr int max_age = 127;
inline constexpr std::size_t mode_count = 4;

// What the choices of one host group's people look up in one year. Utilities at 1/4096 logit, pay at 1/8192 ln point.
struct Utilities {
  int year = first_year;

  // Pay gap: belief + home premium - host wage - pay_position z, without the belief. [education][position]
  std::array<std::array<std::int32_t, 16>, 4> gap{};
  std::int32_t job_loss_gap = 0;
  std::int32_t pay_centre = 0;  // added to the gap

  // Attention.
  std::int32_t attend = 0;  // a0, campaign, offset of the year
  std::int32_t attend_visit = 0, attend_shock = 0, attend_network = 0, attend_event = 0;
  std::int32_t attend_peer = 0;       // at s = 1
  std::int32_t attend_trust_q16 = 0;  // per unit trust

  // Return, common to all modes.
  std::int32_t stay_or_go = 0;  // k0 and hostility
  std::array<std::array<std::int32_t, 7>, 4> group{};  // k_gen,class [generation][class]
  std::int32_t trust_q16 = 0;
  std::array<std::int32_t, 2> legal{};      // [foreign national]
  std::array<std::int32_t, 4> language{};
  std::array<std::int32_t, max_age + 1> duration{};
  std::array<std::int32_t, max_age + 1> age{};
  std::int32_t peer = 0;                                  // at s = 1
  std::array<std::array<std::int32_t, 2>, 2> parent{};    // [eldest][age >= 45]
  std::int32_t child = 0;
  std::array<std::int32_t, 4> partner{};
  std::int32_t target = 0;
  std::uint32_t target_level = 7;
  std::int32_t norm_q16 = 0;                              // per unit of the community's trust
  std::int32_t taste_q16 = 0;                             // sigma_eta

  // By mode.
  std::array<bool, mode_count> open{};                    // remote only from 2015 on
  std::array<std::int32_t, mode_count> mode{};            // k_m and what acts on all of its people
  std::array<std::int32_t, mode_count> senior{};          // at 65 and over
  std::array<std::int32_t, mode_count> pay_q16{};         // b_pay w_m
  std::int32_t entrepreneur_gap = 0;                      // pay scale
  std::array<std::int32_t, 16> entrepreneur_position{};   // by wage position
  std::array<std::array<std::int32_t, 4>, mode_count> premium{};  // b_pay w+_m prem [mode][education]
  std::array<std::int32_t, mode_count> gain_weight_q16{};         // b_pay w+_m, for l_tax and l_top
  std::int32_t fund = 0;
  std::int32_t redtape_q16 = 0;                           // b_redtape / 12 per expected month
  std::int32_t redtape_light_q16 = 0;                     // the same for remote and retire
  std::array<std::int32_t, 6> months_q8{};                // d_k of 2004 at 1/256 month

  // Gains of the programmes, ln points at 1/65536: delivered, and promised (counted at the person's trust).
  std::int32_t tax_q16 = 0, tax_promised_q16 = 0;
  std::int32_t top_q16 = 0, top_promised_q16 = 0;         // times the expected chance of a post
  bool top_for_all = false;                               // not for holders of posts only
  std::array<std::int32_t, 16> researcher_q16{};          // 1 - damping max(0, z): what gains weigh for researchers
  bool tax_for_graduates = false;
  int programme_age = 60;                                 // eligible below this age
  double mu = 0.6;
};

// posts_chance: p_win, the chance of a funded post that people expect this year.
Utilities build_utilities(const Scenario& scenario, const HomeYear& home, const HostGroup& group,
                          double posts_chance);

// Whether the tax lever (by its scope) is for this person, if the mode is right.
inline bool tax_eligible(const Utilities& u, const Person& person) {
  if (person.age >= u.programme_age) return false;
  return u.tax_for_graduates ? person.education >= Education::tertiary : person.expert();
}
inline bool expert_eligible(const Utilities& u, const Person& person) {
  return person.age < u.programme_age && person.expert();
}

}  // namespace homeward
