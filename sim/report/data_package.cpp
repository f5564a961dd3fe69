#include "report/data_package.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "observation/measures.h"
#include "report/result_files.h"

namespace homeward {
namespace {

using Json = nlohmann::ordered_json;

struct Column {
  const char *files, *name, *type, *unit, *text;  // files: those it stands in, or "" for all others
};

constexpr const char* of_row = "of the row's measure";

// The first that fits counts.
constexpr Column columns[] = {
    {"", "replicate", "integer", "", "Number of the replicate, from 0; the same number pairs across runs of one seed."},
    {"", "year", "integer", "calendar year", "Stocks are at 31 December, flows are of the year."},
    {"", "measure", "string", "", "What is counted: `homeward explain` says how."},
    {"assumptions.csv", "unit", "string", "", "Unit of value, low and high."},
    {"", "unit", "string", "", "Unit of the numbers in the row."},
    {"pipeline.csv", "lo95", "number", "months", "Lower end of the 95 % interval of mean_months."},
    {"pipeline.csv", "hi95", "number", "months", "Upper end of the 95 % interval of mean_months."},
    {"ledger.csv", "lo95", "number", "persons", "Lower end of the 95 % interval of the difference."},
    {"ledger.csv", "hi95", "number", "persons", "Upper end of the 95 % interval of the difference."},
    {"horizon.csv", "lo95", "number", "share", "Lower end of the 95 % interval of early_share."},
    {"horizon.csv", "hi95", "number", "share", "Upper end of the 95 % interval of early_share."},
    {"cost.csv", "lo95", "number", "USD", "Lower end of the 95 % interval of usd_per_additional."},
    {"cost.csv", "hi95", "number", "USD", "Upper end of the 95 % interval of usd_per_additional."},
    {"fiscal.csv", "usd", "number", "USD", "Of 2025, discounted, alternative less base."},
    {"fiscal.csv", "lo95", "number", "USD", "Lower end of the 95 % interval."},
    {"fiscal.csv", "hi95", "number", "USD", "Upper end of the 95 % interval."},
    {"cumulative.csv", "from_year", "integer", "calendar year", "First year of the sum, the first that differs."},
    {"cumulative.csv", "to_year", "integer", "calendar year", "Last year of the sum."},
    {"", "item", "string", "", "spend; income_tax of working returnees for claim_years; net: spend less income_tax."},
    {"", "mean", "number", of_row, "Mean over replicates."},
    {"", "sd", "number", of_row, "Standard deviation over replicates; empty with one."},
    {"", "lo95", "number", of_row, "Lower end of the 95 % interval; empty where there is none."},
    {"", "hi95", "number", of_row, "Upper end of the 95 % interval; empty where there is none."},
    {"", "replicates", "integer", "replicates", "How many replicates the row rests on."},
    {"flows.csv", "value", "number", of_row, "Persons, or what the measure counts, in the cell."},
    {"assumptions.csv", "value", "number", "see unit", "Value in this run; of a lever, in the last year written."},
    {"priors.csv", "value", "number", "see assumptions.csv", "Value drawn for the replicate."},
    {"", "stage", "string", "", "Stage of the procedures of return."},
    {"", "entered", "number", "persons a year", "Who entered the stage, mean over replicates."},
    {"", "completed", "number", "persons a year", "Who completed the stage, mean over replicates."},
    {"", "abandoned", "number", "persons a year", "Who gave up in the stage, mean over replicates."},
    {"", "mean_months", "number", "months", "Months in the stage of those who completed it."},
    {"", "parameter", "string", "", "Path of a parameter."},
    {"", "kind", "string", "", "parameter or lever."},
    {"", "name", "string", "", "Path of a parameter or lever; name of a country in hosts.csv."},
    {"", "low", "number", "as value", "Lower end of the plausible range."},
    {"", "high", "number", "as value", "Upper end of the plausible range."},
    {"", "basis", "string", "", "sourced, derived, tuned, recalled or assumed."},
    {"", "informed_by", "string", "", "data, prior (no data say how strong it is) or fixed."},
    {"", "set_by", "string", "", "table, scenario, drawn, or neutral (a lever that is 0 in all years)."},
    {"", "source", "string", "", "Where the number comes from."},
    {"", "text", "string", "", "What it is."},
    {"", "iso3", "string", "", "ISO 3166-1 alpha-3."},
    {"", "role", "string", "", "home or host."},
    {"", "group", "string", "", "Group whose data the host carries."},
    {"", "longitude", "number", "degrees east", "Of the country's largest area."},
    {"", "latitude", "number", "degrees north", "Of the country's largest area."},
    {"", "alt", "string", "", "The alternative, held against the base."},
    {"", "difference", "number", of_row, "Alternative less base, mean over paired replicates."},
    {"", "relative", "number", "share of the base", "Difference over base; empty where the base is 0."},
    {"", "relative_lo95", "number", "share of the base", "Lower end of the 95 % interval of relative."},
    {"", "relative_hi95", "number", "share of the base", "Upper end of the 95 % interval of relative."},
    {"", "paired_sd", "number", of_row, "Standard deviation of the paired differences."},
    {"", "unpaired_sd", "number", of_row, "What it would be with independent runs."},
    {"", "runs_saved", "number", "runs", "Independent runs that one pair stands for."},
    {"", "category", "string", "", "What became of a return: always, accelerated, delayed, additional, deterred, ..."},
    {"", "base_returns", "number", "persons", "Returns in the base, mean over replicates."},
    {"", "alt_returns", "number", "persons", "Returns in the alternative, mean over replicates."},
    {"", "lever", "string", "", "Lever, or group of levers."},
    {"", "lever_a", "string", "", "First of two levers or groups."},
    {"", "lever_b", "string", "", "Second of two levers or groups."},
    {"", "shapley", "number", of_row, "Its share of the difference, after Shapley."},
    {"interactions.csv", "value", "number", of_row, "What both do together beyond what each does alone."},
    {"", "claimants", "number", "persons", "Who claims the lever, additional or not."},
    {"", "deadweight_share", "number", "share of claimants", "Claimants who would have come anyway."},
    {"", "additional", "number", "persons", "Returns that would not have been."},
    {"", "retained_3y", "number", "persons", "Additional returnees still at home after three years."},
    {"", "spend_usd", "number", "USD", "Gross spending on the lever."},
    {"", "usd_per_additional", "number", "USD", "Spending over additional returnees; empty where that cannot be told."},
    {"", "spend_lo95", "number", "USD", "Lower end of the 95 % interval of spend_usd."},
    {"", "spend_hi95", "number", "USD", "Upper end of the 95 % interval of spend_usd."},
    {"", "retained_lo95", "number", "persons", "Lower end of the 95 % interval of retained_3y."},
    {"", "retained_hi95", "number", "persons", "Upper end of the 95 % interval of retained_3y."},
    {"", "dominated_by", "string", "", "Another alternative, or BASE, that is no dearer and keeps no fewer."},
    {"", "sure", "string", "", "yes where both paired intervals say that it is dominated."},
    {"", "seen_in", "integer", "calendar year", "Year by which returns looked additional."},
    {"", "to_year", "integer", "calendar year", "Year by which they were looked for in the base."},
    {"", "lasting", "number", "persons", "Of the additional, those without a counterpart in the base by to_year."},
    {"", "early", "number", "persons", "Of the additional, those that were only early."},
    {"", "early_share", "number", "share of the additional", "early over additional."},
    {"", "usd", "number", "USD a year", "Gross spending on the lever in the year."},
    {"", "scenario", "string", "", "Scenario, by its name in the plan."},
    {"", "point", "integer", "", "Number of the point of the design."},
    {"", "seed", "integer", "", "Seed of the run."},
    {"merged.csv", "value", "number", of_row, "The measure in that run."},
    {"merged.csv", "difference", "number", of_row, "Less the base at the same point and replicate."},
    {"effects.csv", "mean", "number", of_row, "Mean over points of the mean paired difference to the base."},
    {"effects.csv", "sd", "number", of_row, "Standard deviation over points, chance included."},
    {"", "span", "string", "", "in: in the year; by: summed up to it."},
    {"", "p05", "number", of_row, "5 % quantile over points."},
    {"", "p25", "number", of_row, "25 % quantile over points."},
    {"", "p50", "number", of_row, "Median over points."},
    {"", "p75", "number", of_row, "75 % quantile over points."},
    {"", "p95", "number", of_row, "95 % quantile over points."},
    {"", "positive", "number", "share of points", "Points at which the difference is above 0."},
    {"", "chance_sd", "number", of_row, "What chance alone gives: root mean square standard error of a point."},
    {"", "points", "integer", "points", "Points of the design at which it is defined."},
};

// summary.resolution-57.csv is a summary.csv.
std::string kind_of(const std::string& file) { return file.substr(0, file.find('.')) + ".csv"; }

// As names of resources may be: small letters, digits, dots, dashes.
std::string resource_name(const std::string& file) {
  std::string name = file.substr(0, file.rfind('.'));
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (!allowed) c = '-';
  }
  return name;
}

Json field_of(const std::string& file, const std::string& name) {
  Json field{{"name", name}};
  for (const Column& column : columns) {
    if (name != column.name || (*column.files != '\0' && file != column.files)) continue;
    field["type"] = column.type;
    if (*column.unit != '\0') field["unit"] = column.unit;
    field["description"] = column.text;
    return field;
  }
  for (const DimensionRow& row : dimension_rows()) {
    if (row.name != name) continue;
    field["type"] = "string";
    field["description"] = row.text;
    return field;
  }
  field["type"] = "any";
  return field;
}

// The names of a header line; quoted ones without their quotes.
std::vector<std::string> names_in(const std::string& header) {
  std::vector<std::string> names(1);
  bool quoted = false;
  for (const char c : header) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      names.emplace_back();
    } else if (c != '\n') {
      names.back() += c;
    }
  }
  return names;
}

}  // namespace

