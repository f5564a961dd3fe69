#include "scenario/scenario_reader.h"

#include <algorithm>
#include <limits>

#include "scenario/number.h"
#include "scenario/table_sets.h"
#include "scenario/value_reader.h"

namespace homeward {
namespace {

std::string last_word(std::string_view path) { return std::string(path.substr(path.find_last_of('.') + 1)); }

class ScenarioReader {
 public:
  ScenarioReader(const ReadingRules& rules, Faults& faults)
      : rules_(rules), values_(faults, content_.forced, rules.force_range, rules.whole) {
    for (const LeverRow& lever : rules.vocabulary.levers) content_.levers.push_back(neutral_schedule(lever));
    content_.parameters = default_parameters(rules.tables);
  }

  ScenarioContent read(const YamlNode& root) {
    for (const YamlEntry& entry : root.entries) {
      if (entry.key == "name") {
        content_.name = values_.text(entry, "name").value_or("");
      } else if (entry.key == "note") {
        content_.note = values_.text(entry, "note").value_or("");
      } else if (entry.key == "extends") {
        continue;  // followed, and checked, by read_chain
      } else if (entry.key == "tables") {
        values_.text(entry, "tables");
      } else if (entry.key == "seed") {
        read_seed(entry);
      } else if (entry.key == "replicates") {
        read_replicates(entry);
      } else if (entry.key == "policy") {
        read_policy(entry, "policy", "");
      } else if (entry.key == "parameters") {
        read_parameters(entry);
      } else if (entry.key == "economy") {
        read_economy(entry);
      } else if (entry.key == "hosts") {
        read_hosts(entry);
      } else if (entry.key == "outputs") {
        read_outputs(entry);
      } else {
        values_.unknown_key(entry, shown(entry.key), scenario_keys(), remedy_for_lever(entry.key));
      }
    }
    return std::move(content_);
  }

 private:
  // A key that is a lever elsewhere. Empty where it is none.
  std::string remedy_for_lever(const std::string& key) const {
    for (const LeverRow& lever : rules_.vocabulary.levers) {
      if (key == lever.path || "policy." + std::string(lever.path) == key)
        return "Write it as nested maps, a line for each word of the path";
      if (key == last_word(lever.path)) return "Did you mean 'policy." + std::string(lever.path) + "'?";
    }
    return "";
  }

  bool expect_map(const YamlEntry& entry, const std::string& path, const std::string& expected) {
    if (entry.value.is_map()) return true;
    values_.wrong_kind(entry, path, expected);
    return false;
  }

  void read_seed(const YamlEntry& entry) {
    const std::string expected = "a whole number from 0 to 18446744073709551615";
    if (!entry.value.is_scalar()) return values_.wrong_kind(entry, "seed", expected);
    content_.seed = entry.value.quoted ? std::nullopt : read_unsigned(entry.value.text);
    if (!content_.seed)
      values_.fault(entry.value.place, "seed", "expected " + expected + ", found '" + shown(entry.value.text) + "'");
  }

  void read_replicates(const YamlEntry& entry) {
    const std::string expected = "a whole number from 1 to " + std::to_string(most_replicates);
    if (!entry.value.is_scalar()) return values_.wrong_kind(entry, "replicates", expected);
    const std::optional<std::uint64_t> count = entry.value.quoted ? std::nullopt : read_unsigned(entry.value.text);
    if (!count || *count < 1 || *count > static_cast<std::uint64_t>(most_replicates)) {
      values_.fault(entry.value.place, "replicates",
                    "expected " + expected + ", found '" + shown(entry.value.text) + "'");
      return;
    }
    content_.replicates = static_cast<int>(*count);
  }

  // `prefix` is the part of a lever's path that led here, "" or "resolution_57.".
  void read_policy(const YamlEntry& entry, const std::string& path, const std::string& prefix) {
    if (!expect_map(entry, path, "a map of levers")) return;
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
        // A lever's own name comes before a key that only looks like it.
        const bool near = one_word && !did_you_mean(one.key, known).empty();
        values_.unknown_key(one, one_path, known, near ? "" : remedy_for_lever(one.key));
      }
    }
  }

