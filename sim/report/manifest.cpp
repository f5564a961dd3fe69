// The keys of manifest.json, in the order in which a reader asks.
#include "report/manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/model_version.h"

namespace homeward {
namespace {

using Json = nlohmann::ordered_json;

Json pairs(const std::vector<std::pair<std::string, std::string>>& list) {
  Json object = Json::object();
  for (const auto& [name, value] : list) object[name] = value;
  return object;
}

Json fit_rows(const Replicates& replicates) {
  Json rows = Json::array();
  if (replicates.size() == 0) return rows;
  for (const MarginFit& fit : replicates.result(0).fit) {
    rows.push_back({{"margin", fit.margin},
                    {"target_persons", fit.target},
                    {"standardised_absolute_error", fit.standardised_absolute_error}});
  }
  return rows;
}

Json seconds_by_phase(const Replicates& replicates) {
  Json phases = Json::object();
  for (int i = 0; i < replicates.size(); ++i) {
    for (const PhaseTime& phase : replicates.result(i).phases) {
      phases[phase.phase] = phases.value(phase.phase, 0.0) + phase.seconds;
    }
  }
  return phases;
}

}  // namespace

std::string manifest_json(const Scenario& scenario, const Replicates& replicates, const ManifestFacts& facts) {
  double synthesis = 0, stepping = 0, bytes_per_agent = 0;
  std::int64_t agent_years = 0;
  for (int i = 0; i < replicates.size(); ++i) {
    const ReplicateResult& result = replicates.result(i);
    synthesis += result.synthesis_seconds;
    stepping += result.stepping_seconds;
    agent_years += result.agent_years;
    bytes_per_agent = result.bytes_per_agent;
  }
  Json json;
  json["homeward"] = {{"version", facts.version}, {"revision", facts.revision}, {"model_version", model_version}};
  json["scenario"] = {{"name", scenario.name},
                      {"note", scenario.note},
                      {"file", scenario.file},
                      {"after_inheritance", scenario.canonical}};
  json["scenario_hash"] = scenario.hash;
  json["seed"] = scenario.seed;
  json["replicates"] = replicates.size();
  json["replicates_resumed"] = replicates.resumed;
  json["threads"] = facts.threads;
  json["scale"] = facts.scale;
  json["from_year"] = facts.from_year;
  json["to_year"] = facts.to_year;
  json["returns"] = facts.returns;
  json["intervals"] = {{"level", 0.95}, {"kind", facts.interval_kind}};
  if (facts.half_width_wanted) {
    json["intervals"]["half_width_wanted"] = *facts.half_width_wanted;
    if (replicates.half_width) json["intervals"]["half_width"] = *replicates.half_width;
    json["intervals"]["met"] = replicates.target_met;
  }
  json["draw_priors"] = facts.draw_priors;
  if (facts.draw_priors) json["priors_kept"] = facts.priors_kept;
  json["forced"] = scenario.forced;
  json["levers_in_force"] = {{"data", facts.levers_by_data}, {"prior", facts.levers_by_prior}};
  json["extrapolated_years"] = Json::array();
  for (int year = std::max(facts.from_year, extrapolation_year + 1); year <= facts.to_year; ++year) {
    json["extrapolated_years"].push_back(year);
  }
  json["cautions"] = Json::array();
  for (const Caution& caution : facts.cautions) {
    json["cautions"].push_back({{"claim", caution.claim}, {"reason", caution.reason}});
  }
  json["synthesis_fit"] = fit_rows(replicates);
  json["wall_seconds"] = {{"total", facts.total_seconds},
                          {"synthesis", synthesis},
                          {"stepping", stepping},
                          {"output", facts.output_seconds}};
  json["stepping_seconds_by_phase"] = seconds_by_phase(replicates);
  json["agent_years"] = agent_years;
  json["agent_years_per_second"] = stepping > 0 ? static_cast<double>(agent_years) / stepping : 0.0;
  json["bytes_per_agent"] = bytes_per_agent;
  json["peak_rss_bytes"] = facts.peak_rss_bytes;
  json["command"] = facts.command;
  json["files"] = facts.files;
  json["tables"] = Json::object();
  for (const TableFile& table : scenario.tables.files) json["tables"][table.path] = table.sha256;
  json["libraries"] = pairs(facts.libraries);
  json["compiler"] = facts.compiler;
  json["machine"] = {{"processor", facts.processor},
                     {"processors", facts.processors},
                     {"memory_bytes", facts.memory_bytes},
                     {"system", facts.system},
                     {"instruction_set", facts.instruction_set},
                     {"built_for", facts.built_for}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace homeward
