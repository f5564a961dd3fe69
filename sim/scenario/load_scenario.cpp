// From a file to a Scenario: chain, command line, tables, checks of each file and of what they make together.
#include <algorithm>
#include <set>

#include "scenario/canonical.h"
#include "scenario/inheritance.h"
#include "scenario/number.h"
#include "scenario/scenario_reader.h"
#include "scenario/scenario_source.h"
#include "scenario/table_sets.h"
#include "scenario/text_file.h"

namespace homeward {
namespace {

// The folder of tables and where it was named.
struct TablesChoice {
  std::string folder;
  Place named_at;
  bool is_default = false;
};

TablesChoice choose_tables(const YamlNode& document, const LoadOptions& options) {
  if (!options.tables_folder.empty()) return {options.tables_folder, {"--tables", 0, 0}};
  const YamlEntry* entry = document.find("tables");
  if (entry == nullptr || !entry->value.is_scalar()) return {options.default_tables_folder, {}, true};
  // What the command line sets is relative to where the command runs.
  const bool in_file = entry->value.place.line > 0;
  return {path_beside(in_file ? entry->value.place.file : "", entry->value.text), entry->value.place};
}

void add_all(const Faults& from, Faults& to) {
  for (const Fault& fault : from.in_order()) to.add(fault);
}

// Of faults that are found twice, once in a file and once in what all files make together, the first is told.
void add_new(const Faults& from, Faults& to) {
  std::set<std::string> told;
  for (const Fault& fault : to.in_order()) told.insert(to_text(fault));
  for (const Fault& fault : from.in_order()) {
    if (told.insert(to_text(fault)).second) to.add(fault);
  }
}

void check_options(const LoadOptions& options, Faults& faults) {
  if (!options.replicates || (*options.replicates >= 1 && *options.replicates <= most_replicates)) return;
  faults.add({{"--replicates", 0, 0},
              "",
              std::to_string(*options.replicates) + " is out of range",
              "Allowed is 1 to " + std::to_string(most_replicates),
              ""});
}

void apply_overrides(const ScenarioContent& content, Scenario& scenario) {
  for (const ScenarioContent::EconomyChange& change : content.economy)
    apply_economy(scenario.tables.macro, *change.row, change.values);
  for (const ScenarioContent::HostShock& shock : content.hosts)
    apply_host_shock(scenario.tables.groups[shock.group], *shock.row, shock.values);
  build_gompertz(scenario.tables, scenario.parameters);
}

}  // namespace

ScenarioSource::ScenarioSource(std::string file, const Vocabulary& vocabulary, LoadOptions options)
    : file_(std::move(file)), vocabulary_(vocabulary), options_(std::move(options)) {
  // From the strongest to the weakest: the last --set first, the file, what it extends.
  std::vector<Document> documents;
  for (auto set = options_.set.rbegin(); set != options_.set.rend(); ++set)
    documents.push_back(set_document(set->first, set->second));
  for (Document& document : read_chain(file_)) documents.push_back(std::move(document));
  extends_ = documents.size() > options_.set.size() + 1;
  whole_ = documents.back().root;
  for (auto over = std::next(documents.rbegin()); over != documents.rend(); ++over) whole_ = merged(whole_, over->root);

  const TablesChoice choice = choose_tables(whole_, options_);
  if (!choice.is_default) tables_folder_ = choice.folder;
  Faults table_faults;
  tables_ = read_tables(choice.folder, choice.named_at, &vocabulary.levers, table_faults);

  Faults faults;
  check_options(options_, faults);
  ReadingRules rules{vocabulary, tables_, options_.force_range, false};
  for (const Document& document : documents) {
    add_all(document.faults, faults);
    read_scenario(document.root, rules, faults);
  }
  rules.whole = true;
  Faults of_whole;
  const ScenarioContent content = read_scenario(whole_, rules, of_whole);
  add_new(of_whole, faults);
  add_all(table_faults, faults);
  raise_if_any(faults);
  Scenario laid;
  laid.tables = tables_;
  apply_overrides(content, laid);
  tables_hash_ = tables_hash(laid.tables);
}

Faults ScenarioSource::faults_of(const Document& setting) const {
  Faults faults;
  add_all(setting.faults, faults);
  read_scenario(setting.root, {vocabulary_, tables_, options_.force_range, false}, faults);
  return faults;
}

Scenario ScenarioSource::with(const std::vector<Document>& settings, CanonicalText text) const {
  YamlNode laid_over;
  if (!settings.empty()) laid_over = whole_;
  bool same_tables = true;
  bool sound = true;
  for (const Document& setting : settings) {
    lay_over(laid_over, setting.root);
    sound = sound && setting.faults.empty();
    same_tables = same_tables && setting.root.find("economy") == nullptr && setting.root.find("hosts") == nullptr;
  }
  const YamlNode& whole = settings.empty() ? whole_ : laid_over;
  Faults of_whole;
  ScenarioContent content = read_scenario(whole, {vocabulary_, tables_, options_.force_range, true}, of_whole);
  if (!sound || !of_whole.empty()) {
    Faults faults;
    for (const Document& setting : settings) add_all(faults_of(setting), faults);
    add_new(of_whole, faults);
    raise_if_any(faults);
  }

  Scenario scenario;
  scenario.tables = tables_;
  scenario.file = file_;
  scenario.extends = extends_;
  scenario.name = content.name;
  scenario.note = content.note;
  scenario.seed = options_.seed.value_or(content.seed.value_or(scenario.seed));
  scenario.replicates = options_.replicates.value_or(content.replicates.value_or(scenario.replicates));
  scenario.levers = content.levers;
  scenario.parameters = content.parameters;
  scenario.forced = content.forced;
  scenario.outputs = content.outputs;
  apply_overrides(content, scenario);
  if (text == CanonicalText::written)
    scenario.canonical = canonical_text(whole, scenario, tables_folder_, vocabulary_);
  scenario.hash = same_tables ? result_hash(scenario, vocabulary_, tables_hash_) : result_hash(scenario, vocabulary_);
  return scenario;
}

Scenario load_scenario(const std::string& file, const Vocabulary& vocabulary, const LoadOptions& options) {
  return ScenarioSource(file, vocabulary, options).with({}, CanonicalText::written);
}

}  // namespace homeward
