// Drawing the parameters of a replicate from their plausible ranges (--draw-priors).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace homeward {

struct DrawnParameter {
  std::string path;
  double value = 0;
  double low = 0, high = 0;
};

// Parameters that the scenario sets itself: they stay as set.
std::vector<std::string> parameters_set(const Scenario& scenario);

// Every other parameter with a range, uniform between low and high, by a stream keyed to (seed, path, replicate): a
// parameter's draws do not change when another one is added, set or removed. In the order of the parameter table.
std::vector<DrawnParameter> draw_parameters(const Scenario& scenario, std::uint64_t seed, int replicate);

// The parameters with the drawn values in place.
Parameters with_drawn(const Parameters& parameters, const std::vector<DrawnParameter>& drawn);

}  // namespace homeward
