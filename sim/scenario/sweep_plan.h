// A plan of a sweep as its file says it: scenarios, axes, designs, replicates; every fault with line and column.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario_source.h"
#include "scenario/yaml_document.h"

namespace homeward {

// One value of a scenario that a sweep varies: the dotted path of a parameter, a lever, or a part of one
// (`policy.resolution_57.pay.2027` is that value from 2027 on).
struct PlanAxis {
  std::string path;
  Place place;
  std::vector<YamlNode> levels;  // grid and rows: the values, each with its own place
  double from = 0, to = 0;       // sampled designs: the interval
};

struct PlanDesign {
  // Leaves: grid .. rows. zip: point i of all parts together; cross: every combination, the last part fastest.
  enum class Kind { grid, latin_hypercube, sobol, random, rows, zip, cross };
  Kind kind = Kind::cross;
  Place place;
  std::vector<PlanAxis> axes;  // of a leaf
  std::size_t points = 0;      // of a sampled leaf
  std::vector<PlanDesign> parts;
};

struct PlanScenario {
  std::string label;
  std::shared_ptr<const ScenarioSource> source;
  std::uint64_t seed = 1;
};

// The same random numbers at every point, so that points can be compared pair by pair, or others at each.
enum class PlanSeeds { paired, independent };

struct SweepPlan {
  std::string file, name, note;
  std::vector<PlanScenario> scenarios;
  PlanDesign design;  // a cross without parts: one point
  std::uint64_t seed = 1;  // of the designs
  PlanSeeds seeds = PlanSeeds::paired;
  // The scenario that all others are compared with at every point, replicate by replicate.
  std::optional<std::size_t> contrast_base;
  int replicates = 4;
  double scale = 1;
  bool force_range = false;  // values outside their plausible range are accepted
  int to_year = last_year;
  std::vector<std::string> measures;  // of the merged table; empty: all
  std::vector<int> years;             // of the merged table; empty: all
};

// What the command line says instead of the plan.
struct PlanOptions {
  std::string tables_folder, default_tables_folder;
  std::optional<std::uint64_t> seed;
  std::optional<int> replicates, to_year;
  std::optional<double> scale;
  bool force_range = false;
};

inline constexpr std::size_t most_sampled_points = 100000;
inline constexpr std::uint64_t most_sweep_runs = 1000000;
// Of an axis, while the plan is read; those beyond are checked point by point before anything runs.
inline constexpr std::size_t most_levels_checked = 10000;

// Reads a plan and its scenarios. Throws InputError with all faults at once. `vocabulary` must outlive the plan.
SweepPlan read_sweep_plan(const std::string& file, const Vocabulary& vocabulary, const PlanOptions& options);

// Number of points of a design.
std::uint64_t point_count(const PlanDesign& design);
// Paths in the order of the plan.
void collect_axes(const PlanDesign& design, std::vector<const PlanAxis*>& axes);

}  // namespace homeward
