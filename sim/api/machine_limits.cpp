// What this machine can do at most, measured with the program's own loop over blocks and its own random numbers.
#include <chrono>
#include <fstream>
#include <memory>
#include <vector>

#include "api/machine.h"
#include "homeward/machine.h"
#include "parallel/blocks.h"
#include "population/columns.h"
#include "random/batch.h"

namespace homeward::v1 {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

constexpr int passes = 8;

double triad(const Workers& workers) {
  constexpr std::size_t values = std::size_t{1} << 23, block = std::size_t{1} << 16;  // 64 MB an array
  // Not touched here: each worker takes its own share of the memory.
  const auto a = std::make_unique_for_overwrite<double[]>(values);
  const auto b = std::make_unique_for_overwrite<double[]>(values);
  const auto c = std::make_unique_for_overwrite<double[]>(values);
  workers.for_each_block(values / block, [&](std::size_t k, std::size_t) {
    for (std::size_t i = k * block; i < (k + 1) * block; ++i) {
      a[i] = 0;
      b[i] = static_cast<double>(i);
      c[i] = 1;
    }
  });
  double best = 0;
  for (int pass = 0; pass < passes; ++pass) {
    const auto start = Clock::now();
    workers.for_each_block(values / block, [&](std::size_t k, std::size_t) {
      double* to = a.get();
      const double *from = b.get(), *more = c.get();
      for (std::size_t i = k * block; i < (k + 1) * block; ++i) to[i] = from[i] + 3 * more[i];
    });
    best = std::max(best, 3 * sizeof(double) * static_cast<double>(values) / seconds_since(start));
    if (a[values - 1] != static_cast<double>(values + 2)) return 0;
  }
  return best;
}

double philox(const Workers& workers, int threads) {
  constexpr std::size_t people = 2048, rounds = 200;
  const Stream stream(1, Purpose::life);
  std::vector<std::vector<std::uint64_t>> sums(static_cast<std::size_t>(threads));
  double best = 0;
  for (int pass = 0; pass < passes; ++pass) {
    const auto start = Clock::now();
    workers.for_each_block(static_cast<std::size_t>(threads), [&](std::size_t, std::size_t worker) {
      std::vector<std::uint64_t> keys(people), low(people), high(people);
      for (std::size_t i = 0; i < people; ++i) keys[i] = i;
      for (std::uint32_t time = 0; time < rounds; ++time) {
        fill_words(stream, keys.data(), people, time, 0, low.data(), high.data());
      }
      sums[worker] = low;  // somebody wants to know
    });
    best = std::max(best, 4.0 * people * rounds * threads / seconds_since(start));
  }
  return best;
}

}  // namespace

MachineFacts this_machine() {
  const Machine machine = homeward::machine_facts();
  return {machine.processor, machine.system, machine.processors, machine.memory_bytes};
}

MachineLimits machine_limits(int threads) {
  const Workers workers(threads);
  return {threads, triad(workers), philox(workers, threads)};
}

LeastWork least_work_of_an_agent_year() {
  // A block of four words each for life, status and social contacts: the passes over everybody in engine/kernels.h.
  constexpr double words = 12;
  return {2.0 * Columns::bytes_per_slot, words};
}

std::int64_t peak_memory_bytes() { return peak_rss_bytes(); }

void forget_peak_memory() {
  std::ofstream("/proc/self/clear_refs") << "5";  // where that is not to be written, the peak is that of the process
}

}  // namespace homeward::v1
