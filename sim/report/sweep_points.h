// merged.csv as points: the values of the axes, and each measure in one year over the replicates of a point.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "analysis/statistics.h"
#include "report/result_table.h"

namespace homeward {

struct SweepPoints {
  struct Point {
    std::string scenario, number;
    std::vector<std::string> values;  // as in `axes`
    std::vector<Estimate> measures;   // as in `measures`; mean is NaN where not defined
  };
  std::vector<std::string> axes, measures, units, scenarios;
  std::vector<Point> points;  // in the order of the table
  int year = 0, first_year = 0, last_year = 0, replicates = 0;
  std::vector<std::size_t> differences;  // those of `measures` that are paired differences to the base
};

// Of the last year in the table, not past the extrapolation where there is such a year. Throws InputError where the
// table is not one that a sweep wrote.
SweepPoints sweep_points(const ResultTable& merged);

// Whether all values of an axis are numbers; then they are these.
bool axis_numbers(const SweepPoints& sweep, std::size_t axis, std::vector<double>& numbers);

}  // namespace homeward
