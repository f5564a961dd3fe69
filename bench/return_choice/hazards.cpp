#include "return_choice/hazards.h"

#include <algorithm>
#include <cmath>

#include "base/exact_math.h"
#include "base/fault.h"

namespace homeward::yardstick {

Hazards::Hazards(const Places& places, int count) {
  for (int a = youngest; a <= oldest; ++a) age[static_cast<std::size_t>(a)] = exact_exp(of_age * (a - 40) / 10);
  for (int y = 0; y < 128; ++y) tenure[static_cast<std::size_t>(y)] = exact_exp(of_tenure * exact_log(1.0 + y));
  for (int n = 0; n <= neighbours; ++n) {
    peers[static_cast<std::size_t>(n)] = exact_exp(of_peers * n / neighbours);
  }
  for (int s = 0; s < count; ++s) {
    Step step;
    std::array<double, 16> most{};  // odds by upper half of the code
    for (const std::uint8_t code : places.code_of) {
      const int place = places.place_of[code];
      const double wage = wage_ratio(wage_class(place / skills, place % skills), s);
      step.place[code] = exact_exp(constant + of_wage * exact_log(wage) + of_redtape * redtape(s));
      most[code >> 4] = std::max(most[code >> 4], step.place[code]);
    }
    for (std::size_t c = 0; c < tenure_from.size(); ++c) {
      for (std::size_t group = 0; group < most.size(); ++group) {
        const double odds = most[group] * age[youngest] * tenure[static_cast<std::size_t>(tenure_from[c])] *
                            peers[neighbours] * (1 + 1e-12);
        const double bound = std::ceil(256 * (odds / (1 + odds)));
        if (bound > 255) throw RunError("return-choice runs out of its screens: take fewer --steps");
        step.bound[c][group] = static_cast<std::uint8_t>(bound);
      }
    }
    steps.push_back(step);
  }
}

}  // namespace homeward::yardstick
