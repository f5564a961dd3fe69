// Where the runs of a sweep are kept: files that are only appended to, one a process, every record with a checksum.
//
// No two processes write to the same file and nothing is locked, so that any file system that many nodes share will
// do. A record that was cut short (kill -9, a full disk, a node gone) fails its checksum; its run counts as not done.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/sweep.h"

namespace homeward {

// A finished run: [measure][year from 2004 to the last one simulated].
struct StoredRun {
  std::vector<std::vector<double>> totals;
};

enum class RecordKind : std::uint8_t { done = 1, failed = 2, closed = 3 };

// Who wrote a file, from its first line.
struct StoreWriter {
  std::string file;         // path
  std::string fingerprint;  // of the plan
  Shard shard;
  std::string host, job;    // job: SLURM_JOB_ID, or "-"
  std::int64_t process = 0, process_start = 0;  // the latter in clock ticks since boot
  std::int64_t started_ms = 0;                  // since 1970
  int workers = 1;
  bool closed = false;         // it ended by itself
  std::int64_t age_seconds = 0;  // since it last showed life
};

struct StoreEntry {
  RecordKind kind = RecordKind::failed;
  std::size_t writer = 0;  // index into StoreIndex::writers
  std::uint64_t offset = 0, size = 0;  // of what follows the key
  double seconds = 0;                  // it took
  std::int64_t finished_ms = 0;
  std::string message;  // of a failed run
};

// What a store holds: the best that is known of each key (done before failed, later failures before earlier ones).
struct StoreIndex {
  std::unordered_map<std::string, StoreEntry> runs;
  std::vector<StoreWriter> writers;
  std::size_t twice = 0;    // records of runs that were done already
  std::size_t damaged = 0;  // places where records were cut short or changed

  const StoreEntry* find(const std::string& key) const;
  bool done(const std::string& key) const;
};

// Reads all files of a store, or those that may concern a shard: files that other shards of the same plan and split
// have written cannot. Empty where there is no such folder. Throws RunError where a file cannot be read.
struct StoreReader {
  std::string fingerprint;
  std::optional<Shard> only;
};
StoreIndex read_store(const std::string& folder, const StoreReader& reader);

// The values of a finished run; empty where the file no longer has them.
std::optional<StoredRun> read_run(const StoreIndex& index, const std::string& key);

// Whether the process that wrote a file may still be at work: on this machine it is looked up, elsewhere a sign of
// life within `patience_seconds` is taken for one.
bool alive(const StoreWriter& writer);
inline constexpr std::int64_t patience_seconds = 90;
inline constexpr std::int64_t heartbeat_seconds = 20;
// This process, as a writer.
StoreWriter this_process();

// The one file of this process.
class StoreFile {
 public:
  // Makes a file of its own in the folder. Throws RunError.
  StoreFile(const std::string& folder, StoreWriter writer);
  ~StoreFile();
  StoreFile(const StoreFile&) = delete;
  StoreFile& operator=(const StoreFile&) = delete;

  // Appended with one call; where that fails, what was written of it is cut off again and RunError is thrown.
  void add_done(const std::string& key, double seconds, const StoredRun& run);
  void add_failed(const std::string& key, double seconds, const std::string& message);
  // Shows life; forces what was added to disk now and then.
  void beat();
  // Ends the file; a file without records is removed.
  void close();
  const StoreWriter& writer() const { return writer_; }

 private:
  void append(RecordKind kind, const std::string& key, double seconds, const std::string& rest);

  StoreWriter writer_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  bool holds_runs_ = false;
  std::int64_t synced_ms_ = 0, beat_ms_ = 0;
  std::uint64_t synced_size_ = 0;
};

}  // namespace homeward
