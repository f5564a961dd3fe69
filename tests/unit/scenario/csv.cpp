// CSV: quotes, places, and every way in which a table can be broken.
#include "scenario/csv.h"

#include <doctest/doctest.h>

#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

namespace {

std::string faults_in(const std::string& text) {
  Faults faults;
  const CsvText csv(text, "t", faults);
  return text_of(faults);
}

}  // namespace

TEST_CASE("cells, quotes and places") {
  Faults faults;
  const CsvText csv("a,b\n\"x, \"\"y\"\"\",Đà\n\"two\nlines\",\n,\"\"\n3,4", "t", faults);
  CHECK(text_of(faults) == "");
  REQUIRE(csv.readable());
  CHECK(csv.header() == std::vector<std::string>{"a", "b"});
  REQUIRE(csv.row_count() == 4);
  CHECK(csv.cell(0, 0) == "x, \"y\"");
  CHECK(csv.cell(0, 1) == "Đà");
  CHECK(csv.cell(1, 0) == "two\nlines");
  CHECK(csv.cell(1, 1) == "");
  CHECK(csv.cell(2, 1) == "");
  CHECK(csv.cell(3, 1) == "4");
  CHECK(csv.place(0, 1).line == 2);
  CHECK(csv.place(0, 1).column == 12);
  CHECK(csv.place(1, 1).line == 4);
  CHECK(csv.place(3, 1).line == 6);
  CHECK(csv.place(3, 1).column == 3);
  CHECK(csv.header_place(1).column == 3);
}

TEST_CASE("broken rows are all told, each with its place") {
  CHECK(faults_in("a,b\n1\n1,2,3\n\n1,2\nx\"y,2\n\"x\"y,2\n") ==
        "t:2:1: ragged row: 1 cell. The header names 2 columns. Check for missing or extra commas, and quote cells "
        "that contain commas.\n"
        "t:3:1: ragged row: 3 cells. The header names 2 columns. Check for missing or extra commas, and quote cells "
        "that contain commas.\n"
        "t:4:1: blank line. Every line of a table is a row. Remove it.\n"
        "t:6:2: a quote within a cell. A cell with quotes must be quoted as a whole. Write \"say \"\"so\"\"\" for say "
        "\"so\".\n"
        "t:7:4: text after a closing quote. A quoted cell ends at its quote. Double the quotes inside a cell.");
  CHECK(faults_in("a,b\n1,\"x\n2,3\n") ==
        "t:2:3: the quote is never closed. The rest of the table would become one cell. Close the quote.");
  CHECK(faults_in("a,b,a\n1,2,3\n") == "t:1:5: column 'a' stands twice in the header. Keep one of the two.");
  CHECK(faults_in("") == "t: the table is empty. It needs a line of column names and its rows.");
  CHECK(faults_in("\n\n") == "t: the table is empty. It needs a line of column names and its rows.");
  CHECK_HAS(faults_in("\xEF\xBB\xBF"
                      "a,b\n"),
            "t:1:1: the file starts with a byte order mark (BOM).");
  CHECK_HAS(faults_in("a,b\r\n1,2\r\n"), "t:1:4: carriage return (CRLF line ends).");
  CHECK_HAS(faults_in(std::string("a,b\n1,\0\n", 8)), "t:2:3: NUL byte.");
}

TEST_CASE("a hostile table is refused in time") {
  // Work that grew with the square of these sizes would not end before the time limit of the test.
  CHECK_HAS(faults_in("a,b\n" + std::string(16000000, '\n')), "t:2:1: blank line.");
  CHECK_HAS(faults_in(std::string(16000000, ',')), "t:1:1001: more than 1000 columns.");
  std::string narrow = "a\n";
  for (int i = 0; i < 7000000; ++i) narrow += "1\n";
  CHECK_HAS(faults_in(narrow), "t:2000002:1: more than 2000000 cells.");
  CHECK_HAS(faults_in("a,b\n1,\"" + std::string(16000000, '\n')), "t:2:3: the quote is never closed.");
  CHECK_HAS(faults_in(std::string(17 << 20, 'a')), "t: the text is larger than 16 MB.");
}
