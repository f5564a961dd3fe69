#include "api/key_entries.h"

#include <algorithm>
#include <utility>

#include "analysis/returns.h"
#include "policy/lever_words.h"
#include "policy/levers.h"
#include "scenario/keys.h"
#include "scenario/known_paths.h"
#include "scenario/overrides.h"
#include "scenario/value_reader.h"

namespace homeward::v1 {
namespace {

Entry key_entry(const std::string& name, const KeyText& row) {
  Entry entry;
  entry.kind = EntryKind::key;
  entry.name = name;
  entry.form = form_text(row);
  entry.unit = row.unit;
  entry.text = row.text;
  entry.fallback = row.fallback;
  entry.example = row.example;
  if (row.high > 0) {
    entry.hard_low = static_cast<double>(row.low);
    entry.hard_high = static_cast<double>(row.high);
  }
  return entry;
}

// A column of the economy or a shock of hosts. `above`: the lines of its example that lead to it.
template <typename Row>
Entry series_entry(const std::string& section, const Row& row, const std::string& above, const std::string& fallback) {
  Entry entry;
  entry.kind = EntryKind::key;
  entry.name = section + "." + std::string(row.name);
  entry.form = row_of(lever_keys(), LeverKey::value).form;
  entry.unit = row.unit;
  entry.text = row.text;
  entry.fallback = fallback;
  entry.hard_low = row.hard_low;
  entry.hard_high = row.hard_high;
  entry.example = above + std::string(row.name) + ": " + std::string(row.example);
  return entry;
}

std::string text_of(LeverWord::Kind kind, std::string_view name) {
  for (const LeverWord& word : lever_words()) {
    if (word.kind == kind && word.name == name) return std::string(word.text);
  }
  return "";
}

Entry option_entry(const LeverRow& lever) {
  const std::string path(lever.path), option(lever.scope_key);
  const std::size_t dot = path.find('.');
  Entry entry;
  entry.kind = EntryKind::key;
  entry.name = "policy." + path + "." + option;
  entry.text = text_of(LeverWord::Kind::option, option);
  entry.words = option_words(lever);
  entry.fallback = entry.words.front();
  entry.form = "one of";
  for (const std::string& word : entry.words) entry.form += (word == entry.words.front() ? " " : ", ") + word;
  entry.example = "policy:\n  " + path.substr(0, dot) + ":\n    " + path.substr(dot + 1) + ": {" + option + ": " +
                  entry.words.back() + ", value: {2027: 0, 2029: 1}}";
  return entry;
}

Entry group_entry(std::string name, std::string text, std::vector<std::string> members) {
  Entry entry;
  entry.kind = EntryKind::group;
  entry.name = std::move(name);
  entry.text = std::move(text);
  entry.words = std::move(members);
  return entry;
}

}  // namespace

// Where the parameters of a group act.
std::string acting(const std::string& group) {
  static const std::vector<std::pair<std::string, std::string>> places{
      {"choice", "the choice whether and in which mode to return"},
      {"attention", "who considers returning in a year"},
      {"pipeline", "the procedures of return: months, drop-out, offers"},
      {"legal", "how much legal certainty each law gives"},
      {"belief", "what people abroad believe of pay and red tape at home"},
      {"trust", "trust in the home country"},
      {"visits", "visits a year"},
      {"temporary", "contract end and graduation"},
      {"returnee", "who of the returned leaves again"},
      {"expert", "expert visits"},
      {"remittance", "remittances"},
      {"observation", "how stocks are seen in official figures"},
      {"demography", "births, deaths, unions, naturalisation"},
      {"community", "communities, ties, associations, attachment, savings"},
      {"lever", "what a lever does"},
      {"fiscal", "tax and the cost of levers"},
      {"macro", "wages at home"},
  };
  for (const auto& [name, text] : places) {
    if (name == group) return text;
  }
  return group;
}

std::vector<Entry> key_entries(const Tables& tables) {
  std::vector<Entry> list;
  for (const KeyText& row : scenario_keys()) list.push_back(key_entry(std::string(row.name), row));
  for (const KeyText& row : lever_keys()) list.push_back(key_entry(any_lever + ("." + std::string(row.name)), row));
  for (const LeverRow& lever : lever_rows()) {
    if (!lever.scope_key.empty()) list.push_back(option_entry(lever));
  }
  for (const EconomyRow& row : economy_rows())
    list.push_back(series_entry("economy", row, "economy:\n  ", "the macro table"));
  for (const HostShockRow& row : host_shock_rows()) {
    list.push_back(series_entry(any_host, row, "hosts:\n  GROUP:\n    ",
                                row.series == nullptr ? "0" : "the tables of hosts"));
  }
  for (const KeyText& row : cube_keys()) list.push_back(key_entry(any_cube + ("." + std::string(row.name)), row));
  // Examples name a group that these tables have.
  const std::string stand_in = "GROUP";
  for (Entry& entry : list) {
    const std::size_t at = entry.example.find(stand_in);
    if (at != std::string::npos && !tables.groups.empty())
      entry.example.replace(at, stand_in.size(), tables.groups.front().code);
  }
  return list;
}

std::vector<Entry> group_entries(const Tables& tables) {
  std::vector<Entry> list;
  for (const LeverWord& word : lever_words()) {
    std::vector<std::string> members;
    for (const std::string& path : levers_of(word)) members.push_back("policy." + path);
    const std::string name(word.name);
    if (!members.empty()) {
      list.push_back(group_entry(word.kind == LeverWord::Kind::family ? "policy." + name : name,
                                 std::string(word.text), std::move(members)));
    }
  }
  for (const ParameterRow& row : tables.parameters) {
    const std::string group = row.path.substr(0, row.path.find('.'));
    if (list.empty() || list.back().name != "parameters." + group)
      list.push_back(group_entry("parameters." + group, "Parameters of " + acting(group) + ".", {}));
    list.back().words.push_back(row.path);
  }
  for (std::size_t i = 0; i < tables.groups.size(); ++i) {
    std::vector<std::string> members;
    for (const Host& host : tables.hosts) {
      if (host.group == static_cast<int>(i)) members.push_back(host.iso3);
    }
    list.push_back(group_entry("hosts." + tables.groups[i].code,
                               tables.groups[i].name + ": countries that share wages, life table and mixes.",
                               std::move(members)));
  }
  return list;
}

Entry returns_entry() {
  Entry entry;
  entry.kind = EntryKind::measure;
  entry.name = "returns";
  entry.unit = "persons a year";
  entry.kind_of_measure = "flow";
  entry.text = "Those who come home in a year, by the definition that --returns chooses; " +
               std::string(returns_rows().front().word) + " unless it says otherwise.";
  for (const ReturnsRow& row : returns_rows()) {
    std::string sum;
    for (const std::string_view measure : row.measures) sum += (sum.empty() ? "" : " + ") + std::string(measure);
    entry.definition += (entry.definition.empty() ? "" : "; ") + std::string(row.word) + ": " + std::string(row.text) +
                        " (" + sum + ")";
  }
  return entry;
}

std::string declared_name(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return name;
  const std::string above = name.substr(0, dot), word = name.substr(dot + 1);
  const auto is_word = [&](const auto& row) { return row.name == word; };
  const bool is_shock = std::any_of(host_shock_rows().begin(), host_shock_rows().end(), is_word);
  if (is_shock && above.starts_with("hosts.")) return any_host + ("." + word);
  if (above.starts_with("outputs[") && find_key(cube_keys(), word) != nullptr) return any_cube + ("." + word);
  const bool of_lever = std::any_of(lever_rows().begin(), lever_rows().end(), [&](const LeverRow& lever) {
    return above == lever.path || above == "policy." + std::string(lever.path);
  });
  return of_lever && find_key(lever_keys(), word) != nullptr ? any_lever + ("." + word) : name;
}

}  // namespace homeward::v1
