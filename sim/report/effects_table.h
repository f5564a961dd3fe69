// effects.csv: what policies change over the design of a sweep, one row an alternative, year, measure and span.
#pragma once
#include <cstdint>
#include <vector>

#include "analysis/sweep_store.h"
#include "analysis/whole_file.h"

namespace homeward {

// Columns: alt, year, measure, unit, span, mean, sd, p05, p25, p50, p75, p95, positive, chance_sd, points. The measures
// and years of merged.csv. Returns the number of rows.
std::uint64_t write_effects(WholeFile& out, const Sweep& sweep, const std::vector<Sweep::KeyedRun>& runs,
                            const StoreIndex& store);

}  // namespace homeward
