// The reference workload return-choice as stated in bench/return_choice/README.md: its numbers and its utility, and
// nothing of how it is computed.
#pragma once
#include <cmath>
#include <cstdint>

namespace homeward::yardstick {

inline constexpr int hosts = 30;
inline constexpr int skills = 4;
inline constexpr int neighbours = 8;
inline constexpr int youngest = 16, oldest = 80;  // ages at the start; past the oldest somebody starts anew
inline constexpr int starts_anew_at = 20;         // years
inline constexpr int longest_tenure = 30;         // at the start
inline constexpr double returned_at_start = 0.2;
inline constexpr double leaves_again = 0.03;      // a step, of those who have returned
inline constexpr int most_steps = 200;            // hazards stay below one half

// Coefficients b0 to b5.
inline constexpr double constant = -3.3, of_wage = 0.6, of_redtape = -0.3, of_peers = 0.8, of_age = -0.05,
                        of_tenure = -0.2;

// Wages of home over those of the host, by (7 host + 13 skill) mod 29.
inline constexpr int wage_classes = 29;
constexpr int wage_class(int host, int skill) { return (7 * host + 13 * skill) % wage_classes; }
constexpr double wage_ratio(int wage_class, int step) { return 0.25 + 0.5 * wage_class / 29.0 + 0.005 * step; }
constexpr double redtape(int step) { return 1.0 - 0.02 * step; }

// The hazard of returning, read off the page; `returned` of the eight neighbours have returned.
inline double return_hazard(int host, int skill, int step, int age, int tenure, int returned) {
  const double utility = constant + of_wage * std::log(wage_ratio(wage_class(host, skill), step)) +
                         of_redtape * redtape(step) + of_peers * (returned / 8.0) + of_age * (age - 40) / 10.0 +
                         of_tenure * std::log1p(tenure);
  return 1 / (1 + std::exp(-utility));
}

}  // namespace homeward::yardstick
