// The rows from which checks, help, schema and reference pages follow: parameters, levers, measures.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace homeward {

// Where a number comes from (column `basis` of the tables).
enum class Basis : std::uint8_t { sourced, derived, tuned, recalled, assumed };
inline constexpr std::string_view basis_names[] = {"sourced", "derived", "tuned", "recalled", "assumed"};

// A number of the model. One row of scenarios/data/parameters/table.csv.
struct ParameterRow {
  std::string path;  // group.name, e.g. choice.b_pay; in a scenario under `parameters:`
  std::string unit;
  double value = 0;                    // default
  double low = 0, high = 0;            // plausible range; outside it a run needs --force-range
  double hard_low = 0, hard_high = 0;  // outside it is a fault
  Basis basis = Basis::assumed;
  std::string informed_by;  // "data", "prior" (posterior/prior sd above .9), or "fixed"
  std::string source;
  std::string text;
};

// A policy lever. One row of the table in sim/policy/levers.cpp. All levers are neutral at 0.
struct LeverRow {
  std::string_view path;  // below `policy.`, e.g. resolution_57.tax
  std::string_view unit;
  double low, high;            // plausible range
  double hard_low, hard_high;  // outside it is a fault
  std::string_view group;      // law | relations | money | procedures | pay
  std::string_view scope_key;  // "scope", "coverage" or "": the option the lever also takes
  std::string_view options;    // its words, separated by '|', the default first
  std::string_view channel;    // where it acts
  std::string_view informed_by;
  Basis basis;
  std::string_view source;
  std::string_view text;
};

// What a measure counts. One row of the table in sim/observation/measures.cpp.
struct MeasureRow {
  std::string_view name;
  std::string_view unit;
  std::string_view kind;  // stock | flow | mean | amount
  std::string_view definition;
  std::string_view text;
};

// A dimension of flows.csv and its words; empty where the words come from the tables (host, origin_province).
struct DimensionRow {
  std::string_view name;
  std::vector<std::string> words;
  std::string_view text;
};

}  // namespace homeward
