// The reading of each set of a tables folder; all faults of all sets are collected before any is shown.
#pragma once
#include <string>
#include <vector>

#include "base/declaration.h"
#include "base/fault.h"
#include "scenario/parameters.h"
#include "scenario/tables.h"

namespace homeward {

// Where a set is read from and its faults go to.
struct TableSource {
  std::string folder;
  const std::vector<LeverRow>* levers;  // names that costs and policy_history may use; nullptr: any
  Faults& faults;
};

void read_host_groups(const TableSource& source, Tables& tables);  // host_groups, hosts
void read_wages(const TableSource& source, Tables& tables);        // wages, home_premium
void read_host_years(const TableSource& source, Tables& tables);   // host_years
void read_stocks(const TableSource& source, Tables& tables);       // stocks
void read_arrivals(const TableSource& source, Tables& tables);     // inflows x destinations
void read_attributes(const TableSource& source, Tables& tables);   // attributes
void read_age_laws(const TableSource& source, Tables& tables);     // ages, arrival_years
void read_mortality(const TableSource& source, Tables& tables);
void read_fertility(const TableSource& source, Tables& tables);
void read_provinces(const TableSource& source, Tables& tables);
void read_macro(const TableSource& source, Tables& tables);
void read_costs(const TableSource& source, Tables& tables);  // costs, policy_history
void read_parameters(const TableSource& source, Tables& tables);

// The schedule code of a group without a life table: Gompertz' law from the parameters demography.mort_*.
inline constexpr const char* gompertz_schedule = "gompertz";
// Replaces the schedule `gompertz`, where a group names it, by the one these parameters give.
void build_gompertz(Tables& tables, const Parameters& parameters);

// The defaults of Tables::parameters.
Parameters default_parameters(const Tables& tables);

// All sets of a folder. `named_at`: where the user named the folder. The last folders read without a fault are kept for
// the process and parsed again only where a file has other bytes.
Tables read_tables(const std::string& folder, const Place& named_at, const std::vector<LeverRow>* levers,
                   Faults& faults);

// How often a folder was parsed in this process.
std::size_t table_readings();

// Throws InputError with at most 200 of the faults, in order of place, and a line that counts the others.
void raise_if_any(const Faults& faults);

}  // namespace homeward
