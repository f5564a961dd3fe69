#include "analysis/memory_need.h"

namespace homeward {

MemoryNeed memory_need(const Scenario& scenario, double scale) {
  // Measured: 640 MB for 13.6 million people at 1:1; a few MB of tables and tallies at any scale.
  constexpr double bytes_per_entrant = 44;
  constexpr double bytes_of_tables = 6e6;
  constexpr double bytes_of_program = 34e6;
  double entrants = 0;
  for (const StockCell& cell : scenario.tables.stocks) entrants += cell.persons;
  for (const auto& groups : scenario.tables.arrivals) {
    for (const YearSeries& years : groups) {
      for (const double persons : years) entrants += persons;
    }
  }
  return {entrants * scale * bytes_per_entrant + bytes_of_tables, bytes_of_program};
}

}  // namespace homeward
