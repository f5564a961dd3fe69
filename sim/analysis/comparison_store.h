// Complete replicates of a comparison on disk: one file an arm and one for what compares them, written last.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison.h"

namespace homeward {

class ComparisonStore {
 public:
  // An empty folder keeps nothing.
  ComparisonStore(std::string folder, std::string key) : folder_(std::move(folder)), key_(std::move(key)) {}

  bool keeps() const { return !folder_.empty(); }
  // The store of one arm; its replicates are the arm's.
  ReplicateStore arm(std::size_t arm) const;
  std::optional<std::vector<AltRecord>> load(int replicate) const;
  void save(int replicate, const std::vector<AltRecord>& records) const;

 private:
  std::string file(int replicate) const;
  std::string folder_, key_;
};

std::string encode_records(std::string_view key, const std::vector<AltRecord>& records);
std::optional<std::vector<AltRecord>> decode_records(std::string_view key, std::string_view bytes);

}  // namespace homeward
