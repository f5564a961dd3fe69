#include "scenario/scenario_reader.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "scenario/known_paths.h"
#include "scenario/number.h"
#include "scenario/table_sets.h"
#include "scenario/value_reader.h"

namespace homeward {
namespace {

std::string form_of(ScenarioKey key) { return form_text(row_of(scenario_keys(), key)); }

std::string last_word(std::string_view path) { return std::string(path.substr(path.find_last_of('.') + 1)); }

class ScenarioReader {
 public:
  ScenarioReader(const ReadingRules& rules, Faults& faults)
      : rules_(rules), values_(faults, content_.forced, rules.force_range, rules.whole) {
    for (const LeverRow& lever : rules.vocabulary.levers) content_.levers.push_back(neutral_schedule(lever));
    content_.parameters = default_parameters(rules.tables);
  }

  ScenarioContent read(const YamlNode& root) {
    // Files of other verbs, given to one that takes scenarios: one fault, not one a key.
    for (const auto& [key, what] : {std::pair("claim", "a claim, not a scenario. `homeward compare --claim FILE` judges it"),
                                    std::pair("design", "a plan, not a scenario. `homeward sweep FILE` runs it")}) {
      const YamlEntry* entry = root.find(key);
      if (entry == nullptr) continue;
      values_.fault(entry->key_place, key, std::string("this file is ") + what);
      return std::move(content_);
    }
    for (const YamlEntry& entry : root.entries) {
      const KeyRow<ScenarioKey>* row = find_key(scenario_keys(), entry.key);
      if (row != nullptr) {
        read_section(entry, *row);
      } else {
        unknown_key(entry, shown(entry.key), key_names(scenario_keys()));
      }
    }
    return std::move(content_);
  }

 private:
  void read_section(const YamlEntry& entry, const KeyRow<ScenarioKey>& row) {
    switch (row.key) {
      case ScenarioKey::name: content_.name = values_.text(entry, "name", form_text(row)).value_or(""); break;
      case ScenarioKey::note: content_.note = values_.text(entry, "note", form_text(row)).value_or(""); break;
      case ScenarioKey::extends: break;  // followed, and checked, by read_chain
      case ScenarioKey::seed: content_.seed = read_whole(entry, row); break;
      case ScenarioKey::replicates: read_replicates(entry, row); break;
      case ScenarioKey::policy: read_policy(entry, "policy", ""); break;
      case ScenarioKey::parameters: read_parameters(entry); break;
      case ScenarioKey::economy: read_economy(entry); break;
      case ScenarioKey::hosts: read_hosts(entry); break;
      case ScenarioKey::tables: values_.text(entry, "tables", form_text(row)); break;
      case ScenarioKey::outputs: read_outputs(entry); break;
    }
  }

  // The same name elsewhere in a scenario comes before a key that only looks like it, a key of this map before one of
  // another.
  void unknown_key(const YamlEntry& entry, const std::string& path, const std::vector<std::string>& known) {
    // No more faults than this are shown, in order of place; a hostile file has thousands.
    constexpr int most_shown = 200;
    if (++unknown_keys_ > most_shown) return values_.unknown_key(entry, path, {});
    if (paths_.empty()) paths_ = known_paths(rules_.vocabulary.levers);
    std::string remedy = remedy_for_key(entry.key, paths_);
    if (remedy.empty()) remedy = did_you_mean(entry.key, known);
    if (remedy.empty()) remedy = remedy_for_misspelt_key(entry.key, paths_);
    values_.unknown_key(entry, path, known, remedy);
  }

  bool expect_map(const YamlEntry& entry, const std::string& path, const std::string& expected) {
    if (entry.value.is_map()) return true;
    values_.wrong_kind(entry, path, expected);
    return false;
  }

  std::optional<std::uint64_t> read_whole(const YamlEntry& entry, const KeyText& row) {
    const std::string path(row.name);
    if (!entry.value.is_scalar()) {
      values_.wrong_kind(entry, path, form_text(row));
      return std::nullopt;
    }
    const std::optional<std::uint64_t> value = entry.value.quoted ? std::nullopt : read_unsigned(entry.value.text);
    if (value && *value >= row.low && *value <= row.high) return value;
    values_.fault(entry.value.place, path,
                  "expected " + form_text(row) + ", found '" + shown(entry.value.text) + "'");
    return std::nullopt;
  }

