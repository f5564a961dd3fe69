// results.nc of a sweep: every measure over scenario, design, replicate and year; a grid's axes are dimensions.
#pragma once
#include <string>
#include <vector>

#include "analysis/sweep_store.h"
#include "analysis/whole_file.h"

namespace homeward {

// The most values a file may hold (in memory while it is written).
inline constexpr double most_netcdf_values = 5e7;

// How many values results.nc of a sweep would hold.
double netcdf_values(const Sweep& sweep);

// Dimensions: scenario; a grid's axes under their paths, or `point` with the values of each axis along it; replicate;
// year. Runs that the store does not have are NaN. `source`: the program and its version.
void write_sweep_netcdf(WholeFile& out, const Sweep& sweep, const std::vector<Sweep::KeyedRun>& runs,
                        const StoreIndex& store, const std::string& source);

}  // namespace homeward
