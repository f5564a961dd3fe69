// YAML in, a Scenario or every fault out.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenario/scenario.h"

namespace homeward {

struct LoadOptions {
  std::vector<std::pair<std::string, std::string>> set;  // --set path=value, value is YAML
  std::string tables_folder;                             // --tables; overrides the scenario's `tables:`
  std::string default_tables_folder;                     // used where nothing names one
  std::optional<std::uint64_t> seed;
  std::optional<int> replicates;
  bool force_range = false;
};

// Reads file, follows `extends`, merges, checks every key, unit, range, year and table.
// Throws InputError with all faults at once, in order of place.
Scenario load_scenario(const std::string& file, const Vocabulary& vocabulary, const LoadOptions& options);

// Reads a folder of tables. Throws InputError with all faults.
Tables load_tables(const std::string& folder);

// One line a difference, in words: path, what it is in a, what it is in b. After inheritance.
std::vector<std::string> difference_in_words(const Scenario& a, const Scenario& b, const Vocabulary& vocabulary);

// JSON Schema (2020-12) of a scenario file.
std::string scenario_schema(const Vocabulary& vocabulary, const std::vector<ParameterRow>& parameters);

}  // namespace homeward
