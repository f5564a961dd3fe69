#include "report/exploration.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/years.h"
#include "report/axis_strength.h"
#include "report/comparison_figures.h"
#include "report/map_projection.h"

namespace homeward {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_numbers = 40000;  // of a sweep: 300 kB

// To seven digits: no eye sees more, and the tables have them all.
Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  std::array<char, 32> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general, 7).ptr;
  double rounded = value;
  std::from_chars(digits.data(), end, rounded);
  if (std::fabs(rounded) < 1e9 && rounded == std::floor(rounded)) return static_cast<std::int64_t>(rounded);
  return rounded;
}
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

std::string text_of(const Json& json) { return json.dump(-1, ' ', true, Json::error_handler_t::replace); }

// Of one measure in a table with `columns` for its series, year, mean and bounds; 0 before anything differs is left out.
struct MeasureRows {
  std::string unit;
  Json rows = Json::array();
  bool any = false;
};

Json measures_json(const std::vector<std::string>& names, const std::vector<std::pair<std::string, MeasureRows>>& list,
                   const std::string& first) {
  Json measures = Json::array();
  std::size_t start = 0;
  for (const auto& [name, of] : list) {
    if (!of.any) continue;
    if (name == first) start = measures.size();
    measures.push_back({{"name", name}, {"unit", of.unit}, {"rows", of.rows}});
  }
  if (measures.empty()) return nullptr;
  return {{"kind", "measures"},      {"names", names}, {"extrapolated_after", extrapolation_year},
          {"first", start}, {"measures", std::move(measures)}};
}

}  // namespace

std::string explore_lines(const LineChart& chart) {
  Json names = Json::array(), grey = Json::array(), rows = Json::array();
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    names.push_back(chart.lines[i].name);
    if (chart.lines[i].grey) grey.push_back(i);
    for (const LinePoint& point : chart.lines[i].points) {
      rows.push_back({i, point.year, number(point.mean), number(point.low), number(point.high)});
    }
  }
  if (rows.empty()) return "";
  return text_of({{"kind", "lines"},
                  {"unit", chart.unit},
                  {"names", names},
                  {"grey", grey},
                  {"extrapolated_after", chart.extrapolated_after},
                  {"rows", rows}});
}

std::string explore_map(const FlowMap& map) {
  Json hosts = Json::array(), land = Json::array();
  for (const HostFlow& host : map.hosts) {
    if (!host.place || host.returns_by_year.empty()) continue;
    Json returns = Json::array(), stock = Json::array();
    for (const double value : host.returns_by_year) returns.push_back(number(std::round(value)));
    for (const double value : host.stock_by_year) stock.push_back(number(std::round(value)));
    hosts.push_back({host.name, host.place->longitude, host.place->latitude, returns, stock});
  }
  if (hosts.empty()) return "";
  for (const std::vector<Location>& ring : map.land) {
    Json points = Json::array();
    for (const Location& point : ring) {
      points.push_back({number(std::round(point.longitude * 10) / 10), number(std::round(point.latitude * 10) / 10)});
    }
    land.push_back(std::move(points));
  }
  return text_of({{"kind", "map"},
                  {"from", map.from_year},
                  {"to", map.to_year},
                  {"year", map.year},
                  {"middle", number(MapProjection(map.home.longitude, map.land).middle())},
                  {"home", {map.home.longitude, map.home.latitude, map.home.name}},
                  {"hosts", hosts},
                  {"land", land}});
}

std::string explore_measures(const ReportInput& input) {
  const ResultTable* contrast = input.find("contrast.csv");
  const ResultTable* table = contrast != nullptr ? contrast : input.find("summary.csv");
  if (table == nullptr) return "";
  std::vector<std::string> names, alts;
  if (contrast != nullptr) {
    alts = alternatives_of(input);
    names = alts;
  } else {
    names = {"this scenario"};
  }
  std::vector<std::pair<std::string, MeasureRows>> list;
  const std::size_t year = table->column("year"), measure = table->column("measure"), unit = table->column("unit"),
                    mean = table->column(contrast != nullptr ? "difference" : "mean"), low = table->column("lo95"),
                    high = table->column("hi95");
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string_view name = table->text(row, measure);
    auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.first == name; });
    if (found == list.end()) {
      found = list.insert(list.end(), {std::string(name), {std::string(table->text(row, unit)), Json::array(), false}});
    }
    const double value = table->number(row, mean);
    if (!std::isfinite(value)) continue;
    MeasureRows& of = found->second;
    of.any = of.any || value != 0;
    if (contrast != nullptr && !of.any) continue;
    std::size_t series = 0;
    if (contrast != nullptr) {
      const std::string_view alt = table->text(row, table->column("alt"));
      series = static_cast<std::size_t>(std::find(alts.begin(), alts.end(), alt) - alts.begin());
    }
    of.rows.push_back({series, table->integer(row, year), number(value), number(table->number(row, low)),
                       number(table->number(row, high))});
  }
  const Json json = measures_json(names, list, contrast != nullptr ? "returns" : "returns_settled");
  return json.is_null() ? "" : text_of(json);
}

