#include "report/sweep_record.h"

#include <nlohmann/json.hpp>
#include <set>

#include "analysis/model_version.h"
#include "scenario/text_file.h"

namespace homeward {
namespace {

using Json = nlohmann::ordered_json;

// Enough to know the axis; a table of a thousand rows is not repeated.
constexpr std::size_t most_levels_told = 50;
// Values outside their plausible range are looked for at this many points.
constexpr std::size_t most_points_looked_at = 50;

Json axis_json(const PlanAxis& axis) {
  Json json{{"path", axis.path}};
  if (axis.levels.empty()) {
    json["from"] = axis.from;
    json["to"] = axis.to;
    return json;
  }
  json["count"] = axis.levels.size();
  json["values"] = Json::array();
  for (std::size_t i = 0; i < std::min(axis.levels.size(), most_levels_told); ++i)
    json["values"].push_back(value_text(axis.levels[i]));
  return json;
}

std::string plan_text(const std::string& file) {
  Faults unused;
  return read_text_file(file, TextKind::yaml, {}, unused).value_or("");
}

}  // namespace

std::string sweep_record_json(const Sweep& sweep, const SweepRecordFacts& facts) {
  const SweepPlan& plan = sweep.plan();
  Json json;
  json["homeward"] = {{"version", facts.version}, {"revision", facts.revision}, {"model_version", model_version}};
  json["name"] = plan.name;
  json["note"] = plan.note;
  json["runs"] = sweep.runs();
  json["points"] = sweep.points();
  json["replicates"] = plan.replicates;
  json["scale"] = plan.scale;
  json["to_year"] = plan.to_year;
  json["seed"] = plan.seed;
  json["seeds"] = plan.seeds == PlanSeeds::paired ? "paired" : "independent";
  if (plan.contrast_base) json["contrasts"] = plan.scenarios[*plan.contrast_base].label;
  std::set<std::string> forced;
  json["scenarios"] = Json::array();
  for (std::size_t i = 0; i < plan.scenarios.size(); ++i) {
    const Scenario as_written = plan.scenarios[i].source->with({}, CanonicalText::left_out);
    json["scenarios"].push_back({{"scenario", plan.scenarios[i].label},
                                 {"name", as_written.name},
                                 {"file", as_written.file},
                                 {"scenario_hash", as_written.hash},
                                 {"seed", as_written.seed}});
    if (!plan.force_range) continue;
    for (const std::uint64_t point : sweep.design().telling_points(most_points_looked_at)) {
      try {
        const Scenario at_point = sweep.scenario(i, point);
        forced.insert(at_point.forced.begin(), at_point.forced.end());
      } catch (const InputError&) {  // told where all points are checked
      }
    }
  }
  json["axes"] = Json::array();
  for (const PlanAxis* axis : sweep.design().axes()) json["axes"].push_back(axis_json(*axis));
  json["forced"] = forced;
  json["cautions"] = Json::array();
  for (const Caution& caution : facts.shown.cautions)
    json["cautions"].push_back({{"claim", caution.claim}, {"reason", caution.reason}});
  json["tables"] = Json::object();
  for (const TableFile& table : plan.scenarios.front().source->tables().files) json["tables"][table.path] = table.sha256;
  json["plan"] = plan_text(plan.file);
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace homeward
