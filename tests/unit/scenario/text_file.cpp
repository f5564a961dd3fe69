// Files from strangers: what is not a text is refused at once, whatever it is.
#include "scenario/text_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <chrono>

#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

namespace {

std::string fault_of_file(const TemporaryFolder& folder, const std::string& path, TextKind kind = TextKind::yaml) {
  Faults faults;
  CHECK_FALSE(read_text_file(path, kind, {}, faults));
  return folder.local(text_of(faults));
}

std::string fault_of_text(std::string_view text, TextKind kind) {
  Faults faults;
  check_characters(text, kind, "t", faults);
  return text_of(faults);
}

}  // namespace

TEST_CASE("a text is read whole") {
  const TemporaryFolder folder;
  Faults faults;
  const std::string text = "a: Đà Nẵng 🌏\r\nb: \t1\n";
  CHECK(read_text_file(folder.write("a.yaml", text), TextKind::yaml, {}, faults) == text);
  CHECK(read_text_file(folder.write("empty.yaml", ""), TextKind::yaml, {}, faults) == "");
  CHECK(faults.empty());
}

TEST_CASE("pipes, folders, devices and oversized files never make the reader wait") {
  const TemporaryFolder folder;
  const auto start = std::chrono::steady_clock::now();
  const std::string pipe = folder.path("pipe.yaml");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(fault_of_file(folder, pipe) ==
        "pipe.yaml: the file is a pipe, not a file. Only regular files are read, so that nothing waits. Name a "
        "scenario file.");
  CHECK(fault_of_file(folder, "/dev/zero") ==
        "/dev/zero: the file is a device, not a file. Only regular files are read, so that nothing waits. Name a "
        "scenario file.");
  std::filesystem::create_directories(folder.path("d.yaml"));
  CHECK_HAS(fault_of_file(folder, folder.path("d.yaml")), "d.yaml: the file is a folder, not a file.");
  const std::string huge = folder.write("huge.yaml", "");
  std::filesystem::resize_file(huge, std::uintmax_t{3} << 30);
  CHECK(fault_of_file(folder, huge) ==
        "huge.yaml: the file is larger than 1 MB. No scenario needs that much. Check that it is the file you meant.");
  CHECK_HAS(fault_of_file(folder, huge, TextKind::csv), "larger than 16 MB");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("a missing file names its nearest neighbour") {
  const TemporaryFolder folder;
  folder.write("baseline.yaml", "");
  CHECK(fault_of_file(folder, folder.path("basline.yaml")) ==
        "basline.yaml: the file does not exist. Did you mean 'baseline.yaml'?");
  CHECK_HAS(fault_of_file(folder, folder.path("no/a.yaml")), "no/a.yaml: the file does not exist. The folder");
  CHECK_HAS(fault_of_file(folder, ""), "no file is named");
  CHECK_HAS(fault_of_file(folder, std::string("a\0b", 3)), "the path contains a NUL byte");
  CHECK_HAS(fault_of_file(folder, std::string(5000, 'a')), "the file cannot be read. File name too long.");
}

TEST_CASE("bytes that are no text are shown with line and column") {
  using namespace std::string_view_literals;
  for (const TextKind kind : {TextKind::yaml, TextKind::csv}) {
    CHECK(fault_of_text("a\nb\0c"sv, kind) ==
          "t:2:2: NUL byte. A text has none; the file may be binary or in UTF-16. Save it as UTF-8 text.");
    CHECK(fault_of_text("\xEF\xBB\xBFname"sv, kind) ==
          "t:1:1: the file starts with a byte order mark (BOM). It would become part of the first word. Save it as "
          "UTF-8 without a byte order mark.");
    CHECK(fault_of_text("\xFF\xFEn\0"sv, kind) ==
          "t:1:1: the file is in UTF-16. Only UTF-8 is read. Save it as UTF-8 without a byte order mark.");
    CHECK_HAS(fault_of_text("\xFE\xFF\0n"sv, kind), "t:1:1: the file is in UTF-16.");
    CHECK(fault_of_text("é\x07"sv, kind) == "t:1:2: control character 7. A text has none. Remove it.");
    CHECK_HAS(fault_of_text("\x7F"sv, kind), "control character 127");
    // Latin-1, a lone tail byte, overlong forms, a surrogate, beyond U+10FFFF, cut short
    for (const std::string_view bad :
         {"ab\xE9z"sv, "ab\x80"sv, "ab\xC0\xAF"sv, "ab\xE0\x80\xAF"sv, "ab\xED\xA0\x80"sv, "ab\xF4\x90\x80\x80"sv,
          "ab\xF5\x80\x80\x80"sv, "ab\xE1\x80"sv, "ab\xF1\x80\x80"sv}) {
      CHECK(fault_of_text(bad, kind) == "t:1:3: bytes that are not UTF-8. Only UTF-8 is read. Save the file as UTF-8.");
    }
  }
}

TEST_CASE("line ends: CRLF is a fault in a table and fine in a scenario") {
  CHECK(fault_of_text("a,b\r\n1,2\r\n", TextKind::csv) ==
        "t:1:4: carriage return (CRLF line ends). It would become part of the last column. Save the table with Unix "
        "line ends (LF).");
  CHECK(fault_of_text("a: 1\r\nb: 2\r\n", TextKind::yaml) == "");
  CHECK_HAS(fault_of_text("a: 1\rb: 2", TextKind::yaml), "t:1:5: control character 13.");
}

TEST_CASE("paths inside a file are relative to it") {
  CHECK(path_beside("scenarios/what-if/x.yaml", "../baseline.yaml") == "scenarios/baseline.yaml");
  CHECK(path_beside("x.yaml", "b.yaml") == "b.yaml");
  CHECK(path_beside("a/x.yaml", "/usr/b.yaml") == "/usr/b.yaml");
}
