// How much memory a replicate takes at its peak, from the people it has room for.
#pragma once
#include "scenario/scenario.h"

namespace homeward {

struct MemoryNeed {
  double each = 0;   // bytes of one replicate
  double fixed = 0;  // bytes of the program itself, once
};

MemoryNeed memory_need(const Scenario& scenario, double scale);

}  // namespace homeward
