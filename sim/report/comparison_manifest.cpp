// The keys of a run stay; `comparison` is added, and times and agent-years are those of all arms.
#include "report/comparison_manifest.h"

#include <nlohmann/json.hpp>

namespace homeward {

std::string with_comparison(const std::string& manifest, const Comparison& comparison, const ComparisonManifest& facts) {
  using Json = nlohmann::ordered_json;
  Json json = Json::parse(manifest);
  const ArmsFacts& arms = comparison.facts.arms;
  json["replicates_resumed"] = comparison.resumed;
  json["wall_seconds"]["synthesis"] = arms.synthesis_seconds;
  json["wall_seconds"]["stepping"] = arms.stepping_seconds;
  json["wall_seconds"]["forking"] = arms.forking_seconds;
  json["agent_years"] = arms.agent_years;
  json["agent_years_per_second"] =
      arms.stepping_seconds > 0 ? static_cast<double>(arms.agent_years) / arms.stepping_seconds : 0.0;
  Json list = Json::array();
  for (std::size_t a = 0; a < facts.names.size(); ++a) {
    const AltFacts& alt = comparison.alts[a];
    Json players = Json::array();
    for (const Player& player : alt.players) {
      players.push_back({{"name", player.name}, {"informed_by", player.informed_by}});
    }
    Json one{{"alt", facts.names[a]},
             {"name", facts.scenarios[a]->name},
             {"file", facts.scenarios[a]->file},
             {"scenario_hash", facts.scenarios[a]->hash},
             {"after_inheritance", facts.scenarios[a]->canonical},
             {"forced", facts.scenarios[a]->forced}};
    one["first_year_that_differs"] = alt.from_year <= last_year ? Json(alt.from_year) : Json(nullptr);
    one["no_common_past"] = alt.parted_by;
    one["levers_in_force"] = {{"data", facts.levers[a].first}, {"prior", facts.levers[a].second}};
    one["players"] = std::move(players);
    one["attribution_sampled"] = alt.attribution_sampled;
    list.push_back(std::move(one));
  }
  json["comparison"] = {{"alternatives", std::move(list)},
                        {"attribution", facts.attribution},
                        {"claim", facts.claim},
                        {"years_stepped", arms.years_stepped},
                        {"years_unforked", arms.years_unforked},
                        {"trunks_reused", arms.trunks_reused}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace homeward
