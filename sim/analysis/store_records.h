// The bytes of a record in a store file: a mark, a length, what it says, a checksum; little-endian.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/sweep_store.h"

namespace homeward {

inline constexpr std::string_view store_magic = "homeward-sweep 1 ";
inline constexpr std::string_view store_extension = ".runs";

struct Record {
  RecordKind kind = RecordKind::done;
  std::string_view key;  // 32 characters; empty for `closed`
  double seconds = 0;
  std::int64_t finished_ms = 0;
  std::string_view rest;
  std::uint64_t rest_offset = 0;
  std::size_t end = 0;  // the byte behind it
};

std::string record_bytes(RecordKind kind, std::string_view key, double seconds, std::int64_t finished_ms,
                         std::string_view rest);
// The record that starts at `at`; empty where it is cut short or changed.
std::optional<Record> parse_record(std::string_view bytes, std::size_t at);
// Where the next record may start; the size of `bytes` where none does.
std::size_t next_mark(std::string_view bytes, std::size_t at);

std::string encode_run(const StoredRun& run);
std::optional<StoredRun> decode_run(std::string_view bytes);

std::int64_t now_ms();

}  // namespace homeward
