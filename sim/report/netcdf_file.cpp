// The only user of the NetCDF library (its C interface).
#include "report/netcdf_file.h"

#include <netcdf.h>
#include <netcdf_mem.h>

#include <cstdlib>
#include <limits>

#include "base/fault.h"

namespace homeward {
namespace {

constexpr int compression_level = 1;
constexpr std::size_t first_bytes = 1 << 16;

void check(int code) {
  if (code != NC_NOERR) throw RunError(std::string("cannot write results.nc: ") + nc_strerror(code));
}

void put_text(int file, int variable, const std::string& name, const std::string& text) {
  check(nc_put_att_text(file, variable, name.c_str(), text.size(), text.data()));
}

}  // namespace

NetcdfFile::NetcdfFile() {
  check(nc_create_mem("results.nc", NC_NETCDF4, first_bytes, &id_));
  attribute("complete", 0);
}

NetcdfFile::~NetcdfFile() {
  if (id_ >= 0) nc_abort(id_);
}

int NetcdfFile::dimension(const std::string& name, std::size_t length) {
  int id = -1;
  check(nc_def_dim(id_, name.c_str(), length, &id));
  return id;
}

int NetcdfFile::words(const std::string& name, const std::vector<std::string>& words,
                      const TextAttributes& attributes) {
  const int id = dimension(name, words.size());
  text_variable(name, id, words, attributes);
  return id;
}

int NetcdfFile::text_variable(const std::string& name, int dimension, const std::vector<std::string>& values,
                              const TextAttributes& attributes) {
  int id = -1;
  check(nc_def_var(id_, name.c_str(), NC_STRING, 1, &dimension, &id));
  describe(id, attributes);
  std::vector<const char*> pointers;
  for (const std::string& value : values) pointers.push_back(value.c_str());
  check(nc_put_var_string(id_, id, pointers.data()));
  return id;
}

int NetcdfFile::integer_variable(const std::string& name, const std::vector<int>& dimensions,
                                 const std::vector<int>& values, const TextAttributes& attributes) {
  int id = -1;
  check(nc_def_var(id_, name.c_str(), NC_INT, static_cast<int>(dimensions.size()), dimensions.data(), &id));
  describe(id, attributes);
  check(nc_put_var_int(id_, id, values.data()));
  return id;
}

int NetcdfFile::variable(const std::string& name, const std::vector<int>& dimensions,
                         const std::vector<std::size_t>& chunk, const TextAttributes& attributes) {
  int id = -1;
  check(nc_def_var(id_, name.c_str(), NC_DOUBLE, static_cast<int>(dimensions.size()), dimensions.data(), &id));
  check(nc_def_var_chunking(id_, id, NC_CHUNKED, chunk.data()));
  check(nc_def_var_deflate(id_, id, 1, 1, compression_level));
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  check(nc_def_var_fill(id_, id, NC_FILL, &undefined));
  describe(id, attributes);
  return id;
}

void NetcdfFile::put(int variable, const std::vector<std::size_t>& start, const std::vector<std::size_t>& count,
                     const std::vector<double>& values) {
  check(nc_put_vara_double(id_, variable, start.data(), count.data(), values.data()));
}

void NetcdfFile::attribute(const std::string& name, const std::string& text) { put_text(id_, NC_GLOBAL, name, text); }

void NetcdfFile::attribute(const std::string& name, double value) {
  check(nc_put_att_double(id_, NC_GLOBAL, name.c_str(), NC_DOUBLE, 1, &value));
}

void NetcdfFile::attribute(const std::string& name, int value) {
  check(nc_put_att_int(id_, NC_GLOBAL, name.c_str(), NC_INT, 1, &value));
}

void NetcdfFile::write_to(WholeFile& out) {
  attribute("complete", 1);
  NC_memio image{};
  const int file = id_;
  id_ = -1;
  check(nc_close_memio(file, &image));
  out.write({static_cast<const char*>(image.memory), image.size});
  std::free(image.memory);
}

void NetcdfFile::describe(int variable, const TextAttributes& attributes) {
  for (const auto& [name, text] : attributes) put_text(id_, variable, name, text);
}

}  // namespace homeward
