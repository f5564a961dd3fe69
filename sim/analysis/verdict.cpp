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
  std::vector<double> base, alt, differences;
  for (int i = 0; i < comparison.size(); ++i) {
    base.push_back(value_of(claim, comparison.arms[0], i, wanted, judgement.from_year, judgement.to_year));
    alt.push_back(value_of(claim, comparison.arms[1], i, wanted, judgement.from_year, judgement.to_year));
    differences.push_back(alt.back() - base.back());
  }
  // What must lie above 0 (or below) for the claim to hold; for a share of the base as difference - share x base, which
  // is an average over replicates whatever the base is.
  std::vector<double> margins = differences;
  if (claim.size == Claim::Size::relative) {
    for (std::size_t i = 0; i < margins.size(); ++i) margins[i] -= claim.threshold * base[i];
    if (const auto ratio = ratio_of_means(differences, base)) {
      judgement.value = ratio->value;
      if (ratio->half_width) {
        judgement.lo95 = ratio->value - *ratio->half_width;
        judgement.hi95 = ratio->value + *ratio->half_width;
      }
    }
  } else {
    for (double& margin : margins) margin -= claim.threshold;
    if (const auto difference = estimate(differences)) {
      judgement.value = difference->mean;
      if (difference->half_width) {
        judgement.lo95 = difference->mean - *difference->half_width;
        judgement.hi95 = difference->mean + *difference->half_width;
      }
    }
  }
  if (claim.bound == Claim::Bound::at_most) {
    for (double& margin : margins) margin = -margin;
  }
  const auto margin = estimate(margins);
  if (!margin || !margin->half_width) return judgement;
  if (margin->mean >= *margin->half_width) {
    judgement.verdict = Verdict::holds;
  } else if (margin->mean < -*margin->half_width) {
    judgement.verdict = Verdict::fails;
  } else {
    judgement.further = further_replicates(*margin, 0, most_further);
  }
  return judgement;
}

}  // namespace homeward
