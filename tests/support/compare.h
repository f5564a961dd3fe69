// Whether two replicates are the same, byte for byte; where not, the first difference in words.
#pragma once
#include <bit>
#include <sstream>
#include <string>

#include "observation/measures.h"
#include "observation/results.h"

namespace homeward::test {

inline bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

inline std::string difference_of_totals(const ReplicateResult& a, const ReplicateResult& b) {
  std::ostringstream text;
  text.precision(17);
  for (std::size_t t = 0; t < year_count; ++t) {
    for (std::size_t m = 0; m < a.totals.size(); ++m) {
      if (same_bits(a.totals[m][t], b.totals[m][t])) continue;
      text << measure_rows()[m].name << " in " << first_year + static_cast<int>(t) << ": " << a.totals[m][t] << " and "
           << b.totals[m][t];
      return text.str();
    }
  }
  return "";
}

inline std::string difference_of_cubes(const ReplicateResult& a, const ReplicateResult& b) {
  if (a.cubes.size() != b.cubes.size()) return "number of cubes";
  for (std::size_t c = 0; c < a.cubes.size(); ++c) {
    const CubeResult &x = a.cubes[c], &y = b.cubes[c];
    const bool same = x.spec.measures == y.spec.measures && x.spec.by == y.spec.by && x.words == y.words &&
                      x.cells == y.cells && x.values == y.values;
    if (!same) return "cube " + std::to_string(c);
  }
  return "";
}

inline std::string difference_of_pipelines(const ReplicateResult& a, const ReplicateResult& b) {
  for (std::size_t t = 0; t < year_count; ++t) {
    for (std::size_t k = 0; k < 6; ++k) {
      const StageCount& x = a.pipeline[t][k];
      const StageCount& y = b.pipeline[t][k];
      if (x.entered != y.entered || x.completed != y.completed || x.abandoned != y.abandoned || x.months != y.months) {
        return "stage " + std::string(stage_names[k]) + " in " + std::to_string(first_year + static_cast<int>(t));
      }
    }
  }
  return "";
}

inline std::string difference_of_spending(const ReplicateResult& a, const ReplicateResult& b) {
  for (std::size_t t = 0; t < year_count; ++t) {
    for (std::size_t l = 0; l < lever_count; ++l) {
      if (!same_bits(a.lever_spending[t][l], b.lever_spending[t][l])) {
        return "spending on " + std::string(lever_rows()[l].path) + " in " +
               std::to_string(first_year + static_cast<int>(t));
      }
    }
  }
  return "";
}

// Everything that reaches a table. "" where all is equal.
inline std::string first_difference(const ReplicateResult& a, const ReplicateResult& b) {
  if (a.to_year != b.to_year || !same_bits(a.weight, b.weight)) return "last year or weight";
  for (const std::string& text : {difference_of_totals(a, b), difference_of_cubes(a, b), difference_of_pipelines(a, b),
                                  difference_of_spending(a, b)}) {
    if (!text.empty()) return text;
  }
  return a.agent_years == b.agent_years ? "" : "agent-years";
}

}  // namespace homeward::test
