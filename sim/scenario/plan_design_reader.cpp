#include "scenario/plan_design_reader.h"

#include <algorithm>
#include <array>
#include <set>

#include "scenario/csv.h"
#include "scenario/number.h"
#include "scenario/text_file.h"

namespace homeward {
namespace {

using Kind = PlanDesign::Kind;

constexpr std::size_t most_levels = 10000;

struct KindWord {
  std::string_view word;
  Kind kind;
};
constexpr std::array kind_words{KindWord{"grid", Kind::grid},   KindWord{"latin_hypercube", Kind::latin_hypercube},
                                KindWord{"sobol", Kind::sobol}, KindWord{"random", Kind::random},
                                KindWord{"rows", Kind::rows},   KindWord{"zip", Kind::zip},
                                KindWord{"cross", Kind::cross}};

YamlNode number_node(double value, const Place& place) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.place = place;
  node.text = number_text(value);
  return node;
}

class DesignReader {
 public:
  explicit DesignReader(const PlanDesignRules& rules) : rules_(rules), values_(rules.values) {}

  PlanDesign read_list(const YamlEntry& entry, Kind kind, const std::string& path) {
    PlanDesign design;
    design.kind = kind;
    design.place = entry.key_place;
    const YamlNode& node = entry.value;
    if (node.is_map() && kind == Kind::cross && path == "design") {
      design.parts.push_back(read_one(node, path));
    } else if (node.kind == YamlNode::Kind::list && !node.items.empty()) {
      for (std::size_t i = 0; i < node.items.size(); ++i)
        design.parts.push_back(read_one(node.items[i], path + "[" + std::to_string(i) + "]"));
    } else {
      values_.wrong_kind(entry, path, "a list of designs");
    }
    if (kind == Kind::zip) check_zip(design, path);
    return design;
  }

 private:
  PlanDesign read_one(const YamlNode& node, const std::string& path) {
    PlanDesign design;
    design.place = node.place;
    std::vector<std::string> words;
    for (const KindWord& one : kind_words) words.emplace_back(one.word);
    if (!node.is_map() || node.entries.size() != 1) {
      if (node.kind != YamlNode::Kind::broken) {
        values_.fault(node.place, path, "expected one design", "",
                      "Write one of grid:, latin_hypercube:, sobol:, random:, rows:, zip: or cross: as a list item");
      }
      return design;
    }
    const YamlEntry& entry = node.entries.front();
    const auto word =
        std::find_if(kind_words.begin(), kind_words.end(), [&](const KindWord& one) { return one.word == entry.key; });
    if (word == kind_words.end()) {
      values_.unknown_key(entry, path + "." + shown(entry.key), words);
      return design;
    }
    const std::string one_path = path + "." + entry.key;
    switch (word->kind) {
      case Kind::zip:
      case Kind::cross: return read_list(entry, word->kind, one_path);
      case Kind::grid: read_grid(entry, one_path, design); break;
      case Kind::rows: read_rows(entry, one_path, design); break;
      default: read_sampled(entry, one_path, design); break;
    }
    design.kind = word->kind;
    return design;
  }

  void check_zip(const PlanDesign& design, const std::string& path) {
    for (const PlanDesign& part : design.parts) {
      const std::uint64_t points = point_count(part), first = point_count(design.parts.front());
      if (points == first) continue;
      values_.fault(
          part.place, path,
          "designs of " + std::to_string(first) + " and " + std::to_string(points) + " points cannot be zipped",
          "Point i of one goes with point i of the other", "Give them as many points, or cross them");
    }
  }

