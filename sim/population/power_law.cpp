#include "population/power_law.h"

#include <algorithm>
#include <cmath>

#include "base/exact_math.h"

namespace homeward {

double power_law_below(const PowerLaw& law, int whole) {
  const double edge = static_cast<double>(whole) + 1;
  if (law.span == 0 || !(law.power > 0)) return law.base < edge ? 1 : 0;
  const double share = exact_pow(std::clamp((edge - law.base) / law.span, 0.0, 1.0), 1 / law.power);
  return law.span > 0 ? share : 1 - share;
}

std::vector<std::uint8_t> power_law_steps(const PowerLaw& law, std::size_t steps) {
  std::vector<std::uint8_t> values(steps);
  for (std::size_t step = 0; step < steps; ++step) {
    const double u = (static_cast<double>(step) + 0.5) / static_cast<double>(steps);
    const double x = law.base + law.span * exact_pow(u, law.power);
    values[step] = static_cast<std::uint8_t>(std::clamp(std::floor(x), 0.0, 110.0));
  }
  return values;
}

}  // namespace homeward
