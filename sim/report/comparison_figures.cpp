#include "report/comparison_figures.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/years.h"
#include "report/bar_chart.h"
#include "report/csv.h"
#include "report/line_chart.h"
#include "report/scatter_chart.h"

namespace homeward {
namespace {

using Section = SectionFigure::Section;

// The colour of each category of the ledger, and what it says.
struct CategoryLook {
  const char *category, *colour, *words;
};
constexpr CategoryLook categories[] = {{"always", "grey", "always: in the same year in both"},
                                       {"additional", "c0", "additional: in the alternative only"},
                                       {"induced", "c6", "induced: additional, through others"},
                                       {"accelerated", "c2", "accelerated: earlier"},
                                       {"delayed", "c4", "delayed: later"},
                                       {"deterred", "c1", "deterred: in the base only"},
                                       {"displaced", "c3", "displaced: lost a post"},
                                       {"unmatched", "grey", "unmatched: in one world only"}};

const char* colour_of_basis(std::string_view informed_by) {
  return informed_by == "data" ? "c2" : informed_by == "prior" ? "c1" : informed_by == "mixed" ? "c4" : "grey";
}

// A code as part of an id and of the name of a file; its place keeps two apart that read alike.
std::string id_of(const std::vector<std::string>& alts, const std::string& alt) {
  std::string id;
  for (const char c : alt) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    id += plain ? c : '-';
  }
  const auto place = std::find(alts.begin(), alts.end(), alt) - alts.begin();
  return id == alt ? id : id + '-' + std::to_string(place + 1);
}

std::string short_lever(std::string_view lever) {
  return std::string(lever.starts_with("policy.") ? lever.substr(7) : lever);
}

// Cells of one table, by name.
class Cells {
 public:
  Cells(const ResultTable& table, std::size_t row) : table_(table), row_(row) {}
  std::string text(const char* column) const { return std::string(table_.text(row_, table_.column(column))); }
  double number(const char* column) const { return table_.number(row_, table_.column(column)); }
  int integer(const char* column) const { return table_.integer(row_, table_.column(column)); }
  std::optional<double> defined(const char* column) const {
    const double value = number(column);
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
  }
  std::string for_people(const char* mean, const char* low = nullptr, const char* high = nullptr) const {
    if (!defined(mean)) return "";
    return interval_for_people(number(mean), low != nullptr ? defined(low) : std::nullopt,
                               high != nullptr ? defined(high) : std::nullopt);
  }

 private:
  const ResultTable& table_;
  std::size_t row_;
};

class ComparisonFigures {
 public:
  explicit ComparisonFigures(const ReportInput& input) : input_(input), alts_(alternatives_of(input)) {}

  std::vector<SectionFigure> make() {
    contrast("difference", "returns", "Returns more than in the base, persons a year", "persons a year");
    contrast("difference-home", "stock_returned", "Returnees at home more than in the base, persons", "persons");
    contrast("difference-spending", "spending", "Spending more than in the base, USD of 2025 a year",
             "USD of 2025 a year");
    if (const ResultTable* table = input_.find("ledger.csv")) {
      side_by_side(Section::ledger, [&](const std::string& alt) { return ledger(*table, alt); });
      side_by_side(Section::ledger, [&](const std::string& alt) { return who(*table, alt, "class"); });
      side_by_side(Section::ledger, [&](const std::string& alt) { return who(*table, alt, "education"); });
    }
    if (const ResultTable* table = input_.find("attribution.csv")) {
      side_by_side(Section::attribution, [&](const std::string& alt) { return attribution(*table, alt); });
    }
    if (const ResultTable* table = input_.find("interactions.csv")) {
      side_by_side(Section::attribution, [&](const std::string& alt) { return interactions(*table, alt); });
    }
    if (const ResultTable* table = input_.find("frontier.csv")) frontier(*table);
    return std::move(figures_);
  }

 private:
  void add(Section section, Figure figure) { figures_.push_back({section, std::move(figure)}); }
  std::string name(std::string_view alt) const { return alternative_name(input_, alt); }
  // Before a title where there are several alternatives.
  std::string of(const std::string& alt) const { return alts_.size() > 1 ? alt + ": " : ""; }

