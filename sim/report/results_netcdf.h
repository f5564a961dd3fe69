// results.nc: totals, cubes and the pipeline of every replicate as CF-1.10 NetCDF-4.
#pragma once
#include "analysis/replicates.h"
#include "analysis/whole_file.h"
#include "report/flows_table.h"
#include "report/manifest.h"

namespace homeward {

// The same cells as in flows.csv: one that is pooled there is not defined here (NaN), and the variable of the same name
// with `_pooled` behind it holds what was pooled, so that sums close. Holds neither times nor threads: the same run
// gives the same bytes. Throws RunError.
void write_results_netcdf(WholeFile& out, const Scenario& scenario, const Replicates& replicates,
                          const FlowsOptions& options, const ManifestFacts& facts);

}  // namespace homeward
