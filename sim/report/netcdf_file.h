// A NetCDF-4 file built in memory, so that it reaches the disk like any other table: whole or not at all.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/whole_file.h"

namespace homeward {

using TextAttributes = std::vector<std::pair<std::string, std::string>>;

// Define dimensions and variables, then put values; variables are compressed at level 1. Throws RunError.
class NetcdfFile {
 public:
  NetcdfFile();
  ~NetcdfFile();
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;

  int dimension(const std::string& name, std::size_t length);
  // A dimension with words along it, and the variable of the same name that holds them.
  int words(const std::string& name, const std::vector<std::string>& words, const TextAttributes& attributes);
  int text_variable(const std::string& name, int dimension, const std::vector<std::string>& values,
                    const TextAttributes& attributes);
  int integer_variable(const std::string& name, const std::vector<int>& dimensions, const std::vector<int>& values,
                       const TextAttributes& attributes);
  // Of doubles; NaN, the fill value, says: not defined. `chunk` has a length for each dimension.
  int variable(const std::string& name, const std::vector<int>& dimensions, const std::vector<std::size_t>& chunk,
               const TextAttributes& attributes);
  void put(int variable, const std::vector<std::size_t>& start, const std::vector<std::size_t>& count,
           const std::vector<double>& values);

  void attribute(const std::string& name, const std::string& text);
  void attribute(const std::string& name, double value);
  void attribute(const std::string& name, int value);

  // Closes the file and writes it out; nothing can be put any more.
  void write_to(WholeFile& out);

 private:
  void describe(int variable, const TextAttributes& attributes);

  int id_ = -1;
};

}  // namespace homeward
