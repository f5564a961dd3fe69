// The only user of HDF5 (its C interface).
#include "report/netcdf_file.h"

#include <hdf5.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <memory>

#include "base/fault.h"

namespace homeward {
namespace {

constexpr unsigned compression_level = 1;
// Smaller variables lie in one piece: compressing one costs more than it saves.
constexpr std::size_t least_compressed_bytes = 1 << 16;
constexpr std::size_t growth_bytes = 1 << 20;
constexpr std::size_t text_buffer_bytes = 1 << 14;
constexpr hsize_t metadata_block_bytes = 1 << 16;

std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

hid_t sound(hid_t id, const char* doing) {
  if (id < 0) throw RunError(std::string("cannot write results.nc: HDF5 cannot ") + doing);
  return id;
}

// What HDF5 hands out, closed when it goes out of scope.
class Handle {
 public:
  Handle(hid_t id, herr_t (*close)(hid_t), const char* doing) : id_(sound(id, doing)), close_(close) {}
  ~Handle() { close_(id_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  operator hid_t() const { return id_; }  // NOLINT: it stands for the id

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

Handle space_of(const std::vector<hsize_t>& lengths) {
  return {H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr), H5Sclose, "describe a shape"};
}
// The time of day stays out of the file.
Handle storage() {
  const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_obj_track_times(properties, false);
  return {properties, H5Pclose, "describe a variable"};
}
Handle scalar() { return {H5Screate(H5S_SCALAR), H5Sclose, "describe a number"}; }

void put_attribute(hid_t object, const std::string& name, hid_t type, hid_t space, const void* value) {
  const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "make an attribute");
  if (value != nullptr) sound(H5Awrite(attribute, type, value), "write an attribute");
}

void put_text(hid_t object, const std::string& name, const std::string& text) {
  const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "describe a text");
  H5Tset_size(type, std::max<std::size_t>(1, text.size()));
  H5Tset_cset(type, H5T_CSET_UTF8);
  if (text.empty()) {
    const Handle nothing(H5Screate(H5S_NULL), H5Sclose, "describe an empty text");
    put_attribute(object, name, type, nothing, nullptr);
  } else {
    put_attribute(object, name, type, scalar(), text.data());
  }
}

// One number is a list of one, as the NetCDF library has it.
void put_number(hid_t object, const std::string& name, hid_t type, const void* value) {
  put_attribute(object, name, type, space_of({1}), value);
}

// The attributes by which HDF5's readers know a dimension scale (H5DS specification).
void make_scale(hid_t dataset, const std::string& name, int dimension) {
  const auto put = [&](const char* attribute, const std::string& text) {
    const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "describe a text");
    H5Tset_size(type, text.size() + 1);
    put_attribute(dataset, attribute, type, scalar(), text.c_str());
  };
  put("CLASS", "DIMENSION_SCALE");
  put("NAME", name);
  put_attribute(dataset, "_Netcdf4Dimid", H5T_NATIVE_INT, scalar(), &dimension);
}

std::vector<hsize_t> to_hdf5(const std::vector<std::size_t>& lengths) { return {lengths.begin(), lengths.end()}; }

}  // namespace

NetcdfFile::NetcdfFile() : alone_(one_at_a_time()) {
  H5dont_atexit();
  sound(H5open(), "start");
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "start");
  H5Pset_fapl_core(access, growth_bytes, false);
  H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
  H5Pset_meta_block_size(access, metadata_block_bytes);
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "start");
  H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_obj_track_times(creation, false);
  H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  file_ = sound(H5Fcreate("results.nc", H5F_ACC_TRUNC, creation, access), "make a file");
  root_ = sound(H5Gopen2(file_, "/", H5P_DEFAULT), "make a file");
}

NetcdfFile::~NetcdfFile() {
  for (const Variable& variable : variables_) H5Dclose(variable.dataset);
  if (root_ >= 0) H5Gclose(root_);
  if (file_ >= 0) H5Fclose(file_);
}

