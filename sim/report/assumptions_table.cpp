#include "report/assumptions_table.h"

#include <algorithm>

#include "policy/levers.h"
#include "report/csv.h"

namespace homeward {
namespace {

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + field_text(cell);
  return line + '\n';
}

std::string basis_text(Basis basis) { return std::string(basis_names[static_cast<std::size_t>(basis)]); }

}  // namespace

std::string assumptions_csv(const Scenario& scenario, Priors priors, int to_year) {
  std::string text = "kind,name,unit,value,low,high,basis,informed_by,set_by,source,text\n";
  for (const ParameterRow& row : scenario.tables.parameters) {
    double value = row.value;
    for (const ParameterMember& binding : parameter_members()) {
      if (binding.path == row.path) value = scenario.parameters.*binding.member;
    }
    const bool ranged = row.low < row.high;
    const char* set_by = value != row.value ? "scenario" : priors == Priors::drawn && ranged ? "drawn" : "table";
    text += line_of({"parameter", row.path, row.unit, cell_text(value), cell_text(row.low), cell_text(row.high),
                     basis_text(row.basis), row.informed_by, set_by, row.source, row.text});
  }
  for (std::size_t i = 0; i < lever_rows().size(); ++i) {
    const LeverRow& row = lever_rows()[i];
    const LeverSchedule& schedule = scenario.levers[i];
    const bool neutral = std::all_of(schedule.value.begin(), schedule.value.end(), [](double v) { return v == 0; });
    text += line_of({"lever", "policy." + std::string(row.path), std::string(row.unit),
                     cell_text(schedule.value[year_index(to_year)]), cell_text(row.low), cell_text(row.high),
                     basis_text(row.basis), std::string(row.informed_by), neutral ? "neutral" : "scenario",
                     std::string(row.source), std::string(row.text)});
  }
  return text;
}

std::string hosts_csv(const Scenario& scenario, const Presentation& shown) {
  std::string text = "iso3,name,role,group,longitude,latitude\n";
  if (shown.home) {
    text += line_of({shown.home->iso3, shown.home->name, "home", "", cell_text(shown.home->longitude),
                     cell_text(shown.home->latitude)});
  }
  for (const Host& host : scenario.tables.hosts) {
    const auto place = std::find_if(shown.hosts.begin(), shown.hosts.end(),
                                    [&](const Location& one) { return one.iso3 == host.iso3; });
    const bool known = place != shown.hosts.end();
    text += line_of({host.iso3, host.name, "host", scenario.tables.groups[static_cast<std::size_t>(host.group)].code,
                     known ? cell_text(place->longitude) : "", known ? cell_text(place->latitude) : ""});
  }
  return text;
}

}  // namespace homeward
