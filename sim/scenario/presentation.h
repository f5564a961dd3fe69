// What a report shows beside results: where places lie, outlines of land, what may not be claimed. Decides no result.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace homeward {

struct Location {
  std::string iso3, name;
  double longitude = 0, latitude = 0;  // degrees
};

struct Caution {
  std::string claim, reason;
};

struct Presentation {
  std::optional<Location> home;
  std::vector<Location> hosts;
  std::vector<std::vector<Location>> land;  // rings of corners; names are empty
  std::vector<Caution> cautions;
};

// Reads the sets places, land and cautions of a folder of tables; one that is not there is empty. Throws InputError with
// all faults.
Presentation load_presentation(const std::string& tables_folder);

}  // namespace homeward
