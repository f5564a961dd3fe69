// A replicate survives its way through bytes; damaged bytes are noticed, never trusted.
#include "analysis/replicate_codec.h"

#include <doctest/doctest.h>

#include <limits>

using namespace homeward;

namespace {

ReplicateResult sample() {
  ReplicateResult result;
  result.seed = 0xfedcba9876543210ull;
  result.to_year = 2030;
  result.weight = 20;
  result.totals.resize(2);
  result.totals[0].fill(0.1);
  result.totals[1].fill(std::numeric_limits<double>::quiet_NaN());
  result.lever_spending.resize(static_cast<std::size_t>(year_count));
  result.lever_spending[3][1] = 2.5e6;
  CubeResult cube;
  cube.spec = {{"stock", "births"}, {"sex", "class"}};
  cube.words = {{"female", "male"}, {"refugee", "family", "student"}};
  cube.cells = 6;
  cube.values.assign(static_cast<std::size_t>(year_count) * 2 * 6, 0);
  cube.values[0] = -1;
  cube.values[7] = std::numeric_limits<std::int64_t>::max();
  cube.values[8] = std::numeric_limits<std::int64_t>::min();
  result.cubes = {cube, cube};
  result.cubes[1].values.back() = 5;
  result.pipeline[4][2] = {10, 8, 2, 31};
  result.fit = {{"class x generation", 3.25e6, 0.0125}};
  result.synthesis_seconds = 1.25;
  result.stepping_seconds = 7.5;
  result.phases = {{"visits", 0.5}};
  result.agent_years = 250'000'000;
  result.bytes_per_agent = 32;
  return result;
}

}  // namespace

TEST_CASE("what is read is what was written") {
  const ReplicateResult before = sample();
  const std::string bytes = encode_replicate("key", before);
  const auto after = decode_replicate("key", bytes);
  REQUIRE(after);
  CHECK(encode_replicate("key", *after) == bytes);
  CHECK(after->seed == before.seed);
  CHECK(after->totals[0] == before.totals[0]);
  CHECK(after->cubes[0].values == before.cubes[0].values);
  CHECK(after->cubes[1].values == before.cubes[1].values);
  CHECK(after->cubes[1].words == before.cubes[1].words);
  CHECK(after->pipeline[4][2].months == 31);
  CHECK(after->lever_spending == before.lever_spending);
  CHECK(after->fit[0].standardised_absolute_error == 0.0125);
}

TEST_CASE("zeros take no room") { CHECK(encode_replicate("", sample()).size() < 20'000); }

TEST_CASE("another key is not ours") { CHECK_FALSE(decode_replicate("other", encode_replicate("key", sample()))); }

TEST_CASE("bytes cut short or changed are refused") {
  const std::string bytes = encode_replicate("key", sample());
  for (std::size_t size = 0; size < bytes.size(); size += size < 200 ? 1 : 97) {
    CHECK_FALSE(decode_replicate("key", bytes.substr(0, size)));
  }
  for (std::size_t at = 0; at < bytes.size(); at += at < 200 ? 1 : 89) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x20);
    CHECK_FALSE(decode_replicate("key", changed));
  }
  CHECK_FALSE(decode_replicate("key", bytes + "x"));
}
