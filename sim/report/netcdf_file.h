// A NetCDF-4 file built in memory, so that it reaches the disk like any other table: whole or not at all.
//
// NetCDF-4 is HDF5 with dimension scales (Unidata's specification of the NetCDF-4 file format) and is written with HDF5
// itself: the NetCDF library takes twice the time for the many small variables of a run, and brings a web client and 37
// shared libraries to the start of every program. tests/cli/netcdf_file.py reads the files with the NetCDF library.
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/whole_file.h"

namespace homeward {

using TextAttributes = std::vector<std::pair<std::string, std::string>>;

// Define dimensions and variables, then put values; variables of more than 64 kB are compressed at level 1. One file at
// a time in a process: a second one waits until the first is gone. Throws RunError.
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
  struct Dimension {
    std::string name;
    std::size_t length;
    int variable;  // the one of the same name, or none: -1
  };
  struct Variable {
    std::int64_t dataset;
    std::uint64_t address;
    std::vector<int> dimensions;
  };
  int add(const std::string& name, const std::vector<int>& dimensions, std::int64_t type, std::int64_t properties,
          const TextAttributes& attributes);
  void tie_dimensions();

  std::unique_lock<std::mutex> alone_;  // HDF5 as it is packaged is for one thread at a time
  std::int64_t file_ = -1, root_ = -1;
  std::vector<Dimension> dimensions_;
  std::vector<Variable> variables_;
};

}  // namespace homeward
