// A claim is judged by the interval that is told: holds, fails, cannot tell.
#include "analysis/verdict.h"

#include <doctest/doctest.h>

#include "observation/measures.h"

using namespace homeward;

namespace {

ReplicateResult with(double returns) {
  ReplicateResult result;
  result.totals.resize(measure_rows().size());
  for (YearSeries& total : result.totals) total.fill(returns);
  return result;
}

Judgement judged(const std::vector<double>& base, const std::vector<double>& alt, Claim::Size size, double threshold,
                 Claim::Bound bound = Claim::Bound::at_least) {
  Comparison comparison;
  comparison.arms.resize(2);
  comparison.alts.resize(1);
  comparison.alts[0].from_year = 2027;
  for (std::size_t i = 0; i < base.size(); ++i) {
    comparison.arms[0].add(with(base[i]), {});
    comparison.arms[1].add(with(alt[i]), {});
  }
  Claim claim;
  claim.measure = "returns";
  claim.size = size;
  claim.threshold = threshold;
  claim.bound = bound;
  claim.span = Claim::Span::in;
  claim.year = 2030;
  return judge(claim, comparison, ReturnsDefinition::settled);
}

}  // namespace

TEST_CASE("the verdict is what the interval beside it says, whatever the base does") {
  // The base varies far more than the difference, and the other way round.
  const std::vector<std::vector<double>> bases{{100, 101, 99}, {50, 100, 150}, {100, 100, 100}};
  const std::vector<std::vector<double>> changes{{10, 11, 12}, {-20, 10, 30}, {5, 10, 15}};
  for (const auto& base : bases) {
    for (const auto& change : changes) {
      std::vector<double> alt = base;
      for (std::size_t i = 0; i < alt.size(); ++i) alt[i] += change[i];
      for (const Claim::Size size : {Claim::Size::relative, Claim::Size::absolute}) {
        for (double threshold = -0.6; threshold < 0.6; threshold += 0.05) {
          const double bound = size == Claim::Size::relative ? threshold : 100 * threshold;
          const Judgement least = judged(base, alt, size, bound);
          REQUIRE((!least.value || least.lo95.has_value()));
          if (!least.value) {
            CHECK(least.verdict == Verdict::cannot_tell);
            continue;
          }
          CHECK((least.verdict == Verdict::holds) == (*least.lo95 >= bound));
          CHECK((least.verdict == Verdict::fails) == (*least.hi95 < bound));
          const Judgement most = judged(base, alt, size, bound, Claim::Bound::at_most);
          CHECK((most.verdict == Verdict::holds) == (*most.hi95 <= bound));
          CHECK((most.verdict == Verdict::fails) == (*most.lo95 > bound));
        }
      }
    }
  }
}

TEST_CASE("a share of nothing cannot be told") {
  const Judgement judgement = judged({0, 0, 0}, {0, 0, 0}, Claim::Size::relative, -1);
  CHECK(judgement.verdict == Verdict::cannot_tell);
  CHECK_FALSE(judgement.value);
}

TEST_CASE("no difference at all fails a claim of a rise, and needs no more replicates") {
  const Judgement judgement = judged({100, 90, 110}, {100, 90, 110}, Claim::Size::relative, 0.1);
  CHECK(judgement.verdict == Verdict::fails);
  CHECK(*judgement.value == 0);
  CHECK_FALSE(judgement.further);
}

TEST_CASE("one replicate tells a value and no verdict") {
  const Judgement judgement = judged({100}, {120}, Claim::Size::relative, 0.1);
  CHECK(judgement.verdict == Verdict::cannot_tell);
  CHECK(*judgement.value == doctest::Approx(0.2));
}
