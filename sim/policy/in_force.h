// Which levers act in a span of years: what a result of those years leans on.
#pragma once
#include <vector>

#include "base/declaration.h"
#include "scenario/scenario.h"

namespace homeward {

// The rows of the levers that are promised, enacted or delivered at a value other than 0 in a year of
// from_year .. to_year, in the order of lever_rows().
std::vector<const LeverRow*> levers_in_force(const Scenario& scenario, int from_year, int to_year);

}  // namespace homeward
