// The years that arms have in common, kept on disk: one file a replicate, keyed by everything that decides them.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "analysis/common_past.h"
#include "engine/simulation.h"
#include "observation/replicate.h"

namespace homeward {

struct Trunk {
  std::unique_ptr<Simulation> simulation;  // at 31 December of the last year in common
  ReplicateResult result;                  // of the years so far
};

// One line a part: model, seed, scale, years, parameters, tables, arrivals, policy, hosts, outputs.
std::string trunk_key(const Timeline& timeline, const ReplicateSettings& settings, int last_common_year);

std::string trunk_file(const std::string& folder, int replicate);

// Throws InputError where the file is there and is no trunk, of another version, or of another past; says what differs.
void check_trunk(const std::string& file, const std::string& key);
// Empty where there is no file. Throws InputError as check_trunk() does, and where the file is damaged.
std::optional<Trunk> load_trunk(const std::string& file, const std::string& key, const Timeline& timeline,
                                const ReplicateSettings& settings);
// Whole or not at all. Throws RunError (disk).
void save_trunk(const std::string& file, const std::string& key, const Simulation& simulation,
                const ReplicateResult& result);

}  // namespace homeward
