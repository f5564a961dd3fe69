// A scenario after inheritance as plain values: what a user asked for, checked.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/declaration.h"
#include "base/fault.h"
#include "base/years.h"
#include "scenario/parameters.h"
#include "scenario/tables.h"

namespace homeward {

// A lever over the years. A plain number or year map is announced, enacted and delivered as its years say.
struct LeverSchedule {
  YearSeries value{};        // intended value: years -> value, linear between, neutral (0) before, held after
  int announced = first_year;  // from here on the promise is known
  int enacted = first_year;    // from here on costs accrue and claims are allowed
  int delivered = first_year;  // from here on the effect is there; last_year + 1 and more: never
  int promised = first_year;   // the year by which delivery was promised
  bool dated = false;          // given as {announced, enacted, delivered, value}
  std::string option;          // scope or coverage; the declared default where not given
};

// One cube of flows.csv.
struct OutputCube {
  std::vector<std::string> measures;
  std::vector<std::string> by;  // dimensions, in the order of flows.csv's columns
};

// The names a scenario may use; declared in upper layers and handed down.
struct Vocabulary {
  std::vector<LeverRow> levers;
  std::vector<MeasureRow> measures;
  std::vector<DimensionRow> dimensions;
};

struct Scenario {
  std::string file;  // as given
  std::string name, note;
  bool extends = false;  // another scenario
  std::uint64_t seed = 1;
  int replicates = 4;
  std::vector<LeverSchedule> levers;  // parallel to Vocabulary::levers
  Parameters parameters;              // table defaults, then overrides of the scenario
  std::vector<std::string> forced;    // parameters and levers outside their low-high range (needs --force-range)
  Tables tables;                      // with the scenario's economy: and hosts: overrides applied
  std::vector<OutputCube> outputs;
  // The merged document in canonical form (YAML text, fixed key order), for the manifest, `diff` and the hash.
  // Names and notes are in it but not in the hash.
  std::string canonical;
  std::string hash;  // SHA-256, hex, of everything that decides results: canonical less name/note/outputs, tables
};

}  // namespace homeward
