// homeward explain: one entry with everything that is declared about it.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

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

using YearMap = std::map<int, double>;

constexpr int first_year = 2004;
// When the years of an example begin and end.
constexpr int example_from = 2027, example_to = 2030;

// What the baseline sets for a lever, from the ramps of the table policy_history: `added` is reached linearly over
// `ramp_years` from `year` on. Empty for a lever without history. The first four columns hold no quotes.
YearMap history_of(const Entry& lever, const std::string& tables) {
  struct Ramp {
    int year = 0, years = 1;
    double added = 0;
  };
  std::vector<Ramp> ramps;
  const std::filesystem::path folder = tables.empty() ? default_tables_folder() : tables;
  std::ifstream table(folder / "policy_history" / "table.csv");
  for (std::string line; std::getline(table, line);) {
    std::istringstream cells(line);
    std::string name;
    char comma = 0;
    Ramp ramp;
    if (!std::getline(cells, name, ',') || "policy." + name != lever.name) continue;
    if (cells >> ramp.year >> comma >> ramp.years >> comma >> ramp.added && ramp.years > 0) ramps.push_back(ramp);
  }
  std::set<int> corners;
  for (const Ramp& ramp : ramps) {
    corners.insert(std::max(first_year, ramp.year - 1));
    corners.insert(std::max(first_year, ramp.year + ramp.years - 1));
  }
  YearMap history;
  for (const int year : corners) {
    double sum = 0;
    for (const Ramp& ramp : ramps) {
      sum += ramp.added * std::clamp(static_cast<double>(year - ramp.year + 1) / ramp.years, 0.0, 1.0);
    }
    history[year] = std::round(sum * 1e10) / 1e10;
  }
  return history;
}

std::string year_map_text(const YearMap& values) {
  std::string text;
  for (const auto& [year, value] : values) {
    text += (text.empty() ? "" : ", ") + std::to_string(year) + ": " + plain(value);
  }
  return '{' + text + '}';
}

// Values that change a lever from example_from on and leave what was before as it was.
YearMap example_values(const Entry& lever, YearMap history) {
  const double high = lever.high.value_or(1);
  if (history.empty()) return {{example_from, 0}, {example_to, high}};
  const auto [last_year, last] = *history.rbegin();
  if (last_year < example_from) history[example_from] = last;
  history[std::max(example_to, last_year + 1)] = last < high ? high : lever.value.value_or(0);
  return history;
}

// How a lever or a parameter is written in a scenario.
void example(const Entry& entry, const YearMap& history) {
  std::string path = entry.kind == EntryKind::parameter ? "parameters." + entry.name : entry.name;
  std::string indent = "    ";
  std::cout << "  in a scenario\n";
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.')) {
    std::cout << indent << path.substr(0, dot) << ":\n";
    path.erase(0, dot + 1);
    indent += "  ";
  }
  std::cout << indent << path << ": "
            << (entry.kind == EntryKind::lever ? year_map_text(example_values(entry, history))
                                               : plain(entry.value.value_or(0)))
            << '\n';
}

void print_example(const std::string& lines) {
  std::cout << "  in a scenario\n";
  std::istringstream text(lines);
  for (std::string line; std::getline(text, line);) std::cout << "    " << line << '\n';
}

// The members of a group, each with what it is.
void print_members(const Entry& group, const std::string& tables) {
  std::map<std::string, std::string> texts;
  for (const EntryKind kind : {EntryKind::lever, EntryKind::parameter, EntryKind::host}) {
    for (const Entry& entry : entries(kind, tables)) texts[entry.name] = entry.text;
  }
  std::size_t width = 0;
  for (const std::string& name : group.words) width = std::max(width, name.size() + 2);
  for (const std::string& name : group.words) std::cout << "  " << padded(name, width) << texts[name] << '\n';
}

void print(const Entry& entry, const std::string& tables) {
  std::cout << entry.name << " (" << kind_word(entry.kind) << ")\n";
  for (const std::string& line : wrapped(entry.text, 98)) std::cout << "  " << line << '\n';
  if (entry.kind == EntryKind::host) {
    field("group", entry.group);
    field("data", entry.acts);
    if (entry.value) field("stock", grouped(*entry.value) + ' ' + entry.unit);
    return;
  }
  if (entry.kind == EntryKind::group) return print_members(entry, tables);
  field("form", entry.form);
  field("unit", entry.unit);
  field("kind", entry.kind_of_measure);
  field("definition", entry.definition);
  if (entry.value) field("default", plain(*entry.value) + (entry.kind == EntryKind::lever ? ", neutral" : ""));
  field("default", entry.fallback);
  if (entry.low) {
    field("range", range_text(entry.low, entry.high) + " plausible; " + range_text(entry.hard_low, entry.hard_high) +
                       " at most");
  } else if (entry.hard_low && entry.hard_high && entry.form.find(" from ") == std::string::npos) {
    field("range", range_text(entry.hard_low, entry.hard_high) + "; outside it is a fault");
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
  const YearMap history = entry.kind == EntryKind::lever ? history_of(entry, tables) : YearMap{};
  if (!history.empty()) {
    field("in the baseline", year_map_text(history));
    field("", "a year map replaces all of it: repeat its years, then add yours");
  }
  if (entry.kind == EntryKind::lever || entry.kind == EntryKind::parameter) example(entry, history);
  if (!entry.example.empty()) print_example(entry.example);
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
    print(found.front(), tables);
  }
  return exit_done;
}

}  // namespace homeward::cli