int NetcdfFile::dimension(const std::string& name, std::size_t length) {
  dimensions_.push_back({name, length, -1});
  return static_cast<int>(dimensions_.size()) - 1;
}

int NetcdfFile::words(const std::string& name, const std::vector<std::string>& words,
                      const TextAttributes& attributes) {
  const int id = dimension(name, words.size());
  text_variable(name, id, words, attributes);
  return id;
}

int NetcdfFile::add(const std::string& name, const std::vector<int>& dimensions, std::int64_t type,
                    std::int64_t properties, const TextAttributes& attributes) {
  std::vector<hsize_t> lengths;
  for (const int dimension : dimensions) lengths.push_back(dimensions_[static_cast<std::size_t>(dimension)].length);
  const hid_t dataset =
      sound(H5Dcreate2(file_, name.c_str(), type, space_of(lengths), H5P_DEFAULT, properties, H5P_DEFAULT),
            "make a variable");
  const int id = static_cast<int>(variables_.size());
  variables_.push_back({dataset, 0, dimensions});
  H5O_info_t facts;
  sound(H5Oget_info2(dataset, &facts, H5O_INFO_BASIC), "find a variable");
  variables_.back().address = facts.addr;
  for (const auto& [key, text] : attributes) put_text(dataset, key, text);
  for (Dimension& dimension : dimensions_) {
    if (dimension.name == name) dimension.variable = id;
  }
  return id;
}

int NetcdfFile::text_variable(const std::string& name, int dimension, const std::vector<std::string>& values,
                              const TextAttributes& attributes) {
  const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "describe texts");
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  const int id = add(name, {dimension}, type, storage(), attributes);
  std::vector<const char*> pointers;
  for (const std::string& value : values) pointers.push_back(value.c_str());
  // Texts go through a buffer that is cleared first; it is a megabyte unless told.
  const Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose, "write texts");
  H5Pset_buffer(transfer, text_buffer_bytes, nullptr, nullptr);
  sound(H5Dwrite(variables_.back().dataset, type, H5S_ALL, H5S_ALL, transfer, pointers.data()), "write texts");
  return id;
}

int NetcdfFile::integer_variable(const std::string& name, const std::vector<int>& dimensions,
                                 const std::vector<int>& values, const TextAttributes& attributes) {
  const int id = add(name, dimensions, H5T_STD_I32LE, storage(), attributes);
  sound(H5Dwrite(variables_.back().dataset, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
        "write integers");
  return id;
}

int NetcdfFile::variable(const std::string& name, const std::vector<int>& dimensions,
                         const std::vector<std::size_t>& chunk, const TextAttributes& attributes) {
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  const Handle properties = storage();
  std::size_t bytes = sizeof(double);
  for (const int dimension : dimensions) bytes *= dimensions_[static_cast<std::size_t>(dimension)].length;
  if (bytes >= least_compressed_bytes) {
    sound(H5Pset_chunk(properties, static_cast<int>(chunk.size()), to_hdf5(chunk).data()), "cut into chunks");
    sound(H5Pset_shuffle(properties), "compress");
    sound(H5Pset_deflate(properties, compression_level), "compress");
  }
  H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &undefined);
  const int id = add(name, dimensions, H5T_IEEE_F64LE, properties, attributes);
  put_number(variables_.back().dataset, "_FillValue", H5T_NATIVE_DOUBLE, &undefined);
  return id;
}

void NetcdfFile::put(int variable, const std::vector<std::size_t>& start, const std::vector<std::size_t>& count,
                     const std::vector<double>& values) {
  const hid_t dataset = variables_[static_cast<std::size_t>(variable)].dataset;
  const Handle in_file(H5Dget_space(dataset), H5Sclose, "find a variable");
  sound(H5Sselect_hyperslab(in_file, H5S_SELECT_SET, to_hdf5(start).data(), nullptr, to_hdf5(count).data(), nullptr),
        "find a part of a variable");
  // Of the same shape as in the file: HDF5 then copies rows instead of looking for the place of every value.
  sound(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, space_of(to_hdf5(count)), in_file, H5P_DEFAULT, values.data()),
        "write numbers");
}

