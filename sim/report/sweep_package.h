// datapackage.json of a merged sweep: its tables, with the axes of its design as columns.
#pragma once
#include <string>

#include "analysis/sweep.h"
#include "analysis/whole_file.h"

namespace homeward {

// From tables that are written and finished, in place or not; `effects` where the sweep has them. Throws RunError.
std::string sweep_package_json(const Sweep& sweep, const WholeFile& merged, const WholeFile* effects);

}  // namespace homeward