  void read_replicates(const YamlEntry& entry, const KeyText& row) {
    if (const auto count = read_whole(entry, row)) content_.replicates = static_cast<int>(*count);
  }

  // `prefix` is the part of a lever's path that led here, "" or "resolution_57.".
  void read_policy(const YamlEntry& entry, const std::string& path, const std::string& prefix) {
    if (!expect_map(entry, path, form_of(ScenarioKey::policy))) return;
    std::vector<std::string> known;
    for (const LeverRow& lever : rules_.vocabulary.levers) {
      if (lever.path.substr(0, prefix.size()) != prefix) continue;
      const std::string_view rest = lever.path.substr(prefix.size());
      const std::string next(rest.substr(0, rest.find('.')));
      if (std::find(known.begin(), known.end(), next) == known.end()) known.push_back(next);
    }
    for (const YamlEntry& one : entry.value.entries) {
      const std::string one_path = path + "." + shown(one.key);
      const std::string lever_path = prefix + one.key;
      const auto lever = std::find_if(rules_.vocabulary.levers.begin(), rules_.vocabulary.levers.end(),
                                      [&](const LeverRow& row) { return row.path == lever_path; });
      const bool one_word = one.key.find('.') == std::string::npos;
      if (lever != rules_.vocabulary.levers.end() && one_word) {
        const std::optional<LeverSchedule> schedule = values_.lever(one, one_path, *lever);
        if (schedule) content_.levers[static_cast<std::size_t>(lever - rules_.vocabulary.levers.begin())] = *schedule;
      } else if (one_word && std::find(known.begin(), known.end(), one.key) != known.end()) {
        read_policy(one, one_path, lever_path + ".");
      } else {
        unknown_key(one, one_path, known);
      }
    }
  }

  void read_parameters(const YamlEntry& entry) {
    if (!expect_map(entry, "parameters", form_of(ScenarioKey::parameters))) return;
    std::vector<std::string> groups;
    for (const ParameterMember& member : parameter_members()) {
      const std::string group = member.path.substr(0, member.path.find('.'));
      if (groups.empty() || groups.back() != group) groups.push_back(group);
    }
    for (const YamlEntry& group : entry.value.entries) {
      const std::string path = "parameters." + shown(group.key);
      if (std::find(groups.begin(), groups.end(), group.key) == groups.end()) {
        unknown_key(group, path, groups);
        continue;
      }
      if (!expect_map(group, path, "a map of parameters")) continue;
      for (const YamlEntry& one : group.value.entries) read_parameter(group.key, one);
    }
  }

  void read_parameter(const std::string& group, const YamlEntry& entry) {
    const std::string path = "parameters." + group + "." + shown(entry.key);
    const auto found = member_places().find(group + "." + entry.key);
    if (found == member_places().end()) {
      std::vector<std::string> known;
      for (const ParameterMember& one : parameter_members()) {
        if (one.path.rfind(group + ".", 0) == 0) known.push_back(last_word(one.path));
      }
      unknown_key(entry, path, known);
      return;
    }
    const ParameterMember& member = parameter_members()[found->second];
    constexpr double most = std::numeric_limits<double>::max();
    NumberRange range{"", -most, most, -most, most, path};
    if (const ParameterRow* row = row_of_member(found->second))
      range = {row->unit, row->low, row->high, row->hard_low, row->hard_high, path};
    const std::optional<double> value = values_.number(entry, path, range);
    if (value) content_.parameters.*member.member = *value;
  }

  // Where a path stands in parameter_members().
  static const std::unordered_map<std::string, std::size_t>& member_places() {
    static const std::unordered_map<std::string, std::size_t> places = [] {
      std::unordered_map<std::string, std::size_t> map;
      for (std::size_t i = 0; i < parameter_members().size(); ++i) map.emplace(parameter_members()[i].path, i);
      return map;
    }();
    return places;
  }

