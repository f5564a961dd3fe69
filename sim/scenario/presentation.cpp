// Optional sets of a tables folder, read like the others but kept out of the hash of a scenario.
#include "scenario/presentation.h"

#include <filesystem>

#include "scenario/number.h"
#include "scenario/table_reader.h"
#include "scenario/table_sets.h"

namespace homeward {
namespace {

bool holds(const std::string& folder, const char* set) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::path(folder) / set / "table.csv", error);
}

void read_places(const std::string& folder, Presentation& shown, std::vector<TableFile>& files, Faults& faults) {
  TableReader table(folder, "places", {"iso3", "name", "role", "longitude", "latitude"}, files, faults);
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    Location location;
    row.key({"iso3"});
    location.iso3 = row.required_text("iso3");
    location.name = row.required_text("name");
    const std::size_t role = row.word("role", {"home", "host"}, "role");
    location.longitude = row.number("longitude", -180, 180);
    location.latitude = row.number("latitude", -90, 90);
    if (role == 0 && shown.home) {
      row.fault("role", "a second home", "There is one home country", "Give it the role host, or take it out");
    }
    if (row.bad()) continue;
    if (role == 0) {
      shown.home = std::move(location);
    } else {
      shown.hosts.push_back(std::move(location));
    }
  }
}

// "longitude latitude longitude latitude ..."
std::vector<Location> ring_of(TableRow& row) {
  std::vector<double> numbers;
  const std::string text = row.required_text("outline");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const NumberReading reading = read_number(std::string_view(text).substr(at, end - at));
    if (!reading.value || *reading.value < -180 || *reading.value > 180) {
      row.fault("outline", "'" + homeward::shown(text.substr(at, end - at)) + "' is not a degree");
      return {};
    }
    numbers.push_back(*reading.value);
    at = end + 1;
  }
  if (numbers.size() % 2 != 0 || numbers.size() < 6) {
    row.fault("outline", "not a ring", "It needs pairs of longitude and latitude, three at least");
    return {};
  }
  std::vector<Location> ring;
  for (std::size_t i = 0; i < numbers.size(); i += 2) ring.push_back({"", "", numbers[i], numbers[i + 1]});
  return ring;
}

}  // namespace

Presentation load_presentation(const std::string& folder) {
  Presentation shown;
  Faults faults;
  std::vector<TableFile> files;
  if (holds(folder, "places")) read_places(folder, shown, files, faults);
  if (holds(folder, "land")) {
    TableReader table(folder, "land", {"ring", "outline"}, files, faults);
    for (std::size_t i = 0; i < table.row_count(); ++i) {
      TableRow row = table.row(i);
      shown.land.push_back(ring_of(row));
    }
  }
  if (holds(folder, "cautions")) {
    TableReader table(folder, "cautions", {"claim", "reason"}, files, faults);
    for (std::size_t i = 0; i < table.row_count(); ++i) {
      TableRow row = table.row(i);
      shown.cautions.push_back({row.required_text("claim"), row.required_text("reason")});
    }
  }
  raise_if_any(faults);
  return shown;
}

}  // namespace homeward
