// Keyed streams: known answers of the generator, mixing, thresholds, and draws that nobody else can move.
#include "random/streams.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>
#include <vector>

using namespace homeward;

namespace {

// The inverse of an odd number modulo 2^64, by Newton.
constexpr std::uint64_t inverse(std::uint64_t odd) {
  std::uint64_t x = odd;
  for (int i = 0; i < 6; ++i) x *= 2 - odd * x;
  return x;
}
constexpr std::uint64_t unmix(std::uint64_t x) {
  x ^= (x >> 31) ^ (x >> 62);
  x *= inverse(0x94d049bb133111ebull);
  x ^= (x >> 27) ^ (x >> 54);
  x *= inverse(0xbf58476d1ce4e5b9ull);
  x ^= (x >> 30) ^ (x >> 60);
  return x - 0x9e3779b97f4a7c15ull;
}
// The stream of `life` with a wanted Philox key.
Stream stream_with(std::uint64_t key) {
  return {unmix(unmix(key) ^ static_cast<std::uint64_t>(Purpose::life)), Purpose::life};
}

}  // namespace

TEST_CASE("Philox4x32-10 gives the known answers of Random123, through a stream") {
  const Stream zero = stream_with(0);
  REQUIRE(zero.key() == 0);
  CHECK(zero.words(0, 0, 0) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  const Stream ones = stream_with(~std::uint64_t{0});
  REQUIRE(ones.key() == ~std::uint64_t{0});
  CHECK(ones.words(~std::uint64_t{0}, 0xffffffff, 0xffffffff) == Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  // Digits of pi.
  const Stream pi = stream_with(0x299f31d0a4093822ull);
  CHECK(pi.words(0x85a308d3243f6a88ull, 0x13198a2e, 0x03707344) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("mix is the SplitMix64 generator: its known first outputs") {
  constexpr std::uint64_t gamma = 0x9e3779b97f4a7c15ull;
  CHECK(mix(0) == 0xe220a8397b1dcdafull);
  CHECK(mix(gamma) == 0x6e789e6aa1b965f4ull);
  CHECK(mix(2 * gamma) == 0x06c45d188009454full);
  CHECK(mix(1234567) == 6457827717110365317ull);
  CHECK(mix(1234567 + gamma) == 3203168211198807973ull);
  // Order matters, and two or three parts are not the same as one.
  CHECK(mix(1, 2) != mix(2, 1));
  CHECK(mix(1, 2) == mix(mix(1) ^ 2));
  CHECK(mix(1, 2, 3) == mix(mix(1, 2), 3));
}

TEST_CASE("a seed, a purpose, a person, a time or a draw more gives other words") {
  std::set<Words> seen;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    for (std::uint32_t purpose = 1; purpose <= static_cast<std::uint32_t>(Purpose::rounding); ++purpose) {
      const Stream stream(seed, static_cast<Purpose>(purpose));
      for (std::uint64_t person : {0ull, 1ull, 1ull << 32, 0xffffffffffffffffull}) {
        for (std::uint32_t time : {0u, 2004u, 2005u}) {
          for (std::uint32_t draw : {0u, 1u}) seen.insert(stream.words(person, time, draw));
        }
      }
    }
  }
  CHECK(seen.size() == 4 * 19 * 4 * 3 * 2);
}

TEST_CASE("purposes keep their numbers: a new one may only be appended") {
  CHECK(static_cast<std::uint32_t>(Purpose::thinning) == 1);
  CHECK(static_cast<std::uint32_t>(Purpose::taste) == 6);
  CHECK(static_cast<std::uint32_t>(Purpose::life) == 7);
  CHECK(static_cast<std::uint32_t>(Purpose::social) == 9);
  CHECK(static_cast<std::uint32_t>(Purpose::pipeline) == 12);
  CHECK(static_cast<std::uint32_t>(Purpose::rounding) == 19);
}

TEST_CASE("thresholds: never at 0, always at 1, nothing from what is no probability") {
  CHECK(threshold(0) == 0);
  CHECK(threshold(-0.0) == 0);
  CHECK(threshold(-1) == 0);
  CHECK(threshold(std::numeric_limits<double>::quiet_NaN()) == 0);
  CHECK(threshold(1) == std::uint64_t{1} << 32);
  CHECK(threshold(7) == std::uint64_t{1} << 32);
  CHECK(threshold(std::numeric_limits<double>::infinity()) == std::uint64_t{1} << 32);
  CHECK(threshold(0.5) == std::uint64_t{1} << 31);
  CHECK(threshold(0x1p-32) == 1);
  CHECK(threshold(0x1p-33) == 0);
  CHECK(threshold(std::nextafter(1.0, 0.0)) == 0xffffffffull);
  // Certain is certain for every word, impossible for none.
  CHECK(0xffffffffull < threshold(1));
  CHECK_FALSE(0 < threshold(0));
}

TEST_CASE("a word as a uniform number is inside (0, 1) and symmetric") {
  CHECK(uniform(0) > 0);
  CHECK(uniform(0xffffffffu) < 1);
  CHECK(uniform(0) == 1 - uniform(0xffffffffu));
  CHECK(uniform(0x80000000u) > 0.5);
}

TEST_CASE("a keyed engine reads the blocks of its own person and time, whoever else draws in between") {
  const Stream stream(3, Purpose::synthesis);
  KeyedEngine alone(stream, 77, 2004);
  std::vector<std::uint32_t> expected;
  for (std::uint32_t block = 0; block < 5; ++block) {
    for (const std::uint32_t word : stream.words(77, 2004, block)) expected.push_back(word);
  }
  for (const std::uint32_t word : expected) CHECK(alone() == word);

  KeyedEngine mine(stream, 77, 2004), other(stream, 78, 2004), later(stream, 77, 2005);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (std::size_t k = 0; k <= i; ++k) other();
    later();
    CHECK(mine() == expected[i]);
  }
}
