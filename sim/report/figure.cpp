#include "report/figure.h"

#include <cmath>

#include "report/csv.h"
#include "report/page_style.h"

namespace homeward {
namespace {

constexpr double column_millimetres = 85, page_millimetres = 180;

Markup svg_with(const Figure& figure, Markup::Attributes attributes, std::string_view style) {
  attributes.push_back({"viewBox", "0 0 " + coordinate(figure.width) + ' ' + coordinate(figure.height)});
  attributes.push_back({"role", "img"});
  attributes.push_back({"aria-labelledby", figure.id + "-title " + figure.id + "-words"});
  Markup svg;
  svg.open("svg", attributes);
  svg.element("title", figure.title, {{"id", figure.id + "-title"}});
  svg.element("desc", figure.description, {{"id", figure.id + "-words"}});
  if (!style.empty()) svg.element("style", style);
  svg.line().append(figure.drawing).close("svg").line();
  return svg;
}

// The smallest of 1, 2, 5 times a power of ten that is at least `value` > 0.
double round_up(double value) {
  double power = 1;
  while (power < value) power *= 10;
  while (power >= value) power /= 10;  // power < value <= 10 power
  for (const double factor : {2.0, 5.0}) {
    if (factor * power >= value) return factor * power;
  }
  return 10 * power;
}

}  // namespace

Markup svg_of(const Figure& figure) {
  return svg_with(figure, {{"class", figure.wide ? "wide" : "narrow"}}, "");
}

std::string svg_file(const Figure& figure) {
  const double millimetres = figure.wide ? page_millimetres : column_millimetres;
  const Markup svg = svg_with(figure,
                              {{"xmlns", "http://www.w3.org/2000/svg"},
                               {"width", coordinate(millimetres) + "mm"},
                               {"height", coordinate(millimetres * figure.height / figure.width) + "mm"}},
                              figure_style());
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg.result();
}

std::string csv_of(const FigureData& data) {
  std::string text;
  const auto line = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : ",") + field_text(cells[i]);
    text += '\n';
  };
  line(data.columns);
  for (const std::vector<std::string>& row : data.rows) line(row);
  return text;
}

Axis::Axis(double low_value, double high_value, int steps) : low(0), high(0), step(1) {
  const double span = std::max(high_value, 0.0) - std::min(low_value, 0.0);
  step = span > 0 && std::isfinite(span) ? round_up(span / steps) : 1;
  low = std::floor(std::min(low_value, 0.0) / step) * step;
  high = std::ceil(std::max(high_value, 0.0) / step) * step;
  if (!std::isfinite(low) || !std::isfinite(high)) low = 0, high = 1, step = 1;
  if (high <= low) high = low + step;
}

double text_width(std::string_view text) {
  double width = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) width += 7.4;  // a character of UTF-8
  }
  return width;
}

}  // namespace homeward
