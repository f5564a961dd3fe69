// Points by two numbers, each with its intervals; the axis across may also hold words.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/figure.h"

namespace homeward {

struct ScatterPoint {
  std::string name;
  double x = 0, y = 0;
  std::optional<double> x_low, x_high, y_low, y_high;
  std::size_t colour = 0;  // index into ScatterChart::colours
  bool hollow = false;
};

enum class Names { at_points, hidden };
// each: a mark with its words and whiskers; together: of many points, one path a colour.
enum class Marks { each, together };

struct ScatterChart {
  std::string id, title, caption, x_title, y_title;
  std::vector<ScatterPoint> points;
  std::vector<std::string> colours;  // what each colour stands for; a legend where there are several
  std::vector<std::string> x_words;  // x is an index into these, where there are any
  Names names = Names::hidden;
  Marks marks = Marks::each;
  FigureData data;
  std::vector<std::vector<std::string>> table;
};

Figure draw(const ScatterChart& chart);

}  // namespace homeward
