// The 95 % interval of a paired difference holds the true difference as often as it says, over 200 small repetitions.
#include <doctest/doctest.h>

#include "analysis/comparison.h"
#include "support/baseline.h"

namespace homeward::test {

// False-positive rate: of 200 intervals that hold the truth with probability .95 each, fewer than 178 or more than 199 do
// so with probability 1.9e-4 + 3.5e-5. The truth is the mean over all repetitions, whose own error (a fifteenth of the
// half width of a repetition's interval) lowers coverage by less than .002, and the rate stays below 1e-3. Planted biases
// are told: intervals of 60 % of their width, and intervals centred on the unpaired neighbour's base.
TEST_CASE("coverage of the paired interval over 200 repetitions of 4 replicates") {
  constexpr int repetitions = slow_build ? 20 : 200, each = 4;
  Scenario base = small_baseline(4000), alt = base;
  base.seed = alt.seed = 77;
  lever_of(alt, Lever::cut_relocation) = from_year(Lever::cut_relocation, 2010, 0.8);
  lever_of(alt, Lever::pay_growth) = from_year(Lever::pay_growth, 2008, 3);
  ComparisonPlan plan;
  plan.attribution = AttributionMode::none;
  plan.replicates.to_year = 2016;
  plan.replicates.replicates = repetitions * each;
  const Comparison comparison = run_comparison(base, {alt}, plan);
  const std::vector<double> of_base = comparison.values(0, {measure_index("returns_settled")}, 2010, 2016);
  const std::vector<double> of_alt = comparison.values(1, {measure_index("returns_settled")}, 2010, 2016);
  double truth = 0;
  for (std::size_t i = 0; i < of_base.size(); ++i) truth += (of_alt[i] - of_base[i]) / static_cast<double>(of_base.size());
  CHECK(truth > 0);
  int held = 0, held_by_narrow = 0;
  for (std::size_t r = 0; r < repetitions; ++r) {
    const auto part = [&](const std::vector<double>& all) {
      return std::vector<double>(all.begin() + static_cast<std::ptrdiff_t>(r * each),
                                 all.begin() + static_cast<std::ptrdiff_t>((r + 1) * each));
    };
    const auto pair = paired_difference(part(of_base), part(of_alt));
    const double off = std::abs(pair->difference.mean - truth);
    held += off <= *pair->difference.half_width ? 1 : 0;
    held_by_narrow += off <= 0.6 * *pair->difference.half_width ? 1 : 0;
  }
  MESSAGE(held << " of " << repetitions << " intervals hold the difference, " << held_by_narrow
               << " would at 60 % of their width");
  if (slow_build) return;
  CHECK(held >= 178);
  CHECK(held <= 199);
  CHECK(held_by_narrow < 178);
}

}  // namespace homeward::test
