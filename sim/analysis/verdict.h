// Whether a claim holds: the interval of what was found against the bound, and how many more replicates would decide.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison.h"
#include "scenario/claim.h"

namespace homeward {

enum class Verdict { holds, fails, cannot_tell };

struct Judgement {
  Verdict verdict = Verdict::cannot_tell;
  std::optional<double> value, lo95, hi95;  // of the difference, relative or absolute
  int from_year = 0, to_year = 0;
  // Where it cannot be told: replicates beyond those there are; empty where even most_further would not do.
  std::optional<int> further;
};
inline constexpr int most_further = 10000;

// Adds the cube that the claim needs to what a scenario counts.
void count_for(const Claim& claim, ReturnsDefinition definition, Scenario& scenario);

// The comparison has one alternative, both scenarios have been through count_for(). Throws InputError where a word is
// none of the tables' (a host, a province).
Judgement judge(const Claim& claim, const Comparison& comparison, ReturnsDefinition definition);

}  // namespace homeward
