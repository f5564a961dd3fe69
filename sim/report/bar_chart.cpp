#include "report/bar_chart.h"

#include <algorithm>

namespace homeward {
namespace {

constexpr double width = 460, row_height = 27, bar_height = 15, legend_height = 22;

struct Frame {
  Axis axis;
  double left = 0, right = 0, top = 0;
  double x(double value) const { return axis.place(value, left, right); }
};

// The least and the most that a chart shows; 0 is always between.
std::pair<double, double> reach(const BarChart& chart) {
  double low = std::min(0.0, chart.least), high = std::max(0.0, chart.most);
  for (const BarRow& row : chart.rows) {
    for (const BarPart& part : row.parts) {
      low = std::min({low, part.from, part.to, row.low.value_or(0)});
      high = std::max({high, part.from, part.to, row.high.value_or(0)});
    }
  }
  return {low, high};
}

Frame frame_of(const BarChart& chart) {
  double name_width = 40, number_width = 24;
  for (const BarRow& row : chart.rows) {
    name_width = std::max(name_width, text_width(row.name));
    number_width = std::max(number_width, text_width(row.text));
  }
  const auto [low, high] = reach(chart);
  name_width = std::min(name_width, 170.0);
  number_width = std::min(number_width, 165.0);
  return {Axis(low, high, 3), name_width + 8, width - number_width - 12, chart.legend.empty() ? 6 : legend_height + 6};
}

void draw_legend(const BarChart& chart, Markup& svg) {
  double at = 4;
  for (const BarPart& part : chart.legend) {
    svg.leaf("rect", {{"class", "bar f" + part.colour}, {"x", coordinate(at)}, {"y", "4"}, {"width", "12"},
                      {"height", "12"}});
    svg.element("text", part.name, {{"class", "name"}, {"x", coordinate(at + 17)}, {"y", "14"}});
    at += 17 + text_width(part.name) + 14;
  }
  svg.line();
}

void draw_grid(const Frame& frame, double bottom, Markup& svg) {
  for (double value = frame.axis.low; value <= frame.axis.high + frame.axis.step / 2; value += frame.axis.step) {
    svg.leaf("path", {{"class", value == 0 ? "zero" : "grid"},
                      {"d", "M" + coordinate(frame.x(value)) + ' ' + coordinate(frame.top) + 'V' + coordinate(bottom)}});
    svg.element("text", number_for_people(value),
                {{"class", "tick x"}, {"x", coordinate(frame.x(value))}, {"y", coordinate(bottom + 15)}});
  }
  svg.line();
}

void draw_row(const BarRow& row, const Frame& frame, double top, Markup& svg) {
  const double middle = top + row_height / 2, text_line = middle + 4;
  svg.element("text", row.name, {{"class", "tick y"}, {"x", coordinate(frame.left - 6)}, {"y", coordinate(text_line)}});
  double end = frame.x(0);
  for (const BarPart& part : row.parts) {
    const double from = frame.x(std::min(part.from, part.to)), to = frame.x(std::max(part.from, part.to));
    end = std::max(end, to);
    svg.open("rect", {{"class", "bar f" + part.colour},
                      {"data-row", row.name},
                      {"x", coordinate(from)},
                      {"y", coordinate(middle - bar_height / 2)},
                      {"width", coordinate(to - from)},
                      {"height", coordinate(bar_height)}});
    svg.element("title", row.name + ": " + (part.name.empty() ? row.text : part.name)).close("rect");
  }
  if (row.low && row.high) {
    const double low = frame.x(*row.low), high = frame.x(*row.high);
    end = std::max(end, high);
    svg.leaf("path", {{"class", "whisker"},
                      {"d", "M" + coordinate(low) + ' ' + coordinate(middle) + 'H' + coordinate(high) + 'M' +
                                coordinate(low) + ' ' + coordinate(middle - 4) + "v8M" + coordinate(high) + ' ' +
                                coordinate(middle - 4) + "v8"}});
  }
  svg.element("text", row.text,
              {{"class", "name"}, {"x", coordinate(frame.right + 8)}, {"y", coordinate(text_line)}});
  svg.line();
}

}  // namespace

void share_axis(std::vector<BarChart>& charts) {
  double least = 0, most = 0;
  for (const BarChart& chart : charts) {
    const auto [low, high] = reach(chart);
    least = std::min(least, low);
    most = std::max(most, high);
  }
  for (BarChart& chart : charts) chart.least = least, chart.most = most;
}

Figure draw(const BarChart& chart) {
  Figure figure;
  figure.id = chart.id;
  figure.title = chart.title;
  figure.caption = chart.caption;
  figure.description = chart.description;
  const Frame frame = frame_of(chart);
  const double bottom = frame.top + row_height * static_cast<double>(chart.rows.size());
  if (!chart.legend.empty()) draw_legend(chart, figure.drawing);
  draw_grid(frame, bottom, figure.drawing);
  for (std::size_t i = 0; i < chart.rows.size(); ++i) {
    draw_row(chart.rows[i], frame, frame.top + row_height * static_cast<double>(i), figure.drawing);
  }
  figure.width = width;
  figure.height = bottom + 22;
  figure.data = chart.data;
  figure.table = chart.table;
  return figure;
}

}  // namespace homeward