  // One chart an alternative, on one scale, so that they can be held against one another.
  template <class Make>
  void side_by_side(Section section, Make make) {
    std::vector<BarChart> charts;
    for (const std::string& alt : alts_) {
      if (BarChart chart = make(alt); !chart.rows.empty()) charts.push_back(std::move(chart));
    }
    share_axis(charts);
    for (const BarChart& chart : charts) add(section, draw(chart));
  }

  void contrast(const char* id, const std::string& measure, const char* title, const char* unit) {
    const ResultTable& table = *input_.find("contrast.csv");
    LineChart chart{id, title, "Paired differences, alternative less base; bands are their 95 % intervals.", {},
                    extrapolation_year, unit};
    const int from = parting(table, measure) - 1;  // nothing differs before
    bool any = false;
    for (const std::string& alt : alts_) {
      Line line{alt, {}, false};
      for (std::size_t row = 0; row < table.rows(); ++row) {
        const Cells cells(table, row);
        if (table.text(row, table.column("measure")) != measure || cells.text("alt") != alt) continue;
        const std::optional<double> mean = cells.defined("difference");
        if (!mean || cells.integer("year") < from) continue;
        line.points.push_back({cells.integer("year"), *mean, cells.defined("lo95"), cells.defined("hi95")});
        any = any || *mean != 0;
      }
      chart.lines.push_back(std::move(line));
    }
    if (any) add(Section::contrast, draw(chart));
  }

  // The first year in which a measure differs; that of the table where it never does.
  static int parting(const ResultTable& table, const std::string& measure) {
    int first = last_year + 1;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (table.text(row, table.column("measure")) != measure) continue;
      const double value = table.number(row, table.column("difference"));
      if (std::isfinite(value) && value != 0) first = std::min(first, table.integer(row, table.column("year")));
    }
    return first > last_year ? first_year : first;
  }

