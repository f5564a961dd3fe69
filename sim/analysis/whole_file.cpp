// POSIX calls behind a whole file; each failure says which file and why.
#include "analysis/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/fault.h"

namespace homeward {
namespace {

constexpr std::size_t buffer_bytes = 1 << 20;

}  // namespace

WholeFile::WholeFile(std::string path) : path_(std::move(path)) {
  const std::filesystem::path full(path_);
  temporary_ = (full.parent_path() / ("." + full.filename().string() + ".part")).string();
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor_ < 0) {
    temporary_.clear();
    fail("write");
  }
}

WholeFile::WholeFile(WholeFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      buffer_(std::move(other.buffer_)),
      descriptor_(other.descriptor_) {
  other.descriptor_ = -1;
  other.temporary_.clear();
}

WholeFile::~WholeFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void WholeFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= buffer_bytes) flush();
}

void WholeFile::flush() {
  std::size_t done = 0;
  while (done < buffer_.size()) {
    const ssize_t written = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (written < 0) {
      if (errno == EINTR) continue;
      fail("write");
    }
    done += static_cast<std::size_t>(written);
  }
  buffer_.clear();
}

void WholeFile::finish() {
  if (descriptor_ < 0) return;
  flush();
  // Some file systems cannot force to disk (EINVAL); closing is then all that can be done.
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) fail("write");
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) fail("write");
}

void WholeFile::commit() {
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("rename");
  temporary_.clear();
}

void WholeFile::fail(const char* doing) const {
  throw RunError(std::string("cannot ") + doing + ' ' + path_ + ": " + std::strerror(errno));
}

void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace homeward
