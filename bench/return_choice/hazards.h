// The hazard as odds that are products of tables over small integers: no exponential a person. Bounds of a step tell
// for most people, from eight bits of their uniform, that nothing can happen to them.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "return_choice/world.h"

namespace homeward::yardstick {

inline constexpr std::array<int, 4> tenure_from{0, 4, 10, 20};  // bounds are by tenure from here on

struct Hazards {
  Hazards(const Places& places, int steps);

  std::array<double, 128> age{};                   // odds by age
  std::array<double, 128> tenure{};                // by steps since the latest event
  std::array<double, neighbours + 1> peers{};      // by neighbours who have returned
  struct Step {
    std::array<double, 256> place{};               // by code of the place
    // The first eight bits of whoever may return are below this, by tenure and upper half of the place's code.
    alignas(16) std::array<std::array<std::uint8_t, 16>, tenure_from.size()> bound{};
  };
  std::vector<Step> steps;
};

// The same for whoever may leave again.
inline constexpr std::uint8_t leaving_bound = 8;
static_assert(leaving_bound / 256.0 >= leaves_again && (leaving_bound - 1) / 256.0 < leaves_again);

// u < odds / (1 + odds). More odds never turn a yes into a no, rounding included.
inline bool within(double u, double odds) { return u < odds * (1 - u); }

}  // namespace homeward::yardstick
