// The top level of a plan: its keys, its scenarios, and what the command line says instead.
#include "scenario/sweep_plan.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "scenario/number.h"
#include "scenario/plan_design_reader.h"
#include "scenario/scenario_reader.h"
#include "scenario/table_sets.h"
#include "scenario/text_file.h"
#include "scenario/value_reader.h"

namespace homeward {
namespace {

const std::vector<std::string> plan_keys{"name",  "note", "scenarios",   "tables", "seed",     "seeds", "replicates",
                                         "scale", "to",   "force_range", "design", "measures", "years", "contrasts"};

class PlanReader {
 public:
  PlanReader(const std::string& file, const Vocabulary& vocabulary, const PlanOptions& options, Faults& faults)
      : vocabulary_(vocabulary), options_(options), faults_(faults), values_(faults, forced_, false, true) {
    plan_.file = file;
  }

  SweepPlan read(const YamlNode& root) {
    for (const auto& [key, what] :
         {std::pair("extends", "a scenario, not a plan. `homeward run FILE` runs it"),
          std::pair("policy", "a scenario, not a plan. `homeward run FILE` runs it"),
          std::pair("claim", "a claim, not a plan. `homeward compare --claim FILE` judges it")}) {
      const YamlEntry* entry = root.find(key);
      if (entry == nullptr) continue;
      values_.fault(entry->key_place, key, std::string("this file is ") + what);
      return std::move(plan_);
    }
    for (const YamlEntry& entry : root.entries) {
      if (entry.key == "name") {
        plan_.name = values_.text(entry, "name").value_or("");
      } else if (entry.key == "note") {
        plan_.note = values_.text(entry, "note").value_or("");
      } else if (entry.key == "tables") {
        tables_ = values_.text(entry, "tables").value_or("");
        if (!tables_.empty()) tables_ = path_beside(plan_.file, tables_);
      } else if (entry.key == "seed") {
        seed_ = read_seed(entry);
      } else if (entry.key == "seeds") {
        const auto word = values_.word(entry.value, entry.value.place, "seeds", {"paired", "independent"}, "word");
        if (word && *word == "independent") plan_.seeds = PlanSeeds::independent;
      } else if (entry.key == "replicates") {
        plan_.replicates = whole(entry, "replicates", 1, most_replicates).value_or(plan_.replicates);
      } else if (entry.key == "scale") {
        read_scale(entry);
      } else if (entry.key == "to") {
        plan_.to_year = values_.year(entry, "to").value_or(last_year);
      } else if (entry.key == "force_range") {
        const auto word = values_.word(entry.value, entry.value.place, "force_range", {"true", "false"}, "word");
        if (word && *word == "true") force_range_ = true;
      } else if (entry.key == "measures") {
        read_measures(entry);
      } else if (entry.key == "years") {
        years_ = &entry;
      } else if (entry.key == "contrasts") {
        contrasts_ = &entry;
      } else if (entry.key != "scenarios" && entry.key != "design") {
        values_.unknown_key(entry, shown(entry.key), plan_keys);
      }
    }
    plan_.force_range = force_range_ || options_.force_range;
    if (options_.scale) plan_.scale = *options_.scale;
    if (options_.replicates) plan_.replicates = *options_.replicates;
    if (options_.to_year) plan_.to_year = *options_.to_year;
    if (years_ != nullptr) read_years(*years_);
    read_scenarios(root);
    if (contrasts_ != nullptr) read_contrasts(*contrasts_);
    const YamlEntry* design = root.find("design");
    if (design != nullptr) {
      const Tables* tables = plan_.scenarios.empty() ? nullptr : &plan_.scenarios.front().source->tables();
      plan_.design = read_plan_design(*design, {plan_.file, vocabulary_, tables, values_, faults_});
      if (tables != nullptr) check_axes();
    }
    check_size(design);
    return std::move(plan_);
  }

