// Entries from the rows of levers, parameters, measures, hosts and dimensions.
#include "homeward/vocabulary.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "api/bridge.h"
#include "api/key_entries.h"
#include "observation/measures.h"
#include "policy/levers.h"
#include "scenario/loader.h"

namespace homeward::v1 {
namespace {

constexpr std::array kinds{EntryKind::lever, EntryKind::parameter, EntryKind::measure, EntryKind::host,
                           EntryKind::dimension, EntryKind::key};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t bar = text.find('|');
    words.emplace_back(text.substr(0, bar));
    text = bar == std::string_view::npos ? "" : text.substr(bar + 1);
  }
  return words;
}

Entry entry_of(const LeverRow& row) {
  Entry entry;
  entry.kind = EntryKind::lever;
  entry.name = "policy." + std::string(row.path);
  entry.unit = row.unit;
  entry.text = row.text;
  entry.value = 0;
  entry.low = row.low;
  entry.high = row.high;
  entry.hard_low = row.hard_low;
  entry.hard_high = row.hard_high;
  entry.basis = basis_names[static_cast<std::size_t>(row.basis)];
  entry.informed_by = row.informed_by;
  entry.source = row.source;
  entry.acts = row.channel;
  entry.group = row.group;
  entry.option = row.scope_key;
  entry.words = split(row.options);
  return entry;
}

Entry entry_of(const ParameterRow& row) {
  Entry entry;
  entry.kind = EntryKind::parameter;
  entry.name = row.path;
  entry.unit = row.unit;
  entry.text = row.text;
  entry.value = row.value;
  entry.low = row.low;
  entry.high = row.high;
  entry.hard_low = row.hard_low;
  entry.hard_high = row.hard_high;
  entry.basis = basis_names[static_cast<std::size_t>(row.basis)];
  entry.informed_by = row.informed_by;
  entry.source = row.source;
  entry.group = row.path.substr(0, row.path.find('.'));
  entry.acts = acting(entry.group);
  return entry;
}

Entry entry_of(const MeasureRow& row) {
  Entry entry;
  entry.kind = EntryKind::measure;
  entry.name = row.name;
  entry.unit = row.unit;
  entry.text = row.text;
  entry.definition = row.definition;
  entry.kind_of_measure = row.kind;
  return entry;
}

Entry entry_of(const Host& host, const Tables& tables) {
  const HostGroup& group = tables.groups[static_cast<std::size_t>(host.group)];
  Entry entry;
  entry.kind = EntryKind::host;
  entry.name = host.iso3;
  entry.text = host.name;
  entry.group = group.code;
  entry.value = group.stock_2004 * host.share;
  entry.unit = "persons of home origin at the start of 2004";
  entry.acts = host.share == 1 ? "its own" : "of its group, " + group.name;
  return entry;
}

Entry entry_of(const DimensionRow& row) {
  Entry entry;
  entry.kind = EntryKind::dimension;
  entry.name = row.name;
  entry.text = row.text;
  entry.words = row.words;
  return entry;
}

Tables tables_in(const std::string& folder) { return load_tables(folder.empty() ? default_tables_folder() : folder); }

void add_entries(EntryKind kind, const Tables& tables, std::vector<Entry>& list) {
  switch (kind) {
    case EntryKind::lever:
      for (const LeverRow& row : lever_rows()) list.push_back(entry_of(row));
      break;
    case EntryKind::parameter:
      for (const ParameterRow& row : tables.parameters) list.push_back(entry_of(row));
      break;
    case EntryKind::measure:
      for (const MeasureRow& row : measure_rows()) list.push_back(entry_of(row));
      break;
    case EntryKind::host:
      for (const Host& host : tables.hosts) list.push_back(entry_of(host, tables));
      break;
    case EntryKind::dimension:
      for (const DimensionRow& row : dimension_rows()) {
        list.push_back(entry_of(row));
        if (row.words.empty()) list.back().words = dimension_words(row.name, tables);
      }
      break;
    case EntryKind::key:
      for (Entry& entry : key_entries(tables)) list.push_back(std::move(entry));
      break;
    case EntryKind::group:
      for (Entry& entry : group_entries(tables)) list.push_back(std::move(entry));
      break;
  }
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string without(std::string_view prefix, const std::string& text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

// All names under which an entry is known, the one it is called by first.
std::vector<std::string> names_of(const Entry& entry) {
  std::vector<std::string> names{entry.name};
  if (entry.kind == EntryKind::lever) names.push_back(without("policy.", entry.name));
  if (entry.kind == EntryKind::group) {
    names.push_back(without("policy.", entry.name));
    names.push_back(without("parameters.", entry.name));
  }
  if (entry.kind == EntryKind::parameter) names.push_back("parameters." + entry.name);
  if (entry.kind == EntryKind::host) names.push_back(entry.text);
  return names;
}

std::vector<Entry> all_entries(const Tables& loaded) {
  std::vector<Entry> list;
  for (const EntryKind kind : kinds) add_entries(kind, loaded, list);
  add_entries(EntryKind::group, loaded, list);
  list.push_back(returns_entry());
  return list;
}

}  // namespace

std::vector<Entry> entries(EntryKind kind, const std::string& tables) {
  return translated([&] {
    const bool needs_tables = kind != EntryKind::lever && kind != EntryKind::measure;
    std::vector<Entry> list;
    add_entries(kind, needs_tables ? tables_in(tables) : Tables{}, list);
    return list;
  });
}

std::vector<Entry> find_entries(const std::string& name, const std::string& tables) {
  return translated([&] {
    const Tables loaded = tables_in(tables);
    const std::vector<Entry> list = all_entries(loaded);
    const std::string wanted = lower(declared_name(name));
    std::vector<Entry> whole, last_word, groups;
    for (const Entry& entry : list) {
      bool match = false;
      for (const std::string& known : names_of(entry)) match = match || lower(known) == wanted;
      if (entry.kind == EntryKind::host) {
        const int host = loaded.host_index(entry.name);
        match = match || (host >= 0 && lower(loaded.hosts[static_cast<std::size_t>(host)].iso2) == wanted);
      }
      if (match) (entry.kind == EntryKind::group ? groups : whole).push_back(entry);
      const std::size_t dot = entry.name.rfind('.');
      if (entry.kind == EntryKind::group || dot == std::string::npos) continue;
      if (lower(entry.name.substr(dot + 1)) == wanted) last_word.push_back(entry);
    }
    if (!whole.empty()) return whole;
    return last_word.empty() ? groups : last_word;
  });
}

std::string nearest_entry(const std::string& name, const std::string& tables) {
  return translated([&] {
    std::vector<std::string> known;
    std::vector<std::string> called;  // by what the entry of known[i] is called
    for (const Entry& entry : all_entries(tables_in(tables))) {
      std::vector<std::string> names = names_of(entry);
      const std::size_t dot = entry.name.rfind('.');
      if (dot != std::string::npos) names.push_back(entry.name.substr(dot + 1));
      for (std::string& one : names) {
        known.push_back(std::move(one));
        called.push_back(entry.name);
      }
    }
    const std::string best = nearest(name, known);
    if (best.empty()) return std::string();
    const auto at = std::find(known.begin(), known.end(), best) - known.begin();
    return called[static_cast<std::size_t>(at)];
  });
}

std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates) {
  return nearest(word, candidates);
}

}  // namespace homeward::v1
