#include "report/report_input.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "base/years.h"
#include "report/result_files.h"

namespace homeward {
namespace {

using Json = nlohmann::ordered_json;

std::string text_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return "";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

std::vector<std::string> texts_at(const Json& json, const char* key) {
  std::vector<std::string> texts;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return texts;
  for (const Json& one : *found) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  }
  return texts;
}

std::optional<double> defined(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> number_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  return defined(found->get<double>());
}

AlternativeRecord alternative_of(const Json& json) {
  AlternativeRecord record{text_at(json, "alt"), text_at(json, "name"), text_at(json, "note"), text_at(json, "file"),
                           texts_at(json, "differences"), texts_at(json, "no_common_past"), {}};
  if (!json.contains("returns_more")) return record;
  for (const Json& one : json["returns_more"]) {
    record.sums.push_back({one.at("from").get<int>(), one.at("to").get<int>(), one.at("difference").get<double>(),
                           number_at(one, "lo95"), number_at(one, "hi95"), number_at(one, "relative"),
                           number_at(one, "relative_lo95"), number_at(one, "relative_hi95")});
  }
  return record;
}

ClaimRecord claim_of(const Json& json) {
  return {text_at(json, "claim"),         text_at(json, "verdict"),           text_at(json, "measure"),
          json.at("from").get<int>(),     json.at("to").get<int>(),           json.at("relative").get<bool>(),
          json.at("at_least").get<bool>(), json.at("threshold").get<double>(), number_at(json, "value"),
          number_at(json, "lo95"),        number_at(json, "hi95")};
}

RunRecord record_of(const Json& json) {
  RunRecord record;
  const Json &program = json.at("homeward"), &scenario = json.at("scenario");
  record.version = text_at(program, "version");
  record.revision = text_at(program, "revision");
  record.model_version = text_at(program, "model_version");
  record.name = text_at(scenario, "name");
  record.note = text_at(scenario, "note");
  record.file = text_at(scenario, "file");
  record.canonical = text_at(scenario, "after_inheritance");
  record.hash = text_at(json, "scenario_hash");
  record.seed = text_at(json, "seed");
  record.returns = text_at(json, "returns");
  record.replicates = json.at("replicates").get<int>();
  record.from_year = std::clamp(json.at("from_year").get<int>(), first_year, last_year);
  record.to_year = std::clamp(json.at("to_year").get<int>(), record.from_year, last_year);
  record.scale = json.at("scale").get<double>();
  record.draw_priors = json.value("draw_priors", false);
  record.forced = texts_at(json, "forced");
  record.files = texts_at(json, "files");
  record.priors_kept = texts_at(json, "priors_kept");
  if (json.contains("intervals")) record.interval_kind = text_at(json["intervals"], "kind");
  if (json.contains("tables")) {
    for (const auto& [path, hash] : json["tables"].items()) {
      if (hash.is_string()) record.tables.push_back({path, hash.get<std::string>()});
    }
  }
  if (json.contains("cautions")) {
    for (const Json& caution : json["cautions"]) {
      record.cautions.push_back({text_at(caution, "claim"), text_at(caution, "reason")});
    }
  }
  if (json.contains("comparison") && json["comparison"].contains("alternatives")) {
    for (const Json& one : json["comparison"]["alternatives"]) record.alternatives.push_back(alternative_of(one));
    if (json["comparison"].contains("judged")) record.claim = claim_of(json["comparison"]["judged"]);
  }
  return record;
}

}  // namespace

RunRecord read_record(std::string_view manifest, const std::string& file) {
  try {
    const Json json = Json::parse(manifest);
    RunRecord record = record_of(json);
    constexpr int most_replicates = 1000000;
    if (record.replicates >= 1 && record.replicates <= most_replicates) return record;
  } catch (const nlohmann::json::exception&) {
  }
  throw InputError(Fault{{file, 0, 0}, "", "is not a manifest that this homeward wrote", "",
                         "Name the folder of a run, or run the scenario again"});
}