  // Rows are in the order of the members; one at fault is missing.
  const ParameterRow* row_of_member(std::size_t place) const {
    const std::vector<ParameterRow>& rows = rules_.tables.parameters;
    const std::string& path = parameter_members()[place].path;
    for (std::size_t i = std::min(place + 1, rows.size()); i-- > 0;) {
      if (rows[i].path == path) return &rows[i];
    }
    return nullptr;
  }

  void read_economy(const YamlEntry& entry) {
    if (!expect_map(entry, "economy", form_of(ScenarioKey::economy))) return;
    std::vector<std::string> known;
    for (const EconomyRow& row : economy_rows()) known.emplace_back(row.name);
    for (const YamlEntry& one : entry.value.entries) {
      const std::string path = "economy." + shown(one.key);
      const auto found = std::find(known.begin(), known.end(), one.key);
      if (found == known.end()) {
        unknown_key(one, path, known);
        continue;
      }
      const EconomyRow& row = economy_rows()[static_cast<std::size_t>(found - known.begin())];
      const NumberRange range{std::string(row.unit), row.hard_low, row.hard_high, row.hard_low, row.hard_high, path};
      const std::optional<YearValues> values = values_.year_values(one, path, range);
      if (values) content_.economy.push_back({&row, *values});
    }
  }

  void read_hosts(const YamlEntry& entry) {
    if (!expect_map(entry, "hosts", form_of(ScenarioKey::hosts))) return;
    std::vector<std::pair<int, std::string>> met;
    for (const YamlEntry& one : entry.value.entries) {
      const std::string path = "hosts." + shown(one.key);
      const std::optional<int> group = host_group(one, path);
      if (group) {
        const auto same =
            std::find_if(met.begin(), met.end(), [&](const auto& before) { return before.first == *group; });
        if (same != met.end())
          values_.fault(one.key_place, path,
                        "'" + same->second + "' and '" + one.key + "' are the same group of countries", "",
                        "Keep one of the two");
        met.emplace_back(*group, one.key);
      }
      if (!expect_map(one, path, "a map of shocks")) continue;
      std::vector<std::string> known;
      for (const HostShockRow& row : host_shock_rows()) known.emplace_back(row.name);
      for (const YamlEntry& shock : one.value.entries) {
        const std::string shock_path = path + "." + shown(shock.key);
        const auto found = std::find(known.begin(), known.end(), shock.key);
        if (found == known.end()) {
          unknown_key(shock, shock_path, known);
          continue;
        }
        const HostShockRow& row = host_shock_rows()[static_cast<std::size_t>(found - known.begin())];
        const NumberRange range{std::string(row.unit), row.hard_low,  row.hard_high,
                                row.hard_low,          row.hard_high, shock_path};
        const std::optional<YearValues> values = values_.year_values(shock, shock_path, range);
        if (values && group) content_.hosts.push_back({static_cast<std::size_t>(*group), &row, *values});
      }
    }
  }

  // A group by its code, or by the ISO code of its only country.
  std::optional<int> host_group(const YamlEntry& entry, const std::string& path) {
    const Tables& tables = rules_.tables;
    if (tables.groups.empty()) return std::nullopt;
    const int by_code = tables.group_index(entry.key);
    if (by_code >= 0) return by_code;
    const int host = tables.host_index(entry.key);
    if (host >= 0) {
      const int group = tables.hosts[static_cast<std::size_t>(host)].group;
      const auto in_group = [&](const Host& one) { return one.group == group; };
      const auto members = std::count_if(tables.hosts.begin(), tables.hosts.end(), in_group);
      if (members == 1) return group;
      const std::string& code = tables.groups[static_cast<std::size_t>(group)].code;
      values_.fault(
          entry.key_place, path, entry.key + " shares its data with other countries",
          "It is one of " + std::to_string(members) + " in the group '" + code + "', which a shock meets as a whole",
          "Write '" + code + "'");
      return std::nullopt;
    }
    std::vector<std::string> known;
    for (const HostGroup& group : tables.groups) known.push_back(group.code);
    for (const Host& one : tables.hosts) known.push_back(one.iso3);
    std::string remedy = did_you_mean(entry.key, known);
    if (remedy.empty()) remedy = "'homeward list hosts' names them";
    values_.fault(entry.key_place, path, "unknown country or group", "", remedy);
    return std::nullopt;
  }