 private:
  std::optional<int> whole(const YamlEntry& entry, const std::string& path, int least, int most) {
    const std::string expected = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    if (!entry.value.is_scalar()) {
      values_.wrong_kind(entry, path, expected);
      return std::nullopt;
    }
    const std::optional<std::uint64_t> count = entry.value.quoted ? std::nullopt : read_unsigned(entry.value.text);
    if (count && *count >= static_cast<std::uint64_t>(least) && *count <= static_cast<std::uint64_t>(most))
      return static_cast<int>(*count);
    values_.fault(entry.value.place, path, "expected " + expected + ", found '" + shown(entry.value.text) + "'");
    return std::nullopt;
  }

  std::optional<std::uint64_t> read_seed(const YamlEntry& entry) {
    const std::string expected = "a whole number from 0 to 18446744073709551615";
    if (!entry.value.is_scalar()) {
      values_.wrong_kind(entry, "seed", expected);
      return std::nullopt;
    }
    const std::optional<std::uint64_t> seed = entry.value.quoted ? std::nullopt : read_unsigned(entry.value.text);
    if (!seed)
      values_.fault(entry.value.place, "seed", "expected " + expected + ", found '" + shown(entry.value.text) + "'");
    return seed;
  }

  // 0.05 or 1/20.
  void read_scale(const YamlEntry& entry) {
    if (!entry.value.is_scalar()) return values_.wrong_kind(entry, "scale", "a share of persons, as 1/20");
    const std::string& text = entry.value.text;
    const std::size_t slash = text.find('/');
    std::optional<double> share = read_number(text.substr(0, slash)).value;
    if (share && slash != std::string::npos) {
      const std::optional<double> below = read_number(text.substr(slash + 1)).value;
      share = below && *below > 0 ? std::optional<double>(*share / *below) : std::nullopt;
    }
    if (share && *share >= 1e-5 && *share <= 1) {
      plan_.scale = *share;
      return;
    }
    values_.fault(entry.value.place, "scale", "'" + shown(text) + "' is not a share of persons from 1/100000 to 1", "",
                  "Write 1/20 or 0.05");
  }

  void read_measures(const YamlEntry& entry) {
    if (entry.value.kind != YamlNode::Kind::list || entry.value.items.empty())
      return values_.wrong_kind(entry, "measures", "a list of measures");
    std::vector<std::string> known;
    for (const MeasureRow& row : vocabulary_.measures) known.emplace_back(row.name);
    std::set<std::string> met;
    for (const YamlNode& item : entry.value.items) {
      const auto word = values_.word(item, item.place, "measures", known, "measure");
      if (word && !met.insert(*word).second)
        values_.fault(item.place, "measures", "'" + *word + "' stands twice in the list", "", "Keep one of the two");
    }
    for (const std::string& name : known) {
      if (met.contains(name)) plan_.measures.push_back(name);
    }
  }

  // [2030, 2045] or {from: 2025, to: 2045}.
  void read_years(const YamlEntry& entry) {
    std::set<int> met;
    if (entry.value.is_map() && !entry.value.entries.empty()) {
      int from = first_year, to = plan_.to_year;
      for (const YamlEntry& one : entry.value.entries) {
        if (one.key == "from") {
          from = values_.year(one, "years.from").value_or(from);
        } else if (one.key == "to") {
          to = values_.year(one, "years.to").value_or(to);
        } else {
          values_.unknown_key(one, "years." + shown(one.key), {"from", "to"});
        }
      }
      if (from > to) values_.fault(entry.value.place, "years", "'from' is after 'to'");
      for (int year = from; year <= to; ++year) met.insert(year);
    } else if (entry.value.kind == YamlNode::Kind::list && !entry.value.items.empty()) {
      for (const YamlNode& item : entry.value.items) {
        if (const auto year = values_.year({"", item.place, item}, "years")) met.insert(*year);
      }
    } else {
      values_.wrong_kind(entry, "years", "a list of years or {from: ..., to: ...}");
    }
    // --to leaves out the years behind it; a plan that contradicts itself is at fault.
    if (options_.to_year && !met.empty() && *met.begin() <= plan_.to_year)
      met.erase(met.upper_bound(plan_.to_year), met.end());
    if (!met.empty() && *met.rbegin() > plan_.to_year) {
      values_.fault(entry.value.place, "years", std::to_string(*met.rbegin()) + " is not simulated",
                    "The runs end in " + std::to_string(plan_.to_year),
                    "Let 'to' be that year, or ask for earlier ones");
    }
    plan_.years.assign(met.begin(), met.end());
  }