  void read_parameters(const YamlEntry& entry) {
    if (!expect_map(entry, "parameters", "a map of groups of parameters")) return;
    std::vector<std::string> groups;
    for (const ParameterMember& member : parameter_members()) {
      const std::string group = member.path.substr(0, member.path.find('.'));
      if (groups.empty() || groups.back() != group) groups.push_back(group);
    }
    for (const YamlEntry& group : entry.value.entries) {
      const std::string path = "parameters." + shown(group.key);
      if (std::find(groups.begin(), groups.end(), group.key) == groups.end()) {
        values_.unknown_key(group, path, groups, remedy_for_parameter(group.key));
        continue;
      }
      if (!expect_map(group, path, "a map of parameters")) continue;
      for (const YamlEntry& one : group.value.entries) read_parameter(group.key, one);
    }
  }

  std::string remedy_for_parameter(const std::string& key) const {
    for (const ParameterMember& member : parameter_members()) {
      const std::size_t dot = member.path.find('.');
      if (key == member.path) {
        return "Write it nested: '" + member.path.substr(0, dot) + ": {" + member.path.substr(dot + 1) + ": ...}'";
      }
      if (key == last_word(member.path)) return "Did you mean 'parameters." + member.path + "'?";
    }
    return "";
  }

  void read_parameter(const std::string& group, const YamlEntry& entry) {
    const std::string path = "parameters." + group + "." + shown(entry.key);
    const ParameterMember* member = nullptr;
    std::vector<std::string> known;
    for (const ParameterMember& one : parameter_members()) {
      if (one.path.rfind(group + ".", 0) != 0) continue;
      known.push_back(last_word(one.path));
      if (known.back() == entry.key) member = &one;
    }
    if (member == nullptr) {
      values_.unknown_key(entry, path, known,
                          did_you_mean(entry.key, known).empty() ? remedy_for_parameter(entry.key) : "");
      return;
    }
    constexpr double most = std::numeric_limits<double>::max();
    NumberRange range{"", -most, most, -most, most, path};
    for (const ParameterRow& row : rules_.tables.parameters) {
      if (row.path == member->path) range = {row.unit, row.low, row.high, row.hard_low, row.hard_high, path};
    }
    const std::optional<double> value = values_.number(entry, path, range);
    if (value) content_.parameters.*member->member = *value;
  }

  void read_economy(const YamlEntry& entry) {
    if (!expect_map(entry, "economy", "a map of columns of the macro table")) return;
    std::vector<std::string> known;
    for (const EconomyRow& row : economy_rows()) known.emplace_back(row.name);
    for (const YamlEntry& one : entry.value.entries) {
      const std::string path = "economy." + shown(one.key);
      const auto found = std::find(known.begin(), known.end(), one.key);
      if (found == known.end()) {
        values_.unknown_key(one, path, known);
        continue;
      }
      const EconomyRow& row = economy_rows()[static_cast<std::size_t>(found - known.begin())];
      const NumberRange range{std::string(row.unit), row.hard_low, row.hard_high, row.hard_low, row.hard_high, path};
      const std::optional<YearValues> values = values_.year_values(one, path, range);
      if (values) content_.economy.push_back({&row, *values});
    }
  }

  void read_hosts(const YamlEntry& entry) {
    if (!expect_map(entry, "hosts", "a map of countries or groups")) return;
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
          values_.unknown_key(shock, shock_path, known);
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
      return values_.wrong_kind(entry, "outputs", "a list of {measures: [...], by: [...]}");
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string path = "outputs[" + std::to_string(i) + "]";
      const YamlNode& item = node.items[i];
      const YamlEntry as_entry{"", item.place, item};
      if (!expect_map(as_entry, path, "{measures: [...], by: [...]}")) continue;
      OutputCube cube;
      for (const YamlEntry& one : item.entries) {
        const std::string one_path = path + "." + shown(one.key);
        if (one.key == "measures") {
          cube.measures = words(one, one_path, names(rules_.vocabulary.measures), "measure");
          refuse_derived(one, one_path, cube.measures);
        } else if (one.key == "by") {
          cube.by = words(one, one_path, names(rules_.vocabulary.dimensions), "dimension");
        } else {
          values_.unknown_key(one, one_path, {"measures", "by"});
        }
      }
      if (item.find("measures") == nullptr)
        values_.fault(item.place, path, "'measures' is missing", "It says what is counted", "Add 'measures: [...]'");
      content_.outputs.push_back(std::move(cube));
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
};

}  // namespace

const std::vector<std::string>& scenario_keys() {
  static const std::vector<std::string> keys{"name",       "note",    "extends", "seed",   "replicates", "policy",
                                             "parameters", "economy", "hosts",   "tables", "outputs"};
  return keys;
}

ScenarioContent read_scenario(const YamlNode& root, const ReadingRules& rules, Faults& faults) {
  return ScenarioReader(rules, faults).read(root);
}

}  // namespace homeward
