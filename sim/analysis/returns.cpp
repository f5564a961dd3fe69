// The three definitions of return as sums of measures.
#include "analysis/returns.h"

namespace homeward {

const std::vector<ReturnsRow>& returns_rows() {
  using enum ReturnsDefinition;
  static const std::vector<ReturnsRow> rows{
      {settled, "settled", {"returns_settled"}, "those who had settled abroad"},
      {students, "students", {"returns_settled", "returns_student"}, "students at graduation too"},
      {all, "all", {"returns_all"}, "everyone, contract workers included"},
  };
  return rows;
}

std::vector<std::size_t> measure_indexes(std::string_view name, ReturnsDefinition definition,
                                         const std::vector<MeasureRow>& rows) {
  std::vector<std::string_view> names{name};
  if (name == "returns") names = returns_rows()[static_cast<std::size_t>(definition)].measures;
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
