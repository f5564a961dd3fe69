// From the settings of the promise to the plan of a run, shared by the verbs that simulate.
#pragma once
#include <string>

#include "analysis/replicates.h"
#include "analysis/returns.h"
#include "api/bridge.h"
#include "homeward/simulation.h"

namespace homeward::v1 {

ReturnsDefinition to_layer(Returns returns);
std::string to_word(Returns returns);

// Throws InputError of the layers.
void check_settings(const RunSettings& settings);
ReplicatesPlan plan_of(const Scenario& scenario, const RunSettings& settings);

// A message where the machine has less memory than this many populations need.
void warn_of_memory(const homeward::Scenario& scenario, const RunSettings& settings, int states);

}  // namespace homeward::v1
