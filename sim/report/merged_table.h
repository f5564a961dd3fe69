// merged.csv: all runs of a sweep as one tidy table, in the order of the plan, the same bytes whoever did the runs.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/sweep_store.h"
#include "analysis/whole_file.h"

namespace homeward {

// The measures and years that a plan asks for.
struct MergedChoice {
  std::vector<std::size_t> measures;  // indexes into measure_rows()
  std::vector<int> years;
};
MergedChoice merged_choice(const SweepPlan& plan);

struct MergedRows {
  std::uint64_t runs = 0, left_out = 0;  // left out: not in the store
  std::uint64_t rows = 0;
};

// Columns: scenario, point, one an axis under its path, replicate, year, measure, unit, value; with contrasts also
// difference, the value less that of the base at the same point and replicate, empty where that is not there and in the
// base itself. Rows by scenario, point, replicate, year, then the measures in the order of `homeward list measures`; an
// empty value is not defined. `runs` are all of the plan, in order.
MergedRows write_merged(WholeFile& out, const Sweep& sweep, const std::vector<Sweep::KeyedRun>& runs,
                        const StoreIndex& store);

// About how many bytes a run takes of it.
double merged_bytes(const Sweep& sweep, const StoredRun& run);

}  // namespace homeward
