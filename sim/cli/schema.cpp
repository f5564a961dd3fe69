// homeward schema: the JSON Schema of a scenario on standard output.
#include <iostream>

#include "homeward/homeward.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {

int schema_verb(const Request& request) {
  Values values;
  if (!request.names.empty()) values.add("'" + request.names.front() + "': nothing is expected here.");
  if (!values.sound("schema")) return exit_input;
  const std::string schema = scenario_schema(request.tables.value_or(""));
  std::cout << schema;
  if (!schema.ends_with('\n')) std::cout << '\n';
  return exit_done;
}

}  // namespace homeward::cli
