// homeward schema: the JSON Schema of a scenario on standard output.
#include <iostream>

#include "homeward/homeward.h"
#include "verbs.h"

namespace homeward::cli {

int schema_verb(const Request& request) {
  const std::string schema = scenario_schema(request.tables.value_or(""));
  std::cout << schema;
  if (!schema.ends_with('\n')) std::cout << '\n';
  return exit_done;
}

}  // namespace homeward::cli
