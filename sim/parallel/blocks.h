// The only door to the task scheduler: a loop over blocks whose result cannot depend on who runs which.
#pragma once
#include <cstddef>
#include <functional>

namespace homeward {

// Runs body(0) .. body(count - 1), each once, on up to `threads` threads; returns when all are done. Bodies must not
// touch each other's data. The first exception thrown is passed on.
void for_each_block(std::size_t count, int threads, const std::function<void(std::size_t)>& body);

// As above, and tells which worker (0 .. threads - 1) runs the body, so that it can use that worker's own scratch and
// integer tallies (which add up to the same whichever worker held them).
void for_each_block_by_worker(std::size_t count, int threads,
                              const std::function<void(std::size_t block, std::size_t worker)>& body);

// Threads this process may use: affinity and the machine, at least 1.
int available_threads();

}  // namespace homeward
