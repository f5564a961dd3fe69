// Choosing the few numbers that answer the question, and the sentences that go with them.
#include "headline.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "text.h"

namespace homeward::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr int extrapolation_year = 2035;

// The last year written, and a few before it.
std::vector<int> shown_years(const Headline& facts) {
  std::vector<int> years;
  for (const int year : {2015, 2025, 2035}) {
    if (year >= facts.from_year && year < facts.to_year) years.push_back(year);
  }
  years.push_back(facts.to_year);
  return years;
}

std::string returns_words(const std::string& definition) {
  if (definition == "students") return "settled, and students at graduation";
  if (definition == "all") return "settled, students and contract workers";
  return "settled only";
}

std::string interval_text(const std::optional<Interval>& value) {
  if (!value) return "not defined";
  if (!value->lo95) return grouped(value->mean);
  return grouped(value->mean) + " [" + grouped(*value->lo95) + ", " + grouped(*value->hi95) + "]";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string intervals_sentence(const RunFacts& facts) {
  const std::string run = std::to_string(facts.replicates) + (facts.replicates == 1 ? " replicate" : " replicates") +
                          " at " + scale_text(facts.scale) + ", seed " + std::to_string(facts.seed) + ".";
  if (facts.replicates == 1) return "No intervals with one replicate; " + run;
  return "[ , ]: 95 % intervals, " + facts.interval_kind + (facts.draw_priors ? "" : " only") + "; " + run;
}

enum class Naming { each, by_family };

// The levers known in one way; by family: three and more of a family as its name and their number.
std::string lever_names(const std::vector<LeverInForce>& levers, const std::string& informed_by, Naming naming) {
  const auto family = [](const LeverInForce& lever) { return lever.path.substr(0, lever.path.rfind('.')); };
  std::map<std::string, int> counts;
  for (const LeverInForce& lever : levers) counts[family(lever)] += lever.informed_by == informed_by ? 1 : 0;
  std::vector<std::string> names;
  for (const LeverInForce& lever : levers) {
    if (lever.informed_by != informed_by) continue;
    const std::string whole = family(lever);
    std::string name = lever.path.substr(lever.path.rfind('.') + 1);
    if (naming == Naming::by_family && counts[whole] >= 3) {
      name = whole.substr(whole.rfind('.') + 1) + " (" + std::to_string(counts[whole]) + " levers)";
    }
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return names.empty() ? "none" : joined(names);
}

// What the levers in force in the written years are known from, in a line of a terminal.
std::string levers_sentence(const std::vector<LeverInForce>& levers) {
  constexpr std::size_t widest = 120;
  if (levers.empty()) return "No lever is in force in these years.";
  const auto sentence = [&](Naming naming) {
    return "Levers in force, informed by data: " + lever_names(levers, "data", naming) +
           "; by a prior only: " + lever_names(levers, "prior", naming) + ".";
  };
  const std::string each = sentence(Naming::each);
  return each.size() <= widest ? each : sentence(Naming::by_family);
}

// The file that a scenario extends, where its first level says so on a line of its own; else empty.
std::string base_of(const std::string& file) {
  const std::string key = "extends:";
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.compare(0, key.size(), key) != 0) continue;
    std::string named = line.substr(key.size());
    named.erase(std::min(named.find(" #"), named.size()));
    named.erase(0, std::min(named.find_first_not_of(" \t\"'"), named.size()));
    named.erase(named.find_last_not_of(" \t\r\"'") + 1);
    if (named.empty()) return "";
    const std::filesystem::path base = (std::filesystem::path(file).parent_path() / named).lexically_normal();
    std::error_code error;
    return std::filesystem::is_regular_file(base, error) ? base.string() : "";
  }
  return "";
}

// One thing to try next that exists.
std::string next_command(const Scenario& scenario, const RunFacts& facts) {
  if (facts.replicates == 1) return "homeward run " + shell_quoted(scenario.file()) + " --replicates 4";
  const std::string base = base_of(scenario.file());
  if (!base.empty()) return "homeward compare " + shell_quoted(base) + ' ' + shell_quoted(scenario.file());
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(scenario.file()).parent_path() / "what-if";
  const std::filesystem::path what_if = folder / "resolution-57.yaml";
  if (std::filesystem::is_regular_file(what_if, error)) {
    return "homeward compare " + shell_quoted(scenario.file()) + ' ' + shell_quoted(what_if.string());
  }
  return "homeward explain returns_settled";
}

}  // namespace

