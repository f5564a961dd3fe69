// Complete replicates on disk, so that an interrupted run is taken up where it stopped.
#pragma once
#include <optional>
#include <string>

#include "observation/results.h"

namespace homeward {

// What decides the bytes of a replicate beside its number.
struct StoreKey {
  std::string scenario_hash;
  std::string outputs;  // cubes asked for; they are not in the hash
  std::uint64_t seed = 0;
  double scale = 1;
  int to_year = last_year;
  bool draw_priors = false;
};
std::string to_text(const StoreKey& key);
// The outputs of a scenario as one word of a key.
std::string outputs_text(const Scenario& scenario);

// A folder of files replicate-0000.bin, one a replicate, written whole or not at all. An empty folder name makes a
// store that keeps nothing.
class ReplicateStore {
 public:
  ReplicateStore() = default;
  ReplicateStore(std::string folder, std::string key) : folder_(std::move(folder)), key_(std::move(key)) {}

  bool keeps() const { return !folder_.empty(); }
  // Empty where it is missing, damaged or of another run.
  std::optional<ReplicateResult> load(int replicate) const;
  // Throws RunError (disk full, unwritable).
  void save(int replicate, const ReplicateResult& result) const;
  // Whether the folder holds replicates, but none of this run.
  bool holds_another_run() const;
  // Removes everything the store has written, of whatever run.
  void clear() const;

 private:
  std::string file(int replicate) const;

  std::string folder_;
  std::string key_;
};

}  // namespace homeward
