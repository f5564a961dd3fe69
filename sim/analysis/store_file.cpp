// Writing: one file a process, appended to with one call a record, and the signs of life of its writer.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

#include "analysis/store_records.h"
#include "analysis/sweep_store.h"
#include "base/fault.h"

namespace homeward {
namespace {

constexpr std::int64_t sync_pause_ms = 1000;

// A word without blanks, so that the first line can be read back.
std::string one_word(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) <= ' ') c = '_';
  }
  return text.empty() ? "-" : text;
}

std::string host_name() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return one_word(name.data());
}

// When a process was started, in ticks since boot (proc(5), field 22 of stat); -1 where there is none or it is dead.
std::int64_t start_of(std::int64_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  if (!std::getline(in, line)) return -1;
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return -1;
  std::istringstream words(line.substr(name_end + 1));
  std::string word;
  words >> word;
  if (word == "Z" || word == "X") return -1;
  for (int field = 4; field <= 22 && words >> word; ++field) {
  }
  return std::strtoll(word.c_str(), nullptr, 10);
}

std::string header(const StoreWriter& writer) {
  return std::string(store_magic) + "plan=" + writer.fingerprint + " shard=" + std::to_string(writer.shard.index) +
         " shards=" + std::to_string(writer.shard.count) + " host=" + writer.host + " job=" + writer.job +
         " process=" + std::to_string(writer.process) + " born=" + std::to_string(writer.process_start) +
         " started=" + std::to_string(writer.started_ms) + " workers=" + std::to_string(writer.workers) + '\n';
}

void write_all(int descriptor, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw RunError("cannot write " + path + ": " + std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

StoreWriter this_process() {
  StoreWriter writer;
  writer.host = host_name();
  const char* job = std::getenv("SLURM_JOB_ID");
  writer.job = one_word(job != nullptr ? job : "");
  writer.process = ::getpid();
  writer.process_start = start_of(writer.process);
  writer.started_ms = now_ms();
  return writer;
}

bool alive(const StoreWriter& writer) {
  if (writer.closed) return false;
  if (writer.host == host_name()) return start_of(writer.process) == writer.process_start;
  return writer.age_seconds < patience_seconds;
}

StoreFile::StoreFile(const std::string& folder, StoreWriter writer) : writer_(std::move(writer)) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw RunError("cannot make the folder " + folder + ": " + error.message());
  std::random_device device;
  for (int attempt = 0; attempt < 100 && descriptor_ < 0; ++attempt) {
    std::array<char, 80> name{};
    std::snprintf(name.data(), name.size(), "/shard-%04d-of-%04d.%08x%08x", writer_.shard.index, writer_.shard.count,
                  static_cast<unsigned>(device()), static_cast<unsigned>(device()));
    writer_.file = folder + name.data() + std::string(store_extension);
    descriptor_ = ::open(writer_.file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor_ < 0 && errno != EEXIST) break;
  }
  if (descriptor_ < 0) throw RunError("cannot write " + writer_.file + ": " + std::strerror(errno));
  const std::string first = header(writer_);
  try {
    write_all(descriptor_, first, writer_.file);
  } catch (...) {
    ::close(descriptor_);
    ::unlink(writer_.file.c_str());
    throw;
  }
  size_ = synced_size_ = first.size();
  beat_ms_ = synced_ms_ = now_ms();
}

StoreFile::~StoreFile() {
  try {
    close();
  } catch (const RunError&) {
    // The records are written; only the word that the file is ended is not.
    if (descriptor_ >= 0) ::close(descriptor_);
  }
}

void StoreFile::append(RecordKind kind, const std::string& key, double seconds, const std::string& rest) {
  const std::string bytes = record_bytes(kind, key, seconds, now_ms(), rest);
  try {
    write_all(descriptor_, bytes, writer_.file);
  } catch (const RunError&) {
    // What was written of the record is cut off; where even that fails, readers find it by its checksum.
    [[maybe_unused]] const int cut = ::ftruncate(descriptor_, static_cast<off_t>(size_));
    throw;
  }
  size_ += bytes.size();
}

void StoreFile::add_done(const std::string& key, double seconds, const StoredRun& run) {
  append(RecordKind::done, key, seconds, encode_run(run));
  holds_runs_ = true;
}

void StoreFile::add_failed(const std::string& key, double seconds, const std::string& message) {
  append(RecordKind::failed, key, seconds, message.substr(0, 2000));
  holds_runs_ = true;
}

void StoreFile::beat() {
  const std::int64_t now = now_ms();
  if (size_ != synced_size_ && now - synced_ms_ >= sync_pause_ms) {
    // Some file systems cannot force to disk; the bytes are with the kernel then.
    if (::fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
      throw RunError("cannot write " + writer_.file + ": " + std::strerror(errno));
    synced_ms_ = now;
    synced_size_ = size_;
  }
  if (now - beat_ms_ >= heartbeat_seconds * 1000) {
    ::futimens(descriptor_, nullptr);
    beat_ms_ = now;
  }
}

void StoreFile::close() {
  if (descriptor_ < 0) return;
  if (!holds_runs_) {
    ::unlink(writer_.file.c_str());
  } else {
    append(RecordKind::closed, "", 0, "");
    ::fdatasync(descriptor_);
  }
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (::close(descriptor) != 0 && holds_runs_)
    throw RunError("cannot write " + writer_.file + ": " + std::strerror(errno));
}

}  // namespace homeward
