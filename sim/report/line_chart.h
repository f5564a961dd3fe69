// Lines over the years, each with the band of its interval and its name at its end.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/figure.h"

namespace homeward {

struct LinePoint {
  int year = 0;
  double mean = 0;
  std::optional<double> low, high;
};

struct Line {
  std::string name;
  std::vector<LinePoint> points;  // years without a value are left out
  bool grey = false;              // what is left over, as `other`
};

struct LineChart {
  std::string id, title, caption;
  std::vector<Line> lines;
  int extrapolated_after = 2035;
  std::string unit = "persons a year";
};

Figure draw(const LineChart& chart);

}  // namespace homeward
