// Results of the promise: rows, and the files of a folder.
#include "api/results.h"

#include <algorithm>
#include <chrono>

#include "api/machine.h"
#include "homeward/version.h"
#include "observation/measures.h"
#include "policy/in_force.h"
#include "report/assumptions_table.h"
#include "report/csv.h"
#include "report/flows_table.h"
#include "report/manifest.h"
#include "report/report_files.h"
#include "report/results_netcdf.h"
#include "report/summary_table.h"

namespace homeward::v1 {
namespace {

std::string priors_csv(const Replicates& replicates) {
  std::string text = "replicate,parameter,value,low,high\n";
  for (int i = 0; i < replicates.size(); ++i) {
    for (const DrawnParameter& parameter : replicates.drawn(i)) {
      text += std::to_string(i) + ',' + field_text(parameter.path) + ',' + cell_text(parameter.value) + ',' +
              cell_text(parameter.low) + ',' + cell_text(parameter.high) + '\n';
    }
  }
  return text;
}

}  // namespace

ManifestFacts manifest_of_build(const WriteOptions& options) {
  const BuildFacts build = build_facts();
  const Machine machine = machine_facts();
  ManifestFacts facts;
  facts.version = build.version;
  facts.revision = build.revision;
  facts.compiler = build.compiler;
  facts.instruction_set = build.instruction_set;
  facts.libraries = build.libraries;
  facts.processor = machine.processor;
  facts.built_for = build.built_for;
  facts.system = machine.system;
  facts.processors = machine.processors;
  facts.memory_bytes = machine.memory_bytes;
  facts.peak_rss_bytes = peak_rss_bytes();
  facts.command = options.command;
  return facts;
}

namespace {

ManifestFacts manifest_facts(const Results::Parts& parts, const WriteOptions& options, int from_year, int to_year) {
  ManifestFacts facts = manifest_of_build(options);
  facts.returns = parts.facts.returns;
  facts.interval_kind = parts.facts.interval_kind;
  facts.threads = parts.facts.threads;
  facts.scale = parts.facts.scale;
  facts.draw_priors = parts.facts.draw_priors;
  facts.from_year = from_year;
  facts.to_year = to_year;
  if (parts.until) facts.half_width_wanted = parts.until->half_width;
  facts.priors_kept = parts.facts.priors_kept;
  sort_levers(parts.scenario, from_year, to_year, facts.levers_by_data, facts.levers_by_prior);
  return facts;
}

}  // namespace

void sort_levers(const homeward::Scenario& scenario, int from_year, int to_year, std::vector<std::string>& by_data,
                 std::vector<std::string>& by_prior) {
  for (const LeverRow* row : levers_in_force(scenario, from_year, to_year)) {
    (row->informed_by == "data" ? by_data : by_prior).push_back("policy." + std::string(row->path));
  }
}

std::future<void> add_tables(Batch& batch, const ResultFolder& target, const homeward::Scenario& scenario,
                             const Replicates& replicates, const FlowsOptions& options, const ManifestFacts& facts,
                             const std::string& arm) {
  const auto add = [&](const std::string& stem, const char* ending) -> WholeFile& {
    const std::string name = stem + (arm.empty() ? "" : "." + arm) + ending;
    return batch.add(name, target.file(name));
  };
  WholeFile &summary = add("summary", ".csv"), &flows = add("flows", ".csv"), &pipeline = add("pipeline", ".csv");
  WholeFile* priors = facts.draw_priors ? &add("priors", ".csv") : nullptr;
  WholeFile& netcdf = add("results", ".nc");
  std::future<void> written = std::async(
      facts.threads > 1 ? std::launch::async : std::launch::deferred,
      [&netcdf, &scenario, &replicates, options, facts] {
        write_results_netcdf(netcdf, scenario, replicates, options, facts);
      });
  summary.write(summary_csv(summary_lines(replicates, options.from_year, options.to_year)));
  write_flows(flows, scenario, replicates, options);
  pipeline.write(pipeline_csv(pipeline_lines(replicates, options.from_year, options.to_year)));
  if (priors != nullptr) priors->write(priors_csv(replicates));
  return written;
}

void tell_writing(const std::function<void(const Progress&)>& progress, int replicates) {
  if (!progress) return;
  Progress writing;
  writing.phase = Progress::Phase::writing;
  writing.replicates = writing.replicate = replicates;
  progress(writing);
}

Interval to_interval(const Estimate& value) {
  Interval interval;
  interval.mean = value.mean;
  interval.sd = value.sd;
  interval.replicates = value.count;
  if (value.half_width) {
    interval.lo95 = value.mean - *value.half_width;
    interval.hi95 = value.mean + *value.half_width;
  }
  return interval;
}

OutputFolder OutputFolder::claim(const std::string& path, bool force) {
  return translated([&] {
    return OutputFolder(std::shared_ptr<Parts>(
        new Parts{ResultFolder(path, force ? OtherContent::kept : OtherContent::refused)}));
  });
}

const std::string& OutputFolder::path() const { return parts_->folder.path(); }
std::string OutputFolder::partial_folder() const { return parts_->folder.partial_folder(); }
void OutputFolder::abandon() { parts_->folder.abandon(); }

const std::vector<SummaryRow>& Results::summary() const { return parts_->summary; }
const std::vector<PipelineRow>& Results::pipeline() const { return parts_->pipeline; }
const std::vector<MarginError>& Results::fit() const { return parts_->fit; }
const RunFacts& Results::facts() const { return parts_->facts; }

std::optional<Interval> Results::at(const std::string& measure, int year) const {
  if (year < first_year || year > parts_->facts.to_year) return std::nullopt;
  const std::vector<std::size_t> indexes = measure_indexes(measure, parts_->definition, measure_rows());
  if (indexes.empty()) return std::nullopt;
  std::vector<double> values;
  for (int i = 0; i < parts_->replicates.size(); ++i) {
    values.push_back(measure_sum(parts_->replicates.result(i), indexes, year));
  }
  const auto found = estimate(values);
  if (!found) return std::nullopt;
  return to_interval(*found);
}

std::vector<std::string> Results::write(const OutputFolder& folder, const WriteOptions& options) const {
  return translated([&] {
    const auto start = std::chrono::steady_clock::now();
    const int to_year = std::min(options.to_year, parts_->facts.to_year);
    const int from_year = std::max(options.from_year, first_year);
    tell_writing(parts_->progress, parts_->facts.replicates);
    ResultFolder& target = folder.parts().folder;
    Batch batch;
    FlowsOptions flows;
    flows.weight = parts_->replicates.result(0).weight;
    flows.from_year = from_year;
    flows.to_year = to_year;
    flows.small_cells = options.show_small_cells ? SmallCells::shown : SmallCells::pooled;
    ManifestFacts facts = manifest_facts(*parts_, options, from_year, to_year);
    std::future<void> netcdf = add_tables(batch, target, parts_->scenario, parts_->replicates, flows, facts, "");
    const Presentation shown = load_presentation(parts_->scenario.tables.folder);
    const Priors priors = parts_->facts.draw_priors ? Priors::drawn : Priors::fixed;
    const auto add = [&](const char* name) -> WholeFile& { return batch.add(name, target.file(name)); };
    add("assumptions.csv").write(assumptions_csv(parts_->scenario, priors, to_year));
    add("hosts.csv").write(hosts_csv(parts_->scenario, shown));
    add_data_package(batch, "homeward-run", parts_->scenario.name, target.path());
    facts.cautions = shown.cautions;
    if (options.report) {
      add_report(batch, manifest_json(parts_->scenario, parts_->replicates, facts), shown, target.path());
    }
    netcdf.get();
    WholeFile& manifest = add("manifest.json");
    facts.files = batch.names();
    facts.output_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    facts.total_seconds = parts_->facts.total_seconds + facts.output_seconds;
    manifest.write(manifest_json(parts_->scenario, parts_->replicates, facts));
    target.replace_with(batch);
    parts_->replicates.store().clear();
    return batch.names();
  });
}

}  // namespace homeward::v1
