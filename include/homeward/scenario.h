// A scenario: what a user asks the model, read from YAML, checked, after inheritance.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "homeward/error.h"

namespace homeward::v1 {

// What the caller says beside the file.
struct LoadOptions {
  std::vector<std::pair<std::string, std::string>> set;  // path, value in YAML; e.g. {"policy.pay_growth", "1"}
  std::string tables;                                    // folder of tables; empty: the scenario's, or the default
  std::optional<std::uint64_t> seed;                     // instead of the scenario's
  std::optional<int> replicates;                         // instead of the scenario's
  bool force_range = false;  // accept values outside the plausible range (hard limits stay faults)
};

// A lever that acts, and what its strength is known from: "data", or only a "prior".
struct LeverInForce {
  std::string path;  // policy.resolution_57.tax
  std::string informed_by;
};

// An immutable, checked scenario; cheap to copy.
//
//   const Scenario alternative = Scenario::load("scenarios/what-if/resolution-57.yaml", {.seed = 7});
class Scenario {
 public:
  // Reads a file and everything it extends. A name below `scenarios/` that is not there means the scenario that ships
  // with the program. Throws InputError with every fault at once, in order of place.
  static Scenario load(const std::string& file, const LoadOptions& options);

  const std::string& file() const;
  const std::string& name() const;
  const std::string& note() const;
  bool extends() const;  // another scenario; otherwise what it leaves out is at its default
  std::uint64_t seed() const;
  int replicates() const;
  // SHA-256, in hex, of everything that decides results (names, notes and outputs do not).
  const std::string& hash() const;
  // The scenario after inheritance as YAML in a fixed order of keys.
  const std::string& canonical() const;
  // Paths of parameters and levers outside their plausible range; needs LoadOptions::force_range.
  const std::vector<std::string>& forced() const;
  // The levers promised, enacted or delivered at a value other than 0 in a year of from_year .. to_year, in the order
  // of `homeward list levers`. What a result of those years says of them is conditional on their priors.
  std::vector<LeverInForce> levers_in_force(int from_year, int to_year) const;
  // The folder of tables in use.
  const std::string& tables_folder() const;

  struct Parts;  // the layers' own scenario; of no use outside the library
  const Parts& parts() const { return *parts_; }

 private:
  explicit Scenario(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

// Every fault of a file, none of the run; empty where it is sound. A scenario, the plan of a sweep with all its points,
// or a claim with the scenarios it names.
std::vector<Fault> check(const std::string& file, const LoadOptions& options);

// One line a difference, in words: path, what it is in a, what it is in b. After inheritance.
std::vector<std::string> difference_in_words(const Scenario& a, const Scenario& b);

// The JSON Schema (2020-12) of a scenario file, for editors. `tables`: a folder, empty for the default.
// Throws InputError where the tables are at fault.
std::string scenario_schema(const std::string& tables);

// The folder of tables used where neither the caller nor the scenario names one: the one that belongs to the running
// program, else the one it was built from.
std::string default_tables_folder();

}  // namespace homeward::v1
