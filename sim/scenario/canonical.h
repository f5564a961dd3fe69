// A scenario after inheritance in one fixed spelling, and the fingerprint of what decides its results.
#pragma once
#include <string>

#include "scenario/scenario.h"
#include "scenario/yaml_document.h"

namespace homeward {

// YAML text that loads to the same scenario: keys in the order of their declaration, numbers in their shortest form,
// texts quoted, `extends` resolved, name, note, seed, replicates and tables as in `scenario`.
// `tables_folder` is empty where the default one holds.
std::string canonical_text(const YamlNode& document, const Scenario& scenario, const std::string& tables_folder,
                           const Vocabulary& vocabulary);

// SHA-256 over seed, active levers, parameters, the series that economy: and hosts: may change, and the tables' bytes.
// Two scenarios with the same hash have the same results, replicate by replicate.
std::string result_hash(const Scenario& scenario, const Vocabulary& vocabulary);

// The part of it that economy:, hosts: and the tables decide. Whoever needs the hash of many scenarios that differ in
// nothing of that works it out once.
std::string tables_hash(const Tables& tables);
std::string result_hash(const Scenario& scenario, const Vocabulary& vocabulary, const std::string& of_tables);

}  // namespace homeward
