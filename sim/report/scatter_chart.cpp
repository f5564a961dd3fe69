#include "report/scatter_chart.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace homeward {
namespace {

constexpr double width = 460, height = 320, bottom = 262, label_gap = 8;

// Ticks that need not begin at 0, since points need no common foot.
struct Range {
  double low, high, step;
  double place(double value, double start, double end) const {
    return start + (value - low) / (high - low) * (end - start);
  }
};

Range range_of(double low, double high) {
  if (!(low <= high)) return {0, 1, 1};
  if (low > 0 && low < 0.4 * high) low = 0;
  if (high < 0 && high > 0.4 * low) high = 0;
  if (low == high) return {low - 1, high + 1, 1};
  const double step = Axis(0, (high - low), 4).step;
  return {std::floor(low / step) * step, std::ceil(high / step) * step, step};
}

class Drawing {
 public:
  explicit Drawing(const ScatterChart& chart) : chart_(chart) {
    const double infinite = std::numeric_limits<double>::infinity();
    double x_low = infinite, x_high = -infinite, y_low = infinite, y_high = -infinite;
    for (const ScatterPoint& point : chart.points) {
      const bool whiskers = chart.marks == Marks::each;
      x_low = std::min(x_low, whiskers ? point.x_low.value_or(point.x) : point.x);
      x_high = std::max(x_high, whiskers ? point.x_high.value_or(point.x) : point.x);
      y_low = std::min(y_low, whiskers ? point.y_low.value_or(point.y) : point.y);
      y_high = std::max(y_high, whiskers ? point.y_high.value_or(point.y) : point.y);
    }
    x_ = chart.x_words.empty() ? range_of(x_low, x_high)
                               : Range{-0.5, static_cast<double>(chart.x_words.size()) - 0.5, 1};
    y_ = range_of(y_low, y_high);
    for (double value = y_.low; value <= y_.high + y_.step / 2; value += y_.step) {
      left_ = std::max(left_, text_width(number_for_people(value)) + 10);
    }
    if (chart.colours.size() > 1) top_ = 48;
  }

  Markup draw() {
    if (chart_.colours.size() > 1) legend();
    grid();
    if (chart_.marks == Marks::together) {
      for (std::size_t i = 0; i < std::max<std::size_t>(1, chart_.colours.size()); ++i) dots(i);
    } else {
      for (const ScatterPoint& point : chart_.points) mark(point);
    }
    if (chart_.names == Names::at_points) names();
    return std::move(svg_);
  }

 private:
  double x(double value) const { return x_.place(value, left_, right_); }
  double y(double value) const { return y_.place(value, bottom, top_); }

  void legend() {
    double at = 4;
    for (std::size_t i = 0; i < chart_.colours.size() && at < width - 60; ++i) {
      svg_.leaf("circle", {{"class", "point fc" + std::to_string(i % 7)}, {"cx", coordinate(at + 5)}, {"cy", "12"},
                           {"r", "5"}});
      svg_.element("text", chart_.colours[i], {{"class", "name"}, {"x", coordinate(at + 14)}, {"y", "16"}});
      at += 26 + text_width(chart_.colours[i]);
    }
    svg_.line();
  }

  void grid() {
    for (double value = y_.low; value <= y_.high + y_.step / 2; value += y_.step) {
      svg_.leaf("path", {{"class", std::abs(value) < y_.step / 2 ? "zero" : "grid"},
                         {"d", "M" + coordinate(left_) + ' ' + coordinate(y(value)) + 'H' + coordinate(right_)}});
      svg_.element("text", number_for_people(std::abs(value) < y_.step * 1e-9 ? 0 : value),
                   {{"class", "tick y"}, {"x", coordinate(left_ - 6)}, {"y", coordinate(y(value) + 4)}});
    }
    svg_.leaf("path", {{"class", "grid"},
                       {"d", "M" + coordinate(left_) + ' ' + coordinate(bottom) + 'H' + coordinate(right_)}});
    if (chart_.x_words.empty()) {
      double taken = -1;
      for (double value = x_.low; value <= x_.high + x_.step / 2; value += x_.step) {
        const std::string text = number_for_people(std::abs(value) < x_.step * 1e-9 ? 0 : value);
        const double half = text_width(text) / 2;
        if (x(value) - half < taken || x(value) + half > width) continue;
        tick(x(value), text);
        taken = x(value) + half + 4;
      }
    } else {
      const double room = (right_ - left_) / static_cast<double>(chart_.x_words.size());
      for (std::size_t i = 0; i < chart_.x_words.size(); ++i) {
        std::string word = chart_.x_words[i];
        if (text_width(word) > room) word = std::to_string(i + 1);  // the table has the words
        tick(x(static_cast<double>(i)), word);
      }
    }
    svg_.element("text", chart_.x_title, {{"class", "tick x"}, {"x", coordinate((left_ + right_) / 2)},
                                          {"y", coordinate(bottom + 38)}});
    svg_.element("text", chart_.y_title, {{"class", "name"}, {"x", "4"}, {"y", coordinate(top_ - 12)}});
    svg_.line();
  }

