#include "report/flow_sums.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <set>

namespace homeward {

Estimate FlowSplit::at(std::size_t word, int year) const {
  std::vector<double> values;
  for (const PerYear<double>& one : words[word].by_replicate) values.push_back(one[year_index(year)]);
  Estimate none;
  none.mean = std::numeric_limits<double>::quiet_NaN();
  return estimate(values).value_or(none);
}

FlowSums::FlowSums(const ResultTable& flows, int replicates)
    : flows_(flows),
      replicates_(replicates),
      measure_column_(flows.column("measure")),
      value_column_(flows.column("value")) {
  for (std::size_t column = 0; column < flows.header().size(); ++column) {
    const std::string& name = flows.header()[column];
    if (name != "replicate" && name != "year" && name != "measure" && name != "value" && column < 32) {
      dimension_columns_.push_back(column);
    }
  }
  std::map<std::string, std::uint16_t, std::less<>> known;
  for (std::size_t row = 0; row < flows.rows(); ++row) {
    std::uint32_t cube = 0;
    for (const std::size_t column : dimension_columns_) {
      if (flows.text(row, column) != "all") cube |= std::uint32_t{1} << column;
    }
    cubes_.push_back(cube);
    const std::string_view measure = flows.text(row, measure_column_);
    auto found = known.find(measure);
    if (found == known.end()) {
      found = known.emplace(std::string(measure), static_cast<std::uint16_t>(names_.size())).first;
      names_.emplace_back(measure);
    }
    measures_.push_back(found->second);
  }
}

std::uint32_t FlowSums::narrowest(const std::string& measure, std::uint32_t dimension) const {
  const auto found = std::find(names_.begin(), names_.end(), measure);
  if (found == names_.end()) return 0;
  const auto code = static_cast<std::uint16_t>(found - names_.begin());
  std::uint32_t best = 0;
  for (std::size_t row = 0; row < cubes_.size(); ++row) {
    const std::uint32_t cube = cubes_[row];
    if (measures_[row] != code || (cube & dimension) == 0 || cube == best) continue;
    const int size = std::popcount(cube), least = best == 0 ? 99 : std::popcount(best);
    if (size < least || (size == least && cube < best)) best = cube;
  }
  return best;
}

std::optional<FlowSplit> FlowSums::split(const std::vector<std::string>& measures, const std::string& dimension,
                                         const std::vector<std::string>& order) const {
  if (!flows_.has(dimension) || flows_.column(dimension) >= 32) return std::nullopt;
  const std::size_t column = flows_.column(dimension), replicate_column = flows_.column("replicate"),
                    year_column = flows_.column("year");
  std::vector<std::uint32_t> wanted(names_.size());
  for (const std::string& measure : measures) {
    const std::uint32_t cube = narrowest(measure, std::uint32_t{1} << column);
    if (cube == 0) return std::nullopt;
    wanted[static_cast<std::size_t>(std::find(names_.begin(), names_.end(), measure) - names_.begin())] = cube;
  }
  std::vector<std::string> words = order;
  std::map<std::string, std::vector<PerYear<double>>, std::less<>> sums;
  for (std::size_t row = 0; row < cubes_.size(); ++row) {
    if (cubes_[row] != wanted[measures_[row]] || cubes_[row] == 0) continue;
    const std::string_view word = flows_.text(row, column);
    const int replicate = flows_.integer(row, replicate_column), year = flows_.integer(row, year_column);
    const double value = flows_.number(row, value_column_);
    if (replicate < 0 || replicate >= replicates_ || year < first_year || year > last_year) continue;
    auto found = sums.find(word);
    if (found == sums.end()) {
      const std::vector<PerYear<double>> none(static_cast<std::size_t>(replicates_));
      found = sums.emplace(std::string(word), none).first;
      if (std::find(words.begin(), words.end(), word) == words.end() && word != "other") words.emplace_back(word);
    }
    found->second[static_cast<std::size_t>(replicate)][year_index(year)] += value;
  }
  words.emplace_back("other");
  FlowSplit split;
  for (const std::string& word : words) {
    const auto found = sums.find(word);
    if (found != sums.end()) split.words.push_back({word, std::move(found->second)});
  }
  return split;
}

}  // namespace homeward