std::string explore_points(const SweepPoints& sweep, std::size_t measure) {
  constexpr std::size_t most_parallel = 8;
  Json columns = Json::array(), axes = Json::array();
  const std::vector<AxisStrength> strengths = axis_strengths(sweep, measure);
  const auto strong = [&](std::size_t axis) {
    const auto end = strengths.begin() + static_cast<std::ptrdiff_t>(std::min(strengths.size(), most_parallel));
    return std::any_of(strengths.begin(), end, [&](const AxisStrength& one) { return one.axis == axis; });
  };
  std::vector<std::vector<double>> values;  // [column][point]
  const auto add_words = [&](const std::string& title, auto word_of) {
    std::vector<std::string> words;
    std::vector<double> places;
    for (const SweepPoints::Point& point : sweep.points) {
      const std::string& word = word_of(point);
      auto found = std::find(words.begin(), words.end(), word);
      if (found == words.end()) found = words.insert(words.end(), word);
      places.push_back(static_cast<double>(found - words.begin()));
    }
    columns.push_back({{"title", title}, {"words", words}});
    values.push_back(std::move(places));
  };
  for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
    if (strong(axis)) axes.push_back(columns.size());
    std::vector<double> numbers;
    if (axis_numbers(sweep, axis, numbers)) {
      columns.push_back({{"title", sweep.axes[axis]}});
      values.push_back(std::move(numbers));
    } else {
      add_words(sweep.axes[axis], [&](const SweepPoints::Point& point) -> const std::string& {
        return point.values[axis];
      });
    }
  }
  const std::size_t scenario = columns.size();
  if (sweep.scenarios.size() > 1 || axes.empty()) axes.push_back(scenario);
  add_words("scenario", [](const SweepPoints::Point& point) -> const std::string& { return point.scenario; });
  const std::size_t first_measure = columns.size();
  for (std::size_t i = 0; i < sweep.measures.size(); ++i) {
    columns.push_back({{"title", sweep.measures[i] + ", " + sweep.units[i]}});
    std::vector<double> means;
    for (const SweepPoints::Point& point : sweep.points) means.push_back(point.measures[i].mean);
    values.push_back(std::move(means));
  }
  const std::size_t shown = std::min(sweep.points.size(), std::max<std::size_t>(1, most_numbers / columns.size()));
  Json rows = Json::array(), names = Json::array(), bounds = Json::object();
  for (std::size_t i = 0; i < shown; ++i) {
    Json row = Json::array();
    for (const std::vector<double>& column : values) row.push_back(number(column[i]));
    rows.push_back(std::move(row));
    names.push_back("point " + sweep.points[i].number + (sweep.scenarios.size() > 1 ? " of " + sweep.points[i].scenario : ""));
  }
  if (sweep.replicates > 1 && shown <= 200) {  // whiskers; of more points they would hide one another
    for (std::size_t i = 0; i < sweep.measures.size(); ++i) {
      Json of = Json::array();
      for (std::size_t k = 0; k < shown; ++k) {
        const Estimate& one = sweep.points[k].measures[i];
        of.push_back(one.half_width ? Json{number(one.mean - *one.half_width), number(one.mean + *one.half_width)}
                                    : Json{nullptr, nullptr});
      }
      bounds[std::to_string(first_measure + i)] = std::move(of);
    }
  }
  return text_of({{"kind", "points"},
                  {"columns", columns},
                  {"axes", axes},
                  {"across", strengths.empty() ? scenario : strengths.front().axis},
                  {"first", first_measure + measure},
                  {"shaded", sweep.scenarios.size() > 1 ? scenario : first_measure + measure},
                  {"points", names},
                  {"bounds", bounds},
                  {"rows", rows}});
}

std::string script_json(const Explorations& explorations) {
  std::string text = "{";
  for (const auto& [id, json] : explorations) text += (text.size() > 1 ? "," : "") + text_of(id) + ':' + json;
  text += '}';
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '<': safe += "\\u003c"; break;
      case '>': safe += "\\u003e"; break;
      case '&': safe += "\\u0026"; break;
      default: safe += c;
    }
  }
  return safe;
}

}  // namespace homeward
