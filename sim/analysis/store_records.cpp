#include "analysis/store_records.h"

#include <bit>
#include <chrono>

namespace homeward {
namespace {

constexpr std::string_view mark = "\nRUN1";
constexpr std::size_t key_size = 32;
constexpr std::size_t head_size = 1 + 8 + 8;  // kind, seconds, finished

void put(std::string& bytes, std::uint64_t value, unsigned count) {
  for (unsigned i = 0; i < count; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xff);
}

std::uint64_t get(std::string_view bytes, std::size_t at, unsigned count) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < count; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ull;  // FNV-1a
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return hash;
}

}  // namespace

std::string record_bytes(RecordKind kind, std::string_view key, double seconds, std::int64_t finished_ms,
                         std::string_view rest) {
  std::string body;
  body += static_cast<char>(kind);
  put(body, std::bit_cast<std::uint64_t>(seconds), 8);
  put(body, static_cast<std::uint64_t>(finished_ms), 8);
  body += key;
  body += rest;
  std::string bytes(mark);
  put(bytes, body.size(), 4);
  bytes += body;
  put(bytes, checksum(std::string_view(bytes).substr(mark.size())), 8);
  return bytes;
}

std::optional<Record> parse_record(std::string_view bytes, std::size_t at) {
  if (bytes.size() - at < mark.size() + 4 + head_size + 8 || bytes.substr(at, mark.size()) != mark) return std::nullopt;
  const std::size_t body = at + mark.size() + 4;
  const std::uint64_t size = get(bytes, body - 4, 4);
  if (size < head_size || size > bytes.size() - body - 8) return std::nullopt;
  const std::size_t end = body + static_cast<std::size_t>(size);
  if (get(bytes, end, 8) != checksum(bytes.substr(body - 4, end - body + 4))) return std::nullopt;
  Record record;
  record.kind = static_cast<RecordKind>(bytes[body]);
  record.seconds = std::bit_cast<double>(get(bytes, body + 1, 8));
  record.finished_ms = static_cast<std::int64_t>(get(bytes, body + 9, 8));
  record.end = end + 8;
  if (record.kind == RecordKind::closed) return record;
  if (size < head_size + key_size) return std::nullopt;
  record.key = bytes.substr(body + head_size, key_size);
  record.rest_offset = body + head_size + key_size;
  record.rest = bytes.substr(body + head_size + key_size, end - body - head_size - key_size);
  return record;
}

std::size_t next_mark(std::string_view bytes, std::size_t at) {
  const std::size_t found = bytes.find(mark, at);
  return found == std::string_view::npos ? bytes.size() : found;
}

std::string encode_run(const StoredRun& run) {
  std::string bytes;
  put(bytes, run.totals.size(), 4);
  put(bytes, run.totals.empty() ? 0 : run.totals.front().size(), 4);
  for (const std::vector<double>& series : run.totals) {
    for (const double value : series) put(bytes, std::bit_cast<std::uint64_t>(value), 8);
  }
  return bytes;
}

std::optional<StoredRun> decode_run(std::string_view bytes) {
  if (bytes.size() < 8) return std::nullopt;
  const std::uint64_t measures = get(bytes, 0, 4), years = get(bytes, 4, 4);
  if (measures * years * 8 != bytes.size() - 8) return std::nullopt;
  StoredRun run;
  run.totals.assign(static_cast<std::size_t>(measures), std::vector<double>(static_cast<std::size_t>(years)));
  std::size_t at = 8;
  for (std::vector<double>& series : run.totals) {
    for (double& value : series) {
      value = std::bit_cast<double>(get(bytes, at, 8));
      at += 8;
    }
  }
  return run;
}

std::int64_t now_ms() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace homeward
