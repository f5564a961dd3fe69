// A folder of tables, read whole: every set, then the faults of all of them in one go.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <list>
#include <mutex>
#include <system_error>

#include "base/kept.h"
#include "scenario/loader.h"
#include "scenario/number.h"
#include "scenario/sha256.h"
#include "scenario/table_sets.h"
#include "scenario/text_file.h"

namespace homeward {
namespace {

// Tables read without a fault, for the next scenario of the process that names their folder.
struct ReadBefore {
  std::string key;
  std::shared_ptr<const Tables> tables;
};
struct Shelf {
  static constexpr std::size_t most = 4;
  std::mutex mutex;
  std::list<ReadBefore> before;  // the latest first
  std::atomic<std::size_t> readings{0};
};
Shelf& shelf() {
  static Shelf tables;
  return tables;
}

std::string key_of(const std::string& folder, const std::vector<LeverRow>* levers) {
  ByteKey key;
  key.add(folder);
  key.add(levers != nullptr);
  if (levers != nullptr) {
    for (const LeverRow& row : *levers) key.add(std::string(row.path));
  }
  return key.bytes();
}

// Whether the files still hold the bytes that were read.
bool unchanged(const Tables& tables) {
  return std::all_of(tables.files.begin(), tables.files.end(), [](const TableFile& file) {
    Faults ignored;
    const std::optional<std::string> text = read_text_file(file.path, TextKind::csv, {}, ignored);
    return text && sha256(*text) == file.sha256;
  });
}

std::shared_ptr<const Tables> read_before(const std::string& key) {
  std::shared_ptr<const Tables> found;
  {
    const std::lock_guard lock(shelf().mutex);
    for (const ReadBefore& one : shelf().before) {
      if (one.key == key) found = one.tables;
    }
  }
  return found != nullptr && unchanged(*found) ? found : nullptr;
}

void keep(const std::string& key, const Tables& tables) {
  auto copy = std::make_shared<const Tables>(tables);
  const std::lock_guard lock(shelf().mutex);
  shelf().before.remove_if([&](const ReadBefore& one) { return one.key == key; });
  shelf().before.push_front({key, std::move(copy)});
  if (shelf().before.size() > Shelf::most) shelf().before.pop_back();
}

}  // namespace

std::size_t table_readings() { return shelf().readings.load(); }

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
  const std::string key = key_of(folder, levers);
  if (const auto before = read_before(key)) return *before;
  ++shelf().readings;
  Faults found;
  const TableSource source{folder, levers, found};
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
  if (found.empty()) keep(key, tables);
  for (const Fault& fault : found.in_order()) faults.add(fault);
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
