// A loop over blocks runs each once, tells workers apart, and hands the first exception on.
#include "parallel/blocks.h"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <vector>

using namespace homeward;

TEST_CASE("every block runs once, whatever the number of threads") {
  for (const int threads : {-1, 0, 1, 2, 7}) {
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{257}}) {
      CAPTURE(threads);
      CAPTURE(count);
      std::vector<std::atomic<int>> runs(count);
      for_each_block(count, threads, [&](std::size_t block) { ++runs[block]; });
      bool once = true;
      for (const auto& run : runs) once = once && run == 1;
      CHECK(once);
    }
  }
}

TEST_CASE("workers are numbered below the number of threads and never share their scratch at one time") {
  for (const int threads : {1, 2, 7}) {
    std::vector<std::atomic<int>> busy(static_cast<std::size_t>(threads));
    std::vector<std::int64_t> sums(static_cast<std::size_t>(threads));
    std::atomic<int> trouble{0};
    for_each_block_by_worker(500, threads, [&](std::size_t block, std::size_t worker) {
      if (worker >= busy.size() || ++busy[worker] != 1) {
        ++trouble;
        return;
      }
      sums[worker] += static_cast<std::int64_t>(block);
      --busy[worker];
    });
    CAPTURE(threads);
    CHECK(trouble == 0);
    CHECK(std::accumulate(sums.begin(), sums.end(), std::int64_t{0}) == 500 * 499 / 2);
  }
}

TEST_CASE("with one thread blocks run in order on the caller") {
  std::vector<std::size_t> order;
  for_each_block_by_worker(5, 1, [&](std::size_t block, std::size_t worker) {
    CHECK(worker == 0);
    order.push_back(block);
  });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("an exception of a block reaches the caller") {
  for (const int threads : {1, 2}) {
    CHECK_THROWS_WITH_AS(for_each_block(64, threads,
                                        [](std::size_t block) {
                                          if (block == 33) throw std::runtime_error("block 33");
                                        }),
                         "block 33", std::runtime_error);
  }
}

TEST_CASE("at least one thread may be used") { CHECK(available_threads() >= 1); }
