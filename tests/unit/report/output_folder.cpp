// Whose folder it is, what is replaced, and that a failure leaves what was there.
#include "report/output_folder.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/fault.h"

using namespace homeward;
namespace fs = std::filesystem;

namespace {

// A folder of its own for a case, removed at its end.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / ("homeward-folder-test-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Scratch() { fs::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

void put(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string get(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_run(ResultFolder& folder, const std::vector<std::string>& names, const std::string& text) {
  Batch batch;
  for (const std::string& name : names) batch.add(name, folder.file(name)).write(text);
  folder.replace_with(batch);
}

}  // namespace

TEST_CASE("an absent folder is made, an empty one taken, an own one replaced whole") {
  const Scratch scratch;
  const std::string path = scratch.file("deep/er/out");
  {
    ResultFolder folder(path, OtherContent::refused);
    write_run(folder, {"summary.csv", "priors.csv", "manifest.json"}, "one");
  }
  put(path + "/notes.txt", "mine");
  {
    ResultFolder folder(path, OtherContent::refused);
    write_run(folder, {"summary.csv", "manifest.json"}, "two");
  }
  CHECK(get(path + "/summary.csv") == "two");
  CHECK_FALSE(fs::exists(path + "/priors.csv"));
  CHECK(get(path + "/notes.txt") == "mine");
}

TEST_CASE("a folder with other content is refused, or kept beside with force") {
  const Scratch scratch;
  put(scratch.file("thesis.docx"), "years of work");
  CHECK_THROWS_AS(ResultFolder(scratch.file(""), OtherContent::refused), InputError);
  CHECK_FALSE(fs::exists(scratch.file(".homeward")));
  {
    ResultFolder folder(scratch.file(""), OtherContent::kept);
    write_run(folder, {"summary.csv"}, "one");
  }
  CHECK(get(scratch.file("thesis.docx")) == "years of work");
}

TEST_CASE("a file that homeward would write is never written over where it is somebody's, even with force") {
  const Scratch scratch;
  put(scratch.file("report.html"), "not homeward's");
  CHECK_THROWS_AS(ResultFolder(scratch.file(""), OtherContent::kept), InputError);
  CHECK(get(scratch.file("report.html")) == "not homeward's");
}

TEST_CASE("a manifest of another program does not make a folder ours") {
  const Scratch scratch;
  put(scratch.file("manifest.json"), R"({"name": "a browser extension"})");
  CHECK_THROWS_AS(ResultFolder(scratch.file(""), OtherContent::refused), InputError);
  put(scratch.file("manifest.json"), R"({"homeward": {"version": "0.1.0"}})");
  ResultFolder folder(scratch.file(""), OtherContent::refused);
}

TEST_CASE("names that cannot be folders") {
  const Scratch scratch;
  put(scratch.file("file"), "");
  fs::create_symlink(scratch.file("nowhere"), scratch.file("link"));
  CHECK_THROWS_AS(ResultFolder("", OtherContent::refused), InputError);
  CHECK_THROWS_AS(ResultFolder(scratch.file("file"), OtherContent::refused), InputError);
  CHECK_THROWS_AS(ResultFolder(scratch.file("link"), OtherContent::refused), InputError);
  CHECK_THROWS_AS(ResultFolder("/proc/homeward", OtherContent::refused), RunError);
}

TEST_CASE("two runs cannot write to one folder") {
  const Scratch scratch;
  ResultFolder first(scratch.file("out"), OtherContent::refused);
  CHECK_THROWS_AS(ResultFolder(scratch.file("out"), OtherContent::refused), InputError);
}

TEST_CASE("an abandoned claim leaves nothing") {
  const Scratch scratch;
  ResultFolder folder(scratch.file("out"), OtherContent::refused);
  CHECK(fs::exists(scratch.file("out")));
  folder.abandon();
  CHECK_FALSE(fs::exists(scratch.file("out")));
}

TEST_CASE("files that are not committed leave no trace") {
  const Scratch scratch;
  {
    WholeFile file(scratch.file("table.csv"));
    file.write("half a ta");
  }
  CHECK(fs::is_empty(scratch.file("")));
  CHECK_THROWS_AS(WholeFile(scratch.file("no/such/folder")), RunError);
}
