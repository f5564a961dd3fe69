// Reading: every file from its first line on, record by record; after damage at the next record that is whole.
#include "analysis/sweep_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "analysis/store_records.h"
#include "base/fault.h"

namespace homeward {
namespace fs = std::filesystem;

namespace {

std::optional<StoreWriter> parse_writer(std::string_view line) {
  if (!line.starts_with(store_magic)) return std::nullopt;
  StoreWriter writer;
  std::istringstream words{std::string(line.substr(store_magic.size()))};
  std::string word;
  while (words >> word) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) return std::nullopt;
    const std::string name = word.substr(0, equals), value = word.substr(equals + 1);
    const auto number = [&] { return std::strtoll(value.c_str(), nullptr, 10); };
    if (name == "plan") writer.fingerprint = value;
    if (name == "host") writer.host = value;
    if (name == "job") writer.job = value;
    if (name == "shard") writer.shard.index = static_cast<int>(number());
    if (name == "shards") writer.shard.count = static_cast<int>(number());
    if (name == "process") writer.process = number();
    if (name == "born") writer.process_start = number();
    if (name == "started") writer.started_ms = number();
    if (name == "workers") writer.workers = static_cast<int>(number());
  }
  return writer;
}

std::string read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad() || !in.is_open()) throw RunError("cannot read " + path.string() + ": " + std::strerror(errno));
  return bytes;
}

// Seconds since a file was last touched, by the clock of the file system where another file is younger.
void take_ages(std::vector<StoreWriter>& writers) {
  std::vector<std::int64_t> times;
  std::int64_t latest = 0;
  for (const StoreWriter& writer : writers) {
    struct stat facts {};
    const bool found = ::stat(writer.file.c_str(), &facts) == 0;
    times.push_back(found ? static_cast<std::int64_t>(facts.st_mtime) : 0);
    latest = std::max(latest, times.back());
  }
  const std::int64_t now = std::max<std::int64_t>(latest, now_ms() / 1000);
  for (std::size_t i = 0; i < writers.size(); ++i) writers[i].age_seconds = now - times[i];
}

void take_record(const Record& record, std::size_t writer, StoreIndex& index) {
  if (record.kind == RecordKind::closed) {
    index.writers[writer].closed = true;
    return;
  }
  StoreEntry entry;
  entry.kind = record.kind;
  entry.writer = writer;
  entry.offset = record.rest_offset;
  entry.size = record.rest.size();
  entry.seconds = record.seconds;
  entry.finished_ms = record.finished_ms;
  if (record.kind == RecordKind::failed) entry.message = std::string(record.rest);
  const auto [at, fresh] = index.runs.try_emplace(std::string(record.key), entry);
  if (fresh) return;
  if (at->second.kind == RecordKind::done) {
    if (record.kind == RecordKind::done) ++index.twice;
    return;
  }
  if (record.kind == RecordKind::done || at->second.finished_ms <= entry.finished_ms) at->second = entry;
}

}  // namespace

const StoreEntry* StoreIndex::find(const std::string& key) const {
  const auto found = runs.find(key);
  return found == runs.end() ? nullptr : &found->second;
}

bool StoreIndex::done(const std::string& key) const {
  const StoreEntry* entry = find(key);
  return entry != nullptr && entry->kind == RecordKind::done;
}

StoreIndex read_store(const std::string& folder, const StoreReader& reader) {
  StoreIndex index;
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    // Nothing that only looks like a store: reading a FIFO or a device would never end.
    const bool is_store = entry->path().extension() == store_extension && entry->is_regular_file(error);
    if (is_store && !entry->is_symlink(error)) files.push_back(entry->path());
    error.clear();
  }
  if (error && error != std::errc::no_such_file_or_directory)
    throw RunError("cannot read the folder " + folder + ": " + error.message());
  std::sort(files.begin(), files.end());
  for (const fs::path& path : files) {
    std::string first;
    if (std::ifstream in(path, std::ios::binary); !in || !std::getline(in, first)) {
      if (!fs::exists(path, error)) continue;  // removed by its writer meanwhile
    }
    std::optional<StoreWriter> writer = parse_writer(first);
    if (!writer) {
      ++index.damaged;
      continue;
    }
    writer->file = path.string();
    const bool other_shard = reader.only && writer->fingerprint == reader.fingerprint &&
                             writer->shard.count == reader.only->count && writer->shard.index != reader.only->index;
    if (other_shard) continue;
    const std::string bytes = read_whole(path);
    index.writers.push_back(std::move(*writer));
    std::size_t at = first.size() + 1;
    bool whole = true;
    while (at < bytes.size()) {
      if (const std::optional<Record> record = parse_record(bytes, at)) {
        take_record(*record, index.writers.size() - 1, index);
        at = record->end;
        whole = true;
        continue;
      }
      if (whole) ++index.damaged;
      whole = false;
      at = next_mark(bytes, at + 1);
    }
  }
  take_ages(index.writers);
  return index;
}

std::optional<StoredRun> read_run(const StoreIndex& index, const std::string& key) {
  const StoreEntry* entry = index.find(key);
  if (entry == nullptr || entry->kind != RecordKind::done) return std::nullopt;
  std::ifstream in(index.writers[entry->writer].file, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(entry->size), '\0');
  in.seekg(static_cast<std::streamoff>(entry->offset));
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!in) return std::nullopt;
  return decode_run(bytes);
}

}  // namespace homeward
