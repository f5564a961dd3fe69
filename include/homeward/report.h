// Rebuilding the report of a folder of results from its tables.
#pragma once
#include <string>
#include <vector>

#include "homeward/error.h"

namespace homeward::v1 {

struct ReportOptions {
  std::string tables;     // folder of tables, for the coasts of the map; empty: the default
  bool figures = false;   // also each figure as SVG, and its numbers as CSV
};

// Writes report.html, and figure-NAME.svg and figure-NAME.csv where asked for, into a folder that run() filled; the same
// tables give the same bytes. Returns the names of the files. Throws InputError (no such folder, a table that was
// changed), RunError.
//
//   write_report("out/baseline", {.figures = true});
std::vector<std::string> write_report(const std::string& folder, const ReportOptions& options);

}  // namespace homeward::v1
