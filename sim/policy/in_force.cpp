#include "policy/in_force.h"

#include <algorithm>

#include "policy/home_year.h"
#include "policy/levers.h"

namespace homeward {

std::vector<const LeverRow*> levers_in_force(const Scenario& scenario, int from_year, int to_year) {
  const std::vector<HomeYear> years = home_years(scenario);
  std::vector<const LeverRow*> found;
  for (std::size_t lever = 0; lever < lever_count; ++lever) {
    const bool acts = std::any_of(years.begin(), years.end(), [&](const HomeYear& home) {
      const bool written = home.year >= from_year && home.year <= to_year;
      return written && (home.promised[lever] != 0 || home.enacted[lever] != 0 || home.delivered[lever] != 0);
    });
    if (acts) found.push_back(&lever_rows()[lever]);
  }
  return found;
}

}  // namespace homeward
