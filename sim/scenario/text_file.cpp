#include "scenario/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include "scenario/number.h"

namespace homeward {
namespace {

// Closes a file descriptor at the end of a scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// What a path leads to where it is no regular file; empty where it is one.
std::string odd_kind(const struct stat& status) {
  if (S_ISREG(status.st_mode)) return "";
  if (S_ISDIR(status.st_mode)) return "a folder";
  if (S_ISFIFO(status.st_mode)) return "a pipe";
  if (S_ISSOCK(status.st_mode)) return "a socket";
  return "a device";
}

// "Did you mean 'x.yaml'?" among the neighbours of a missing file.
std::string neighbour(const std::string& path) {
  const std::filesystem::path missing(path);
  const std::filesystem::path folder = missing.has_parent_path() ? missing.parent_path() : std::filesystem::path(".");
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error))
    return "The folder '" + shown(folder.string()) + "' is missing too";
  std::vector<std::string> names;
  std::filesystem::directory_iterator entry(folder, error);
  while (!error && entry != std::filesystem::directory_iterator() && names.size() < 10000) {
    names.push_back(entry->path().filename().string());
    entry.increment(error);
  }
  std::sort(names.begin(), names.end());
  return did_you_mean(missing.filename().string(), names);
}

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

std::string kind_name(TextKind kind) { return kind == TextKind::yaml ? "scenario" : "table"; }

// The length of the UTF-8 character at `at`, 0 where there is none (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : static_cast<unsigned char>(0);
  };
  const auto within = [](unsigned char value, int low, int high) { return value >= low && value <= high; };
  const auto tail = [&](std::size_t i) { return within(byte(i), 0x80, 0xBF); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  if (within(lead, 0xC2, 0xDF)) return tail(1) ? 2 : 0;
  if (lead == 0xE0) return within(byte(1), 0xA0, 0xBF) && tail(2) ? 3 : 0;
  if (lead == 0xED) return within(byte(1), 0x80, 0x9F) && tail(2) ? 3 : 0;
  if (within(lead, 0xE1, 0xEF)) return tail(1) && tail(2) ? 3 : 0;
  if (lead == 0xF0) return within(byte(1), 0x90, 0xBF) && tail(2) && tail(3) ? 4 : 0;
  if (within(lead, 0xF1, 0xF3)) return tail(1) && tail(2) && tail(3) ? 4 : 0;
  if (lead == 0xF4) return within(byte(1), 0x80, 0x8F) && tail(2) && tail(3) ? 4 : 0;
  return 0;
}

bool starts_with_bytes(std::string_view text, std::string_view bytes) { return text.substr(0, bytes.size()) == bytes; }

}  // namespace

std::size_t largest_text(TextKind kind) {
  constexpr std::size_t megabyte = std::size_t{1} << 20;
  return kind == TextKind::yaml ? megabyte : 16 * megabyte;
}

std::optional<std::string> read_text_file(const std::string& path, TextKind kind, const Place& named_at,
                                          Faults& faults) {
  const Place place = named_at.file.empty() ? Place{path, 0, 0} : named_at;
  const std::string subject = named_at.file.empty() ? "the file" : "'" + shown(path) + "'";
  const auto fault = [&](const std::string& problem, const std::string& reason, const std::string& remedy) {
    faults.add({place, "", problem, reason, remedy});
    return std::nullopt;
  };
  const auto fault_of = [&](int error) {
    if (error == ENOENT || error == ENOTDIR) return fault(subject + " does not exist", "", neighbour(path));
    return fault(subject + " cannot be read", std::strerror(error), "Check the path and its permissions");
  };
  const auto odd = [&](const struct stat& status) {
    return fault(subject + " is " + odd_kind(status) + ", not a file",
                 "Only regular files are read, so that nothing waits", "Name a " + kind_name(kind) + " file");
  };
  const auto too_large = [&] {
    return fault(subject + " is larger than " + megabytes(largest_text(kind)),
                 "No " + kind_name(kind) + " needs that much", "Check that it is the file you meant");
  };
  if (path.empty()) return fault("no file is named", "", "Name a " + kind_name(kind) + " file");
  if (path.find('\0') != std::string::npos) return fault("the path contains a NUL byte", "No file has such a name", "");

  // First without opening: to open a device may already do something.
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return fault_of(errno);
  if (!S_ISREG(status.st_mode)) return odd(status);
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.number() < 0) return fault_of(errno);
  if (::fstat(file.number(), &status) != 0) return fault_of(errno);
  if (!S_ISREG(status.st_mode)) return odd(status);
  const std::size_t cap = largest_text(kind);
  if (static_cast<std::size_t>(status.st_size) > cap) return too_large();

  std::string text;
  text.resize(static_cast<std::size_t>(status.st_size) + 1);
  std::size_t size = 0;
  for (;;) {
    const ssize_t got = ::read(file.number(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fault_of(errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > cap) return too_large();
    if (size == text.size()) text.resize(std::min(2 * text.size() + 4096, cap + 1));
  }
  text.resize(size);
  if (!check_characters(text, kind, path, faults)) return std::nullopt;
  return text;
}

bool check_characters(std::string_view text, TextKind kind, const std::string& file, Faults& faults) {
  const auto fault = [&](std::size_t at, const std::string& problem, const std::string& reason,
                         const std::string& remedy) {
    faults.add({place_of(text, at, file), "", problem, reason, remedy});
    return false;
  };
  if (text.size() > largest_text(kind)) {
    faults.add({{file, 0, 0},
                "",
                "the text is larger than " + megabytes(largest_text(kind)),
                "No " + kind_name(kind) + " needs that much",
                ""});
    return false;
  }
  if (starts_with_bytes(text, "\xFF\xFE") || starts_with_bytes(text, "\xFE\xFF")) {
    return fault(0, "the file is in UTF-16", "Only UTF-8 is read", "Save it as UTF-8 without a byte order mark");
  }
  if (starts_with_bytes(text, "\xEF\xBB\xBF")) {
    return fault(0, "the file starts with a byte order mark (BOM)", "It would become part of the first word",
                 "Save it as UTF-8 without a byte order mark");
  }
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++at;
      continue;
    }
    if (byte == 0) {
      return fault(at, "NUL byte", "A text has none; the file may be binary or in UTF-16", "Save it as UTF-8 text");
    }
    if (byte == '\r' && kind == TextKind::csv) {
      return fault(at, "carriage return (CRLF line ends)", "It would become part of the last column",
                   "Save the table with Unix line ends (LF)");
    }
    const bool ends_line = byte == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if ((byte < 0x20 && byte != '\n' && byte != '\t' && !ends_line) || byte == 0x7F) {
      return fault(at, "control character " + std::to_string(static_cast<int>(byte)), "A text has none", "Remove it");
    }
    const std::size_t length = character_length(text, at);
    if (length == 0) return fault(at, "bytes that are not UTF-8", "Only UTF-8 is read", "Save the file as UTF-8");
    at += length;
  }
  return true;
}

Place place_of(std::string_view text, std::size_t offset, const std::string& file) {
  Place place{file, 1, 1};
  for (std::size_t at = 0; at < std::min(offset, text.size()); ++at) {
    if (text[at] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

std::string path_beside(const std::string& file, const std::string& named) {
  const std::filesystem::path path(named);
  if (path.is_absolute()) return path.lexically_normal().string();
  return (std::filesystem::path(file).parent_path() / path).lexically_normal().string();
}

}  // namespace homeward
