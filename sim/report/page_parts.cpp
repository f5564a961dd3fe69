#include "report/page_parts.h"

#include <algorithm>

namespace homeward {
namespace {

bool is_number(const std::string& cell) {
  return !cell.empty() && (cell[0] == '-' || (cell[0] >= '0' && cell[0] <= '9'));
}

// Columns whose cells are all numbers, or empty.
std::vector<bool> number_columns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<bool> numbers(rows.front().size(), rows.size() > 1);
  for (std::size_t row = 1; row < rows.size(); ++row) {
    for (std::size_t i = 0; i < rows[row].size() && i < numbers.size(); ++i) {
      if (!rows[row][i].empty() && !is_number(rows[row][i]) && rows[row][i] != "not defined") numbers[i] = false;
    }
  }
  return numbers;
}

}  // namespace

void put_table(Markup& page, const std::string& caption, const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return;
  const std::vector<bool> numbers = number_columns(rows);
  page.open("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption}});
  page.open("table").open("thead").open("tr");
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    Markup::Attributes attributes{{"scope", "col"}};
    if (numbers[i] && i > 0) attributes.push_back({"class", "n"});
    page.element("th", rows[0][i], attributes);
  }
  page.close("tr").close("thead").open("tbody").line();
  for (std::size_t row = 1; row < rows.size(); ++row) {
    page.open("tr");
    for (std::size_t i = 0; i < rows[row].size(); ++i) {
      if (i == 0) {
        page.element("th", rows[row][i], {{"scope", "row"}});
      } else if (i < numbers.size() && numbers[i]) {
        page.element("td", rows[row][i], {{"class", "n"}});
      } else {
        page.element("td", rows[row][i]);
      }
    }
    page.close("tr").line();
  }
  page.close("tbody").close("table").close("div").line();
}

void put_folded_table(Markup& page, const std::string& summary, const std::string& caption,
                      const std::vector<std::vector<std::string>>& rows) {
  page.open("details").element("summary", summary);
  put_table(page, caption, rows);
  page.close("details").line();
}

void put_figure(Markup& page, const Figure& figure) {
  page.open("figure", {{"id", figure.id}, {"class", figure.wide ? "wide" : "narrow"}});
  page.element("h3", figure.title).line();
  page.append(svg_of(figure));
  if (!figure.caption.empty()) page.element("figcaption", figure.caption).line();
  std::vector<std::vector<std::string>> rows = figure.table;
  if (rows.empty()) {
    rows = figure.data.rows;
    rows.insert(rows.begin(), figure.data.columns);
  }
  if (figure.rows_shown > 0 && rows.size() > 1) {
    const std::size_t shown = std::min(figure.rows_shown, rows.size() - 1);
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(shown) + 1;
    const std::vector<std::vector<std::string>> first(rows.begin(), end);
    put_table(page, "The first " + std::to_string(shown) + " of: " + figure.title, first);
  }
  put_folded_table(page, "The numbers", "The numbers of: " + figure.title, rows);
  page.close("figure").line();
}

void put_figures(Markup& page, const std::vector<SectionFigure>& figures, SectionFigure::Section section) {
  if (!has_figures(figures, section)) return;
  page.open("div", {{"class", "figures"}}).line();
  for (const SectionFigure& one : figures) {
    if (one.section == section) put_figure(page, one.figure);
  }
  page.close("div").line();
}

void put_explorer(Markup& page, const std::string& id, const std::string& name) {
  page.open("div", {{"class", "explorer"}, {"data-explore", id}, {"data-name", name}}).close("div").line();
}

bool has_figures(const std::vector<SectionFigure>& figures, SectionFigure::Section section) {
  return std::any_of(figures.begin(), figures.end(),
                     [&](const SectionFigure& one) { return one.section == section; });
}

void open_section(Markup& page, const char* id, const std::string& title) {
  page.open("section", {{"id", id}}).element("h2", title).line();
}

void close_section(Markup& page) { page.close("section").line(); }

std::string scale_words(double scale) {
  if (scale >= 1) return "every person simulated";
  return "one person in " + number_for_people(1 / scale) + " simulated";
}

}  // namespace homeward
