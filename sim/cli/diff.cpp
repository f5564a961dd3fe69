// homeward diff: what two scenarios differ in, after inheritance.
#include <iostream>
#include <nlohmann/json.hpp>

#include "homeward/homeward.h"
#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {

int diff_verb(const Request& request) {
  Values values;
  const LoadOptions options = values.load_options(request);
  if (request.names.size() != 2) values.add("two scenarios are needed, as in `homeward diff base.yaml other.yaml`.");
  if (!values.sound("diff")) return exit_input;
  std::vector<Fault> faults = check(request.names[0], options);
  if (request.names[1] != request.names[0]) {
    const std::vector<Fault> second = check(request.names[1], options);
    faults.insert(faults.end(), second.begin(), second.end());
  }
  for (const Fault& fault : faults) std::cerr << fault.text << '\n';
  if (!faults.empty()) return exit_input;
  const Scenario a = Scenario::load(request.names[0], options);
  const Scenario b = Scenario::load(request.names[1], options);
  const std::vector<std::string> lines = difference_in_words(a, b);
  if (request.json) {
    using Json = nlohmann::ordered_json;
    std::cout << Json{{"a", a.file()},          {"b", b.file()},          {"same_results", a.hash() == b.hash()},
                      {"a_hash", a.hash()},     {"b_hash", b.hash()},     {"differences", lines}}
                     .dump(2, ' ', false, Json::error_handler_t::replace)
              << '\n';
    return exit_done;
  }
  for (const std::string& line : lines) std::cout << printable(line) << '\n';
  if (lines.empty()) std::cout << "No difference after inheritance.\n";
  return exit_done;
}

}  // namespace homeward::cli
