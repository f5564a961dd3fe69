// Whose folder it is, a lock on it, and the order in which files change.
#include "report/output_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "report/result_files.h"

namespace homeward {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view marker = ".homeward";
constexpr std::string_view partial = ".homeward-partial";
constexpr std::string_view manifest = "manifest.json";
constexpr std::string_view marker_text =
    "# This folder belongs to homeward: the next run into it replaces the files named below.\n";

[[noreturn]] void refuse(const std::string& path, std::string problem, std::string remedy) {
  throw InputError(Fault{{path, 0, 0}, "", std::move(problem), "", std::move(remedy)});
}

bool is_temporary(const std::string& name) { return name.starts_with('.') && name.ends_with(".part"); }

bool is_own_manifest(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > (std::uintmax_t{64} << 20)) return false;
  std::ifstream in(path);
  const auto json = nlohmann::json::parse(in, nullptr, false);
  return json.is_object() && json.contains("homeward") && json["homeward"].is_object() &&
         json["homeward"].contains("version");
}

// The first entry that is not Homeward's, or empty. A marker or a manifest makes the whole folder Homeward's.
std::string other_content(const std::string& path) {
  std::string other;
  std::error_code error;
  if (fs::exists(fs::path(path) / marker, error) || is_own_manifest(fs::path(path) / manifest)) return "";
  for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name != partial && !is_temporary(name) && (other.empty() || name < other)) other = name;
  }
  if (error) throw RunError("cannot read the folder " + path + ": " + error.message());
  return other;
}

// What earlier runs left: the names in the marker and, in a folder that came without one, those a run of any verb may
// write.
std::vector<std::string> earlier_files(const std::string& path) {
  std::vector<std::string> names;
  if (is_own_manifest(fs::path(path) / manifest)) {
    for (const ResultFile& file : result_files()) names.emplace_back(file.name);
  }
  std::ifstream in(fs::path(path) / marker);
  std::string line;
  while (std::getline(in, line)) {
    if (!line.empty() && line.front() != '#' && line.front() != '.' && line.find('/') == std::string::npos) {
      names.push_back(line);
    }
  }
  return names;
}

void write_marker(const std::string& path, const std::vector<std::string>& names) {
  WholeFile file((fs::path(path) / marker).string());
  file.write(marker_text);
  for (const std::string& name : names) file.write(name + '\n');
  file.finish();
  file.commit();
}

}  // namespace

WholeFile& Batch::add(std::string name, std::string path) {
  names_.push_back(std::move(name));
  return files_.emplace_back(std::move(path));
}

ResultFolder::ResultFolder(const std::string& path, OtherContent other) : path_(path) {
  if (path.empty()) refuse("-o", "the name of the output folder is empty", "Give a folder, as in `-o results`");
  if (path.find('\0') != std::string::npos) refuse("-o", "the name of the output folder has a NUL byte", "");
  while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
  std::error_code error;
  const fs::file_status status = fs::status(path_, error);
  if (status.type() == fs::file_type::none) throw RunError("cannot look at " + path_ + ": " + error.message());
  if (fs::is_symlink(path_, error) && !fs::exists(status)) refuse(path_, "is a link that leads nowhere", "");
  if (fs::exists(status) && !fs::is_directory(status)) {
    refuse(path_, "is a file; results need a folder", "Give another folder with -o");
  }
  if (fs::exists(status)) {
    const std::string found = other_content(path_);
    if (!found.empty() && other == OtherContent::refused) {
      refuse(path_, "holds '" + found + "', which is not of homeward",
             "Give an empty folder with -o, or --force to write beside it");
    }
    if (!found.empty()) {
      // Writing beside somebody's files, never over them.
      for (const ResultFile& file : result_files()) {
        if (file.of == ResultFile::Of::sweep || !fs::exists(fs::path(path_) / file.name, error)) continue;
        refuse(path_, "holds a '" + std::string(file.name) + "' that is not of homeward", "Give another folder with -o");
      }
    }
  } else {
    fs::create_directories(path_, error);
    if (error) throw RunError("cannot make the folder " + path_ + ": " + error.message());
    made_folder_ = true;
  }
  lock_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // A file system without locks does without.
  if (lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(lock_);
    lock_ = -1;
    refuse(path_, "another homeward is writing to this folder", "Wait for it, or give another folder with -o");
  }
  try {
    if (!fs::exists(fs::path(path_) / marker, error)) {
      write_marker(path_, {});
      made_marker_ = true;
    } else {
      // The folder was ours before; is it still writable, with room left?
      WholeFile probe((fs::path(path_) / ".probe").string());
      probe.write(std::string(4096, '\n'));
      probe.finish();
    }
  } catch (...) {
    abandon();
    if (lock_ >= 0) ::close(lock_);
    throw;
  }
}

ResultFolder::~ResultFolder() {
  if (lock_ >= 0) ::close(lock_);
}

std::string ResultFolder::partial_folder() const { return file(partial); }

std::string ResultFolder::file(std::string_view name) const { return (fs::path(path_) / name).string(); }

void ResultFolder::replace_with(Batch& batch) {
  for (WholeFile& file : batch.files()) file.finish();
  const std::vector<std::string>& names = batch.names();
  const std::vector<std::string> earlier = earlier_files(path_);
  write_marker(path_, names);
  std::error_code ignored;
  fs::remove(fs::path(path_) / manifest, ignored);
  for (const std::string& name : earlier) {
    const bool stale = std::find(names.begin(), names.end(), name) == names.end();
    if (stale) fs::remove(fs::path(path_) / name, ignored);
  }
  for (WholeFile& file : batch.files()) file.commit();
  sync_folder(path_);
  made_folder_ = made_marker_ = false;
}

void ResultFolder::add(Batch& batch) {
  for (WholeFile& file : batch.files()) file.finish();
  std::vector<std::string> names = earlier_files(path_);
  names.insert(names.end(), batch.names().begin(), batch.names().end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  write_marker(path_, names);
  for (WholeFile& file : batch.files()) file.commit();
  sync_folder(path_);
  made_folder_ = made_marker_ = false;
}

void ResultFolder::abandon() {
  std::error_code ignored;
  if (made_marker_) {
    for (fs::directory_iterator entry(path_, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
      if (entry->path().filename() == partial) return;
    }
    fs::remove(fs::path(path_) / marker, ignored);
  }
  if (made_folder_) fs::remove(path_, ignored);  // only where it is empty
}

}  // namespace homeward
