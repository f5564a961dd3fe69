// Scenarios of the promise over the loader.
#include "homeward/scenario.h"

#include <filesystem>

#include "api/bridge.h"
#include "api/build.h"
#include "homeward/comparison.h"
#include "homeward/sweep.h"
#include "observation/measures.h"
#include "policy/home_year.h"
#include "policy/in_force.h"
#include "policy/levers.h"
#include "scenario/file_kind.h"
#include "scenario/loader.h"
#include "scenario/presentation.h"

namespace homeward::v1 {
namespace {

homeward::LoadOptions to_layer(const LoadOptions& options) {
  homeward::LoadOptions result;
  result.set = options.set;
  result.tables_folder = options.tables;
  result.default_tables_folder = default_tables_folder();
  result.seed = options.seed;
  result.replicates = options.replicates;
  result.force_range = options.force_range;
  return result;
}

}  // namespace

const Vocabulary& vocabulary() {
  static const Vocabulary words{lever_rows(), measure_rows(), dimension_rows()};
  return words;
}

std::string here_or_shipped(const std::string& file) {
  namespace fs = std::filesystem;
  const std::string folder = "scenarios/";
  std::error_code error;
  if (!file.starts_with(folder) || file.find('\0') != std::string::npos || fs::exists(file, error)) return file;
  const fs::path shipped = fs::path(default_tables_folder()).parent_path() / file.substr(folder.size());
  return fs::is_regular_file(shipped, error) ? shipped.lexically_normal().string() : file;
}

std::vector<Fault> to_faults(const std::vector<homeward::Fault>& faults) {
  std::vector<Fault> result;
  for (const homeward::Fault& fault : faults) {
    result.push_back({fault.place.file, fault.place.line, fault.place.column, fault.path, fault.problem, fault.reason,
                      fault.remedy, to_text(fault)});
  }
  return result;
}

Scenario Scenario::load(const std::string& file, const LoadOptions& options) {
  return translated([&] {
    Parts parts{load_scenario(here_or_shipped(file), vocabulary(), to_layer(options))};
    require_sound_economy(parts.scenario);
    load_presentation(parts.scenario.tables.folder);  // its faults are told now, not after hours
    return Scenario(std::make_shared<const Parts>(std::move(parts)));
  });
}

const std::string& Scenario::file() const { return parts_->scenario.file; }
const std::string& Scenario::name() const { return parts_->scenario.name; }
const std::string& Scenario::note() const { return parts_->scenario.note; }
bool Scenario::extends() const { return parts_->scenario.extends; }
std::uint64_t Scenario::seed() const { return parts_->scenario.seed; }
int Scenario::replicates() const { return parts_->scenario.replicates; }
const std::string& Scenario::hash() const { return parts_->scenario.hash; }
const std::string& Scenario::canonical() const { return parts_->scenario.canonical; }
const std::vector<std::string>& Scenario::forced() const { return parts_->scenario.forced; }
const std::string& Scenario::tables_folder() const { return parts_->scenario.tables.folder; }

std::vector<LeverInForce> Scenario::levers_in_force(int from_year, int to_year) const {
  std::vector<LeverInForce> found;
  for (const LeverRow* row : homeward::levers_in_force(parts_->scenario, from_year, to_year)) {
    found.push_back({"policy." + std::string(row->path), std::string(row->informed_by)});
  }
  return found;
}

namespace {

void check_plan(const std::string& file, const LoadOptions& options) {
  translated([&] {
    if (options.set.empty()) return 0;
    throw homeward::InputError(homeward::Fault{
        {"--set", 0, 0}, "", "goes with a scenario; " + file + " is a plan", "Its axes say what is set", ""});
  });
  SweepOptions sweep;
  sweep.tables = options.tables;
  sweep.seed = options.seed;
  sweep.replicates = options.replicates;
  sweep.force_range = options.force_range;
  check_points(SweepPlan::load(file, sweep));
}

// The claim, then the scenarios it names.
std::vector<Fault> check_claim(const std::string& file, const LoadOptions& options) {
  std::vector<Fault> found;
  const Claim claim = Claim::load(here_or_shipped(file));
  for (const std::string& scenario : claim.scenarios()) {
    for (Fault& fault : check(scenario, options)) found.push_back(std::move(fault));
  }
  return found;
}

}  // namespace

std::vector<Fault> check(const std::string& file, const LoadOptions& options) {
  try {
    switch (kind_of_file(here_or_shipped(file))) {
      case FileKind::scenario: Scenario::load(file, options); return {};
      case FileKind::plan: check_plan(file, options); return {};
      case FileKind::claim: return check_claim(file, options);
    }
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

std::vector<std::string> difference_in_words(const Scenario& a, const Scenario& b) {
  return homeward::difference_in_words(a.parts().scenario, b.parts().scenario, vocabulary());
}

std::string scenario_schema(const std::string& tables) {
  return translated([&] {
    const Tables loaded = load_tables(tables.empty() ? default_tables_folder() : tables);
    return homeward::scenario_schema(vocabulary(), loaded.parameters);
  });
}

std::string default_tables_folder() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    // build/release/homeward, then an installed bin/homeward.
    for (const char* relative : {"../../scenarios/data", "../share/homeward/scenarios/data"}) {
      const fs::path folder = (program.parent_path() / relative).lexically_normal();
      if (fs::is_directory(folder / "parameters", error)) return folder.string();
    }
  }
  return HOMEWARD_TABLES_FOLDER;
}

}  // namespace homeward::v1
