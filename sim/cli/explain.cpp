// homeward explain: one entry with everything that is declared about it.
#include <iostream>

#include "entry_text.h"
#include "homeward/homeward.h"
#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

void field(const std::string& name, const std::string& value) {
  if (value.empty()) return;
  bool first = true;
  for (const std::string& line : wrapped(value, 82)) {
    std::cout << "  " << padded(first ? name : "", 16) << line << '\n';
    first = false;
  }
}

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

// How a lever or a parameter is written in a scenario.
void example(const Entry& entry) {
  std::string path = entry.kind == EntryKind::parameter ? "parameters." + entry.name : entry.name;
  std::string indent = "    ";
  std::cout << "  in a scenario\n";
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.')) {
    std::cout << indent << path.substr(0, dot) << ":\n";
    path.erase(0, dot + 1);
    indent += "  ";
  }
  const std::string value = plain(entry.high.value_or(1));
  std::cout << indent << path << ": "
            << (entry.kind == EntryKind::lever ? "{2027: 0, 2030: " + value + "}" : plain(entry.value.value_or(0)))
            << '\n';
}

void print(const Entry& entry) {
  std::cout << entry.name << " (" << kind_word(entry.kind) << ")\n";
  for (const std::string& line : wrapped(entry.text, 98)) std::cout << "  " << line << '\n';
  if (entry.kind == EntryKind::host) {
    field("group", entry.group);
    field("data", entry.acts);
    if (entry.value) field("stock", grouped(*entry.value) + ' ' + entry.unit);
    return;
  }
  field("unit", entry.unit);
  field("kind", entry.kind_of_measure);
  field("definition", entry.definition);
  if (entry.value) field("default", plain(*entry.value) + (entry.kind == EntryKind::lever ? ", neutral" : ""));
  if (entry.low) {
    field("range", range_text(entry.low, entry.high) + " plausible; " + range_text(entry.hard_low, entry.hard_high) +
                       " at most");
  }
  field("class", entry.basis);
  field("informed by", entry.informed_by);
  field("source", entry.source);
  field("acts on", entry.acts);
  if (entry.kind == EntryKind::lever) field("group", entry.group);
  if (!entry.option.empty()) {
    field("option " + entry.option, joined(entry.words, " | ") + " (the first is the default)");
  }
  if (entry.kind == EntryKind::dimension) field("words", joined(entry.words, " "));
  if (entry.kind == EntryKind::lever || entry.kind == EntryKind::parameter) example(entry);
}

}  // namespace

int explain_verb(const Request& request) {
  Values values;
  if (request.names.size() != 1) values.add("one name is needed, as in `homeward explain choice.b_pay`.");
  if (!values.sound("explain")) return exit_input;
  const std::string& name = request.names.front();
  const std::string tables = request.tables.value_or("");
  const std::vector<Entry> found = find_entries(name, tables);
  if (found.empty()) {
    const std::string nearest = nearest_entry(name, tables);
    values.add("'" + name + "': unknown name." +
               (nearest.empty() ? " `homeward list` shows what exists." : " Did you mean '" + nearest + "'?"));
  } else if (found.size() > 1) {
    std::string names;
    for (const Entry& entry : found) names += (names.empty() ? "" : ", ") + entry.name;
    values.add("'" + name + "' can mean " + names + ". Give one of them.");
  }
  if (!values.sound("explain")) return exit_input;
  if (request.json) {
    std::cout << to_json(found.front()).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  } else {
    print(found.front());
  }
  return exit_done;
}

}  // namespace homeward::cli
