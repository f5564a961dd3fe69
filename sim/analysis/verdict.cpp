// Conditions are looked up in a cube that is counted for the claim.
#include "analysis/verdict.h"

#include <algorithm>

#include "observation/measures.h"

namespace homeward {
namespace {

OutputCube cube_of(const Claim& claim, ReturnsDefinition definition) {
  OutputCube cube;
  for (const std::size_t row : measure_indexes(claim.measure, definition, measure_rows())) {
    cube.measures.emplace_back(measure_rows()[row].name);
  }
  for (const auto& condition : claim.where) cube.by.push_back(condition.first);
  return cube;
}

bool is_same(const OutputCube& a, const OutputCube& b) { return a.measures == b.measures && a.by == b.by; }

// The cell that meets the conditions.
std::size_t cell_of(const Claim& claim, const CubeResult& cube) {
  std::size_t cell = 0;
  for (std::size_t d = 0; d < cube.words.size(); ++d) {
    const std::vector<std::string>& words = cube.words[d];
    const auto found = std::find(words.begin(), words.end(), claim.where[d].second);
    if (found == words.end()) {
      throw InputError(Fault{{claim.file, 0, 0}, "measure",
                             claim.where[d].second + " is not a word of " + claim.where[d].first, "",
                             did_you_mean(claim.where[d].second, words)});
    }
    cell = cell * words.size() + static_cast<std::size_t>(found - words.begin());
  }
  return cell;
}

double value_of(const Claim& claim, const Replicates& arm, int replicate, const OutputCube& wanted, int from, int to) {
  double sum = 0;
  if (claim.where.empty()) {
    for (int year = from; year <= to; ++year) {
      for (const std::string& measure : wanted.measures) {
        sum += measure_sum(arm.result(replicate), measure_indexes(measure, ReturnsDefinition::settled, measure_rows()), year);
      }
    }
    return sum;
  }
  for (const CubeResult& cube : arm.cubes(replicate)) {
    if (!is_same(cube.spec, wanted)) continue;
    const std::size_t cell = cell_of(claim, cube);
    for (int year = from; year <= to; ++year) {
      for (std::size_t m = 0; m < wanted.measures.size(); ++m) {
        sum += static_cast<double>(cube.at(year, m, cell)) * raw_unit(wanted.measures[m]) * arm.result(replicate).weight;
      }
    }
    return sum;
  }
  return sum;
}

bool is_flow(const Claim& claim) {
  if (claim.measure == "returns") return true;
  for (const MeasureRow& row : measure_rows()) {
    if (row.name == claim.measure) return row.kind == "flow" || row.unit.ends_with("a year");
  }
  return false;
}

// What the claim is about: the difference, or the share of the base that it is.
std::optional<Estimate> claimed_of(const Claim& claim, const std::vector<double>& base, const std::vector<double>& alt) {
  const auto pair = paired_difference(base, alt);
  if (!pair) return std::nullopt;
  if (claim.size == Claim::Size::absolute) return pair->difference;
  if (!pair->relative) return std::nullopt;
  const Ratio& share = *pair->relative;
  return Estimate{share.value, share.sd, share.half_width, share.count};
}

}  // namespace

void count_for(const Claim& claim, ReturnsDefinition definition, Scenario& scenario) {
  if (claim.where.empty()) return;
  const OutputCube wanted = cube_of(claim, definition);
  for (const OutputCube& cube : scenario.outputs) {
    if (is_same(cube, wanted)) return;
  }
  scenario.outputs.push_back(wanted);
}

Judgement judge(const Claim& claim, const Comparison& comparison, ReturnsDefinition definition) {
  Judgement judgement;
  judgement.to_year = claim.year;
  judgement.from_year = claim.span == Claim::Span::in || !is_flow(claim)
                            ? claim.year
                            : std::min(comparison.alts[0].from_year, claim.year);
  const OutputCube wanted = cube_of(claim, definition);
  std::vector<double> base, alt;
  for (int i = 0; i < comparison.size(); ++i) {
    base.push_back(value_of(claim, comparison.arms[0], i, wanted, judgement.from_year, judgement.to_year));
    alt.push_back(value_of(claim, comparison.arms[1], i, wanted, judgement.from_year, judgement.to_year));
  }
  const std::optional<Estimate> found = claimed_of(claim, base, alt);
  if (!found) return judgement;
  judgement.value = found->mean;
  if (!found->half_width) return judgement;
  // The interval that is told is the one that decides.
  judgement.lo95 = found->mean - *found->half_width;
  judgement.hi95 = found->mean + *found->half_width;
  const bool at_least = claim.bound == Claim::Bound::at_least;
  if (at_least ? *judgement.lo95 >= claim.threshold : *judgement.hi95 <= claim.threshold) {
    judgement.verdict = Verdict::holds;
  } else if (at_least ? *judgement.hi95 < claim.threshold : *judgement.lo95 > claim.threshold) {
    judgement.verdict = Verdict::fails;
  } else {
    judgement.further = further_replicates(*found, claim.threshold, most_further);
  }
  return judgement;
}

}  // namespace homeward
