#include "report/comparison_page.h"

#include <algorithm>
#include <cmath>

#include "report/comparison_figures.h"
#include "report/page_parts.h"

namespace homeward {
namespace {

using Section = SectionFigure::Section;

std::string percent(double share) {
  const std::string text = number_for_people(share * 100);
  return (share > 0 ? "+" : "") + text;
}

std::string signed_number(double value) { return (value > 0 ? "+" : "") + number_for_people(value); }

std::string signed_interval(const Figured& value) {
  std::string text = signed_number(value.mean);
  if (value.low && value.high) text += " (" + signed_number(*value.low) + " to " + signed_number(*value.high) + ")";
  return text;
}

void put_sentence(Markup& page, const ReportInput& input, const std::string& alt, int year) {
  const std::optional<ContrastCells> found = contrast_at(input, alt, "returns", year);
  page.open("p", {{"class", "lead"}});
  page.text(alternative_name(input, alt) + ": ");
  if (!found) {
    page.text("no difference is defined for " + std::to_string(year) + '.').close("p").line();
    return;
  }
  const Figured& value = found->difference;
  const bool interval = value.low && value.high;
  const bool unsure = interval && *value.low <= 0 && *value.high >= 0;
  page.element("strong", number_for_people(std::abs(value.mean)));
  page.text(std::string(value.mean < 0 ? " fewer" : " more") + " returns to " + home_name(input) + " in " +
            std::to_string(year) + " than in the base");
  std::string behind;
  if (interval) {
    behind = "95 % interval " + signed_number(*value.low) + " to " + signed_number(*value.high);
  }
  if (found->relative) {
    behind += (behind.empty() ? "" : "; ") + percent(found->relative->mean) + " %";
    if (found->relative->low && found->relative->high) {
      behind += ", " + percent(*found->relative->low) + " to " + percent(*found->relative->high) + " %";
    }
  }
  if (!behind.empty()) page.text(" (" + behind + ")");
  page.text(unsure ? ": it cannot be told whether there is a difference." : ".").close("p").line();
}

void put_other_measures(Markup& page, const ReportInput& input, int year) {
  const std::pair<const char*, const char*> measures[] = {{"returns", "returns a year"},
                                                          {"returns_settled", "settled returns a year"},
                                                          {"returns_student", "students who come home"},
                                                          {"stock_returned", "returnees at home"},
                                                          {"stock", "people abroad"},
                                                          {"re_emigration", "returnees who leave again"},
                                                          {"visits", "visits a year"},
                                                          {"remittances", "remittances, USD a year"},
                                                          {"spending", "spending, USD a year"}};
  std::vector<std::vector<std::string>> rows{{"alternative less base, " + std::to_string(year)}};
  const std::vector<std::string> alts = alternatives_of(input);
  for (const std::string& alt : alts) rows[0].push_back(alternative_name(input, alt));
  for (const auto& [measure, words] : measures) {
    std::vector<std::string> row{words};
    for (const std::string& alt : alts) {
      const std::optional<ContrastCells> found = contrast_at(input, alt, measure, year);
      row.push_back(found ? signed_interval(found->difference) : "");
    }
    rows.push_back(std::move(row));
  }
  put_table(page, "Differences in " + std::to_string(year), rows);
}

void put_horizon(Markup& page, const ReportInput& input) {
  const ResultTable* table = input.find("horizon.csv");
  for (std::size_t row = 0; table != nullptr && row < table->rows(); ++row) {
    const auto number = [&](const char* column) { return table->number(row, table->column(column)); };
    const auto bound = [&](const char* column) -> std::optional<double> {
      const double value = number(column);
      return std::isfinite(value) ? std::optional<double>(value * 100) : std::nullopt;
    };
    if (!std::isfinite(number("early_share"))) continue;
    page.element("p", alternative_name(input, table->text(row, table->column("alt"))) + ": of those who looked "
                                                                                        "additional by " +
                          std::string(table->text(row, table->column("seen_in"))) + ", " +
                          interval_for_people(number("early_share") * 100, bound("lo95"), bound("hi95")) +
                          " % had come home in the base too by " +
                          std::string(table->text(row, table->column("to_year"))) +
                          ": they were only early. The last years before the end hold more of them.");
  }
}

void put_costs(Markup& page, const ReportInput& input) {
  const ResultTable* table = input.find("cost.csv");
  if (table == nullptr || table->rows() == 0) return;
  std::vector<std::vector<std::string>> rows{{"lever", "alternative", "claimants", "came in the same year without it, %",
                                              "additional", "still home after 3 years", "spending, USD",
                                              "USD for each of them"}};
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const auto cell = [&](const char* column, double factor = 1) -> std::string {
      const double value = table->number(row, table->column(column));
      return std::isfinite(value) ? number_for_people(value * factor) : "";
    };
    const auto bound = [&](const char* column) -> std::optional<double> {
      const double value = table->number(row, table->column(column));
      return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
    };
    const double each = table->number(row, table->column("usd_per_additional"));
    const bool persons = !cell("claimants").empty();
    rows.push_back({std::string(table->text(row, table->column("lever"))),
                    alternative_name(input, table->text(row, table->column("alt"))), cell("claimants"),
                    cell("deadweight_share", 100), cell("additional"), cell("retained_3y"), cell("spend_usd"),
                    std::isfinite(each) ? interval_for_people(each, bound("lo95"), bound("hi95"))
                    : persons           ? "cannot be told"
                                        : ""});
  }
  page.element("p", "Everyone who uses a lever is a claimant, additional or not. The price is of a returnee, settled or "
                    "student, who would not have come and is still home after three years; it cannot be told where their "
                    "number cannot be told from 0. An empty cell is not defined. A row of one lever counts its claimants "
                    "whatever moved them, and somebody may claim several: it says who is paid, not what the lever brings "
                    "about, which attribution shares out.");
  put_table(page, "Cost of each lever", rows);
}

}  // namespace

void put_comparison_answer(Markup& page, const ReportInput& input) {
  const int year = headline_year(input.record);
  for (const std::string& alt : alternatives_of(input)) put_sentence(page, input, alt, year);
  put_other_measures(page, input, year);
}

void put_comparison_sections(Markup& page, const ReportInput& input, const std::vector<SectionFigure>& figures) {
  open_section(page, "contrast", "What differs");
  put_figures(page, figures, Section::contrast);
  put_explorer(page, "chosen", "Differences in every measure");
  if (!has_figures(figures, Section::contrast)) page.element("p", "Nothing differs between base and alternatives.");
  close_section(page);
  open_section(page, "ledger", "Who they are");
  put_horizon(page, input);
  put_figures(page, figures, Section::ledger);
  close_section(page);
  open_section(page, "attribution", "Which lever earned it");
  put_figures(page, figures, Section::attribution);
  if (!has_figures(figures, Section::attribution)) page.element("p", "No attribution was asked for.");
  close_section(page);
  open_section(page, "cost", "At what price");
  put_figures(page, figures, Section::cost);
  put_costs(page, input);
  close_section(page);
}

}  // namespace homeward
