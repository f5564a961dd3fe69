// homeward report: the page of a folder of results again, from its tables.
#include <iostream>

#include "homeward/homeward.h"
#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {

int report_verb(const Request& request) {
  Values values;
  if (request.names.empty()) values.add("no folder given. Name the one that `homeward run` wrote.");
  if (request.names.size() > 1) values.add("one folder at a time; got " + std::to_string(request.names.size()) + ".");
  if (!values.sound("report")) return exit_input;
  ReportOptions options;
  options.tables = request.tables.value_or("");
  options.figures = request.figures;
  const std::string& folder = request.names.front();
  for (const std::string& name : write_report(folder, options)) {
    if (!request.quiet) std::cout << printable(folder + (folder.ends_with('/') ? "" : "/") + name) << '\n';
  }
  return exit_done;
}

}  // namespace homeward::cli
