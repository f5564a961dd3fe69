// summary.csv and pipeline.csv: rows with intervals over replicates.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/replicates.h"
#include "analysis/statistics.h"

namespace homeward {

struct SummaryLine {
  int year = 0;
  std::size_t measure = 0;  // index into measure_rows()
  Estimate value;           // mean is NaN where the measure is not defined in any replicate
};

struct PipelineLine {
  int year = 0;
  std::size_t stage = 0;  // code of Stage
  double entered = 0, completed = 0, abandoned = 0;  // persons, means over replicates
  std::optional<Estimate> months;                    // mean months of those who completed the stage
};

// By year, then in the order of measure_rows().
std::vector<SummaryLine> summary_lines(const Replicates& replicates, int from_year, int to_year);
// By year, then in the order of the stages. Counts are of persons: weighted.
std::vector<PipelineLine> pipeline_lines(const Replicates& replicates, int from_year, int to_year);

std::string summary_csv(const std::vector<SummaryLine>& lines);
std::string pipeline_csv(const std::vector<PipelineLine>& lines);

}  // namespace homeward
