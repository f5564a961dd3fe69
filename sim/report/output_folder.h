// The folder a run writes to: taken before the run, replaced whole at its end, never half a table in it.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/whole_file.h"

namespace homeward {

enum class OtherContent { refused, kept };

// Files that wait to be committed together.
class Batch {
 public:
  WholeFile& add(std::string name, std::string path);
  const std::vector<std::string>& names() const { return names_; }
  std::deque<WholeFile>& files() { return files_; }

 private:
  std::vector<std::string> names_;
  std::deque<WholeFile> files_;  // which stay where they are as others are added
};

class ResultFolder {
 public:
  // Takes a folder that is absent, empty or Homeward's own (it has a marker, or a manifest of Homeward), with
  // OtherContent::kept any. Throws InputError where it may not be taken, RunError where it cannot be written to.
  ResultFolder(const std::string& path, OtherContent other);
  ~ResultFolder();
  ResultFolder(const ResultFolder&) = delete;
  ResultFolder& operator=(const ResultFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string partial_folder() const;
  std::string file(std::string_view name) const;
  // Finishes all files of a batch, then puts them in place of what earlier runs left; the last one, the manifest,
  // comes last, so that a folder with a manifest is complete. Throws RunError.
  void replace_with(Batch& batch);
  // Finishes all files of a batch, then puts them beside what is there. Throws RunError.
  void add(Batch& batch);
  // Removes the marker and the folder where the claim made them and nothing else is in it.
  void abandon();

 private:
  std::string path_;
  int lock_ = -1;
  bool made_folder_ = false;
  bool made_marker_ = false;
};

}  // namespace homeward
