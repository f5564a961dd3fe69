// The words of many people at once are those of each alone, on every instruction set this machine has.
#include "random/batch.h"

#include <doctest/doctest.h>

#include <vector>

#include "support/instruction_sets.h"

using namespace homeward;

namespace {

std::vector<std::uint64_t> some_people(std::size_t count) {
  std::vector<std::uint64_t> people(count);
  for (std::size_t i = 0; i < count; ++i) people[i] = mix(i, 12345);
  if (count > 2) {
    people[0] = 0;
    people[1] = ~std::uint64_t{0};
    people[2] = 0xffffffffull;
  }
  return people;
}

// Compares all counts up to 70 (below, at and past several vectors) with the words one by one; returns mistakes, also
// where a neighbouring element was written.
std::size_t mistakes(const Stream& stream, std::uint32_t time, std::uint32_t draw) {
  constexpr std::uint64_t untouched = 0x5555aaaa5555aaaaull;
  std::size_t wrong = 0;
  for (std::size_t count = 0; count <= 70; ++count) {
    const std::vector<std::uint64_t> people = some_people(count);
    std::vector<std::uint64_t> low(count + 8, untouched), high(count + 8, untouched);
    fill_words(stream, people.data(), count, time, draw, low.data(), high.data());
    for (std::size_t i = 0; i < count; ++i) {
      wrong += words_at(low.data(), high.data(), i) == stream.words(people[i], time, draw) ? 0 : 1;
    }
    for (std::size_t i = count; i < count + 8; ++i) wrong += low[i] == untouched && high[i] == untouched ? 0 : 1;
  }
  return wrong;
}

}  // namespace

TEST_CASE("fill_words equals Stream::words on every instruction set, for any count of people") {
  const Stream stream(20260101, Purpose::life);
  test::on_every_instruction_set([&] {
    CHECK(mistakes(stream, 2004, 0) == 0);
    CHECK(mistakes(stream, 0xffffffffu, 0x80000001u) == 0);
    CHECK(mistakes(Stream(0xfedcba9876543210ull, Purpose::social), 2045, 3) == 0);
  });
}

TEST_CASE("fill_words takes a whole block of people") {
  const Stream stream(7, Purpose::status);
  const std::vector<std::uint64_t> people = some_people(8191);
  std::vector<std::uint64_t> low(people.size()), high(people.size());
  fill_words(stream, people.data(), people.size(), 2031, 1, low.data(), high.data());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    wrong += words_at(low.data(), high.data(), i) == stream.words(people[i], 2031, 1) ? 0 : 1;
  }
  CHECK(wrong == 0);
}
