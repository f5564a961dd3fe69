// What stands behind Results and OutputFolder of the promise.
#pragma once
#include "analysis/replicates.h"
#include "analysis/returns.h"
#include "analysis/statistics.h"
#include "api/bridge.h"
#include "homeward/results.h"
#include "homeward/simulation.h"
#include "report/output_folder.h"

namespace homeward::v1 {

struct OutputFolder::Parts {
  ResultFolder folder;
};

struct Results::Parts {
  homeward::Scenario scenario;
  Replicates replicates;
  ReturnsDefinition definition = ReturnsDefinition::settled;
  RunFacts facts;
  std::optional<HalfWidthTarget> until;
  std::function<void(const Progress&)> progress;
  std::vector<SummaryRow> summary;
  std::vector<PipelineRow> pipeline;
  std::vector<MarginError> fit;
};

Interval to_interval(const Estimate& value);

}  // namespace homeward::v1
