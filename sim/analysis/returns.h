// What `returns` means: three definitions, of which every result names the one it uses.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/declaration.h"
#include "observation/results.h"

namespace homeward {

enum class ReturnsDefinition { settled, students, all };

struct ReturnsRow {
  ReturnsDefinition definition;
  std::string_view word;                   // after --returns
  std::vector<std::string_view> measures;  // whose sum it is
  std::string_view text;
};

// The definitions in the order of ReturnsDefinition; the first is the default.
const std::vector<ReturnsRow>& returns_rows();

// The rows whose sum is `name`: a measure's own, or those of `returns` under a definition; empty where unknown.
std::vector<std::size_t> measure_indexes(std::string_view name, ReturnsDefinition definition,
                                         const std::vector<MeasureRow>& rows);

// The sum of those measures in a year of a replicate.
double measure_sum(const ReplicateResult& replicate, const std::vector<std::size_t>& indexes, int year);

}  // namespace homeward
