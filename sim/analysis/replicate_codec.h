// A replicate as bytes and back: little-endian, runs of zeros folded, a checksum at the end.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "observation/results.h"

namespace homeward {

// `key` says which run the replicate belongs to.
std::string encode_replicate(std::string_view key, const ReplicateResult& replicate);

// Empty where the bytes are damaged, cut short or of another key.
std::optional<ReplicateResult> decode_replicate(std::string_view key, std::string_view bytes);

}  // namespace homeward
