#include "parallel/blocks.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

namespace homeward {

void for_each_block_by_worker(std::size_t count, int threads,
                              const std::function<void(std::size_t, std::size_t)>& body) {
  if (count == 0) return;
  if (threads <= 1) {
    for (std::size_t block = 0; block < count; ++block) body(block, 0);
    return;
  }
  // More threads than processors when asked for: results do not depend on it, and tests do ask.
  const tbb::global_control allowance(tbb::global_control::max_allowed_parallelism,
                                      static_cast<std::size_t>(std::max(threads, available_threads())));
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          const auto worker = static_cast<std::size_t>(std::max(0, tbb::this_task_arena::current_thread_index()));
          for (std::size_t block = range.begin(); block != range.end(); ++block) body(block, worker);
        },
        tbb::simple_partitioner());
  });
}

void for_each_block(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  for_each_block_by_worker(count, threads, [&](std::size_t block, std::size_t) { body(block); });
}

int available_threads() { return std::max(1, tbb::info::default_concurrency()); }

}  // namespace homeward