  void read_scenarios(const YamlNode& root) {
    const YamlEntry* entry = root.find("scenarios");
    if (entry == nullptr) {
      faults_.add({{plan_.file, 0, 0},
                   "scenarios",
                   "is missing",
                   "It says what is run",
                   "Write 'scenarios: [../baseline.yaml]'; paths are relative to this file"});
      return;
    }
    const YamlNode& node = entry->value;
    if (node.is_map() && !node.entries.empty()) {
      for (const YamlEntry& one : node.entries) read_scenario_file(one.key, one);
    } else if (node.kind == YamlNode::Kind::list && !node.items.empty()) {
      for (const YamlNode& item : node.items) {
        const std::string stem = item.is_scalar() ? std::filesystem::path(item.text).stem().string() : "";
        read_scenario_file(stem, {"", item.place, item});
      }
    } else if (node.is_scalar() && !node.text.empty()) {
      read_scenario_file(std::filesystem::path(node.text).stem().string(), *entry);
    } else {
      values_.wrong_kind(*entry, "scenarios", "a file, a list of files or a map of names to files");
    }
  }

  // `contrasts: baseline` names the scenario with which all others are compared.
  void read_contrasts(const YamlEntry& entry) {
    if (!entry.value.is_scalar() || entry.value.text.empty())
      return values_.wrong_kind(entry, "contrasts", "the name of one of the scenarios");
    const auto found = std::find(labels_.begin(), labels_.end(), entry.value.text);
    if (found == labels_.end()) {
      std::string remedy = did_you_mean(entry.value.text, labels_);
      if (remedy.empty() && !labels_.empty()) remedy = "Name one of them, as '" + labels_.front() + "'";
      values_.fault(entry.value.place, "contrasts", "no scenario of this plan is called '" + shown(entry.value.text) + "'",
                    "It says with which of the scenarios all others are compared", remedy);
    } else if (labels_.size() == 1) {
      values_.fault(entry.value.place, "contrasts", "there is no other scenario to compare with it",
                    "Every other scenario is compared with this one at every point", "Add one to 'scenarios:'");
    }
    const auto base = std::find_if(plan_.scenarios.begin(), plan_.scenarios.end(),
                                   [&](const PlanScenario& one) { return one.label == entry.value.text; });
    if (base != plan_.scenarios.end())
      plan_.contrast_base = static_cast<std::size_t>(base - plan_.scenarios.begin());
  }

  void read_scenario_file(const std::string& label, const YamlEntry& entry) {
    const std::string path = "scenarios." + shown(label);
    labels_.push_back(label);
    if (!entry.value.is_scalar() || entry.value.text.empty()) return values_.wrong_kind(entry, path, "a file");
    const bool taken = std::any_of(plan_.scenarios.begin(), plan_.scenarios.end(),
                                   [&](const PlanScenario& one) { return one.label == label; });
    if (taken) {
      values_.fault(entry.value.place, path, "two scenarios are called so",
                    "The merged table tells them by their names", "Write 'scenarios: {name: file, other: file}'");
      return;
    }
    const std::string file = path_beside(plan_.file, entry.value.text);
    std::error_code error;
    if (file.find('\0') == std::string::npos && !std::filesystem::exists(file, error)) {
      values_.fault(entry.value.place, path, "there is no file '" + shown(file) + "'",
                    "The path is relative to this file");
      return;
    }
    LoadOptions load;
    load.tables_folder = options_.tables_folder.empty() ? tables_ : options_.tables_folder;
    load.default_tables_folder = options_.default_tables_folder;
    load.seed = options_.seed ? options_.seed : seed_;
    load.force_range = force_range_ || options_.force_range;
    try {
      PlanScenario scenario{label, std::make_shared<const ScenarioSource>(file, vocabulary_, load), 1};
      scenario.seed = scenario.source->with({}, CanonicalText::left_out).seed;
      if (plan_.scenarios.empty()) plan_.seed = scenario.seed;
      plan_.scenarios.push_back(std::move(scenario));
    } catch (const InputError& input) {
      for (const Fault& fault : input.faults()) faults_.add(fault);
    }
  }

