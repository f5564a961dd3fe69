// Which variables results.nc has, and what they say of themselves.
#include "report/results_netcdf.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "analysis/model_version.h"
#include "base/categories.h"
#include "observation/measures.h"
#include "policy/levers.h"
#include "report/netcdf_file.h"

namespace homeward {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
// Years are chunked together up to about this many values.
constexpr std::size_t chunk_values = 1 << 17;

// Units that UDUNITS knows; counts and currencies are pure numbers to it, and `unit` has their name.
std::string cf_unit(std::string_view unit) {
  if (unit == "months") return "month";
  if (unit == "years") return "year";
  return "1";
}

std::string_view cell_method(std::string_view kind) { return kind == "stock" ? "time: point" : "time: sum"; }

int days_before(int year) {  // since 1 January 2004
  int days = 0;
  for (int past = first_year; past < year; ++past) {
    days += past % 4 == 0 && (past % 100 != 0 || past % 400 == 0) ? 366 : 365;
  }
  return days;
}

class Writer {
 public:
  Writer(const Scenario& scenario, const Replicates& replicates, const FlowsOptions& options,
         const ManifestFacts& facts)
      : scenario_(scenario), replicates_(replicates), options_(options), facts_(facts),
        years_(static_cast<std::size_t>(options.to_year - options.from_year + 1)) {}

  void write(WholeFile& out) {
    provenance();
    axes();
    totals();
    pipeline();
    spending();
    if (facts_.draw_priors) drawn();
    for (int i = 0; i < replicates_.size(); ++i) {
      for (const CubeResult& cube : replicates_.cubes(i)) {
        for (std::size_t measure = 0; measure < cube.spec.measures.size(); ++measure) put_cube(i, cube, measure);
      }
    }
    file_.write_to(out);
  }

 private:
  void provenance() {
    file_.attribute("Conventions", "CF-1.10");
    file_.attribute("title", scenario_.name.empty() ? scenario_.file : scenario_.name);
    file_.attribute("source", source());
    file_.attribute("references", "docs/theory of the program that is named under source");
    if (!scenario_.note.empty()) file_.attribute("comment", scenario_.note);
    file_.attribute("revision", facts_.revision);
    file_.attribute("scenario", scenario_.canonical);
    file_.attribute("scenario_hash", scenario_.hash);
    file_.attribute("seed", std::to_string(scenario_.seed));
    file_.attribute("scale", facts_.scale);
    file_.attribute("replicates", replicates_.size());
    file_.attribute("returns", facts_.returns);
    file_.attribute("intervals", "over replicates, " + facts_.interval_kind);
    std::string forced;
    for (const std::string& path : scenario_.forced) forced += (forced.empty() ? "" : ", ") + path;
    file_.attribute("outside_plausible_range", forced.empty() ? "none" : forced);
    file_.attribute("extrapolated_after", extrapolation_year);
    std::string tables;
    for (const TableFile& table : scenario_.tables.files) tables += table.sha256 + "  " + table.path + '\n';
    file_.attribute("input_tables_sha256", tables);
  }

  std::string source() const {
    return "simulated by homeward " + facts_.version + ", model version " + std::to_string(model_version);
  }

  void axes() {
    replicate_ = file_.dimension("replicate", static_cast<std::size_t>(replicates_.size()));
    std::vector<int> numbers, years, days, bounds;
    for (int i = 0; i < replicates_.size(); ++i) numbers.push_back(i);
    file_.integer_variable("replicate", {replicate_}, numbers,
                           label("number of the replicate; those of other runs of this seed and scale pair with it"));
    for (int year = options_.from_year; year <= options_.to_year; ++year) {
      years.push_back(year);
      days.push_back(days_before(year + 1) - 1);
      bounds.push_back(days_before(year));
      bounds.push_back(days_before(year + 1));
    }
    year_ = file_.dimension("year", years_);
    file_.integer_variable("year", {year_}, years, label("calendar year"));
    const std::string since = "days since 2004-01-01";
    file_.integer_variable("time", {year_}, days,
                           {{"standard_name", "time"},
                            {"long_name", "31 December, to which stocks refer; flows are of the year up to then"},
                            {"units", since},
                            {"calendar", "standard"},
                            {"bounds", "time_bounds"},
                            {"source", "definition"},
                            {"class", "label"}});
    const int ends = file_.dimension("bounds", 2);
    file_.integer_variable("time_bounds", {year_, ends}, bounds,
                           {{"long_name", "first day of the year and of the next"}, {"units", since},
                            {"calendar", "standard"}, {"source", "definition"}, {"class", "label"}});
  }

  static TextAttributes label(const std::string& long_name, const std::string& source = "definition") {
    return {{"long_name", long_name}, {"units", "1"}, {"source", source}, {"class", "label"}};
  }
  static TextAttributes words_of(const std::string& long_name, const std::string& source = "definition") {
    return {{"long_name", long_name}, {"source", source}, {"class", "label"}};
  }

