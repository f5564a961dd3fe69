#include "report/line_chart.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "report/csv.h"
#include "report/exploration.h"

namespace homeward {
namespace {

constexpr double width = 460, height = 300;
constexpr double top = 14, bottom = 268;
constexpr double label_height = 14, letter_height = 4;

class Drawing {
 public:
  explicit Drawing(const LineChart& chart) : chart_(chart), axis_(scale(chart)) {
    for (const double value : {axis_.low, axis_.high - axis_.step, axis_.high}) {
      left_ = std::max(left_, text_width(number_for_people(value)) + 8);
    }
    for (const Line& line : chart.lines) {
      right_ = std::min(right_, width - 12 - text_width(line.name));
      for (const LinePoint& point : line.points) {
        from_ = std::min(from_, point.year);
        to_ = std::max(to_, point.year);
      }
    }
    right_ = std::max(right_, 260.0);
    if (from_ > to_) from_ = to_ = 0;
  }

  Markup draw() {
    grid();
    for (std::size_t i = 0; i < chart_.lines.size(); ++i) band(i);
    for (std::size_t i = 0; i < chart_.lines.size(); ++i) line(i);
    labels();
    hits();
    return std::move(svg_);
  }

 private:
  static Axis scale(const LineChart& chart) {
    double low = 0, high = 0;
    for (const Line& line : chart.lines) {
      for (const LinePoint& point : line.points) {
        low = std::min(low, point.mean);  // the band of a small count may reach below 0; the axis need not
        high = std::max(high, point.high.value_or(point.mean));
      }
    }
    return Axis(low, high, 5);
  }

  double x(int year) const { return to_ == from_ ? left_ : left_ + (right_ - left_) * (year - from_) / (to_ - from_); }
  double y(double value) const { return axis_.place(std::max(value, axis_.low), bottom, top); }
  std::string point(int year, double value) const { return coordinate(x(year)) + ' ' + coordinate(y(value)); }
  std::string colour(std::size_t line) const {
    return chart_.lines[line].grey ? "grey" : "c" + std::to_string(line % 7);
  }

  void grid() {
    if (to_ > chart_.extrapolated_after) {
      const double start = x(std::max(from_, chart_.extrapolated_after));
      svg_.leaf("rect", {{"class", "beyond"},
                         {"x", coordinate(start)},
                         {"y", coordinate(top)},
                         {"width", coordinate(right_ - start)},
                         {"height", coordinate(bottom - top)}});
      svg_.element("text", "extrapolation",
                   {{"class", "faint"}, {"x", coordinate(start + 3)}, {"y", coordinate(top - 4)}});
    }
    for (double value = axis_.low; value <= axis_.high + axis_.step / 2; value += axis_.step) {
      svg_.leaf("path", {{"class", value == 0 ? "zero" : "grid"},
                         {"d", "M" + coordinate(left_) + ' ' + coordinate(y(value)) + 'H' + coordinate(right_)}});
      svg_.element("text", number_for_people(value),
                   {{"class", "tick y"}, {"x", coordinate(left_ - 6)}, {"y", coordinate(y(value) + letter_height)}});
    }
    const int step = to_ - from_ > 25 ? 10 : to_ - from_ > 8 ? 5 : 1;
    for (int year = from_; year <= to_; ++year) {
      if (year % step != 0) continue;
      svg_.element("text", std::to_string(year),
                   {{"class", "tick x"}, {"x", coordinate(x(year))}, {"y", coordinate(bottom + 18)}});
    }
    svg_.line();
  }

  void band(std::size_t index) {
    std::string there, back;
    for (const LinePoint& one : chart_.lines[index].points) {
      if (!one.low || !one.high) continue;
      there += (there.empty() ? 'M' : 'L') + point(one.year, *one.high);
      back = 'L' + point(one.year, *one.low) + back;
    }
    if (!there.empty()) svg_.leaf("path", {{"class", "band f" + colour(index)}, {"d", there + back + 'Z'}}).line();
  }

