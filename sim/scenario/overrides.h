// What a scenario may lay over the tables: `economy:` over the macro table, `hosts:` over the host groups.
#pragma once
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/series.h"
#include "scenario/tables.h"

namespace homeward {

// A column of the macro table and key of `economy:`.
struct EconomyRow {
  std::string_view name, unit;
  double hard_low, hard_high;
  YearSeries Macro::*series;
  bool may_be_empty;  // in the table
  std::string_view example;
  std::string_view text;
};
const std::vector<EconomyRow>& economy_rows();

// A key below a country or group in `hosts:`. `series` is null for wage_shift, which is added to ln_wage.
struct HostShockRow {
  std::string_view name, unit;
  double hard_low, hard_high;
  YearSeries HostGroup::*series;
  std::string_view example;
  std::string_view text;
};
const std::vector<HostShockRow>& host_shock_rows();

// The tables keep what they say before the first year given (for wage_shift: 0); from there on the values given hold,
// linear between the years and held after the last.
void apply_economy(Macro& macro, const EconomyRow& row, const YearValues& given);
void apply_host_shock(HostGroup& group, const HostShockRow& row, const YearValues& given);

}  // namespace homeward
