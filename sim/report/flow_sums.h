// Sums over flows.csv by one dimension, replicate by replicate, from the narrowest cube that has it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/statistics.h"
#include "base/years.h"
#include "report/result_table.h"

namespace homeward {

// What a measure, or a sum of measures, comes to for each word of a dimension.
struct FlowSplit {
  struct Word {
    std::string word;  // `other`: cells that were pooled because they were small
    std::vector<PerYear<double>> by_replicate;
  };
  std::vector<Word> words;

  // Over replicates.
  Estimate at(std::size_t word, int year) const;
};

class FlowSums {
 public:
  FlowSums(const ResultTable& flows, int replicates);

  // Empty where some measure has no cube with that dimension. Words that are 0 throughout are left out; the others
  // stand in the order of `order`, then as they come, `other` last.
  std::optional<FlowSplit> split(const std::vector<std::string>& measures, const std::string& dimension,
                                 const std::vector<std::string>& order) const;

 private:
  // The cube of a measure with fewest dimensions among those that have `dimension`, as bits; 0 where there is none.
  std::uint32_t narrowest(const std::string& measure, std::uint32_t dimension) const;

  const ResultTable& flows_;
  int replicates_;
  std::size_t measure_column_, value_column_;
  std::vector<std::size_t> dimension_columns_;
  std::vector<std::uint32_t> cubes_;     // by row: its dimensions, as bits
  std::vector<std::uint16_t> measures_;  // by row: index into names_
  std::vector<std::string> names_;
};

}  // namespace homeward