  void line(std::size_t index) {
    std::string path;
    for (const LinePoint& one : chart_.lines[index].points) {
      path += (path.empty() ? 'M' : 'L') + point(one.year, one.mean);
    }
    if (path.empty()) return;
    svg_.leaf("path", {{"class", "line s" + colour(index)}, {"data-name", chart_.lines[index].name}, {"d", path}});
    svg_.line();
  }

  // Names at the ends of the lines, pushed apart where they would overlap.
  void labels() {
    std::vector<std::pair<double, std::size_t>> ends;
    for (std::size_t i = 0; i < chart_.lines.size(); ++i) {
      if (!chart_.lines[i].points.empty()) ends.push_back({y(chart_.lines[i].points.back().mean), i});
    }
    std::sort(ends.begin(), ends.end());
    double free = top;
    for (auto& [place, line] : ends) {
      place = std::max(place, free);
      free = place + label_height;
    }
    double most = bottom;
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
      end->first = std::min(end->first, most);
      most = end->first - label_height;
    }
    for (const auto& [place, index] : ends) {
      const LinePoint& last = chart_.lines[index].points.back();
      svg_.leaf("path", {{"class", "leader s" + colour(index)},
                         {"d", "M" + point(last.year, last.mean) + 'L' + coordinate(right_ + 7) + ' ' +
                                   coordinate(place)}});
      svg_.element("text", chart_.lines[index].name,
                   {{"class", "name"}, {"x", coordinate(right_ + 10)}, {"y", coordinate(place + letter_height)}});
    }
    svg_.line();
  }

  // Strips that show the numbers of a year where a pointer rests on them.
  void hits() {
    const double step = to_ == from_ ? right_ - left_ : (right_ - left_) / (to_ - from_);
    for (int year = from_; year <= to_; ++year) {
      std::string words = std::to_string(year);
      for (const Line& line : chart_.lines) {
        for (const LinePoint& one : line.points) {
          if (one.year == year) words += '\n' + line.name + ": " + interval_for_people(one.mean, one.low, one.high);
        }
      }
      svg_.open("rect", {{"class", "hit"},
                         {"x", coordinate(x(year) - step / 2)},
                         {"y", coordinate(top)},
                         {"width", coordinate(step)},
                         {"height", coordinate(bottom - top)}});
      svg_.element("title", words).close("rect");
    }
    svg_.line();
  }

  const LineChart& chart_;
  Axis axis_;
  Markup svg_;
  double left_ = 30, right_ = width - 20;
  int from_ = 9999, to_ = 0;
};

std::string bound(const std::optional<double>& value) { return cell_text(value); }

void put_numbers(const LineChart& chart, Figure& figure) {
  figure.data.columns = {"series", "year", "mean", "lo95", "hi95"};
  figure.table.push_back({"year"});
  std::map<int, std::vector<std::string>> years;
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    figure.table[0].push_back(chart.lines[i].name);
    for (const LinePoint& one : chart.lines[i].points) {
      figure.data.rows.push_back({chart.lines[i].name, std::to_string(one.year), cell_text(one.mean), bound(one.low),
                                  bound(one.high)});
      std::vector<std::string>& row = years[one.year];
      row.resize(chart.lines.size());
      row[i] = interval_for_people(one.mean, one.low, one.high);
    }
  }
  for (auto& [year, cells] : years) {
    cells.insert(cells.begin(), std::to_string(year));
    figure.table.push_back(cells);
  }
}

std::string words_of(const LineChart& chart) {
  std::string words;
  for (const Line& line : chart.lines) {
    if (line.points.empty()) continue;
    const LinePoint &first = line.points.front(), &last = line.points.back();
    words += (words.empty() ? "" : " ") + line.name + ": from " + number_for_people(first.mean) + " in " +
             std::to_string(first.year) + " to " + interval_for_people(last.mean, last.low, last.high) + " in " +
             std::to_string(last.year) + '.';
  }
  return words;
}

}  // namespace

Figure draw(const LineChart& chart) {
  Figure figure;
  figure.id = chart.id;
  figure.title = chart.title;
  figure.caption = chart.caption;
  figure.description = words_of(chart);
  figure.width = width;
  figure.height = height;
  figure.drawing = Drawing(chart).draw();
  put_numbers(chart, figure);
  figure.exploration = explore_lines(chart);
  return figure;
}

}  // namespace homeward
