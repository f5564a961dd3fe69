// What stands behind SweepPlan of the promise.
#pragma once
#include <utility>

#include "analysis/sweep.h"
#include "homeward/sweep.h"

namespace homeward::v1 {

struct SweepPlan::Parts {
  explicit Parts(homeward::SweepPlan plan) : sweep(std::move(plan)) {}
  homeward::Sweep sweep;
};

}  // namespace homeward::v1