std::string data_package_json(const std::string& name, const std::string& title,
                              const std::vector<PackagedTable>& tables) {
  Json package{{"profile", "tabular-data-package"}, {"name", name}, {"title", title}};
  package["resources"] = Json::array();
  for (const PackagedTable& table : tables) {
    Json fields = Json::array();
    for (const std::string& column : names_in(table.header)) {
      const auto own = std::find_if(table.own.begin(), table.own.end(),
                                    [&](const OwnColumn& one) { return one.name == column; });
      if (own == table.own.end()) {
        fields.push_back(field_of(kind_of(table.file), column));
      } else {
        Json field{{"name", own->name}, {"type", own->type}};
        if (own->type == "number") field["unit"] = "as `homeward explain " + own->name + "` says";
        field["description"] = own->text;
        fields.push_back(std::move(field));
      }
    }
    Json resource{{"profile", "tabular-data-resource"},
                  {"name", resource_name(table.file)},
                  {"path", table.file},
                  {"format", "csv"},
                  {"mediatype", "text/csv"},
                  {"encoding", "utf-8"}};
    for (const ResultFile& one : result_files()) {
      if (kind_of(table.file) == one.name) resource["description"] = one.text;
    }
    resource["schema"] = {{"fields", std::move(fields)}, {"missingValues", {""}}};
    package["resources"].push_back(std::move(resource));
  }
  return package.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace homeward
