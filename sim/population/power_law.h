// Whole ages and years that follow x = base + span u^power, u uniform on (0, 1), rounded down.
#pragma once
#include <cstdint>
#include <vector>

#include "scenario/tables.h"

namespace homeward {

// P(floor(x) <= whole).
double power_law_below(const PowerLaw& law, int whole);

// floor(x) at the middle of `steps` equally likely values of u: a draw is a look-up by random bits.
std::vector<std::uint8_t> power_law_steps(const PowerLaw& law, std::size_t steps);

}  // namespace homeward