  BarChart ledger(const ResultTable& table, const std::string& alt) const {
    std::map<std::string, std::pair<double, double>> sums;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (table.text(row, table.column("alt")) != alt) continue;
      auto& [base, other] = sums[std::string(table.text(row, table.column("category")))];
      base += table.number(row, table.column("base_returns"));
      other += table.number(row, table.column("alt_returns"));
    }
    if (sums.empty()) return {};
    BarChart chart;
    chart.id = "ledger-" + id_of(alts_, alt);
    chart.title = of(alt) + "What became of the returns, persons over all years";
    chart.caption = "Each person is set beside the same person in the base. Sums of the means of ledger.csv, where "
                    "each row has its interval; those who come in the same year in both are in the numbers below.";
    chart.data.columns = {"category", "base_returns", "alt_returns"};
    chart.table.push_back({"what became of them", "in the base", "in the alternative"});
    for (const CategoryLook& look : categories) {
      const auto found = sums.find(look.category);
      if (found == sums.end()) continue;
      const auto [base, other] = found->second;
      chart.data.rows.push_back({look.category, cell_text(base), cell_text(other)});
      chart.table.push_back({look.words, number_for_people(base), number_for_people(other)});
      if (std::string_view(look.category) == "always") continue;
      const bool lost = other == 0 && base > 0;
      const double shown = lost ? -base : other;
      chart.rows.push_back({look.category, {{look.words, 0, shown, look.colour}}, {}, {}, number_for_people(shown)});
      chart.description += std::string(look.words) + ": " + number_for_people(shown) + ". ";
    }
    return chart;
  }

  // Alternative less base, by the words of a dimension.
  BarChart who(const ResultTable& table, const std::string& alt, const char* dimension) const {
    std::vector<std::pair<std::string, double>> sums;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const Cells cells(table, row);
      if (cells.text("alt") != alt) continue;
      const std::string word = cells.text(dimension);
      auto found = std::find_if(sums.begin(), sums.end(), [&](const auto& one) { return one.first == word; });
      if (found == sums.end()) found = sums.insert(sums.end(), {word, 0.0});
      found->second += cells.number("alt_returns") - cells.number("base_returns");
    }
    if (sums.empty()) return {};
    std::stable_sort(sums.begin(), sums.end(), [](const auto& a, const auto& b) {
      return (a.first == "other") != (b.first == "other") ? b.first == "other" : a.second > b.second;
    });
    double all = 0, pooled = 0;
    for (const auto& [word, sum] : sums) (word == "other" ? pooled : all) += std::fabs(sum);
    BarChart chart;
    chart.id = "net-" + std::string(dimension) + '-' + id_of(alts_, alt);
    chart.title = of(alt) + "More returns than in the base by " + dimension + ", persons over all years";
    chart.caption = "Sums of the means of ledger.csv. Other: cells of fewer than 10 synthetic persons, pooled.";
    if (pooled > 0.1 * all) {
      chart.caption += " Too much is pooled for these bars to say who they are: compare again with --show-small-cells, "
                       "or with more people (--scale).";
    }
    chart.data.columns = {dimension, "difference"};
    chart.table.push_back({dimension, "more returns than in the base"});
    for (const auto& [word, sum] : sums) {
      const std::string text = number_for_people(sum);
      chart.rows.push_back({word, {{"", 0, sum, word == "other" ? "grey" : "c0"}}, {}, {}, text});
      chart.data.rows.push_back({word, cell_text(sum)});
      chart.table.push_back({word, text});
      chart.description += word + ": " + text + ". ";
    }
    return chart;
  }

  // The levers one after another, each from where the one before ended.
  BarChart attribution(const ResultTable& table, const std::string& alt) const {
    BarChart chart;
    chart.id = "attribution-" + id_of(alts_, alt);
    chart.title = of(alt) + "Which lever earned the difference in returns, persons over all years";
    chart.caption = "Shapley values: the mean of what a lever adds, over all orders of adding them, with its paired "
                    "95 % "
                    "interval. Where only a prior informs a lever, its share follows from what was assumed.";
    chart.legend = {{"data", 0, 0, "c2"}, {"data and prior", 0, 0, "c4"}, {"prior only", 0, 0, "c1"}};
    chart.data.columns = {"lever", "shapley", "lo95", "hi95", "informed_by"};
    chart.table.push_back({"lever", "share of the difference", "informed by"});
    double reached = 0;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const Cells cells(table, row);
      if (cells.text("alt") != alt || cells.text("measure") != "returns" || !cells.defined("shapley")) continue;
      const double value = cells.number("shapley");
      const std::optional<double> low = cells.defined("lo95"), high = cells.defined("hi95");
      const auto moved = [&](const std::optional<double>& bound) {
        return bound ? std::optional<double>(reached + *bound) : std::nullopt;
      };
      const std::string lever = short_lever(cells.text("lever")), text = interval_for_people(value, low, high);
      chart.rows.push_back({lever, {{text, reached, reached + value, colour_of_basis(cells.text("informed_by"))}},
                            moved(low), moved(high), number_for_people(value)});
      chart.data.rows.push_back({cells.text("lever"), cell_text(value), cell_text(low), cell_text(high),
                                 cells.text("informed_by")});
      chart.table.push_back({cells.text("lever"), text, cells.text("informed_by")});
      chart.description += lever + ": " + text + ", informed by " + cells.text("informed_by") + ". ";
      reached += value;
    }
    if (chart.rows.empty()) return chart;
    if (chart.rows.size() > 1) {
      const std::string text = number_for_people(reached);
      chart.rows.push_back({"all together", {{text, 0, reached, "grey"}}, {}, {}, text});
      chart.table.push_back({"all together", text, ""});
    }
    return chart;
  }

  BarChart interactions(const ResultTable& table, const std::string& alt) const {
    BarChart chart;
    chart.id = "interactions-" + id_of(alts_, alt);
    chart.title = of(alt) + "What two levers do together beyond each alone, persons over all years";
    chart.caption = "Above 0 they help one another; below 0 they want the same people.";
    chart.data.columns = {"lever_a", "lever_b", "value", "lo95", "hi95"};
    chart.table.push_back({"levers", "together beyond each alone"});
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const Cells cells(table, row);
      if (cells.text("alt") != alt || cells.text("measure") != "returns" || !cells.defined("value")) continue;
      const std::string both = short_lever(cells.text("lever_a")) + " + " + short_lever(cells.text("lever_b"));
      const std::string text = cells.for_people("value", "lo95", "hi95");
      chart.rows.push_back({both, {{text, 0, cells.number("value"), "c5"}}, cells.defined("lo95"),
                            cells.defined("hi95"), cells.for_people("value")});
      chart.data.rows.push_back({cells.text("lever_a"), cells.text("lever_b"), cells.text("value"), cells.text("lo95"),
                                 cells.text("hi95")});
      chart.table.push_back({both, text});
      chart.description += both + ": " + text + ". ";
    }
    return chart;
  }

  void frontier(const ResultTable& table) {
    ScatterChart chart;
    chart.id = "frontier";
    chart.title = "The cost frontier: returnees still home after three years, and what they cost";
    chart.caption = "Against the base. A hollow point is dominated: another alternative, or doing nothing, is no "
                    "dearer "
                    "and keeps no fewer.";
    chart.x_title = "spending, USD of 2025";
    chart.y_title = "additional returnees still home after 3 years";
    chart.names = Names::at_points;
    chart.colours = {"alternative"};
    chart.data.columns = table.header();
    chart.table.push_back({"alternative", "spending, USD", "still home after 3 years", "dominated by"});
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const Cells cells(table, row);
      if (!cells.defined("spend_usd") || !cells.defined("retained_3y")) continue;
      std::string beaten = cells.text("dominated_by");
      if (beaten == "BASE") beaten = "the base";
      if (!beaten.empty()) beaten += cells.text("sure") == "yes" ? ", surely" : ", not surely";
      chart.points.push_back({cells.text("alt"), cells.number("spend_usd"), cells.number("retained_3y"),
                              cells.defined("spend_lo95"), cells.defined("spend_hi95"), cells.defined("retained_lo95"),
                              cells.defined("retained_hi95"), 0, !beaten.empty()});
      std::vector<std::string> line;
      for (const std::string& column : table.header()) line.push_back(cells.text(column.c_str()));
      chart.data.rows.push_back(std::move(line));
      chart.table.push_back({name(cells.text("alt")), cells.for_people("spend_usd", "spend_lo95", "spend_hi95"),
                             cells.for_people("retained_3y", "retained_lo95", "retained_hi95"), beaten});
    }
    if (!chart.points.empty()) add(Section::cost, draw(chart));
  }

  const ReportInput& input_;
  std::vector<std::string> alts_;
  std::vector<SectionFigure> figures_;
};

}  // namespace

