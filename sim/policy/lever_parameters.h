// Parameters that belong to levers: nothing reads them while none of their levers is in force.
#pragma once
#include <vector>

#include "policy/levers.h"
#include "scenario/parameters.h"

namespace homeward {

struct LeverParameter {
  double Parameters::*member;
  std::vector<Lever> levers;
};

// One row each. A parameter that is read without its levers too must not be here: tests/unit/analysis/arms.cpp.
const std::vector<LeverParameter>& lever_parameters();

// The row of a parameter; null where it belongs to no lever.
const LeverParameter* lever_parameter(double Parameters::*member);

}  // namespace homeward
