#include "report/comparison_page.h"

#include <algorithm>
#include <cmath>

#include "base/years.h"
#include "report/comparison_figures.h"
#include "report/page_parts.h"

namespace homeward {
namespace {

using Section = SectionFigure::Section;

std::string signed_interval(const Figured& value) {
  const IntervalWords words = interval_words(value.mean, value.low, value.high, Sign::always);
  return words.bounds.empty() ? words.mean : words.mean + " (" + words.bounds + ")";
}

Figured times(const Figured& value, double factor) {
  const auto scaled = [&](const std::optional<double>& bound) {
    return bound ? std::optional<double>(*bound * factor) : std::nullopt;
  };
  return {value.mean * factor, scaled(value.low), scaled(value.high)};
}

std::string percent(const Figured& share) {
  const Figured shown = times(share, 100);
  const IntervalWords words = interval_words(shown.mean, shown.low, shown.high, Sign::always);
  return words.mean + " %" + (words.bounds.empty() ? "" : ", " + words.bounds + " %");
}

bool unsure(const Figured& value) { return value.low && value.high && *value.low <= 0 && *value.high >= 0; }

// "(95 % interval +100 to +140; +10 %, +8 to +12 %)", or nothing.
std::string behind(const Figured& value, const std::optional<Figured>& relative) {
  const IntervalWords words = interval_words(value.mean, value.low, value.high, Sign::always);
  std::string text = words.bounds.empty() ? "" : "95 % interval " + words.bounds;
  if (relative) text += (text.empty() ? "" : "; ") + percent(*relative);
  return text.empty() ? "" : " (" + text + ")";
}

std::string more(const Figured& value) {
  return interval_words(std::abs(value.mean), value.low, value.high).mean;
}

std::string span(const HeadlineSum& sum) {
  return sum.from_year == sum.to_year ? "in " + std::to_string(sum.to_year)
                                      : "from " + std::to_string(sum.from_year) + " to " + std::to_string(sum.to_year);
}

const AlternativeRecord* record_of(const ReportInput& input, std::string_view alt) {
  for (const AlternativeRecord& one : input.record.alternatives) {
    if (one.code == alt) return &one;
  }
  return nullptr;
}

Figured difference_of(const HeadlineSum& sum) { return {sum.difference, sum.low, sum.high}; }
std::optional<Figured> relative_of(const HeadlineSum& sum) {
  if (!sum.relative) return std::nullopt;
  return Figured{*sum.relative, sum.relative_low, sum.relative_high};
}

// The sum that the terminal tells too; then the year alone.
void put_sentence(Markup& page, const ReportInput& input, const std::string& alt, int year) {
  const AlternativeRecord* record = record_of(input, alt);
  const std::optional<ContrastCells> found = contrast_at(input, alt, "returns", year);
  page.open("p", {{"class", "lead"}});
  page.text(alternative_name(input, alt) + ": ");
  const auto put = [&](const Figured& value, const std::optional<Figured>& relative, const std::string& when) {
    page.element("strong", more(value));
    page.text(std::string(value.mean < 0 ? " fewer" : " more") + " returns to " + home_name(input) + ' ' + when +
              " than in the base" + behind(value, relative));
    page.text(unsure(value) ? ": it cannot be told whether there is a difference." : ".");
  };
  if (record != nullptr && !record->sums.empty()) {
    const auto beyond = [](const HeadlineSum& sum) { return sum.to_year > extrapolation_year; };
    const bool extrapolated = beyond(record->sums.back()) && record->sums.size() > 1;
    const HeadlineSum& sum = extrapolated ? *(record->sums.end() - 2) : record->sums.back();
    put(difference_of(sum), relative_of(sum), span(sum));
    if (found && sum.from_year < year) {
      page.text(" In " + std::to_string(year) + " alone it is " + signed_interval(found->difference) + '.');
    }
    if (extrapolated) {
      const HeadlineSum& last = record->sums.back();
      page.text(" To " + std::to_string(last.to_year) + ", by extrapolation, it is " +
                signed_interval(difference_of(last)) + '.');
    }
  } else if (found) {
    put(found->difference, found->relative, "in " + std::to_string(year));
  } else {
    page.text("no difference is defined for " + std::to_string(year) + '.');
  }
  page.close("p").line();
}

void put_claim(Markup& page, const ReportInput& input) {
  if (!input.record.claim) return;
  const ClaimRecord& claim = *input.record.claim;
  const double factor = claim.relative ? 100 : 1;
  const std::string unit = claim.relative ? " %" : "";
  std::string found = "not defined";
  if (claim.value) {
    const Figured value = times({*claim.value, claim.low, claim.high}, factor);
    const IntervalWords words = interval_words(value.mean, value.low, value.high, Sign::always);
    found = words.mean + unit + (words.bounds.empty() ? "" : " (95 % interval " + words.bounds + unit + ")");
  }
  page.open("p", {{"class", "stamp"}}).element("strong", "The claim " + claim.verdict + ": ").text(claim.text + ". ");
  page.text(claim.measure + ", " + std::to_string(claim.from_year) + " to " + std::to_string(claim.to_year) + ": " +
            found + "; claimed is " + (claim.at_least ? "at least " : "at most ") +
            interval_words(claim.threshold * factor, {}, {}, Sign::always).mean + unit + '.');
  page.close("p").line();
}

// The base, then side by side each alternative's note, and what it changes, side by side.
void put_scenarios(Markup& page, const ReportInput& input) {
  if (input.record.alternatives.empty()) return;
  page.element("p", "The base: " + (input.record.name.empty() ? input.record.file : input.record.name) + ", of " +
                        input.record.file + ". " + input.record.note);
  page.open("div", {{"class", "figures"}}).line();
  for (const AlternativeRecord& one : input.record.alternatives) {
    page.open("div").element("h3", one.name.empty() ? one.code : one.name).line();
    page.element("p", "In tables and figures: " + one.code + ", of " + one.file + '.', {{"class", "note"}});
    if (!one.note.empty()) page.element("p", one.note);
    if (!one.parted_by.empty()) {
      std::string words;
      for (const std::string& path : one.parted_by) words += (words.empty() ? "" : ", ") + path;
      page.element("p", "No common past with the base: " + words + '.', {{"class", "note"}});
    }
    page.element("p", one.differences.empty() ? "It changes nothing, after inheritance." : "What it changes, after inheritance:");
    constexpr std::size_t shown = 8;
    const auto put_list = [&](std::size_t from, std::size_t to) {
      page.open("ul", {{"class", "changes"}}).line();
      for (std::size_t i = from; i < to; ++i) page.element("li", one.differences[i]).line();
      page.close("ul").line();
    };
    if (!one.differences.empty()) put_list(0, std::min(shown, one.differences.size()));
    if (one.differences.size() > shown) {
      page.open("details").element("summary", "and " + std::to_string(one.differences.size() - shown) + " more");
      put_list(shown, one.differences.size());
      page.close("details").line();
    }
    page.close("div").line();
  }
  page.close("div").line();
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
  std::vector<std::vector<std::string>> rows{{"alternative less base"}};
  const std::vector<std::string> alts = alternatives_of(input);
  for (const std::string& alt : alts) rows[0].push_back(alternative_name(input, alt));
  std::size_t sums = 0;
  for (const AlternativeRecord& one : input.record.alternatives) sums = std::max(sums, one.sums.size());
  for (std::size_t i = 0; i < sums; ++i) {
    std::vector<std::string> row{"returns, summed"};
    for (const std::string& alt : alts) {
      const AlternativeRecord* record = record_of(input, alt);
      row.push_back(record != nullptr && i < record->sums.size()
                        ? signed_interval(difference_of(record->sums[i])) + ' ' + span(record->sums[i])
                        : "");
    }
    rows.push_back(std::move(row));
  }
  for (const auto& [measure, words] : measures) {
    std::vector<std::string> row{words + (", in " + std::to_string(year))};
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
  put_claim(page, input);
  for (const std::string& alt : alternatives_of(input)) put_sentence(page, input, alt, year);
  put_other_measures(page, input, year);
}

void put_comparison_sections(Markup& page, const ReportInput& input, const std::vector<SectionFigure>& figures) {
  if (!input.record.alternatives.empty()) {
    open_section(page, "scenarios", "What was compared");
    put_scenarios(page, input);
    close_section(page);
  }
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
