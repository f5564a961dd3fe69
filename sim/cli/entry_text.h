// Entries of the vocabulary as text and as JSON.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "homeward/homeward.h"

namespace homeward::cli {

// lever, parameter, measure, host, dimension, key or group; with an s, as `homeward list` wants it.
std::string kind_word(EntryKind kind);
// "0 to 1"; empty where there is no range.
std::string range_text(const std::optional<double>& low, const std::optional<double>& high);
nlohmann::ordered_json to_json(const Entry& entry);

}  // namespace homeward::cli
