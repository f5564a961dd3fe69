// A file that is whole or absent: written under a temporary name in its folder, forced to disk, then renamed.
#pragma once
#include <string>
#include <string_view>

namespace homeward {

// Several files can be written and finished first and committed together at the end, so that a full disk leaves what
// was there before. A file that is not committed is removed.
class WholeFile {
 public:
  // Throws RunError where the temporary file cannot be made.
  explicit WholeFile(std::string path);
  WholeFile(WholeFile&& other) noexcept;
  WholeFile& operator=(WholeFile&&) = delete;
  ~WholeFile();

  // Buffered. Throws RunError (disk full).
  void write(std::string_view bytes);
  // Flushes, forces to disk and closes; once is enough. Throws RunError.
  void finish();
  // Where the bytes are until commit().
  const std::string& temporary() const { return temporary_; }
  // Gives the file its name. Throws RunError.
  void commit();
  const std::string& path() const { return path_; }

 private:
  void flush();
  [[noreturn]] void fail(const char* doing) const;

  std::string path_;
  std::string temporary_;
  std::string buffer_;
  int descriptor_ = -1;
};

// Forces the names in a folder to disk, as far as the file system can.
void sync_folder(const std::string& folder);

}  // namespace homeward