  TextAttributes simulated(const std::string& long_name, std::string_view unit, std::string_view definition,
                           std::string_view kind, const std::string& coordinates = "time") const {
    return {{"long_name", long_name},
            {"units", cf_unit(unit)},
            {"unit", std::string(unit)},
            {"definition", std::string(definition)},
            {"kind", std::string(kind)},
            {"cell_methods", std::string(cell_method(kind))},
            {"coordinates", coordinates},
            {"source", source()},
            {"class", "simulated"}};
  }

  int by_year(const std::string& name, const TextAttributes& attributes) {
    return file_.variable(name, {replicate_, year_}, {1, years_}, attributes);
  }

  void totals() {
    for (std::size_t measure = 0; measure < measure_rows().size(); ++measure) {
      const MeasureRow& row = measure_rows()[measure];
      const TextAttributes attributes = simulated(std::string(row.text), row.unit, row.definition, row.kind);
      const int id = by_year(std::string(row.name), attributes);
      for (int i = 0; i < replicates_.size(); ++i) {
        std::vector<double> values;
        for (int year = options_.from_year; year <= options_.to_year; ++year) {
          values.push_back(replicates_.result(i).totals[measure][year_index(year)]);
        }
        file_.put(id, {static_cast<std::size_t>(i), 0}, {1, years_}, values);
      }
    }
  }

  void pipeline() {
    const std::size_t stages = stage_names.size();
    const int stage = file_.words("stage", {stage_names.begin(), stage_names.end()},
                                  words_of("stage of the procedures of return"));
    const auto put = [&](const char* name, const char* long_name, const char* unit, const char* kind, auto value) {
      const int id = file_.variable(std::string("pipeline_") + name, {replicate_, year_, stage}, {1, years_, stages},
                                    simulated(long_name, unit, name, kind));
      for (int i = 0; i < replicates_.size(); ++i) {
        std::vector<double> values;
        for (int year = options_.from_year; year <= options_.to_year; ++year) {
          for (const StageCount& count : replicates_.result(i).pipeline[year_index(year)]) {
            values.push_back(value(count));
          }
        }
        file_.put(id, {static_cast<std::size_t>(i), 0, 0}, {1, years_, stages}, values);
      }
    };
    const auto persons = [&](std::int64_t agents) { return static_cast<double>(agents) * options_.weight; };
    const char* unit = "persons a year";
    put("entered", "Persons who entered a stage", unit, "flow",
        [&](const auto& c) { return persons(c.entered); });
    put("completed", "Persons who completed a stage", unit, "flow",
        [&](const auto& c) { return persons(c.completed); });
    put("abandoned", "Persons who gave up in a stage", unit, "flow",
        [&](const auto& c) { return persons(c.abandoned); });
    put("mean_months", "Mean months in a stage of those who completed it", "months", "mean", [](const auto& c) {
      return c.completed > 0 ? static_cast<double>(c.months) / static_cast<double>(c.completed) : undefined;
    });
  }

  void spending() {
    std::vector<std::string> names;
    for (const LeverRow& row : lever_rows()) names.push_back("policy." + std::string(row.path));
    const int lever = file_.words("lever", names, words_of("policy lever, by its path in a scenario"));
    const int id = file_.variable(
        "spending_by_lever", {replicate_, year_, lever}, {1, years_, lever_count},
        simulated("Gross spending on a lever, USD of 2025", "USD a year", "units used x unit costs", "flow"));
    for (int i = 0; i < replicates_.size(); ++i) {
      std::vector<double> values;
      for (int year = options_.from_year; year <= options_.to_year; ++year) {
        const auto& spent = replicates_.result(i).lever_spending[year_index(year)];
        values.insert(values.end(), spent.begin(), spent.end());
      }
      file_.put(id, {static_cast<std::size_t>(i), 0, 0}, {1, years_, lever_count}, values);
    }
  }

  void drawn() {
    std::vector<std::string> paths;
    for (const DrawnParameter& parameter : replicates_.drawn(0)) paths.push_back(parameter.path);
    const int parameter = file_.words("parameter", paths, words_of("drawn parameter, by its path"));
    const int id = file_.variable("parameter_value", {replicate_, parameter}, {1, paths.size()},
                                  {{"long_name", "Value of a parameter, drawn from its plausible range"},
                                   {"units", "1"},
                                   {"unit", "see docs/reference"},
                                   {"source", "uniform between low and high of the parameter table"},
                                   {"class", "drawn"}});
    for (int i = 0; i < replicates_.size(); ++i) {
      std::vector<double> values;
      for (const DrawnParameter& one : replicates_.drawn(i)) values.push_back(one.value);
      file_.put(id, {static_cast<std::size_t>(i), 0}, {1, paths.size()}, values);
    }
  }

