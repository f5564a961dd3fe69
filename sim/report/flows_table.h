// flows.csv: one row a replicate, year, cell and measure of each cube that the scenario asks for.
#pragma once
#include <string>

#include "analysis/replicates.h"
#include "analysis/whole_file.h"

namespace homeward {

// Cells of fewer synthetic persons than this are pooled into `other`, so that sums close.
inline constexpr double small_cell = 10;

enum class SmallCells { pooled, shown };

struct FlowsOptions {
  double weight = 1;  // persons that a synthetic person stands for
  int from_year = first_year, to_year = last_year;
  SmallCells small_cells = SmallCells::pooled;
};

// Writes header and rows, a replicate at a time; zeros are left out. A dimension that a cube sums over says `all`.
// The columns duration_group and return_province are there only where a cube asks for them. Throws RunError.
void write_flows(WholeFile& out, const Scenario& scenario, const Replicates& replicates, const FlowsOptions& options);

}  // namespace homeward
