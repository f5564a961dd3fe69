#include "report/sweep_netcdf.h"

#include <algorithm>
#include <limits>

#include "analysis/model_version.h"
#include "observation/measures.h"
#include "report/merged_table.h"
#include "report/netcdf_file.h"
#include "scenario/number.h"

namespace homeward {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
// A chunk holds about this many values.
constexpr std::size_t chunk_values = 1 << 17;

// A design of grids only: its points are the cells of an array over its axes, in their order.
bool is_grid(const PlanDesign& design) {
  if (design.kind == PlanDesign::Kind::grid) return true;
  return design.kind == PlanDesign::Kind::cross && !design.parts.empty() &&
         std::all_of(design.parts.begin(), design.parts.end(), is_grid);
}

// The numbers of an axis; empty where one of its values is none.
std::vector<double> numbers_of(const std::vector<std::string>& texts) {
  std::vector<double> numbers;
  for (const std::string& text : texts) {
    const std::optional<double> number = read_number(text).value;
    if (!number) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

TextAttributes axis_attributes(const std::string& path) {
  return {{"long_name", "value of " + path + " in the scenario"},
          {"units", "1"},
          {"unit", "see homeward explain"},
          {"source", "the plan of the sweep"},
          {"class", "design"}};
}

// What stands along an axis of the design: numbers, or texts where one is a map of years.
void put_axis(NetcdfFile& file, const std::string& path, int dimension, const std::vector<std::string>& texts) {
  const std::vector<double> numbers = numbers_of(texts);
  if (numbers.empty()) {
    file.text_variable(path, dimension, texts, axis_attributes(path));
    return;
  }
  const int id = file.variable(path, {dimension}, {numbers.size()}, axis_attributes(path));
  file.put(id, {0}, {numbers.size()}, numbers);
}

struct Shape {
  std::vector<int> dimensions;
  std::vector<std::size_t> lengths;
  void add(int dimension, std::size_t length) {
    dimensions.push_back(dimension);
    lengths.push_back(length);
  }
  // Whole in the last dimensions, cut in the first ones.
  std::vector<std::size_t> chunk() const {
    std::vector<std::size_t> chunk = lengths;
    std::size_t values = 1;
    for (const std::size_t length : lengths) values *= length;
    for (std::size_t i = 0; i < chunk.size() && values > chunk_values; ++i) {
      values /= chunk[i];
      chunk[i] = 1;
    }
    return chunk;
  }
};

Shape put_axes(NetcdfFile& file, const Sweep& sweep, const std::vector<int>& years) {
  Shape shape;
  std::vector<std::string> labels;
  for (const PlanScenario& one : sweep.plan().scenarios) labels.push_back(one.label);
  const TextAttributes words{
      {"long_name", "scenario of the plan"}, {"source", "the plan of the sweep"}, {"class", "design"}};
  shape.add(file.words("scenario", labels, words), labels.size());
  const std::vector<const PlanAxis*>& axes = sweep.design().axes();
  if (is_grid(sweep.plan().design)) {
    for (const PlanAxis* axis : axes) {
      std::vector<std::string> texts;
      for (const YamlNode& level : axis->levels) texts.push_back(value_text(level));
      shape.add(file.dimension(axis->path, texts.size()), texts.size());
      put_axis(file, axis->path, shape.dimensions.back(), texts);
    }
  } else {
    const auto points = static_cast<std::size_t>(sweep.points());
    shape.add(file.dimension("point", points), points);
    std::vector<std::vector<std::string>> texts(axes.size());
    for (std::size_t point = 0; point < points; ++point) {
      const std::vector<AxisValue> values = sweep.design().at(point);
      for (std::size_t i = 0; i < axes.size(); ++i) texts[i].push_back(value_text(values[i].value));
    }
    for (std::size_t i = 0; i < axes.size(); ++i) put_axis(file, axes[i]->path, shape.dimensions.back(), texts[i]);
  }
  const auto label = [](const std::string& name) {
    return TextAttributes{{"long_name", name}, {"units", "1"}, {"source", "definition"}, {"class", "label"}};
  };
  std::vector<int> replicates;
  for (int i = 0; i < sweep.plan().replicates; ++i) replicates.push_back(i);
  shape.add(file.dimension("replicate", replicates.size()), replicates.size());
  file.integer_variable("replicate", {shape.dimensions.back()}, replicates,
                        label("number of the replicate; those of other points pair with it"));
  shape.add(file.dimension("year", years.size()), years.size());
  file.integer_variable("year", {shape.dimensions.back()}, years, label("calendar year"));
  return shape;
}

}  // namespace

double netcdf_values(const Sweep& sweep) {
  const MergedChoice choice = merged_choice(sweep.plan());
  return static_cast<double>(sweep.runs()) * static_cast<double>(choice.measures.size() * choice.years.size());
}

void write_sweep_netcdf(WholeFile& out, const Sweep& sweep, const std::vector<Sweep::KeyedRun>& runs,
                        const StoreIndex& store, const std::string& source) {
  const MergedChoice choice = merged_choice(sweep.plan());
  NetcdfFile file;
  file.attribute("Conventions", "CF-1.10");
  file.attribute("title", sweep.plan().name.empty() ? "A sweep of homeward" : sweep.plan().name);
  file.attribute("source", "simulated by " + source + ", model version " + std::to_string(model_version));
  if (!sweep.plan().note.empty()) file.attribute("comment", sweep.plan().note);
  file.attribute("scale", sweep.plan().scale);
  const Shape shape = put_axes(file, sweep, choice.years);
  std::vector<std::vector<double>> values(choice.measures.size());
  for (std::vector<double>& one : values) one.reserve(runs.size() * choice.years.size());
  for (const Sweep::KeyedRun& run : runs) {  // their order is that of the array
    const std::optional<StoredRun> stored = read_run(store, run.key);
    for (std::size_t i = 0; i < choice.measures.size(); ++i) {
      for (const int year : choice.years)
        values[i].push_back(stored ? stored->totals.at(choice.measures[i]).at(year_index(year)) : undefined);
    }
  }
  for (std::size_t i = 0; i < choice.measures.size(); ++i) {
    const MeasureRow& row = measure_rows()[choice.measures[i]];
    const int id = file.variable(std::string(row.name), shape.dimensions, shape.chunk(),
                                 {{"long_name", std::string(row.text)},
                                  {"units", "1"},
                                  {"unit", std::string(row.unit)},
                                  {"definition", std::string(row.definition)},
                                  {"kind", std::string(row.kind)},
                                  {"source", "simulated"},
                                  {"class", "simulated"}});
    file.put(id, std::vector<std::size_t>(shape.lengths.size(), 0), shape.lengths, values[i]);
  }
  file.write_to(out);
}

}  // namespace homeward
