// homeward check: every fault of every file, none of the run.
#include <iostream>
#include <nlohmann/json.hpp>

#include "homeward/homeward.h"
#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Fault& fault) {
  return {{"file", fault.file},       {"line", fault.line},     {"column", fault.column}, {"path", fault.path},
          {"problem", fault.problem}, {"reason", fault.reason}, {"remedy", fault.remedy}, {"text", fault.text}};
}

}  // namespace

int check_verb(const Request& request) {
  Values values;
  const LoadOptions options = values.load_options(request);
  if (request.names.empty()) values.add("no file given. Give one or more scenarios, plans or claims.");
  if (!values.sound("check")) return exit_input;
  bool sound = true;
  Json files = Json::array();
  for (const std::string& file : request.names) {
    const std::vector<Fault> faults = check(file, options);
    sound = sound && faults.empty();
    for (const Fault& fault : faults) std::cerr << fault.text << '\n';
    if (request.json) {
      Json list = Json::array();
      for (const Fault& fault : faults) list.push_back(to_json(fault));
      files.push_back({{"file", file}, {"ok", faults.empty()}, {"faults", std::move(list)}});
    } else if (faults.empty() && !request.quiet) {
      std::cout << printable(file) << ": ok\n";
    }
  }
  if (request.json) {
    std::cout << Json{{"ok", sound}, {"files", std::move(files)}}.dump(2, ' ', false, Json::error_handler_t::replace)
              << '\n';
  }
  return sound ? exit_done : exit_input;
}

}  // namespace homeward::cli