namespace {

void add_sweep_record(const Json& json, RunRecord& record) {
  const auto number = [&](const char* key) { return std::to_string(json.at(key).get<std::uint64_t>()); };
  if (!text_at(json, "name").empty()) record.name = text_at(json, "name");
  record.note = text_at(json, "note");
  record.version = text_at(json.at("homeward"), "version");
  record.revision = text_at(json.at("homeward"), "revision");
  record.model_version = std::to_string(json.at("homeward").at("model_version").get<int>());
  record.replicates = json.at("replicates").get<int>();
  record.scale = json.at("scale").get<double>();
  record.to_year = json.at("to_year").get<int>();
  record.seed = number("seed");
  record.canonical = text_at(json, "plan");
  record.forced = texts_at(json, "forced");
  for (const Json& one : json.at("cautions")) record.cautions.push_back({text_at(one, "claim"), text_at(one, "reason")});
  for (const auto& [path, hash] : json.at("tables").items()) record.tables.emplace_back(path, hash.get<std::string>());
  record.details.emplace_back("plan", record.file);
  record.details.emplace_back("runs", number("runs") + " runs at " + number("points") + " points");
  for (const Json& one : json.at("scenarios")) {
    record.details.emplace_back("scenario " + text_at(one, "scenario"),
                                text_at(one, "name") + ", hash " + text_at(one, "scenario_hash"));
  }
  if (json.contains("contrasts")) record.details.emplace_back("all are compared with", text_at(json, "contrasts"));
  record.details.emplace_back("seed of the design", "seed " + record.seed);
  record.details.emplace_back("seeds of points", text_at(json, "seeds"));
}

}  // namespace

RunRecord read_sweep_record(std::string_view note, const std::string& file) {
  const Json json = Json::parse(note, nullptr, false);
  if (!json.is_object() || !json.contains("plan") || !json["plan"].is_string()) {
    throw InputError(Fault{{file, 0, 0}, "", "is not the note of a sweep", "", "Run the sweep into this folder again"});
  }
  RunRecord record;
  record.file = json["plan"].get<std::string>();
  record.file.erase(0, record.file.rfind('/') + 1);  // the same page wherever the plan lies
  record.name = "Sweep: " + record.file;
  record.from_year = first_year;
  record.to_year = extrapolation_year;
  record.interval_kind = "Monte Carlo";
  if (json.contains("record")) {
    try {
      add_sweep_record(json["record"], record);
    } catch (const Json::exception&) {
      throw InputError(Fault{{file, 0, 0}, "record", "is not what a sweep writes", "The file was changed since",
                             "Run the sweep into this folder again; nothing that is done is run twice"});
    }
  }
  return record;
}

const ResultTable* ReportInput::find(const std::string& file) const {
  const auto found = tables.find(file);
  return found == tables.end() ? nullptr : &found->second;
}

const std::vector<std::string>& report_tables() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> drawn;
    for (const ResultFile& file : result_files()) {
      if (file.use == ResultFile::Use::drawn) drawn.emplace_back(file.name);
    }
    return drawn;
  }();
  return names;
}

SummaryTable::SummaryTable(const ResultTable& table) {
  const std::size_t year = table.column("year"), measure = table.column("measure"), mean = table.column("mean"),
                    low = table.column("lo95"), high = table.column("hi95");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double value = table.number(row, mean);
    if (!std::isfinite(value)) continue;
    rows_[{std::string(table.text(row, measure)), table.integer(row, year)}] = {
        value, defined(table.number(row, low)), defined(table.number(row, high))};
  }
}

std::optional<Figured> SummaryTable::at(const std::string& measure, int year) const {
  const auto found = rows_.find({measure, year});
  if (found == rows_.end()) return std::nullopt;
  return found->second;
}

int headline_year(const RunRecord& record) {
  return std::max(record.from_year, std::min(record.to_year, extrapolation_year));
}

std::optional<Location> home_of(const ReportInput& input) {
  const ResultTable* hosts = input.find("hosts.csv");
  if (hosts == nullptr) return std::nullopt;
  for (std::size_t row = 0; row < hosts->rows(); ++row) {
    if (hosts->text(row, hosts->column("role")) != "home") continue;
    const double x = hosts->number(row, hosts->column("longitude")), y = hosts->number(row, hosts->column("latitude"));
    return Location{std::string(hosts->text(row, hosts->column("iso3"))),
                    std::string(hosts->text(row, hosts->column("name"))), x, y};
  }
  return std::nullopt;
}

std::string home_name(const ReportInput& input) {
  const std::optional<Location> home = home_of(input);
  return home ? home->name : "the home country";
}

}  // namespace homeward
