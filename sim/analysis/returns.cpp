// The three definitions of return as sums of measures.
#include "analysis/returns.h"

namespace homeward {

std::vector<std::size_t> measure_indexes(std::string_view name, ReturnsDefinition definition,
                                         const std::vector<MeasureRow>& rows) {
  std::vector<std::string_view> names{name};
  if (name == "returns") {
    switch (definition) {
      case ReturnsDefinition::settled: names = {"returns_settled"}; break;
      case ReturnsDefinition::students: names = {"returns_settled", "returns_student"}; break;
      case ReturnsDefinition::all: names = {"returns_all"}; break;
    }
  }
  std::vector<std::size_t> indexes;
  for (const std::string_view wanted : names) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (rows[row].name == wanted) indexes.push_back(row);
    }
  }
  return indexes;
}

double measure_sum(const ReplicateResult& replicate, const std::vector<std::size_t>& indexes, int year) {
  double sum = 0;
  for (const std::size_t index : indexes) sum += replicate.totals[index][year_index(year)];
  return sum;
}

}  // namespace homeward