std::vector<SectionFigure> comparison_figures(const ReportInput& input) {
  if (input.find("contrast.csv") == nullptr) return {};
  return ComparisonFigures(input).make();
}

std::string alternative_name(const ReportInput& input, std::string_view alt) {
  for (const AlternativeRecord& one : input.record.alternatives) {
    if (one.code == alt && !one.name.empty()) return one.name;
  }
  return std::string(alt);
}

std::optional<ContrastCells> contrast_at(const ReportInput& input, std::string_view alt, std::string_view measure,
                                         int year) {
  const ResultTable* table = input.find("contrast.csv");
  if (table == nullptr) return std::nullopt;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const Cells cells(*table, row);
    if (cells.text("alt") != alt || cells.text("measure") != measure || cells.integer("year") != year) continue;
    if (!cells.defined("difference")) return std::nullopt;
    ContrastCells found{{cells.number("difference"), cells.defined("lo95"), cells.defined("hi95")}, {}};
    if (cells.defined("relative")) {
      found.relative = {cells.number("relative"), cells.defined("relative_lo95"), cells.defined("relative_hi95")};
    }
    return found;
  }
  return std::nullopt;
}

std::vector<std::string> alternatives_of(const ReportInput& input) {
  std::vector<std::string> alts;
  const ResultTable* table = input.find("contrast.csv");
  for (std::size_t row = 0; table != nullptr && row < table->rows(); ++row) {
    const std::string_view alt = table->text(row, table->column("alt"));
    if (std::find(alts.begin(), alts.end(), alt) == alts.end()) alts.emplace_back(alt);
  }
  return alts;
}

}  // namespace homeward
