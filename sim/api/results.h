// What stands behind Results and OutputFolder of the promise.
#pragma once
#include <future>

#include "analysis/replicates.h"
#include "analysis/returns.h"
#include "analysis/statistics.h"
#include "api/bridge.h"
#include "homeward/results.h"
#include "homeward/simulation.h"
#include "report/flows_table.h"
#include "report/manifest.h"
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

// Build and machine; the rest of the facts is the caller's.
ManifestFacts manifest_of_build(const WriteOptions& options);
// Paths of the levers in force in these years, by what informs them.
void sort_levers(const homeward::Scenario& scenario, int from_year, int to_year, std::vector<std::string>& by_data,
                 std::vector<std::string>& by_prior);
// summary, flows, pipeline, priors (where drawn) and results.nc; with the name of an arm between stem and ending.
// results.nc is written beside the others where there is more than one thread, and is complete after get().
[[nodiscard]] std::future<void> add_tables(Batch& batch, const ResultFolder& target,
                                           const homeward::Scenario& scenario, const Replicates& replicates,
                                           const FlowsOptions& options, const ManifestFacts& facts,
                                           const std::string& arm);
void tell_writing(const std::function<void(const Progress&)>& progress, int replicates);

}  // namespace homeward::v1
