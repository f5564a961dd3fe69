// Numbers as people read them: units, digits that tell the bounds of an interval apart, signs.
#include "report/markup.h"

#include <doctest/doctest.h>

#include <cmath>

namespace homeward {

TEST_CASE("a number alone has three digits or all before the point") {
  CHECK(number_for_people(1234567) == "1,234,567");
  CHECK(number_for_people(12.34) == "12.3");
  CHECK(number_for_people(-0.456) == "-0.46");
  CHECK(number_for_people(0.00321) == "0.0032");
  CHECK(number_for_people(15.24e9) == "15.2 billion");
  CHECK(number_for_people(-334.4e6) == "-334 million");
  CHECK(number_for_people(-0.00001) == "0");
  CHECK(number_for_people(std::nan("")) == "not defined");
}

TEST_CASE("an interval has two digits of its half width, one unit, and no zero that all share") {
  CHECK(interval_for_people(54935, 52940.0, 56930.0) == "54,935 (52,940 to 56,930)");
  CHECK(interval_for_people(1.234e9, 1.221e9, 1.247e9) == "1.234 billion (1.221 to 1.247 billion)");
  CHECK(interval_for_people(0.5312, 0.5308, 0.5316) == "0.5312 (0.5308 to 0.5316)");
  CHECK(interval_for_people(17.08, 16.0, 18.14) == "17.1 (16.0 to 18.1)");
  CHECK(interval_for_people(-12, -20.0, -4.0) == "-12 (-20 to -4)");
  CHECK(interval_for_people(7, 7.0, 7.0) == "7 (7 to 7)");
  CHECK(interval_for_people(286.1e6, 248e6, 323e6) == "286 million (248 to 323 million)");
  CHECK(interval_for_people(5, {}, {}) == "5");
  CHECK(interval_for_people(5, std::nan(""), 6.0) == "5");
}

TEST_CASE("with signs, a number that is shown as 0 has none") {
  const IntervalWords words = interval_words(2750, -427.0, 5927.0, Sign::always);
  CHECK(words.mean == "+2,750");
  CHECK(words.bounds == "-427 to +5,927");
  CHECK(interval_words(0, -0.2, 200.0, Sign::always).bounds == "0 to +200");
}

TEST_CASE("what a user wrote is never a tag") {
  CHECK(escaped("</script><b x='\"'>&\x01\n") == "&lt;/script&gt;&lt;b x=&#39;&quot;&#39;&gt;&amp; \n");
}

}  // namespace homeward
