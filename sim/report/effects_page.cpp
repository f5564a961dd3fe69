#include "report/effects_page.h"

#include <algorithm>

#include "base/years.h"
#include "report/line_chart.h"
#include "report/page_parts.h"

namespace homeward {
namespace {

using Section = SectionFigure::Section;

// effects.csv, row by row.
class Effects {
 public:
  explicit Effects(const ResultTable& table) : table_(table) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
      add(alts_, text(row, "alt"));
      add(measures_, text(row, "measure"));
      const int year = table.integer(row, table.column("year"));
      if (year <= extrapolation_year || headline_ == 0) headline_ = std::max(headline_, year);
    }
  }

  const std::vector<std::string>& alts() const { return alts_; }
  const std::vector<std::string>& measures() const { return measures_; }
  int headline() const { return headline_; }
  // Settled returns where the sweep has them, else its first measure.
  std::string main_measure() const {
    const std::string returns = "returns_settled";
    return std::find(measures_.begin(), measures_.end(), returns) == measures_.end() ? measures_.front() : returns;
  }
  std::string text(std::size_t row, const char* column) const {
    return std::string(table_.text(row, table_.column(column)));
  }
  double number(std::size_t row, const char* column) const { return table_.number(row, table_.column(column)); }
  int year(std::size_t row) const { return table_.integer(row, table_.column("year")); }
  std::size_t size() const { return table_.rows(); }

 private:
  static void add(std::vector<std::string>& words, const std::string& word) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }

  const ResultTable& table_;
  std::vector<std::string> alts_, measures_;
  int headline_ = 0;
};

std::string percent(double share) { return number_for_people(100 * share) + " %"; }

}  // namespace

std::vector<SectionFigure> effect_figures(const ReportInput& input) {
  const ResultTable* table = input.find("effects.csv");
  if (table == nullptr || table->rows() == 0) return {};
  const Effects effects(*table);
  const std::string measure = effects.main_measure();
  LineChart chart{"effect-lines", "What is changed in " + measure + ", by year",
                  "Lines are medians over the points of the design, bands reach from their 5 % to their 95 % quantile.",
                  {}, extrapolation_year, ""};
  for (const std::string& alt : effects.alts()) {
    Line line{alt, {}, false};
    for (std::size_t row = 0; row < effects.size(); ++row) {
      if (effects.text(row, "alt") != alt || effects.text(row, "measure") != measure ||
          effects.text(row, "span") != "in")
        continue;
      line.points.push_back(
          {effects.year(row), effects.number(row, "p50"), effects.number(row, "p05"), effects.number(row, "p95")});
      chart.unit = effects.text(row, "unit");
    }
    chart.lines.push_back(std::move(line));
  }
  return {{Section::effects, draw(chart)}};
}

void put_effects(Markup& page, const ReportInput& input, const std::vector<SectionFigure>& figures) {
  const ResultTable* table = input.find("effects.csv");
  if (table == nullptr) return;
  open_section(page, "effects", "What policies change");
  if (table->rows() == 0) {
    page.element("p", "No point has both a scenario and the base.");
    close_section(page);
    return;
  }
  const Effects effects(*table);
  const int year = effects.headline();
  std::vector<std::vector<std::string>> rows{{"scenario", "measure", "span", "median", "5 % to 95 %", "above 0 at",
                                              "spread by chance", "points"}};
  for (std::size_t row = 0; row < effects.size(); ++row) {
    if (effects.year(row) != year) continue;
    const double chance = effects.number(row, "chance_sd");
    rows.push_back({effects.text(row, "alt"), effects.text(row, "measure") + ", " + effects.text(row, "unit"),
                    (effects.text(row, "span") == "by" ? "up to " : "in ") + std::to_string(year),
                    number_for_people(effects.number(row, "p50")),
                    number_for_people(effects.number(row, "p05")) + " to " +
                        number_for_people(effects.number(row, "p95")),
                    percent(effects.number(row, "positive")), chance == chance ? number_for_people(chance) : "not known",
                    effects.text(row, "points")});
  }
  put_figures(page, figures, Section::effects);
  put_table(page, "Differences to the base over the points of the design", rows);
  page.element("p",
               "At every point each scenario is compared with the base at the same parameters and with the same random "
               "numbers. The spread is that of the design: it is the uncertainty of the effect only where the design "
               "draws what is uncertain, as uncertain as it is. Spread by chance: the standard error of a point, which "
               "more replicates make smaller.",
               {{"class", "note"}});
  close_section(page);
}

}  // namespace homeward