  // A path may stand once in a plan; what it names is told by reading a scenario with it.
  void check_axis(const std::string& path, const Place& place) {
    const std::string top = path.substr(0, path.find('.'));
    static const std::set<std::string> sections{"policy", "parameters", "economy", "hosts"};
    if (!sections.contains(top) || path.find('.') == std::string::npos) {
      values_.fault(place, shown(path), "not the path of a parameter or lever", "", remedy_for(path));
      return;
    }
    for (const std::string& other : met_) {
      if (!hides(path, other) && !hides(other, path)) continue;
      values_.fault(place, path, path == other ? "is varied twice" : "'" + other + "' is varied too",
                    "One value at a point would hide the other",
                    path == other ? "Keep one of the two; zip: varies several paths together"
                                  : "Keep one of the two; a map of years is a value as well, as in {2027: 0, 2030: 1}");
      return;
    }
    met_.insert(path);
  }

  // Whether a value at one path replaces what stands at the other. A year's value is that of the whole lever.
  static bool hides(const std::string& path, const std::string& other) {
    const auto whole = [](const std::string& text) {
      const std::size_t dot = text.rfind('.');
      return text.find_first_not_of("0123456789", dot + 1) == std::string::npos ? text.substr(0, dot) : text;
    };
    const std::string hiding = whole(path), hidden = whole(other);
    return hidden == hiding || hidden.starts_with(hiding + '.');
  }

  std::string remedy_for(const std::string& path) const {
    std::vector<std::string> known;
    for (const LeverRow& lever : rules_.vocabulary.levers) known.push_back("policy." + std::string(lever.path));
    for (const ParameterMember& member : parameter_members()) known.push_back("parameters." + member.path);
    for (const std::string& one : known) {
      const std::size_t dot = one.rfind('.');
      if (one.ends_with("." + path) || one.substr(dot + 1) == path) return "Did you mean '" + one + "'?";
    }
    const std::string remedy = did_you_mean(path, known);
    return remedy.empty() ? "Write it whole, as policy.pay_growth or parameters.choice.b_pay" : remedy;
  }

  void read_grid(const YamlEntry& entry, const std::string& path, PlanDesign& design) {
    if (!entry.value.is_map() || entry.value.entries.empty())
      return values_.wrong_kind(entry, path, "a map of paths to values");
    for (const YamlEntry& one : entry.value.entries) {
      PlanAxis axis{one.key, one.key_place, {}, 0, 0};
      check_axis(one.key, one.key_place);
      const std::string one_path = path + "." + shown(one.key);
      const YamlNode& node = one.value;
      if (node.kind == YamlNode::Kind::list) {
        if (node.items.empty()) values_.fault(node.place, one_path, "the list is empty", "", "Give at least one value");
        for (const YamlNode& item : node.items) add_level(item, one_path, axis);
      } else if (node.is_map() && node.find("from") != nullptr) {
        read_range(node, one_path, axis);
      } else {
        values_.wrong_kind(one, one_path, "a list of values, or {from: ..., to: ..., steps: ...}");
      }
      design.axes.push_back(std::move(axis));
    }
  }

  void add_level(const YamlNode& node, const std::string& path, PlanAxis& axis) {
    if (node.kind == YamlNode::Kind::list || node.kind == YamlNode::Kind::null) {
      values_.fault(node.place, path, "not a value", "", "Write a number, a word or a map of years to numbers");
      return;
    }
    axis.levels.push_back(node);
  }

  // {from: 0, to: 1, steps: 5} has five values, ends included; `step: 0.25` says the same.
  void read_range(const YamlNode& node, const std::string& path, PlanAxis& axis) {
    std::optional<double> from, to, step;
    std::optional<std::uint64_t> steps;
    for (const YamlEntry& one : node.entries) {
      const std::string one_path = path + "." + shown(one.key);
      if (one.key == "from") {
        from = number(one, one_path);
      } else if (one.key == "to") {
        to = number(one, one_path);
      } else if (one.key == "step") {
        step = number(one, one_path);
      } else if (one.key == "steps") {
        steps = count(one, one_path, 2, most_levels);
      } else {
        values_.unknown_key(one, one_path, {"from", "to", "steps", "step"});
      }
    }
    const bool one_way = (node.find("steps") != nullptr) != (node.find("step") != nullptr);
    if (node.find("to") == nullptr || !one_way) {
      values_.fault(node.place, path, "not a range", "",
                    "Write {from: 0, to: 1, steps: 5} or {from: 0, to: 1, step: 0.25}");
      return;
    }
    if (!from || !to || (!step && !steps)) return;
    if (!steps) {
      const double intervals = *step != 0 ? (*to - *from) / *step : -1;
      if (!(intervals > 0 && intervals < static_cast<double>(most_levels))) {
        values_.fault(node.place, path, "the step does not lead from 'from' to 'to'",
                      "A range has at most " + std::to_string(most_levels) + " values");
        return;
      }
      steps = static_cast<std::uint64_t>(intervals * (1 + 1e-12)) + 1;
    }
    const double each = step ? *step : (*to - *from) / static_cast<double>(*steps - 1);
    for (std::uint64_t i = 0; i < *steps; ++i)
      axis.levels.push_back(number_node(tidied(*from + static_cast<double>(i) * each), node.place));
  }