std::vector<std::string> headline_text(const Scenario& scenario, const Results& results, const Headline& facts) {
  const RunFacts& run = results.facts();
  std::vector<std::string> lines;
  lines.push_back(printable(scenario.name().empty() ? scenario.file() : scenario.name()));
  const std::string heading = "returns a year (" + returns_words(run.returns) + ")";
  const std::size_t width = std::max<std::size_t>(heading.size(), 34) + 3;
  lines.push_back("year   " + padded(heading, width) + "persons abroad, 31 December");
  for (const int year : shown_years(facts)) {
    lines.push_back(std::to_string(year) + (year > extrapolation_year ? "*  " : "   ") +
                    padded(interval_text(results.at("returns", year)), width) +
                    interval_text(results.at("stock", year)));
  }
  lines.push_back(intervals_sentence(run));
  lines.push_back(levers_sentence(scenario.levers_in_force(facts.from_year, facts.to_year)));
  if (facts.to_year > extrapolation_year) lines.push_back("* Years past 2035 are extrapolation.");
  if (facts.half_width_wanted > 0) {
    lines.push_back("Half width of " + printable(facts.half_width_of) + ": " +
                    (run.half_width ? brief(*run.half_width) : "not defined") + ", wanted " +
                    brief(facts.half_width_wanted) + (run.target_met ? ", reached." : ", NOT reached."));
  }
  if (!run.forced.empty()) lines.push_back("Outside the plausible range, by --force-range: " + joined(run.forced));
  if (!run.priors_kept.empty()) lines.push_back("Set by the scenario, so not drawn: " + joined(run.priors_kept));
  lines.push_back("In " + printable(facts.folder) + "/: " + joined(facts.files));
  lines.push_back("Next: " + printable(next_command(scenario, run)));
  return lines;
}

std::string headline_json(const Scenario& scenario, const Results& results, const Headline& facts) {
  const RunFacts& run = results.facts();
  Json json;
  json["scenario"] = {{"file", scenario.file()}, {"name", scenario.name()}};
  json["scenario_hash"] = scenario.hash();
  json["seed"] = run.seed;
  json["replicates"] = run.replicates;
  json["scale"] = run.scale;
  json["returns"] = run.returns;
  json["intervals"] = {{"level", 0.95}, {"kind", run.interval_kind}};
  json["headline"] = Json::array();
  for (const int year : shown_years(facts)) {
    for (const char* measure : {"returns", "stock"}) {
      const std::optional<Interval> value = results.at(measure, year);
      if (!value) continue;
      Json row{{"year", year}, {"measure", measure}, {"mean", value->mean}};
      row["lo95"] = value->lo95 ? Json(*value->lo95) : Json(nullptr);
      row["hi95"] = value->hi95 ? Json(*value->hi95) : Json(nullptr);
      row["extrapolated"] = year > extrapolation_year;
      json["headline"].push_back(std::move(row));
    }
  }
  if (facts.half_width_wanted > 0) {
    json["half_width"] = {{"of", facts.half_width_of}, {"wanted", facts.half_width_wanted}, {"met", run.target_met}};
    json["half_width"]["reached"] = run.half_width ? Json(*run.half_width) : Json(nullptr);
  }
  json["levers_in_force"] = {{"data", Json::array()}, {"prior", Json::array()}};
  for (const LeverInForce& lever : scenario.levers_in_force(facts.from_year, facts.to_year)) {
    json["levers_in_force"][lever.informed_by == "data" ? "data" : "prior"].push_back(lever.path);
  }
  json["forced"] = run.forced;
  json["draw_priors"] = run.draw_priors;
  if (run.draw_priors) json["priors_kept"] = run.priors_kept;
  json["folder"] = facts.folder;
  json["files"] = facts.files;
  json["next"] = next_command(scenario, run);
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> details_text(const Results& results) {
  const RunFacts& run = results.facts();
  std::vector<std::string> lines{"standardised absolute error of the synthesis, by margin"};
  for (const MarginError& fit : results.fit()) {
    lines.push_back("  " + padded(fit.margin, 32) + brief(fit.standardised_absolute_error));
  }
  lines.push_back("threads " + std::to_string(run.threads) + "; synthesis " + seconds_text(run.synthesis_seconds) +
                  ", stepping " + seconds_text(run.stepping_seconds) + "; " + grouped(run.agent_years_per_second) +
                  " agent-years/s; " + plain(run.bytes_per_agent) + " bytes an agent; peak " +
                  grouped(static_cast<double>(run.peak_rss_bytes) / 1e6) + " MB");
  if (run.resumed > 0) {
    lines.push_back("taken up from an interrupted run: " + std::to_string(run.resumed) + " replicates");
  }
  return lines;
}

}  // namespace homeward::cli