  // Each axis by itself: that there is such a path, and its values, with the places where they are written.
  void check_axes() {
    std::vector<const PlanAxis*> axes;
    collect_axes(plan_.design, axes);
    const ScenarioSource& source = *plan_.scenarios.front().source;
    for (const PlanAxis* axis : axes) {
      std::vector<YamlNode> values = axis->levels;
      if (values.size() > most_levels_checked) values.resize(most_levels_checked);
      for (const double end : {axis->from, axis->to}) {
        if (!axis->levels.empty()) break;
        YamlNode value;
        value.kind = YamlNode::Kind::scalar;
        value.place = axis->place;
        value.text = number_text(tidied(end));
        values.push_back(std::move(value));
      }
      std::set<std::pair<int, int>> told;  // a path that is not there is at fault once, not at each of its values
      for (const YamlNode& value : values) {
        for (const Fault& fault : source.faults_of(setting_document(axis->path, value, axis->place)).in_order()) {
          if (told.emplace(fault.place.line, fault.place.column).second) faults_.add(fault);
        }
      }
    }
  }

  void check_size(const YamlEntry* design) {
    const std::uint64_t points = point_count(plan_.design);
    const std::uint64_t replicates = static_cast<std::uint64_t>(plan_.replicates);
    const std::uint64_t each = std::max<std::uint64_t>(1, plan_.scenarios.size()) * replicates;
    if (points <= most_sweep_runs / each) return;
    faults_.add({design != nullptr ? design->key_place : Place{plan_.file, 0, 0}, "design",
                 "more than " + std::to_string(most_sweep_runs) + " runs",
                 "Points x scenarios x replicates are counted", "Take fewer, or several plans"});
  }

  const Vocabulary& vocabulary_;
  const PlanOptions& options_;
  Faults& faults_;
  std::vector<std::string> forced_;
  ValueReader values_;
  SweepPlan plan_;
  std::string tables_;
  std::optional<std::uint64_t> seed_;
  bool force_range_ = false;
  const YamlEntry *years_ = nullptr, *contrasts_ = nullptr;
  std::vector<std::string> labels_;  // of the scenarios named, sound or not
};

}  // namespace

std::uint64_t point_count(const PlanDesign& design) {
  // Beyond the most there may be, counts stay there: products do not overflow.
  constexpr std::uint64_t enough = most_sweep_runs + 1;
  std::uint64_t count = 1;
  switch (design.kind) {
    case PlanDesign::Kind::grid:
      for (const PlanAxis& axis : design.axes) count = std::min(enough, count * axis.levels.size());
      return count;
    case PlanDesign::Kind::rows: return design.axes.empty() ? 0 : design.axes.front().levels.size();
    case PlanDesign::Kind::zip: return design.parts.empty() ? 0 : point_count(design.parts.front());
    case PlanDesign::Kind::cross:
      for (const PlanDesign& part : design.parts) count = std::min(enough, count * point_count(part));
      return count;
    default: return design.points;
  }
}

void collect_axes(const PlanDesign& design, std::vector<const PlanAxis*>& axes) {
  for (const PlanAxis& axis : design.axes) axes.push_back(&axis);
  for (const PlanDesign& part : design.parts) collect_axes(part, axes);
}

SweepPlan read_sweep_plan(const std::string& file, const Vocabulary& vocabulary, const PlanOptions& options) {
  Faults faults;
  YamlNode root;
  root.kind = YamlNode::Kind::map;
  if (const std::optional<std::string> text = read_text_file(file, TextKind::yaml, {}, faults)) {
    const std::optional<YamlNode> read = parse_yaml(*text, file, faults);
    if (read && read->is_map()) {
      root = *read;
    } else if (read) {
      faults.add({{file, 0, 0},
                  "",
                  read->kind == YamlNode::Kind::null ? "the file is empty" : "not a map of keys",
                  "A plan is a map: 'scenarios:', 'design:' and so on",
                  ""});
    }
    raise_if_any(faults);
  }
  raise_if_any(faults);
  SweepPlan plan = PlanReader(file, vocabulary, options, faults).read(root);
  raise_if_any(faults);
  return plan;
}

}  // namespace homeward
