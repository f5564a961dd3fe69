// A folder of tables, read whole: every set, then the faults of all of them in one go.
#include <filesystem>
#include <system_error>

#include "scenario/loader.h"
#include "scenario/number.h"
#include "scenario/table_sets.h"

namespace homeward {

Tables read_tables(const std::string& folder, const Place& named_at, const std::vector<LeverRow>* levers,
                   Faults& faults) {
  Tables tables;
  tables.folder = folder;
  std::error_code error;
  if (folder.empty() || folder.find('\0') != std::string::npos || !std::filesystem::is_directory(folder, error)) {
    const Place place = named_at.file.empty() ? Place{folder, 0, 0} : named_at;
    faults.add({place, "tables", "'" + shown(folder) + "' is not a folder of tables", "",
                "Name a folder that has hosts/table.csv and the other sets"});
    return tables;
  }
  const TableSource source{folder, levers, faults};
  read_host_groups(source, tables);
  read_wages(source, tables);
  read_host_years(source, tables);
  read_stocks(source, tables);
  read_arrivals(source, tables);
  read_attributes(source, tables);
  read_age_laws(source, tables);
  read_mortality(source, tables);
  read_fertility(source, tables);
  read_provinces(source, tables);
  read_macro(source, tables);
  read_costs(source, tables);
  read_parameters(source, tables);
  build_gompertz(tables, default_parameters(tables));
  return tables;
}

void raise_if_any(const Faults& faults) {
  constexpr std::size_t most = 200;
  std::vector<Fault> list = faults.in_order();
  if (list.empty()) return;
  if (list.size() > most) {
    const std::string others = std::to_string(list.size() - most);
    list.resize(most);
    list.push_back({{}, "", "... and " + others + " more", "", ""});
  }
  throw InputError(std::move(list));
}

Tables load_tables(const std::string& folder) {
  Faults faults;
  Tables tables = read_tables(folder, {}, nullptr, faults);
  raise_if_any(faults);
  return tables;
}

}  // namespace homeward
