// Rows of bars: whole, in parts, or floating as in a waterfall, each with its interval and its number.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/figure.h"

namespace homeward {

struct BarPart {
  std::string name;
  double from = 0, to = 0;
  std::string colour;  // c0 to c6 or grey
};

struct BarRow {
  std::string name;
  std::vector<BarPart> parts;  // none: `text` says why
  std::optional<double> low, high;
  std::string text;  // at the end of the row
};

struct BarChart {
  std::string id, title, caption, description;
  std::vector<BarRow> rows;
  std::vector<BarPart> legend;  // names and colours
  FigureData data;
  std::vector<std::vector<std::string>> table;
  double least = 0, most = 0;        // the axis reaches at least from here to there
};

// Gives charts that stand side by side the same axis.
void share_axis(std::vector<BarChart>& charts);

Figure draw(const BarChart& chart);

}  // namespace homeward
