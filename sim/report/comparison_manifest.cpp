// The keys of a run stay; `comparison` is added, and times and agent-years are those of all arms.
#include "report/comparison_manifest.h"

#include <nlohmann/json.hpp>

#include "base/years.h"

namespace homeward {

namespace {

using Json = nlohmann::ordered_json;

Json told(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

// The returns summed up to each year that a headline names, less the base's.
Json headline(const Comparison& comparison, std::size_t alt, const ComparisonManifest& facts) {
  Json sums = Json::array();
  const int from = comparison.alts[alt].from_year;
  for (const int to : headline_ends(from, facts.to_year)) {
    const auto found = contrast_of(comparison, alt, "returns", facts.definition, from, to);
    if (!found) continue;
    const Estimate& value = found->difference;
    Json one{{"from", from}, {"to", to}, {"difference", value.mean}};
    one["lo95"] = value.half_width ? Json(value.mean - *value.half_width) : Json(nullptr);
    one["hi95"] = value.half_width ? Json(value.mean + *value.half_width) : Json(nullptr);
    const bool bounded = found->relative && found->relative->half_width;
    one["relative"] = found->relative ? Json(found->relative->value) : Json(nullptr);
    one["relative_lo95"] = bounded ? Json(found->relative->value - *found->relative->half_width) : Json(nullptr);
    one["relative_hi95"] = bounded ? Json(found->relative->value + *found->relative->half_width) : Json(nullptr);
    sums.push_back(std::move(one));
  }
  return sums;
}

}  // namespace

std::vector<int> headline_ends(int from_year, int to_year) {
  std::vector<int> years;
  for (const int year : {from_year + 4, extrapolation_year, to_year}) {
    if (year >= from_year && year <= to_year && (years.empty() || year > years.back())) years.push_back(year);
  }
  return years;
}

std::string with_comparison(const std::string& manifest, const Comparison& comparison, const ComparisonManifest& facts) {
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
             {"note", facts.scenarios[a]->note},
             {"file", facts.scenarios[a]->file},
             {"scenario_hash", facts.scenarios[a]->hash},
             {"after_inheritance", facts.scenarios[a]->canonical},
             {"forced", facts.scenarios[a]->forced}};
    one["first_year_that_differs"] = alt.from_year <= last_year ? Json(alt.from_year) : Json(nullptr);
    one["no_common_past"] = alt.parted_by;
    one["levers_in_force"] = {{"data", facts.levers[a].first}, {"prior", facts.levers[a].second}};
    one["differences"] = facts.differences[a];
    one["returns_more"] = headline(comparison, a, facts);
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
  if (facts.judged) {
    const JudgedClaim& claim = *facts.judged;
    json["comparison"]["judged"] = {{"claim", claim.text},        {"verdict", claim.verdict},
                                    {"measure", claim.measure},   {"from", claim.from_year},
                                    {"to", claim.to_year},        {"relative", claim.relative},
                                    {"at_least", claim.at_least}, {"threshold", claim.threshold},
                                    {"value", told(claim.value)}, {"lo95", told(claim.low)},
                                    {"hi95", told(claim.high)}};
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace homeward