  void read_sampled(const YamlEntry& entry, const std::string& path, PlanDesign& design) {
    if (!entry.value.is_map() || entry.value.entries.empty())
      return values_.wrong_kind(entry, path, "{points: ..., axes: {...}}");
    for (const YamlEntry& one : entry.value.entries) {
      const std::string one_path = path + "." + shown(one.key);
      if (one.key == "points") {
        design.points = static_cast<std::size_t>(count(one, one_path, 1, most_sampled_points).value_or(1));
      } else if (one.key == "axes") {
        if (!one.value.is_map() || one.value.entries.empty()) {
          values_.wrong_kind(one, one_path, "a map of paths to 'prior' or {from: ..., to: ...}");
          continue;
        }
        for (const YamlEntry& axis : one.value.entries) read_interval(axis, one_path, design);
      } else {
        values_.unknown_key(one, one_path, {"points", "axes"});
      }
    }
    for (const char* key : {"points", "axes"}) {
      if (entry.value.find(key) == nullptr)
        values_.fault(entry.key_place, path, "'" + std::string(key) + "' is missing", "",
                      "Write {points: 64, axes: {parameters.choice.b_pay: prior}}");
    }
  }

  void read_interval(const YamlEntry& entry, const std::string& path, PlanDesign& design) {
    const std::string one_path = path + "." + shown(entry.key);
    const YamlNode& node = entry.value;
    if (node.is_scalar() && node.text == "prior" && !node.quoted) {
      read_prior(entry, one_path, design);
      return;
    }
    check_axis(entry.key, entry.key_place);
    PlanAxis axis{entry.key, entry.key_place, {}, 0, 0};
    if (!node.is_map() || node.entries.empty())
      return values_.wrong_kind(entry, one_path, "'prior' or {from: ..., to: ...}");
    std::optional<double> from, to;
    for (const YamlEntry& one : node.entries) {
      const std::string end_path = one_path + "." + shown(one.key);
      if (one.key == "from") {
        from = number(one, end_path);
      } else if (one.key == "to") {
        to = number(one, end_path);
      } else {
        values_.unknown_key(one, end_path, {"from", "to"});
      }
    }
    for (const char* key : {"from", "to"}) {
      if (node.find(key) == nullptr) values_.fault(node.place, one_path, "'" + std::string(key) + "' is missing");
    }
    if (!from || !to) return;
    if (!(*from < *to)) values_.fault(node.place, one_path, "'from' is not below 'to'");
    axis.from = *from;
    axis.to = *to;
    design.axes.push_back(std::move(axis));
  }

