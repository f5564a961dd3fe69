// manifest.json: what was run, on what, and what it took; the only file that holds timings.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/replicates.h"
#include "scenario/presentation.h"

namespace homeward {

struct ManifestFacts {
  // The build.
  std::string version, revision, compiler, instruction_set, built_for;
  std::vector<std::pair<std::string, std::string>> libraries;
  // The machine.
  std::string processor, system;
  int processors = 0;
  std::int64_t memory_bytes = 0, peak_rss_bytes = 0;
  // The run.
  std::string command, returns, interval_kind;
  int threads = 0;
  double scale = 1;
  bool draw_priors = false;
  int from_year = first_year, to_year = last_year;
  std::optional<double> half_width_wanted;
  std::vector<std::string> priors_kept, files;
  std::vector<Caution> cautions;  // what may not be claimed
  std::vector<std::string> levers_by_data, levers_by_prior;  // in force in the years written, by what informs them
  double total_seconds = 0, output_seconds = 0;
};

std::string manifest_json(const Scenario& scenario, const Replicates& replicates, const ManifestFacts& facts);

}  // namespace homeward
