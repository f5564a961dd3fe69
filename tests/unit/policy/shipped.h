// The scenarios and tables that ship, loaded once, for tests that hold rules against the numbers in use.
#pragma once
#include <random>
#include <stdexcept>
#include <string>

#include "observation/measures.h"
#include "policy/home_year.h"
#include "policy/levers.h"
#include "scenario/loader.h"

namespace homeward::testing {

inline Scenario load_shipped(const std::string& file) {
  const std::string folder = std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/";
  LoadOptions options;
  options.default_tables_folder = folder + "data";
  return load_scenario(folder + file, {lever_rows(), measure_rows(), dimension_rows()}, options);
}

inline const Scenario& baseline() {
  static const Scenario scenario = load_shipped("baseline.yaml");
  return scenario;
}

inline LeverSchedule& lever(Scenario& scenario, Lever which) {
  return scenario.levers[static_cast<std::size_t>(which)];
}

// A lever at one value in every year, in force from the first.
inline void hold(Scenario& scenario, Lever which, double value) { lever(scenario, which).value.fill(value); }

// The baseline's tables and parameters with every lever neutral.
inline Scenario without_levers() {
  Scenario scenario = baseline();
  for (LeverSchedule& schedule : scenario.levers) {
    const std::string option = schedule.option;
    schedule = LeverSchedule{};
    schedule.option = option;
  }
  return scenario;
}

inline HomeYear in_year(const Scenario& scenario, int year) { return home_years(scenario)[year_index(year)]; }

inline const HostGroup& group_named(const Scenario& scenario, const std::string& code_name) {
  const int group = scenario.tables.group_index(code_name);
  if (group < 0) throw std::logic_error("no host group " + code_name);
  return scenario.tables.groups[static_cast<std::size_t>(group)];
}

// Every parameter drawn from its plausible range.
inline Parameters drawn_parameters(const Scenario& scenario, std::uint64_t seed) {
  Parameters drawn = scenario.parameters;
  std::mt19937_64 engine(seed);
  for (const ParameterMember& member : parameter_members()) {
    for (const ParameterRow& row : scenario.tables.parameters) {
      if (row.path == member.path) drawn.*member.member = std::uniform_real_distribution(row.low, row.high)(engine);
    }
  }
  return drawn;
}

}  // namespace homeward::testing