  // The declared plausible range of a parameter or lever; parameters.choice.* stands for all of a group that have one.
  void read_prior(const YamlEntry& entry, const std::string& path, PlanDesign& design) {
    if (rules_.tables == nullptr) return;  // told at the scenario
    const bool group = entry.key.ends_with(".*");
    const std::string start = group ? entry.key.substr(0, entry.key.size() - 1) : entry.key;
    const std::size_t before = design.axes.size();
    const auto add = [&](const std::string& one, double low, double high) {
      if (group ? !one.starts_with(start) : one != start && !is_part_of(start, one)) return;
      if (!(low < high)) return;
      check_axis(group ? one : entry.key, entry.key_place);
      design.axes.push_back({group ? one : entry.key, entry.key_place, {}, low, high});
    };
    for (const LeverRow& lever : rules_.vocabulary.levers)
      add("policy." + std::string(lever.path), lever.low, lever.high);
    for (const ParameterRow& row : rules_.tables->parameters) add("parameters." + row.path, row.low, row.high);
    if (design.axes.size() != before) return;
    std::vector<std::string> known;
    for (const LeverRow& lever : rules_.vocabulary.levers) known.push_back("policy." + std::string(lever.path));
    for (const ParameterRow& row : rules_.tables->parameters) known.push_back("parameters." + row.path);
    const bool exists = std::find(known.begin(), known.end(), entry.key) != known.end();
    values_.fault(entry.key_place, path, exists ? "has no declared range" : "no parameter or lever is called so",
                  exists ? "Its low and high are the same" : "'prior' takes its declared range",
                  exists ? "Write {from: ..., to: ...}" : remedy_for(entry.key));
  }

  // policy.resolution_57.pay.2027 and .value are parts of a lever.
  static bool is_part_of(const std::string& path, const std::string& lever) {
    if (!lever.starts_with("policy.") || !path.starts_with(lever + ".")) return false;
    const std::string rest = path.substr(lever.size() + 1);
    return rest == "value" || (!rest.empty() && rest.find_first_not_of("0123456789") == std::string::npos);
  }

  void read_rows(const YamlEntry& entry, const std::string& path, PlanDesign& design) {
    const YamlNode& node = entry.value;
    if (!node.is_scalar() || node.text.empty()) return values_.wrong_kind(entry, path, "a CSV file");
    Faults found;
    const std::optional<std::string> text =
        read_text_file(path_beside(rules_.file, node.text), TextKind::csv, node.place, found);
    for (const Fault& fault : found.in_order()) rules_.faults.add(fault);
    if (!text) return;
    const CsvText table(*text, path_beside(rules_.file, node.text), rules_.faults);
    if (!table.readable()) return;
    for (std::size_t column = 0; column < table.header().size(); ++column) {
      check_axis(table.header()[column], table.header_place(column));
      PlanAxis axis{table.header()[column], table.header_place(column), {}, 0, 0};
      for (std::size_t row = 0; row < table.row_count(); ++row) {
        YamlNode level;
        level.kind = YamlNode::Kind::scalar;
        level.place = table.place(row, column);
        level.text = std::string(table.cell(row, column));
        axis.levels.push_back(std::move(level));
      }
      design.axes.push_back(std::move(axis));
    }
    if (table.row_count() == 0) values_.fault(node.place, path, "the table has no rows", "Each row is a point");
  }

  std::optional<double> number(const YamlEntry& entry, const std::string& path) {
    constexpr double most = 1e300;
    return values_.number(entry, path, {"", -most, most, -most, most, path});
  }

  std::optional<std::uint64_t> count(const YamlEntry& entry, const std::string& path, std::uint64_t least,
                                     std::uint64_t most) {
    const std::string expected = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    if (!entry.value.is_scalar()) {
      values_.wrong_kind(entry, path, expected);
      return std::nullopt;
    }
    const auto value = entry.value.quoted ? std::nullopt : read_unsigned(entry.value.text);
    if (value && *value >= least && *value <= most) return value;
    values_.fault(entry.value.place, path, "expected " + expected + ", found '" + shown(entry.value.text) + "'");
    return std::nullopt;
  }

  const PlanDesignRules& rules_;
  ValueReader& values_;
  std::set<std::string> met_;
};

}  // namespace

PlanDesign read_plan_design(const YamlEntry& entry, const PlanDesignRules& rules) {
  return DesignReader(rules).read_list(entry, Kind::cross, "design");
}

}  // namespace homeward
