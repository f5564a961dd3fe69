// A base and its alternatives, replicate by replicate: arms from a common past, ledgers, accounts, attribution.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/arms.h"
#include "analysis/attribution.h"
#include "analysis/fiscal.h"
#include "analysis/ledger.h"
#include "analysis/paired.h"
#include "analysis/replicates.h"

namespace homeward {

struct ComparisonPlan {
  // `until` is the half width of the paired difference of every alternative.
  ReplicatesPlan replicates;
  ReturnsDefinition definition = ReturnsDefinition::settled;
  AttributionMode attribution = AttributionMode::groups;
  std::string trunk_folder;  // keep the years in common here and take them from here; empty: nowhere
  // Years done and all, over the arms of a replicate.
  std::function<void(int replicate, int done, int all)> years;
};

// What a replicate tells of one alternative, beside the tallies of its arm.
struct AltRecord {
  Ledger ledger;
  FiscalAccount account;
  std::vector<std::vector<double>> shapley;       // [player][measure of attribution]
  std::vector<std::vector<double>> interactions;  // [pair][measure of attribution]
};

// The measures of attribution: `returns` by the definition, then measure_rows(). A flow is summed from the first year
// that differs to the last one; anything else is taken at the end.
std::vector<std::string> attributed_measures();
double attributed_value(const ReplicateResult& result, std::size_t measure, ReturnsDefinition definition, int from_year,
                        int to_year);

struct AltFacts {
  // The first year that is meant to differ; last_year + 1: none is. Where parameters or tables part the scenarios from
  // the start, it is told by the results.
  int from_year = first_year;
  std::vector<std::string> parted_by;        // why there is no common past; empty where there is one
  std::vector<Player> players;
  bool attribution_sampled = false;
  std::vector<Lever> levers;  // those that differ
  bool others_differ = false;  // what is no lever: parameters, economy, hosts, tables
};

struct ComparisonFacts {
  ArmsFacts arms;  // summed over replicates simulated here
};

class Comparison {
 public:
  // Arm 0 is the base.
  std::vector<Replicates> arms;
  std::vector<AltFacts> alts;
  std::vector<std::vector<AltRecord>> records;  // [replicate][alt]
  ComparisonFacts facts;
  int resumed = 0;
  std::optional<double> half_width;
  bool target_met = true;

  int size() const { return arms.empty() ? 0 : arms.front().size(); }
  // Of a sum of measures, over replicates.
  std::vector<double> values(std::size_t arm, const std::vector<std::size_t>& measures, int from_year, int to_year) const;
};

// All scenarios take the base's seed. Throws RunError, ReplicatesStopped.
Comparison run_comparison(const Scenario& base, const std::vector<Scenario>& alts, const ComparisonPlan& plan);

// What a comparison is kept under.
std::string comparison_key(const Scenario& base, const std::vector<Scenario>& alts, const ComparisonPlan& plan);
// Whether the folder holds replicates of another comparison.
bool holds_another_comparison(const std::string& folder, const std::string& key);
// Removes everything kept.
void clear_comparison(const std::string& folder);

}  // namespace homeward
