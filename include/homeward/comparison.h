// What a policy changes: a base and alternatives from one past, paired person by person.
//
//   const Scenario base = Scenario::load("scenarios/baseline.yaml", {});
//   const Scenario alternative = Scenario::load("scenarios/what-if/red-tape-30.yaml", {});
//   const Comparison comparison = compare(base, {alternative}, {});
//   const Contrast returns = comparison.contrast(0, "returns", 2027, 2035).value();
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "homeward/results.h"
#include "homeward/scenario.h"
#include "homeward/simulation.h"

namespace homeward::v1 {

// Shapley values over groups of levers, over single levers, or none.
enum class Attribution { none, groups, levers };

// A claim about one alternative, read from YAML.
class Claim {
 public:
  // Throws InputError with every fault at once.
  static Claim load(const std::string& file);
  const std::string& file() const;
  const std::string& text() const;
  // The base, then the alternative.
  const std::vector<std::string>& scenarios() const;

  struct Parts;
  const Parts& parts() const { return *parts_; }

 private:
  explicit Claim(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

struct CompareSettings {
  // run.until is the half width of the paired difference of every alternative.
  RunSettings run;
  Attribution attribution = Attribution::groups;
  std::string trunk_folder;            // keep the years in common here and take them from here; empty: nowhere
  std::optional<Claim> claim;          // judged by Comparison::judgement(); needs exactly one alternative
};

// A difference of sums over years, alternative less base.
struct Contrast {
  Interval difference;
  // As a share of the base; empty where the base is not distinct from 0.
  std::optional<double> relative, relative_lo95, relative_hi95;
  std::optional<double> unpaired_sd;  // had the arms had seeds of their own
  std::optional<double> runs_saved;   // replicates that pairing saves; empty where the paired sd is 0
};

// A lever that differs, and how sure its effect is.
struct DifferingLever {
  std::string path;                  // policy.resolution_57.sandbox
  std::string informed_by;           // data or prior
  std::vector<std::string> assumed;  // parameters of its own that are assumed: lever.sandbox_value
};

struct AlternativeFacts {
  std::string name;  // as in the tables
  std::string file, title;
  int from_year = 0;                   // the first year that differs; 2046 where none does
  std::vector<std::string> parted_by;  // why there is no common past; empty where there is one
  std::vector<std::string> players;    // of the attribution
  bool attribution_sampled = false;
  std::vector<std::string> informed_by;  // of each player: data, prior, mixed or empty
  std::vector<DifferingLever> levers;
  std::vector<std::string> not_costed;   // paths of levers without a price, `other` for what is no lever
};

struct CategoryTotal {
  std::string category;
  Interval persons;  // returns from the first year that differs on
};

struct ShareOfDifference {
  std::string player, informed_by;
  Interval value;
};

struct Price {
  bool defined = false;  // some year of return is at least three years before the end
  bool costed = false;   // something that differs has a price in the tables
  Interval net_usd;      // spending less the income tax of the returnees that it adds
  double claimants = 0, spend_usd = 0;
  Interval retained;
  std::optional<double> deadweight_share;
  // Empty where the retained are not distinct from 0.
  std::optional<double> usd_per_additional, lo95, hi95;
  std::string dominated_by;  // an alternative, BASE or nothing
  bool dominated_surely = false;
};

struct HorizonCheck {
  int seen_in = 0;                  // five years before the end
  double additional = 0, early = 0; // additional by then; of them only early, as the end shows
};

struct ClaimJudgement {
  enum class Verdict { holds, fails, cannot_tell };
  Verdict verdict = Verdict::cannot_tell;
  std::optional<double> value, lo95, hi95;
  int from_year = 0, to_year = 0;
  std::string measure;
  bool relative = true, at_least = true;
  double threshold = 0;
  std::optional<int> further_replicates;
};

struct TreeFacts {
  int trunks_reused = 0;
  int years_stepped = 0, years_unforked = 0;  // over all replicates simulated here, coalitions included
};

// The results of a comparison; cheap to copy.
class Comparison {
 public:
  const std::vector<AlternativeFacts>& alternatives() const;
  const RunFacts& facts() const;
  const TreeFacts& tree() const;
  // A measure, or `returns`, summed over years (a stock in the last one); empty where there is no such measure or year.
  std::optional<Contrast> contrast(std::size_t alternative, const std::string& measure, int from_year, int to_year) const;
  // The years to which a headline sums the difference in returns, from the first year that differs: five years on, 2035,
  // `to_year`.
  std::vector<int> headline_years(std::size_t alternative, int to_year) const;
  std::vector<CategoryTotal> ledger(std::size_t alternative) const;
  std::vector<ShareOfDifference> attribution(std::size_t alternative, const std::string& measure) const;
  Price price(std::size_t alternative) const;
  std::optional<HorizonCheck> horizon(std::size_t alternative) const;
  std::optional<ClaimJudgement> judgement() const;

  // Writes the tables of every arm (those of the base under the names that a run gives them, those of an alternative
  // with its name, as summary.NAME.csv) and contrast, ledger, attribution, interactions, cost, fiscal, frontier, spend,
  // cumulative and horizon; manifest.json last. Returns the names of the files. Throws RunError.
  std::vector<std::string> write(const OutputFolder& folder, const WriteOptions& options) const;

  struct Parts;
  explicit Comparison(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

 private:
  std::shared_ptr<const Parts> parts_;
};

// Runs every replicate of base and alternatives; all take the base's seed. The same scenarios and settings give the
// same results, whatever the threads, blocks or interruptions. Throws InputError, RunError, Stopped.
Comparison compare(const Scenario& base, const std::vector<Scenario>& alternatives, const CompareSettings& settings);

}  // namespace homeward::v1
