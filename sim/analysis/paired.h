// Two arms over the same replicates: differences and ratios whose intervals use the pairing.
#pragma once
#include <optional>
#include <vector>

#include "analysis/statistics.h"

namespace homeward {

// A ratio of means with its 95 % interval by the delta method: the residuals numerator - ratio x denominator are
// averages over replicates, so that Student's t holds for them (Cochran 1977, Sampling Techniques, 6.3).
struct Ratio {
  double value = 0;
  std::optional<double> sd, half_width;  // with two replicates or more
  int count = 0;                         // of replicates
};

// Empty where the mean of the denominator is 0 or there is none. Lists of the same length.
std::optional<Ratio> ratio_of_means(const std::vector<double>& numerators, const std::vector<double>& denominators);

// Whether the 95 % interval of a mean keeps away from 0; without an interval nothing can be told, so false.
bool is_distinct_from_zero(const std::vector<double>& values);

struct PairedDifference {
  Estimate difference;               // alt - base
  std::optional<Ratio> relative;     // mean difference / mean base; empty where the base is not distinct from 0
  std::optional<double> unpaired_sd; // of the difference, had the arms had seeds of their own
  // How many more replicates of independent arms would give the same interval; empty where the paired sd is 0.
  std::optional<double> runs_saved;
};

// Over replicates in which both are defined; empty where there is none.
std::optional<PairedDifference> paired_difference(const std::vector<double>& base, const std::vector<double>& alt);

// The fewest further replicates after which the interval of values like these would keep away from `threshold`, if mean
// and sd stay as they are; empty beyond `most` or with fewer than two values.
std::optional<int> further_replicates(const Estimate& value, double threshold, int most);

}  // namespace homeward
