// Flows from hosts to the home country on a map: the wider a line, the more come; the larger a dot, the more live there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/figure.h"
#include "scenario/presentation.h"

namespace homeward {

struct HostFlow {
  std::string iso3, name;
  std::optional<Location> place;
  double returns = 0;                 // a year
  std::optional<double> low, high;
  std::optional<double> stock, stock_low, stock_high;
  std::vector<double> returns_by_year, stock_by_year;  // from FlowMap::from_year on
};

struct FlowMap {
  std::string id, title, caption;
  Location home;
  std::vector<HostFlow> hosts;               // the largest flow first
  std::vector<std::vector<Location>> land;
  double elsewhere = 0;                      // flow of cells that were pooled
  int year = 0, from_year = 0, to_year = 0;  // drawn; those a reader may choose
};

Figure draw(const FlowMap& map);

}  // namespace homeward
