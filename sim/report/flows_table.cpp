// Cells of cubes as rows, small ones pooled.
#include "report/flows_table.h"

#include <algorithm>
#include <cmath>

#include "observation/measures.h"
#include "report/csv.h"

namespace homeward {
namespace {

// Columns that are always there, whatever the cubes ask for; the other dimensions follow them where asked for.
constexpr std::string_view last_fixed_column = "mode";

bool asked(const Scenario& scenario, std::string_view dimension) {
  for (const OutputCube& cube : scenario.outputs) {
    if (std::find(cube.by.begin(), cube.by.end(), dimension) != cube.by.end()) return true;
  }
  return false;
}

// The dimension columns of the file, in order.
std::vector<std::string> dimension_columns(const Scenario& scenario) {
  std::vector<std::string> columns;
  bool fixed = true;
  for (const DimensionRow& row : dimension_rows()) {
    if (fixed || asked(scenario, row.name)) columns.emplace_back(row.name);
    if (row.name == last_fixed_column) fixed = false;
  }
  return columns;
}

// Writes the rows of one cube of one replicate.
class CubeWriter {
 public:
  CubeWriter(WholeFile& out, const std::vector<std::string>& columns, const CubeResult& cube, int replicate,
             const FlowsOptions& options)
      : out_(out), cube_(cube), replicate_(replicate), options_(options) {
    for (const std::string& column : columns) {
      const auto found = std::find(cube.spec.by.begin(), cube.spec.by.end(), column);
      position_.push_back(found == cube.spec.by.end() ? -1 : static_cast<int>(found - cube.spec.by.begin()));
    }
  }

  void write() {
    for (const auto& words : cube_.words) {
      fields_.emplace_back();
      for (const std::string& word : words) fields_.back().push_back(field_text(word));
    }
    for (int year = options_.from_year; year <= options_.to_year; ++year) {
      for (std::size_t measure = 0; measure < cube_.spec.measures.size(); ++measure) rows_of(year, measure);
    }
  }

 private:
  void rows_of(int year, std::size_t measure) {
    const double unit = raw_unit(cube_.spec.measures[measure]);
    const bool may_pool = options_.small_cells == SmallCells::pooled && !cube_.spec.by.empty();
    small_.assign(cube_.cells, 0);
    for (std::size_t cell = 0; cell < cube_.cells; ++cell) {
      const std::int64_t value = cube_.at(year, measure, cell);
      if (value == 0) continue;
      if (may_pool && is_small(value, unit)) {
        small_[cell] = value;
        continue;
      }
      row(year, measure, static_cast<double>(value) * unit,
          [&](std::size_t dimension) -> std::string_view { return word(dimension, cell); });
    }
    if (may_pool) pool(year, measure, unit);
  }

  static bool is_small(std::int64_t value, double unit) { return std::abs(static_cast<double>(value)) * unit < small_cell; }

  // Small cells give up their last dimension first, then the one before, so that what the first ones say (a host's
  // total) is kept as long as it can be; what is small even then is one row.
  void pool(int year, std::size_t measure, double unit) {
    std::size_t cells = cube_.cells, length = 1;  // groups of cells that agree in the first `kept` dimensions
    for (std::size_t kept = cube_.words.size(); kept-- > 0;) {
      const std::size_t size = cube_.words[kept].size();
      cells /= size;
      length *= size;
      for (std::size_t group = 0; group < cells; ++group) {
        std::int64_t sum = 0;
        for (std::size_t k = 0; k < size; ++k) sum += small_[group * size + k];
        const bool stays = sum != 0 && (kept == 0 || !is_small(sum, unit));
        if (stays) {
          row(year, measure, static_cast<double>(sum) * unit, [&](std::size_t dimension) -> std::string_view {
            return dimension < kept ? word(dimension, group * length) : "other";
          });
        }
        small_[group] = stays ? 0 : sum;
      }
    }
  }

  // The word of a dimension of the cube in a cell, as a field; the last dimension runs fastest.
  std::string_view word(std::size_t dimension, std::size_t cell) const {
    for (std::size_t later = cube_.words.size(); later-- > dimension + 1;) cell /= cube_.words[later].size();
    return fields_[dimension][cell % fields_[dimension].size()];
  }

  template <typename Word>
  void row(int year, std::size_t measure, double persons, const Word& word_of) {
    if (year != year_of_start_) {
      start_ = std::to_string(replicate_) + ',' + std::to_string(year);
      year_of_start_ = year;
    }
    line_ = start_;
    for (const int position : position_) {
      line_ += ',';
      line_ += position < 0 ? std::string_view("all") : word_of(static_cast<std::size_t>(position));
    }
    line_ += ',';
    line_ += cube_.spec.measures[measure];
    line_ += ',';
    line_ += cell_text(persons * options_.weight);
    line_ += '\n';
    out_.write(line_);
  }

  WholeFile& out_;
  const CubeResult& cube_;
  int replicate_;
  const FlowsOptions& options_;
  std::vector<int> position_;
  std::vector<std::int64_t> small_;  // of one year and measure: the small cells, then what is left of them
  std::vector<std::vector<std::string>> fields_;  // the words of the cube, quoted where they must be
  std::string start_, line_;
  int year_of_start_ = 0;
};

}  // namespace

void write_flows(WholeFile& out, const Scenario& scenario, const Replicates& replicates, const FlowsOptions& options) {
  const std::vector<std::string> columns = dimension_columns(scenario);
  std::string header = "replicate,year";
  for (const std::string& column : columns) header += ',' + column;
  out.write(header + ",measure,value\n");
  for (int i = 0; i < replicates.size(); ++i) {
    for (const CubeResult& cube : replicates.cubes(i)) CubeWriter(out, columns, cube, i, options).write();
  }
}

}  // namespace homeward
