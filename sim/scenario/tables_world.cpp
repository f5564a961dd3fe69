// The home country, prices, history and the model's numbers: macro, costs, policy_history, parameters.
#include <algorithm>
#include <limits>

#include "scenario/number.h"
#include "scenario/overrides.h"
#include "scenario/table_reader.h"
#include "scenario/table_sets.h"

namespace homeward {
namespace {

void check_lever(TableRow& row, const TableSource& source) {
  row.required_text("lever");
  if (source.levers == nullptr) return;
  std::vector<std::string> paths;
  for (const LeverRow& lever : *source.levers) paths.emplace_back(lever.path);
  row.word("lever", paths, "lever");
}

}  // namespace

void read_macro(const TableSource& source, Tables& tables) {
  std::vector<std::string> columns{"year"};
  for (const EconomyRow& economy : economy_rows()) columns.emplace_back(economy.name);
  TableReader table(source.folder, "macro", columns, tables.files, source.faults);
  PerYear<bool> seen{};
  bool all_read = table.readable() && table.row_count() > 0;
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    row.key({"year"});
    const int year = row.year("year");
    for (const EconomyRow& economy : economy_rows()) {
      double& value = (tables.macro.*economy.series)[year_index(year)];
      if (economy.may_be_empty && row.empty(economy.name)) {
        value = std::numeric_limits<double>::quiet_NaN();
      } else {
        value = row.number(economy.name, economy.hard_low, economy.hard_high);
      }
    }
    all_read = all_read && !row.bad();
    seen[year_index(year)] = true;
  }
  for (int year = first_year; year <= last_year && all_read; ++year) {
    if (!seen[year_index(year)])
      table.fault("no row for the year " + std::to_string(year), "Every year from 2004 to 2045 needs one", "");
  }
}

void read_costs(const TableSource& source, Tables& tables) {
  TableReader costs(source.folder, "costs", {"lever", "unit", "usd"}, tables.files, source.faults);
  for (std::size_t i = 0; i < costs.row_count(); ++i) {
    TableRow row = costs.row(i);
    row.key({"lever", "unit"});
    check_lever(row, source);
    UnitCost cost{row.text("lever"), row.required_text("unit"), row.number("usd", 0, 1e12)};
    if (!row.bad()) tables.costs.push_back(std::move(cost));
  }
  TableReader history(source.folder, "policy_history", {"lever", "year", "ramp_years", "added", "event"}, tables.files,
                      source.faults);
  for (std::size_t i = 0; i < history.row_count(); ++i) {
    TableRow row = history.row(i);
    row.key({"lever", "year", "event"});
    check_lever(row, source);
    PolicyEvent event{row.text("lever"), row.year("year"), row.integer("ramp_years", 1, year_count),
                      row.number("added", -1e6, 1e6), row.required_text("event")};
    if (!row.bad()) tables.policy_history.push_back(std::move(event));
  }
}

void read_parameters(const TableSource& source, Tables& tables) {
  TableReader table(source.folder, "parameters",
                    {"path", "unit", "value", "low", "high", "hard_low", "hard_high", "informed_by", "text"},
                    tables.files, source.faults);
  std::vector<std::string> paths;
  for (const ParameterMember& member : parameter_members()) paths.push_back(member.path);
  std::vector<ParameterRow> rows(paths.size());
  bool all_read = table.readable();
  constexpr double most = std::numeric_limits<double>::max();
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    row.key({"path"});
    const std::size_t index = row.word("path", paths, "parameter");
    ParameterRow parameter;
    parameter.path = row.text("path");
    parameter.unit = row.required_text("unit");
    parameter.value = row.number("value", -most, most);
    parameter.low = row.number("low", -most, most);
    parameter.high = row.number("high", -most, most);
    parameter.hard_low = row.number("hard_low", -most, most);
    parameter.hard_high = row.number("hard_high", -most, most);
    parameter.basis = static_cast<Basis>(std::find(std::begin(basis_names), std::end(basis_names), row.text("basis")) -
                                         std::begin(basis_names));
    parameter.informed_by = row.text("informed_by");
    row.word("informed_by", {"data", "prior", "fixed"}, "value of informed_by");
    parameter.source = row.text("source");
    parameter.text = row.required_text("text");
    if (!row.bad()) {
      if (parameter.low > parameter.high) row.fault("low", "low is above high");
      if (parameter.hard_low > parameter.low) row.fault("hard_low", "hard_low is above low");
      if (parameter.hard_high < parameter.high) row.fault("hard_high", "hard_high is below high");
      if (parameter.value < parameter.low || parameter.value > parameter.high) {
        row.fault("value", number_text(parameter.value) + " is outside its own range",
                  "low to high is " + number_text(parameter.low) + " to " + number_text(parameter.high) + " " +
                      parameter.unit,
                  "");
      }
    }
    all_read = all_read && !row.bad();
    if (!row.bad()) rows[index] = std::move(parameter);
  }
  for (std::size_t i = 0; i < rows.size() && all_read; ++i) {
    if (rows[i].path.empty())
      table.fault("no row for the parameter '" + paths[i] + "'", "The model uses it", "Add the row");
  }
  std::erase_if(rows, [](const ParameterRow& row) { return row.path.empty(); });
  tables.parameters = std::move(rows);
}

Parameters default_parameters(const Tables& tables) {
  Parameters parameters;
  std::size_t next = 0;  // the rows are in the order of the members; a row at fault is missing
  for (const ParameterMember& member : parameter_members()) {
    if (next == tables.parameters.size() || tables.parameters[next].path != member.path) continue;
    parameters.*member.member = tables.parameters[next++].value;
  }
  return parameters;
}

}  // namespace homeward
