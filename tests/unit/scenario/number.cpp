// Numbers: what the grammar takes, what it refuses and why.
#include "scenario/number.h"

#include <doctest/doctest.h>

#include <limits>

using namespace homeward;

TEST_CASE("decimal numbers are read") {
  const std::pair<const char*, double> cases[] = {{"0", 0},        {"-0", 0},       {"7", 7},        {"+7", 7},
                                                  {"0.33", 0.33},  {".5", 0.5},     {"-1.5", -1.5},  {"1e3", 1000},
                                                  {"1E-3", 0.001}, {"2.5e+2", 250}, {"100000", 1e5}, {"5.", 5}};
  for (const auto& one : cases) {
    CAPTURE(one.first);
    REQUIRE(read_number(one.first).value);
    CHECK(*read_number(one.first).value == one.second);
  }
}

TEST_CASE("what other readers take for a number is refused") {
  for (const char* text :
       {"",      "017",  "-017", "00.5", "0o17",     "0x1F",  "0b1",    "yes",    "No",    "true",  "off",   ".inf",
        "-.INF", ".nan", "nan",  "inf",  "infinity", "1e999", "-1e999", "1e-999", "1_000", "1,000", "1 000", "50%",
        "1e",    "e3",   ".",    "-",    "+-1",      "1.2.3", "0x1p3",  " 1",     "1 ",    "1f",    "ten",   "١"}) {
    CAPTURE(text);
    CHECK_FALSE(read_number(text).value);
  }
}

TEST_CASE("a refusal says why and what to write") {
  CHECK(read_number("017").reason == "A leading zero makes it octal to some readers and decimal to others");
  CHECK(read_number("0x1F").remedy == "Write it in decimal");
  CHECK(read_number("yes").remedy == "Write 1 or 0");
  CHECK(read_number("1e999").reason == "It is too large for a number of 64 bits");
  CHECK(read_number("1e-999").reason == "It is too close to zero for a number of 64 bits");
  CHECK(read_number(".nan").remedy == "Write a finite number");
  CHECK(read_number("50%").remedy == "Write 0.5 for 50 %");
  CHECK(read_number("-2.5 %").remedy == "Write -0.025 for -2.5 %");
  CHECK(read_number("ten%").remedy == "Write 0.1 for 10 %");
  CHECK(read_number("1,5").reason == "A comma is not read");
  CHECK(read_number("-1,5").remedy == "Write -1.5 if it is a decimal comma, -15 if not");
  CHECK(read_number("0,25").remedy == "Write 0.25");
  CHECK(read_number("1,000,000").remedy == "Write the digits without them");
}

TEST_CASE("whole numbers without sign") {
  CHECK(read_unsigned("0") == 0u);
  CHECK(read_unsigned("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
  for (const char* text : {"18446744073709551616", "-1", "+1", "1e3", "01", "", "1.0", "x"}) {
    CAPTURE(text);
    CHECK_FALSE(read_unsigned(text));
  }
}

TEST_CASE("numbers are written so that they read back") {
  for (const double value : {0.0, 0.1, 1.0 / 3, 1e5, 123456789.0, 1e300, -2.5e-7, 2.2e-5, 1e15, 1e16}) {
    CAPTURE(value);
    CHECK(*read_number(number_text(value)).value == value);
  }
  CHECK(number_text(100000) == "100000");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(0.1) == "0.1");
}

TEST_CASE("long texts are cut between characters") {
  CHECK(shown("short") == "short");
  CHECK(shown(std::string(100, 'a')) == std::string(60, 'a') + "...");
  std::string two_bytes_each;
  for (int i = 0; i < 50; ++i) two_bytes_each += "é";
  CHECK(shown("a" + two_bytes_each).size() == 59 + 3);
}
