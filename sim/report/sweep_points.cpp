#include "report/sweep_points.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

#include "base/years.h"

namespace homeward {
namespace {

constexpr std::string_view own_columns[] = {"scenario", "point", "replicate", "seed",      "year",
                                            "measure",  "unit",  "value",     "difference"};

std::size_t place_in(std::vector<std::string>& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  words.emplace_back(word);
  return words.size() - 1;
}

}  // namespace

SweepPoints sweep_points(const ResultTable& merged) {
  SweepPoints sweep;
  std::vector<std::size_t> axis_columns;
  for (std::size_t column = 0; column < merged.header().size(); ++column) {
    const std::string& name = merged.header()[column];
    if (std::find(std::begin(own_columns), std::end(own_columns), name) != std::end(own_columns)) continue;
    sweep.axes.push_back(name);
    axis_columns.push_back(column);
  }
  const std::size_t scenario = merged.column("scenario"), point = merged.column("point"), year = merged.column("year"),
                    measure = merged.column("measure"), unit = merged.column("unit"), value = merged.column("value"),
                    replicate = merged.column("replicate");
  const bool contrasts = merged.has("difference");
  const std::size_t difference = contrasts ? merged.column("difference") : 0;
  std::set<int> years;
  for (std::size_t row = 0; row < merged.rows(); ++row) years.insert(merged.integer(row, year));
  if (years.empty()) return sweep;
  sweep.first_year = *years.begin();
  sweep.last_year = *years.rbegin();
  const auto past = years.upper_bound(extrapolation_year);
  sweep.year = past == years.begin() ? *past : *std::prev(past);
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  std::vector<std::vector<std::vector<double>>> values;  // [point][measure][replicate]
  std::set<std::string> replicates;
  for (std::size_t row = 0; row < merged.rows(); ++row) {
    if (merged.integer(row, year) != sweep.year) continue;
    const std::pair<std::string, std::string> key{merged.text(row, scenario), merged.text(row, point)};
    const auto [found, fresh] = known.emplace(key, sweep.points.size());
    if (fresh) {
      SweepPoints::Point one{key.first, key.second, {}, {}};
      for (const std::size_t column : axis_columns) one.values.emplace_back(merged.text(row, column));
      place_in(sweep.scenarios, key.first);
      sweep.points.push_back(std::move(one));
      values.emplace_back();
    }
    auto& of_point = values[found->second];
    const auto add = [&](const std::string& name, double number) {
      const std::size_t at = place_in(sweep.measures, name);
      if (sweep.units.size() <= at) sweep.units.emplace_back(merged.text(row, unit));
      if (of_point.size() <= at) of_point.resize(at + 1);
      of_point[at].push_back(number);
      return at;
    };
    const std::string name(merged.text(row, measure));
    add(name, merged.number(row, value));
    if (contrasts && !merged.text(row, difference).empty()) {
      const std::size_t at = add(name + ", less the base's", merged.number(row, difference));
      if (std::find(sweep.differences.begin(), sweep.differences.end(), at) == sweep.differences.end()) {
        sweep.differences.push_back(at);
      }
    }
    replicates.emplace(merged.text(row, replicate));
  }
  sweep.replicates = static_cast<int>(replicates.size());
  Estimate undefined;
  undefined.mean = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    values[i].resize(sweep.measures.size());
    for (const std::vector<double>& over : values[i]) {
      sweep.points[i].measures.push_back(estimate(over).value_or(undefined));
    }
  }
  return sweep;
}

bool axis_numbers(const SweepPoints& sweep, std::size_t axis, std::vector<double>& numbers) {
  numbers.clear();
  for (const SweepPoints::Point& point : sweep.points) {
    const std::string& text = point.values[axis];
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return false;
    numbers.push_back(value);
  }
  return true;
}

}  // namespace homeward
