// assumptions.csv and hosts.csv: what a run stood on, so that its folder explains itself without the tables.
#pragma once
#include <string>

#include "scenario/presentation.h"
#include "scenario/scenario.h"

namespace homeward {

enum class Priors { fixed, drawn };

// Every parameter and lever with value, plausible range, basis and who set it: table, scenario, drawn, or neutral (a
// lever that is 0 in all years). The value of a lever is that of `to_year`.
std::string assumptions_csv(const Scenario& scenario, Priors priors, int to_year);

// The home country, then every host, with the place of each where the tables know it.
std::string hosts_csv(const Scenario& scenario, const Presentation& shown);

}  // namespace homeward
