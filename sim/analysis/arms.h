// One replicate of several scenarios: years in common are simulated once, then the state forks and each arm goes on.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/common_past.h"
#include "analysis/return_book.h"
#include "observation/replicate.h"

namespace homeward {

struct ArmRequest {
  const Timeline* timeline = nullptr;
  bool booked = false;  // note who returns, from the first year in which booked arms differ
};

struct ArmResult {
  ReplicateResult result;  // as simulate_replicate() gives it, byte for byte
  ReturnBook book;
};

struct ArmsSettings {
  ReplicateSettings replicate;  // progress is not called
  ReturnsDefinition definition = ReturnsDefinition::settled;
  // Where the years in common are kept and taken from; empty: nowhere. Without a common past it is left alone.
  std::string trunk_file;
  // Years simulated so far and in all, over all arms.
  std::function<void(int done, int all)> progress;
};

struct ArmsFacts {
  double synthesis_seconds = 0, stepping_seconds = 0, forking_seconds = 0;
  std::int64_t agent_years = 0;  // truly stepped: a common year once
  int years_stepped = 0;
  int trunks_reused = 0;
  int years_unforked = 0;        // had every arm been run from 2004
};

// Every scenario counts the cubes of the first, or none. Calls done(arm, result) once an arm, in the order in which
// branches end. At most one state a branch of the tree is alive at a time. Throws RunError, Stopped. Same bytes for any
// threads and block_slots.
ArmsFacts simulate_arms(const std::vector<ArmRequest>& arms, const ArmsSettings& settings,
                        const std::function<void(std::size_t arm, ArmResult result)>& done);

// The last year that all arms have in common before some part; empty where there is none, or they never part.
std::optional<int> last_common_year(const std::vector<ArmRequest>& arms, int to_year);

// How many years simulate_arms() would step.
int years_to_step(const std::vector<ArmRequest>& arms, int to_year);

// How many states it would hold at a time, at most.
int states_at_once(const std::vector<ArmRequest>& arms, int to_year);

}  // namespace homeward
