// The table of measures with what each one counts: from it follow tallies, cubes, summary.csv, help and schema.
#pragma once
#include <bitset>
#include <functional>
#include <vector>

#include "base/declaration.h"
#include "engine/tally.h"
#include "policy/home_year.h"
#include "scenario/scenario.h"

namespace homeward {

// What a stock measure may ask of a person at 31 December, as a small code.
struct PersonCode {
  static constexpr std::size_t count = 512;
  Status status;
  Legal legal;
  bool network, advanced, adult;
  static constexpr std::size_t index(Status status, Legal legal, bool network, bool advanced, bool adult) {
    return static_cast<std::size_t>(code(status)) | static_cast<std::size_t>(code(legal)) << 3 |
           static_cast<std::size_t>(network) << 6 | static_cast<std::size_t>(advanced) << 7 |
           static_cast<std::size_t>(adult) << 8;
  }
  static constexpr PersonCode of(std::size_t index) {
    return {static_cast<Status>(index & 7), static_cast<Legal>((index >> 3) & 7), ((index >> 6) & 1) != 0,
            ((index >> 7) & 1) != 0, ((index >> 8) & 1) != 0};
  }
  bool abroad() const {
    return status == Status::settled || status == Status::contract || status == Status::student ||
           status == Status::preparing;
  }
};

// The integers of one year, whole population, and what turns them into amounts.
struct YearTotals {
  std::array<std::int64_t, PersonCode::count> persons{};
  std::array<std::int64_t, event_count> events{};
  std::int64_t adults_abroad = 0;
  std::int64_t trust = 0;       // sum over adults abroad, scale of the column
  std::int64_t belief_gap = 0;  // sum of true less believed pay index over adults abroad, scale of the column
  std::vector<std::array<std::int64_t, 3>> remitters;  // [group][contract, settled, later generations]
  std::array<std::int64_t, lever_count> lever_units{};
  std::array<StageCount, 6> pipeline{};
  std::int64_t persons_stepped = 0;

  void add(const YearTotals& other);
};

// Everything a derived measure may read.
struct Derivation {
  const Scenario& scenario;
  const HomeYear& home;
  const YearTotals& totals;
  double weight;
  double stock;  // weighted
};

struct MeasureEntry {
  MeasureRow row;
  double unit = 1;                                  // of the raw integers
  bool (*holds)(const PersonCode&) = nullptr;       // stock measures: whom they count
  std::int64_t per_person = 1;                      // raw units a person counted
  std::vector<std::pair<Event, std::int64_t>> events = {};  // events counted, with raw units each
  double (*derive)(const Derivation&) = nullptr;    // measures that are neither; weighted value
};

const std::vector<MeasureEntry>& measure_table();
const MeasureEntry* find_measure(std::string_view name);

// USD spent on each lever in a year, from units used and the cost table; weighted.
std::array<double, lever_count> spending_by_lever(const Scenario& scenario, const HomeYear& home,
                                                  const YearTotals& totals, double weight);

// The official stock per person counted: coverage factor of a year.
double coverage(const Parameters& parameters, int year);

}  // namespace homeward
