// homeward list: what exists, a line each.
#include <algorithm>
#include <array>
#include <iostream>

#include "entry_text.h"
#include "homeward/homeward.h"
#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

constexpr std::array kinds{EntryKind::lever, EntryKind::parameter, EntryKind::measure, EntryKind::host,
                           EntryKind::dimension, EntryKind::key};

// The middle column: what a reader compares from line to line.
std::string second_column(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::lever: return range_text(entry.low, entry.high) + ", " + entry.unit;
    case EntryKind::parameter:
      return plain(entry.value.value_or(0)) + " [" + range_text(entry.low, entry.high) + "] " + entry.basis;
    case EntryKind::measure: return entry.unit;
    case EntryKind::host: return entry.group;
    case EntryKind::key: return entry.form;
    case EntryKind::dimension:
    case EntryKind::group: return "";
  }
  return "";
}

void print_words(const Entry& entry) {
  std::string words;
  for (const std::string& word : entry.words) words += (words.empty() ? "" : " ") + word;
  for (const std::string& line : wrapped(words, 96)) std::cout << "    " << line << '\n';
}

void print(EntryKind kind, const std::vector<Entry>& list) {
  std::size_t first = 0, second = 0;
  for (const Entry& entry : list) {
    first = std::max(first, entry.name.size() + 2);
    second = std::max(second, second_column(entry).size() + 2);
  }
  for (const Entry& entry : list) {
    std::cout << padded(entry.name, first);
    if (kind != EntryKind::dimension) std::cout << padded(second_column(entry), second);
    std::cout << entry.text << '\n';
    if (kind == EntryKind::dimension) print_words(entry);
  }
}

}  // namespace

int list_verb(const Request& request) {
  Values values;
  std::vector<EntryKind> wanted;
  std::vector<std::string> known;
  for (const EntryKind kind : kinds) known.push_back(kind_word(kind) + 's');
  for (const std::string& name : request.names) {
    const auto at = std::find(known.begin(), known.end(), name);
    if (at != known.end()) {
      wanted.push_back(kinds[static_cast<std::size_t>(at - known.begin())]);
    } else if (name == "vocabulary") {
      wanted.push_back(EntryKind::dimension);
    } else {
      const std::string nearest = nearest_word(name, known);
      values.add("'" + name + "': there are levers, parameters, measures, hosts, dimensions and keys." +
                 (nearest.empty() ? "" : " Did you mean '" + nearest + "'?"));
    }
  }
  if (!values.sound("list")) return exit_input;
  if (request.names.empty()) wanted.assign(kinds.begin(), kinds.end());
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  bool first = true;
  for (const EntryKind kind : wanted) {
    const std::vector<Entry> list = entries(kind, request.tables.value_or(""));
    const std::string heading = kind_word(kind) + 's';
    if (request.json) {
      json[heading] = nlohmann::ordered_json::array();
      for (const Entry& entry : list) json[heading].push_back(to_json(entry));
      continue;
    }
    if (wanted.size() > 1) std::cout << (first ? "" : "\n") << heading << "\n";
    first = false;
    print(kind, list);
  }
  if (request.json) {
    std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  }
  return exit_done;
}

}  // namespace homeward::cli
