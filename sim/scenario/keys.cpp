#include "scenario/keys.h"

#include <limits>

#include "base/years.h"

namespace homeward {
namespace {

constexpr std::uint64_t largest_seed = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t first = first_year, last = last_year;
constexpr std::string_view dated_lever =
    "policy:\n  red_tape:\n    recognition: {announced: 2026, enacted: 2027, delivered: 2029, value: 0.33}";
constexpr std::string_view broken_promise =
    "policy:\n  red_tape:\n    recognition: {announced: 2026, promised: 2028, delivered: never, value: 0.33}";
constexpr std::string_view cube = "outputs:\n  - measures: [stock, returns_settled]\n    by: [host, class]";

}  // namespace

// To add a key: its word in the enum, its row here in the same order; the compiler then names what must read it.
const std::vector<KeyRow<ScenarioKey>>& scenario_keys() {
  using enum ScenarioKey;
  static const std::vector<KeyRow<ScenarioKey>> rows{
      {{"name", "a text", 0, 0, "", "the name of the file", "name: Degrees recognised a third faster",
        "Shown in reports; does not change the hash of a scenario."},
       name},
      {{"note", "a text", 0, 0, "", "none", "note: What the ministry proposed in May.",
        "Shown in reports; does not change the hash of a scenario."},
       note},
      {{"extends", "the path of a scenario", 0, 0, "", "none: nothing is inherited", "extends: ../baseline.yaml",
        "The scenario this one builds on; relative to this file."},
       extends},
      {{"seed", "a whole number", 0, largest_seed, "", "1", "seed: 7", "Of the random numbers."}, seed},
      {{"replicates", "a whole number", 1, static_cast<std::uint64_t>(most_replicates), "replicates", "4", "replicates: 8",
        "Runs that differ in their random numbers only."},
       replicates},
      {{"policy", "a map of levers", 0, 0, "", "every lever is neutral, 0",
        "policy:\n  red_tape:\n    recognition: {2027: 0, 2029: 0.33}", "Levers, by the paths of `homeward list levers`."},
       policy},
      {{"parameters", "a map of groups of parameters", 0, 0, "", "the table of parameters",
        "parameters:\n  choice:\n    b_pay: 1.2", "Numbers of the model that differ from the table of parameters."},
       parameters},
      {{"economy", "a map of columns of the macro table", 0, 0, "", "the macro table",
        "economy:\n  home_growth: {2027: 0.05}", "Columns of the macro table, from the first year given on."},
       economy},
      {{"hosts", "a map of countries or groups", 0, 0, "", "the tables of hosts",
        "hosts:\n  GROUP:\n    job_loss: {2027: 0.05, 2029: 0}",
        "Shocks by host group, or by the ISO 3166-1 alpha-3 code of a country that is a group of its own."},
       hosts},
      {{"tables", "the path of a folder", 0, 0, "", "the tables that ship with the program", "tables: ../data",
        "A folder of tables; relative to this file."},
       tables},
      {{"outputs", "a list of {measures: [...], by: [...]}", 0, 0, "", "none: flows.csv holds no cube",
        cube,
        "Cubes of flows.csv: measures by dimensions."},
       outputs},
  };
  return rows;
}

const std::vector<KeyRow<LeverKey>>& lever_keys() {
  using enum LeverKey;
  static const std::vector<KeyRow<LeverKey>> rows{
      {{"announced", "a year", first, last, "year", "the year it is enacted", dated_lever,
        "From then on the promise moves the expectations of those who are eligible."},
       announced},
      {{"enacted", "a year", first, last, "year", "the year it is delivered, or its value's first year",
        dated_lever, "From then on it may be claimed, and costs accrue."},
       enacted},
      {{"delivered", "a year or 'never'", first, last, "year", "the year it is enacted", broken_promise,
        "From then on it has its effect; what is promised and not delivered costs trust year by year."},
       delivered},
      {{"promised", "a year", first, last, "year", "the year it is delivered; a year after enactment if that is never",
        broken_promise, "The year by which delivery was promised."},
       promised},
      {{"value", "a number or a map of years to numbers", 0, 0, "of the lever", "none: it must be there beside dates",
        dated_lever, "How strong the lever is: linear between the years, neutral before, held after."},
       value},
  };
  return rows;
}

const std::vector<KeyRow<CubeKey>>& cube_keys() {
  using enum CubeKey;
  static const std::vector<KeyRow<CubeKey>> rows{
      {{"measures", "a list of measures", 0, 0, "", "none: it must be there", cube,
        "What is counted, by the names of `homeward list measures`."},
       measures},
      {{"by", "a list of dimensions", 0, 0, "", "none: totals by year", cube,
        "What it is split by, by the names of `homeward list dimensions`."},
       by},
  };
  return rows;
}

std::string form_text(const KeyText& row) {
  std::string text(row.form);
  if (row.high > 0) text += " from " + std::to_string(row.low) + " to " + std::to_string(row.high);
  return text;
}

}  // namespace homeward
