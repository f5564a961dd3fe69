// What one replicate leaves: integer tallies by measure and year, cubes by dimension, the pipeline's books.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/years.h"
#include "engine/tally.h"
#include "population/synthesis.h"
#include "scenario/scenario.h"

namespace homeward {

// A cube of flows.csv. Cells run over `words` of each dimension in `by`, the last one fastest.
struct CubeResult {
  OutputCube spec;
  std::vector<std::vector<std::string>> words;  // per dimension of spec.by
  std::size_t cells = 1;
  // [year][measure][cell]: synthetic persons or events in the raw integer unit of the measure (raw_unit() in
  // measures.h). A value of a table is raw * raw_unit * ReplicateResult::weight.
  std::vector<std::int64_t> values;
  std::int64_t at(int year, std::size_t measure, std::size_t cell) const {
    return values[(year_index(year) * spec.measures.size() + measure) * cells + cell];
  }
};

struct PhaseTime {
  std::string phase;
  double seconds = 0;
};

struct ReplicateResult {
  std::uint64_t seed = 0;
  int to_year = last_year;
  double weight = 1;  // persons that a synthetic person stands for: 1 / scale. Already in `totals`.
  std::vector<YearSeries> totals;  // [measure], in the measure's unit; NaN after to_year
  std::vector<CubeResult> cubes;
  PerYear<std::array<StageCount, 6>> pipeline{};  // synthetic persons, without weight
  std::vector<std::array<double, lever_count>> lever_spending;  // [year], USD, weighted
  std::vector<MarginFit> fit;
  // Timings and sizes; never in a table.
  double synthesis_seconds = 0, stepping_seconds = 0;
  std::vector<PhaseTime> phases;
  std::int64_t agent_years = 0;
  double bytes_per_agent = 0;
};

}  // namespace homeward