void NetcdfFile::attribute(const std::string& name, const std::string& text) { put_text(root_, name, text); }
void NetcdfFile::attribute(const std::string& name, double value) {
  put_number(root_, name, H5T_NATIVE_DOUBLE, &value);
}
void NetcdfFile::attribute(const std::string& name, int value) { put_number(root_, name, H5T_NATIVE_INT, &value); }

// Which dimensions a variable has is said at the variable (DIMENSION_LIST) and at the dimensions (REFERENCE_LIST); a
// dimension without a variable of its name is a variable without values.
void NetcdfFile::tie_dimensions() {
  struct Use {
    hobj_ref_t variable;
    int axis;
    int padding = 0;  // it reaches the file
  };
  std::vector<std::vector<Use>> uses(dimensions_.size());
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    Dimension& dimension = dimensions_[d];
    const std::string own_name = dimension.name;
    std::string name = own_name;
    if (dimension.variable < 0) {
      std::array<char, 80> text{};
      std::snprintf(text.data(), text.size(), "This is a netCDF dimension but not a netCDF variable. %10zu",
                    dimension.length);
      name = text.data();
      dimension.variable = add(own_name, {static_cast<int>(d)}, H5T_IEEE_F32BE, storage(), {});
    }
    make_scale(variables_[static_cast<std::size_t>(dimension.variable)].dataset, name, static_cast<int>(d));
  }
  const Handle list(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "tie dimensions");
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    const Variable& variable = variables_[v];
    std::vector<hobj_ref_t> scales;
    for (const int d : variable.dimensions) {
      scales.push_back(variables_[static_cast<std::size_t>(dimensions_[static_cast<std::size_t>(d)].variable)].address);
    }
    if (scales.size() == 1 && scales.front() == variable.address) continue;  // it is the dimension itself
    std::vector<hvl_t> lists;
    for (std::size_t axis = 0; axis < scales.size(); ++axis) {
      lists.push_back({1, &scales[axis]});
      uses[static_cast<std::size_t>(variable.dimensions[axis])].push_back({variable.address, static_cast<int>(axis), 0});
    }
    put_attribute(variable.dataset, "DIMENSION_LIST", list, space_of({lists.size()}), lists.data());
  }
  const Handle use(H5Tcreate(H5T_COMPOUND, sizeof(Use)), H5Tclose, "tie dimensions");
  H5Tinsert(use, "dataset", HOFFSET(Use, variable), H5T_STD_REF_OBJ);
  H5Tinsert(use, "dimension", HOFFSET(Use, axis), H5T_NATIVE_INT);
  for (std::size_t d = 0; d < uses.size(); ++d) {
    if (uses[d].empty()) continue;
    const hid_t dataset = variables_[static_cast<std::size_t>(dimensions_[d].variable)].dataset;
    put_attribute(dataset, "REFERENCE_LIST", use, space_of({uses[d].size()}), uses[d].data());
  }
}

void NetcdfFile::write_to(WholeFile& out) {
  tie_dimensions();
  attribute("complete", 1);
  sound(H5Fflush(file_, H5F_SCOPE_GLOBAL), "finish the file");
  const auto bytes = static_cast<std::size_t>(std::max<ssize_t>(0, H5Fget_file_image(file_, nullptr, 0)));
  const auto image = std::make_unique_for_overwrite<char[]>(bytes);
  if (H5Fget_file_image(file_, image.get(), bytes) != static_cast<ssize_t>(bytes)) sound(-1, "finish the file");
  out.write({image.get(), bytes});
}

}  // namespace homeward
