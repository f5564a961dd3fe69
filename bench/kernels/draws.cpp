// Philox words: one person at a time, and many at once.
#include <benchmark/benchmark.h>

#include <numeric>
#include <vector>

#include "random/batch.h"

namespace {

using namespace homeward;

std::vector<std::uint64_t> some_people(std::size_t count) {
  std::vector<std::uint64_t> people(count);
  for (std::size_t i = 0; i < count; ++i) people[i] = mix(i);
  return people;
}

void one_by_one(benchmark::State& state) {
  const std::vector<std::uint64_t> people = some_people(8192);
  const Stream stream(1, Purpose::life);
  for (auto _ : state) {
    std::uint32_t sum = 0;
    for (const std::uint64_t person : people) {
      const Words words = stream.words(person, 2004);
      sum += words[0] ^ words[1] ^ words[2] ^ words[3];
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 8192 * 4);
}
BENCHMARK(one_by_one);

void at_once(benchmark::State& state) {
  const std::vector<std::uint64_t> people = some_people(8192);
  std::vector<std::uint64_t> low(people.size()), high(people.size());
  const Stream stream(1, Purpose::life);
  for (auto _ : state) {
    fill_words(stream, people.data(), people.size(), 2004, 0, low.data(), high.data());
    benchmark::DoNotOptimize(low.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 8192 * 4);
}
BENCHMARK(at_once);

}  // namespace

BENCHMARK_MAIN();
