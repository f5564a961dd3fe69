#include "scenario/series.h"

#include <iterator>

namespace homeward {

YearSeries linear_after(const YearValues& given, const YearSeries& before) {
  YearSeries series = before;
  if (given.empty()) return series;
  for (int year = first_year; year <= last_year; ++year) {
    const auto next = given.upper_bound(year);
    if (next == given.begin()) continue;
    const auto last = std::prev(next);
    double value = last->second;
    if (next != given.end()) {
      value += (next->second - last->second) * (year - last->first) / (next->first - last->first);
    }
    series[year_index(year)] = value;
  }
  return series;
}

YearSeries linear_held(const YearValues& given) {
  YearSeries held{};
  held.fill(given.begin()->second);
  return linear_after(given, held);
}

YearSeries steps(const YearValues& given) {
  YearSeries series{};
  for (const auto& [year, value] : given) {
    for (int from = year < first_year ? first_year : year; from <= last_year; ++from) series[year_index(from)] = value;
  }
  return series;
}

}  // namespace homeward
