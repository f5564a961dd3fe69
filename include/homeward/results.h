// What a run found: rows with intervals, and the folder they are written to.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "homeward/error.h"

namespace homeward::v1 {

// A mean over replicates. With one replicate there is no interval: sd, lo95 and hi95 are empty.
struct Interval {
  double mean = 0;
  std::optional<double> sd, lo95, hi95;  // Student's t over replicates
  int replicates = 0;
};

// A row of summary.csv.
struct SummaryRow {
  int year = 0;
  std::string measure, unit;
  Interval value;
};

// A row of pipeline.csv: persons a year, means over replicates.
struct PipelineRow {
  int year = 0;
  std::string stage;
  double entered = 0, completed = 0, abandoned = 0;
  std::optional<Interval> months;  // in the stage, of those who completed it; empty where nobody did
};

// How well the synthesised stock meets one margin, in the first replicate.
struct MarginError {
  std::string margin;
  double target = 0;                       // persons
  double standardised_absolute_error = 0;  // sum |synthesised - target| / sum target
};

// Processor time of a phase of the year, summed over years, replicates and threads.
struct PhaseSeconds {
  std::string phase;
  double seconds = 0;
};

// What was run and what it took.
struct RunFacts {
  std::uint64_t seed = 0;
  int replicates = 0;
  int resumed = 0;  // of them taken up from an earlier, interrupted run
  int threads = 0;
  double scale = 1;
  int to_year = 0;
  bool draw_priors = false;
  std::string interval_kind;   // "Monte Carlo" or "parameters and Monte Carlo"
  std::string returns;         // settled, students or all
  std::optional<double> half_width;  // reached, where a target was set
  bool target_met = true;
  std::vector<std::string> forced;   // outside their plausible range
  std::vector<std::string> priors_kept;  // with draw_priors: set by the scenario, so not drawn
  double total_seconds = 0, synthesis_seconds = 0, stepping_seconds = 0, output_seconds = 0;
  std::vector<PhaseSeconds> phases;  // of the stepping, in the order of the year
  std::int64_t agent_years = 0;
  double agent_years_per_second = 0;  // stepping only
  double bytes_per_agent = 0;
  std::int64_t peak_rss_bytes = 0;
};

// A folder for results, claimed before a run so that nothing is computed in vain.
class OutputFolder {
 public:
  // Takes a folder that is empty, absent or Homeward's own; with `force` also one with other content, which stays.
  // Throws InputError where it may not be taken, RunError where it cannot be written to.
  static OutputFolder claim(const std::string& path, bool force);

  const std::string& path() const;
  // Where complete replicates are kept until the run is whole.
  std::string partial_folder() const;
  // Gives up the claim and removes the folder again if it was made by it and holds nothing.
  void abandon();

  struct Parts;
  Parts& parts() const { return *parts_; }

 private:
  explicit OutputFolder(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<Parts> parts_;
};

struct WriteOptions {
  int from_year = 2004, to_year = 2045;  // what is written
  bool show_small_cells = false;         // flows.csv: do not pool cells of fewer than 10 synthetic persons
  bool report = true;                    // also report.html
  std::string command;                   // the command line, for the manifest
};

// The results of one run; cheap to copy.
class Results {
 public:
  // In the order of summary.csv: by year, then as `homeward list measures`.
  const std::vector<SummaryRow>& summary() const;
  const std::vector<PipelineRow>& pipeline() const;
  const std::vector<MarginError>& fit() const;
  const RunFacts& facts() const;
  // A measure in a year; `returns` means RunSettings::returns. Empty where there is no such row.
  //
  //   const Interval stock = results.at("stock", 2023).value();
  std::optional<Interval> at(const std::string& measure, int year) const;

  // Writes summary.csv, flows.csv, pipeline.csv, assumptions.csv, hosts.csv, priors.csv (where drawn), results.nc,
  // report.html and manifest.json; each is whole or absent.
  // Returns the names of the files. Throws RunError; what the folder held before is then kept.
  std::vector<std::string> write(const OutputFolder& folder, const WriteOptions& options) const;

  struct Parts;
  explicit Results(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

 private:
  std::shared_ptr<const Parts> parts_;
};

}  // namespace homeward::v1