  void read_outputs(const YamlEntry& entry) {
    const YamlNode& node = entry.value;
    if (node.kind != YamlNode::Kind::list)
      return values_.wrong_kind(entry, "outputs", form_of(ScenarioKey::outputs));
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string path = "outputs[" + std::to_string(i) + "]";
      const YamlNode& item = node.items[i];
      const YamlEntry as_entry{"", item.place, item};
      if (!expect_map(as_entry, path, "{measures: [...], by: [...]}")) continue;
      OutputCube cube;
      for (const YamlEntry& one : item.entries) read_cube_key(one, path + "." + shown(one.key), cube);
      if (item.find("measures") == nullptr)
        values_.fault(item.place, path, "'measures' is missing", "It says what is counted", "Add 'measures: [...]'");
      content_.outputs.push_back(std::move(cube));
    }
  }

  void read_cube_key(const YamlEntry& entry, const std::string& path, OutputCube& cube) {
    const KeyRow<CubeKey>* row = find_key(cube_keys(), entry.key);
    if (row == nullptr) return unknown_key(entry, path, key_names(cube_keys()));
    switch (row->key) {
      case CubeKey::measures:
        cube.measures = words(entry, path, names(rules_.vocabulary.measures), "measure");
        refuse_derived(entry, path, cube.measures);
        break;
      case CubeKey::by: cube.by = words(entry, path, names(rules_.vocabulary.dimensions), "dimension"); break;
    }
  }

  // A cube counts persons and events; what is worked out of totals cannot be split.
  void refuse_derived(const YamlEntry& entry, const std::string& path, const std::vector<std::string>& measures) {
    for (const MeasureRow& row : rules_.vocabulary.measures) {
      if (row.kind != "derived" || std::find(measures.begin(), measures.end(), row.name) == measures.end()) continue;
      values_.fault(entry.value.place, path, "'" + std::string(row.name) + "' cannot be split by dimensions",
                    "It is worked out of totals", "It is in summary.csv for every year; leave it out here");
    }
  }

  template <typename Row>
  static std::vector<std::string> names(const std::vector<Row>& rows) {
    std::vector<std::string> all;
    for (const Row& row : rows) all.emplace_back(row.name);
    return all;
  }

  // A list of words, each once, in the order of their declaration.
  std::vector<std::string> words(const YamlEntry& entry, const std::string& path, const std::vector<std::string>& known,
                                 const std::string& what) {
    if (entry.value.kind != YamlNode::Kind::list) {
      values_.wrong_kind(entry, path, "a list of " + what + "s");
      return {};
    }
    std::vector<std::string> met;
    for (const YamlNode& item : entry.value.items) {
      const std::optional<std::string> word = values_.word(item, item.place, path, known, what);
      if (!word) continue;
      if (std::find(met.begin(), met.end(), *word) != met.end()) {
        values_.fault(item.place, path, "'" + *word + "' stands twice in the list", "", "Keep one of the two");
        continue;
      }
      met.push_back(*word);
    }
    if (what == "measure" && entry.value.items.empty())
      values_.fault(entry.value.place, path, "the list is empty", "It says what is counted",
                    "Name at least one measure");
    std::sort(met.begin(), met.end(), [&](const std::string& a, const std::string& b) {
      return std::find(known.begin(), known.end(), a) < std::find(known.begin(), known.end(), b);
    });
    return met;
  }

  const ReadingRules& rules_;
  ScenarioContent content_;
  ValueReader values_;
  std::vector<std::string> paths_;  // filled by the first unknown key
  int unknown_keys_ = 0;
};

}  // namespace

ScenarioContent read_scenario(const YamlNode& root, const ReadingRules& rules, Faults& faults) {
  return ScenarioReader(rules, faults).read(root);
}

}  // namespace homeward
