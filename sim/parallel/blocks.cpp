#include "parallel/blocks.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <vector>

namespace homeward {
namespace {

// The next block of a worker's share; on a line of its own, since others count on it too.
struct alignas(128) Share {
  std::atomic<std::size_t> next{0};
  std::size_t end = 0;
};

// Takes blocks from the worker's own share, then from those of the others. Where a body throws, no more are begun.
void take_blocks(std::vector<Share>& shares, std::size_t worker,
                 const std::function<void(std::size_t, std::size_t)>& body) {
  try {
    for (std::size_t k = 0; k < shares.size(); ++k) {
      Share& share = shares[(worker + k) % shares.size()];
      for (std::size_t block; (block = share.next.fetch_add(1, std::memory_order_relaxed)) < share.end;) {
        body(block, worker);
      }
    }
  } catch (...) {
    for (Share& share : shares) share.next.store(share.end, std::memory_order_relaxed);
    throw;
  }
}

}  // namespace

struct Workers::Team {
  explicit Team(int threads)
      : size(static_cast<std::size_t>(threads)),
        allowance(tbb::global_control::max_allowed_parallelism,
                  static_cast<std::size_t>(std::max(threads, available_threads()))),
        arena(threads) {}
  std::size_t size;
  // More threads than processors when asked for: results do not depend on it, and tests do ask.
  tbb::global_control allowance;
  tbb::task_arena arena;
};

Workers::Workers(int threads) : team_(threads > 1 ? std::make_unique<Team>(threads) : nullptr) {}
Workers::~Workers() = default;
Workers::Workers(Workers&&) noexcept = default;
Workers& Workers::operator=(Workers&&) noexcept = default;

void Workers::for_each_block(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) const {
  if (team_ == nullptr || count <= 1) {
    for (std::size_t block = 0; block < count; ++block) body(block, 0);
    return;
  }
  const std::size_t workers = std::min(team_->size, count);
  std::vector<Share> shares(workers);
  for (std::size_t w = 0; w < workers; ++w) {
    shares[w].next = count * w / workers;
    shares[w].end = count * (w + 1) / workers;
  }
  team_->arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, workers, [&](std::size_t worker) { take_blocks(shares, worker, body); },
        tbb::static_partitioner());
  });
}

void for_each_block_by_worker(std::size_t count, int threads,
                              const std::function<void(std::size_t, std::size_t)>& body) {
  Workers(count > 1 ? threads : 1).for_each_block(count, body);
}

void for_each_block(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  for_each_block_by_worker(count, threads, [&](std::size_t block, std::size_t) { body(block); });
}

int available_threads() { return std::max(1, tbb::info::default_concurrency()); }

}  // namespace homeward
