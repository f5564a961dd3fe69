// Files of a store: named by replicate, keyed by run.
#include "analysis/replicate_store.h"

#include <bit>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "analysis/model_version.h"
#include "analysis/replicate_codec.h"
#include "analysis/whole_file.h"
#include "base/fault.h"

namespace homeward {
namespace fs = std::filesystem;

std::string to_text(const StoreKey& key) {
  return "model " + std::to_string(model_version) + "\nscenario " + key.scenario_hash + "\nseed " +
         std::to_string(key.seed) + "\nscale " + std::to_string(std::bit_cast<std::uint64_t>(key.scale)) +
         "\nto " + std::to_string(key.to_year) + "\npriors " + (key.draw_priors ? "drawn" : "default") +
         "\noutputs " + key.outputs + "\n";
}

std::string outputs_text(const Scenario& scenario) {
  std::string text;
  for (const OutputCube& cube : scenario.outputs) {
    for (const std::string& measure : cube.measures) text += measure + ',';
    text += '/';
    for (const std::string& dimension : cube.by) text += dimension + ',';
    text += ';';
  }
  return text;
}

std::string ReplicateStore::file(int replicate) const {
  char name[40];
  std::snprintf(name, sizeof name, "/replicate-%04d.bin", replicate);
  return folder_ + name;
}

std::optional<ReplicateResult> ReplicateStore::load(int replicate) const {
  if (!keeps()) return std::nullopt;
  std::ifstream in(file(replicate), std::ios::binary);
  if (!in) return std::nullopt;
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return std::nullopt;
  return decode_replicate(key_, bytes);
}

void ReplicateStore::save(int replicate, const ReplicateResult& result) const {
  if (!keeps()) return;
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) throw RunError("cannot make the folder " + folder_ + ": " + error.message());
  WholeFile out(file(replicate));
  out.write(encode_replicate(key_, result));
  out.finish();
  out.commit();
}

bool ReplicateStore::holds_another_run() const {
  if (!keeps()) return false;
  bool any = false;
  std::error_code error;
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != ".bin") continue;
    std::ifstream in(entry->path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (decode_replicate(key_, bytes)) return false;
    any = true;
  }
  return any;
}

void ReplicateStore::clear() const {
  if (!keeps()) return;
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace homeward