  // The dimension of a cube, with its words; hosts also have names.
  int cube_dimension(const std::string& name, const std::vector<std::string>& words) {
    const auto found = dimensions_.find(name);
    if (found != dimensions_.end()) return found->second;
    std::string text = name;
    for (const DimensionRow& row : dimension_rows()) {
      if (row.name == name) text = row.text;
    }
    const int id = file_.words(name, words, words_of(text));
    if (name == "host") {
      std::vector<std::string> names;
      for (const Host& host : scenario_.tables.hosts) names.push_back(host.name);
      file_.text_variable("host_name", id, names, words_of("name of the host", "input table of hosts"));
    }
    if (name == "origin_province" || name == "return_province") {
      std::vector<std::string> names;
      for (const Province& province : scenario_.tables.provinces) names.push_back(province.name);
      file_.text_variable(name + "_name", id, names, words_of("name of the province", "input table of provinces"));
    }
    dimensions_[name] = id;
    return id;
  }

  struct CubeVariables {
    int cells = -1, pooled = -1;
  };

  // Defined when the first replicate comes to it.
  CubeVariables& variables_of(const CubeResult& cube, std::size_t measure) {
    std::string name = cube.spec.measures[measure] + "_by";
    for (const std::string& dimension : cube.spec.by) name += '_' + dimension;
    const auto found = cubes_.find(name);
    if (found != cubes_.end()) return found->second;
    const auto row = std::find_if(measure_rows().begin(), measure_rows().end(),
                                  [&](const MeasureRow& one) { return one.name == cube.spec.measures[measure]; });
    std::vector<int> dimensions{replicate_, year_};
    std::vector<std::size_t> chunk{1, years_of_chunk(cube)};
    std::string coordinates = "time", by;
    for (std::size_t i = 0; i < cube.spec.by.size(); ++i) {
      const std::string& dimension = cube.spec.by[i];
      dimensions.push_back(cube_dimension(dimension, cube.words[i]));
      chunk.push_back(cube.words[i].size());
      if (dimension == "host" || dimension.ends_with("_province")) coordinates += ' ' + dimension + "_name";
      by += (by.empty() ? " By " : ", ") + dimension;
    }
    CubeVariables& variables = cubes_[name];
    const std::string text(row->text);
    variables.cells = file_.variable(name, dimensions, chunk,
                                     simulated(text + by + '.', row->unit, row->definition, row->kind, coordinates));
    if (options_.small_cells == SmallCells::pooled) {
      variables.pooled = by_year(name + "_pooled", simulated(text + by + ": cells of fewer than 10 synthetic persons, "
                                                                         "not defined there, added up here.",
                                                             row->unit, row->definition, row->kind));
    }
    return variables;
  }

  std::size_t years_of_chunk(const CubeResult& cube) const {
    return std::clamp<std::size_t>(chunk_values / std::max<std::size_t>(1, cube.cells), 1, years_);
  }

  void put_cube(int replicate, const CubeResult& cube, std::size_t measure) {
    if (cube.spec.by.empty()) return;  // it is among the totals
    const CubeVariables variables = variables_of(cube, measure);
    const double unit = raw_unit(cube.spec.measures[measure]);
    const std::size_t together = years_of_chunk(cube), row = static_cast<std::size_t>(replicate);
    std::vector<double> pooled;
    for (std::size_t first = 0; first < years_; first += together) {
      const std::size_t years = std::min(together, years_ - first);
      std::vector<double> values;
      values.reserve(years * cube.cells);
      for (std::size_t i = first; i < first + years; ++i) {
        pooled.push_back(append_year(cube, measure, options_.from_year + static_cast<int>(i), unit, values));
      }
      std::vector<std::size_t> start{row, first}, count{1, years};
      for (const auto& words : cube.words) {
        start.push_back(0);
        count.push_back(words.size());
      }
      file_.put(variables.cells, start, count, values);
    }
    if (variables.pooled >= 0) file_.put(variables.pooled, {row, 0}, {1, years_}, pooled);
  }

  // Appends the cells of a year; returns what was pooled.
  double append_year(const CubeResult& cube, std::size_t measure, int year, double unit,
                     std::vector<double>& values) const {
    std::int64_t pooled = 0;
    for (std::size_t cell = 0; cell < cube.cells; ++cell) {
      const std::int64_t value = cube.at(year, measure, cell);
      const bool small = std::abs(static_cast<double>(value)) * unit < small_cell && value != 0;
      if (small && options_.small_cells == SmallCells::pooled) {
        pooled += value;
        values.push_back(undefined);
      } else {
        values.push_back(static_cast<double>(value) * unit * options_.weight);
      }
    }
    return static_cast<double>(pooled) * unit * options_.weight;
  }

  const Scenario& scenario_;
  const Replicates& replicates_;
  const FlowsOptions& options_;
  const ManifestFacts& facts_;
  const std::size_t years_;
  NetcdfFile file_;
  int replicate_ = -1, year_ = -1;
  std::map<std::string, int> dimensions_;
  std::map<std::string, CubeVariables> cubes_;
};

}  // namespace

void write_results_netcdf(WholeFile& out, const Scenario& scenario, const Replicates& replicates,
                          const FlowsOptions& options, const ManifestFacts& facts) {
  Writer(scenario, replicates, options, facts).write(out);
}

}  // namespace homeward