  void tick(double at, const std::string& text) {
    svg_.element("text", text, {{"class", "tick x"}, {"x", coordinate(at)}, {"y", coordinate(bottom + 18)}});
  }

  void dots(std::size_t colour) {
    std::string path;
    for (const ScatterPoint& point : chart_.points) {
      if (point.colour == colour) path += 'M' + coordinate(x(point.x)) + ' ' + coordinate(y(point.y)) + "h0";
    }
    if (!path.empty()) svg_.leaf("path", {{"class", "dots sc" + std::to_string(colour % 7)}, {"d", path}}).line();
  }

  void mark(const ScatterPoint& point) {
    std::string bars;
    if (point.y_low && point.y_high) {
      bars += "M" + coordinate(x(point.x)) + ' ' + coordinate(y(*point.y_low)) + 'V' + coordinate(y(*point.y_high));
    }
    if (point.x_low && point.x_high) {
      bars += "M" + coordinate(x(*point.x_low)) + ' ' + coordinate(y(point.y)) + 'H' + coordinate(x(*point.x_high));
    }
    const std::string colour = "c" + std::to_string(point.colour % 7);
    if (!bars.empty()) svg_.leaf("path", {{"class", "leader s" + colour}, {"d", bars}});
    svg_.open("circle", {{"class", point.hollow ? "hollow s" + colour : "point f" + colour},
                         {"cx", coordinate(x(point.x))},
                         {"cy", coordinate(y(point.y))},
                         {"r", "4.5"}});
    const std::string across = chart_.x_words.empty() ? interval_for_people(point.x, point.x_low, point.x_high)
                                                      : chart_.x_words[static_cast<std::size_t>(point.x)];
    svg_.element("title", point.name + '\n' + chart_.x_title + ": " + across + '\n' + chart_.y_title + ": " +
                              interval_for_people(point.y, point.y_low, point.y_high));
    svg_.close("circle").line();
  }

  // From top to bottom, each at least a line below the one before, on the side that has room.
  void names() {
    std::vector<const ScatterPoint*> order;
    for (const ScatterPoint& point : chart_.points) order.push_back(&point);
    std::stable_sort(order.begin(), order.end(),
                     [](const ScatterPoint* a, const ScatterPoint* b) { return a->y > b->y; });
    double free = top_;
    for (const ScatterPoint* point : order) {
      const double wide = text_width(point->name);
      const bool right = x(point->x) + label_gap + wide < width;
      const double base = std::max(y(point->y) - 5, free);
      free = base + 13;
      svg_.element("text", point->name,
                   {{"class", "name"},
                    {"x", coordinate(right ? x(point->x) + label_gap : std::max(0.0, x(point->x) - label_gap - wide))},
                    {"y", coordinate(base)}});
    }
    svg_.line();
  }

  const ScatterChart& chart_;
  Range x_{0, 1, 1}, y_{0, 1, 1};
  double left_ = 30, right_ = width - 16, top_ = 28;
  Markup svg_;
};

}  // namespace

Figure draw(const ScatterChart& chart) {
  Figure figure;
  figure.id = chart.id;
  figure.title = chart.title;
  figure.caption = chart.caption;
  figure.width = width;
  figure.height = height;
  figure.drawing = Drawing(chart).draw();
  figure.data = chart.data;
  figure.table = chart.table;
  figure.description = chart.y_title + " against " + chart.x_title + ", " + std::to_string(chart.points.size()) +
                       (chart.points.size() == 1 ? " point." : " points.");
  for (std::size_t i = 0; i < chart.points.size() && i < 12; ++i) {
    const ScatterPoint& point = chart.points[i];
    figure.description += ' ' + point.name + ": " + interval_for_people(point.y, point.y_low, point.y_high) + '.';
  }
  return figure;
}

}  // namespace homeward
