// The answer for a program: numbers as they are, null where something is not defined.
#include <nlohmann/json.hpp>

#include "compare_text.h"

namespace homeward::cli {
namespace {

using Json = nlohmann::ordered_json;

Json told(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json interval(const Interval& value) {
  return {{"mean", value.mean}, {"sd", told(value.sd)}, {"lo95", told(value.lo95)}, {"hi95", told(value.hi95)}};
}

Json contrasts(const Comparison& comparison, std::size_t alt, const CompareHeadline& facts) {
  Json list = Json::array();
  const int from = comparison.alternatives()[alt].from_year;
  for (const char* measure : {"returns", "stock", "mean_trust", "spending"}) {
    const auto contrast = comparison.contrast(alt, measure, from, facts.to_year);
    if (!contrast) continue;
    Json one = interval(contrast->difference);
    one["measure"] = measure;
    one["from"] = from;
    one["to"] = facts.to_year;
    one["relative"] = told(contrast->relative);
    one["relative_lo95"] = told(contrast->relative_lo95);
    one["relative_hi95"] = told(contrast->relative_hi95);
    one["unpaired_sd"] = told(contrast->unpaired_sd);
    one["runs_saved"] = told(contrast->runs_saved);
    list.push_back(std::move(one));
  }
  return list;
}

Json alternative(const Comparison& comparison, std::size_t a, const CompareHeadline& facts) {
  const AlternativeFacts& alt = comparison.alternatives()[a];
  Json json{{"alt", alt.name}, {"file", alt.file}, {"name", alt.title}};
  json["first_year_that_differs"] = alt.from_year <= 2045 ? Json(alt.from_year) : Json(nullptr);
  json["no_common_past"] = alt.parted_by;
  json["differences"] = contrasts(comparison, a, facts);
  json["ledger"] = Json::object();
  for (const CategoryTotal& total : comparison.ledger(a)) json["ledger"][total.category] = interval(total.persons);
  const Price price = comparison.price(a);
  json["price"] = {{"defined", price.defined},
                   {"spend_usd", price.costed ? Json(price.spend_usd) : Json(nullptr)},
                   {"net_usd", price.costed ? interval(price.net_usd) : Json(nullptr)},
                   {"not_costed", alt.not_costed},
                   {"claimants", price.claimants},
                   {"deadweight_share", told(price.deadweight_share)},
                   {"retained_3y", interval(price.retained)},
                   {"usd_per_additional", told(price.usd_per_additional)},
                   {"lo95", told(price.lo95)},
                   {"hi95", told(price.hi95)},
                   {"dominated_by", price.dominated_by},
                   {"dominated_surely", price.dominated_surely}};
  json["levers"] = Json::array();
  for (const DifferingLever& lever : alt.levers) {
    json["levers"].push_back({{"lever", lever.path}, {"informed_by", lever.informed_by}, {"assumed", lever.assumed}});
  }
  json["attribution"] = Json::array();
  for (const ShareOfDifference& share : comparison.attribution(a, "returns")) {
    Json one = interval(share.value);
    one["lever"] = share.player;
    one["informed_by"] = share.informed_by;
    json["attribution"].push_back(std::move(one));
  }
  json["attribution_sampled"] = alt.attribution_sampled;
  if (const auto check = comparison.horizon(a)) {
    json["horizon"] = {{"seen_in", check->seen_in}, {"additional", check->additional}, {"only_early", check->early}};
  }
  return json;
}

}  // namespace

std::string compare_json(const Comparison& comparison, const CompareHeadline& facts) {
  const RunFacts& run = comparison.facts();
  Json json;
  json["base"] = facts.base_title;
  json["seed"] = run.seed;
  json["replicates"] = run.replicates;
  json["scale"] = run.scale;
  json["returns"] = run.returns;
  json["intervals"] = {{"level", 0.95}, {"kind", run.interval_kind}, {"paired", true}};
  if (const auto claim = comparison.judgement()) {
    const char* verdict = claim->verdict == ClaimJudgement::Verdict::holds   ? "holds"
                          : claim->verdict == ClaimJudgement::Verdict::fails ? "fails"
                                                                             : "cannot tell";
    json["claim"] = {{"text", facts.claim},        {"verdict", verdict},
                     {"measure", claim->measure},  {"from", claim->from_year},
                     {"to", claim->to_year},       {"relative", claim->relative},
                     {"at_least", claim->at_least}, {"threshold", claim->threshold},
                     {"value", told(claim->value)}, {"lo95", told(claim->lo95)},
                     {"hi95", told(claim->hi95)}};
    json["claim"]["further_replicates"] = claim->further_replicates ? Json(*claim->further_replicates) : Json(nullptr);
  }
  json["alternatives"] = Json::array();
  for (std::size_t a = 0; a < comparison.alternatives().size(); ++a) {
    json["alternatives"].push_back(alternative(comparison, a, facts));
  }
  if (!facts.half_width_of.empty()) {
    json["half_width"] = {{"of", facts.half_width_of}, {"met", run.target_met}, {"reached", told(run.half_width)}};
  }
  json["years_stepped"] = comparison.tree().years_stepped;
  json["years_unforked"] = comparison.tree().years_unforked;
  json["forced"] = run.forced;
  json["notes"] = facts.notes;
  json["folder"] = facts.folder;
  json["files"] = facts.files;
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace homeward::cli
