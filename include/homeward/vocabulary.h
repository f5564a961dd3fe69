// What exists: levers, parameters, measures, hosts, dimensions and the keys of a scenario, each as one entry that
// explains itself.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "homeward/error.h"

namespace homeward::v1 {

// A key is what a scenario may hold beside levers and parameters; a group is a name for several entries.
enum class EntryKind { lever, parameter, measure, host, dimension, key, group };

// One entry. Fields that do not apply to a kind are empty.
struct Entry {
  EntryKind kind = EntryKind::lever;
  std::string name;  // as in a scenario or a table: policy.red_tape.papers, choice.b_pay, stock, JPN, age_group
  std::string unit;
  std::string text;                       // what it is, in a sentence
  std::optional<double> value;            // the default
  std::optional<double> low, high;        // plausible range; outside it a run needs force_range
  std::optional<double> hard_low, hard_high;  // outside it is a fault
  std::string basis;                      // sourced, derived, tuned, recalled or assumed
  std::string informed_by;                // data, prior or fixed
  std::string source;
  std::string acts;                       // lever, parameter: where it acts
  std::string definition;                 // measure: what is counted
  std::string kind_of_measure;            // stock, flow, mean or amount
  std::string group;                      // host: the group whose data it carries; lever: its group
  std::string option;                     // lever: the key of its option (scope, coverage)
  std::vector<std::string> words;         // words of a lever's option or of a dimension; members of a group
  std::string form;                       // key: what stands there, "a whole number from 1 to 100000"
  std::string fallback;                   // key: what holds where it is left out
  std::string example;                    // key: as it stands in a scenario, lines separated by \n
};

// All entries of a kind in the order of their table. `tables`: a folder, empty for the default; levers, measures and
// dimensions with closed vocabularies need none. Throws InputError where the tables are at fault.
std::vector<Entry> entries(EntryKind kind, const std::string& tables);

// The entries that `name` can mean: its full path, without `policy.` or `parameters.`, its last word, a host by ISO
// code or name, `returns`, a group of levers, parameters or hosts. More than one where the name is ambiguous, none where
// it is unknown.
//
//   const Entry tax = find_entries("tax", "").at(0);  // policy.resolution_57.tax
std::vector<Entry> find_entries(const std::string& name, const std::string& tables);

// The known name nearest to `name`, or empty where none is near enough to be meant.
std::string nearest_entry(const std::string& name, const std::string& tables);

// The candidate nearest to `word` by edit distance, or empty where none is near enough to be meant.
std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace homeward::v1
