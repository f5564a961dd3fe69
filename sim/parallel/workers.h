// Threads of their own for work that is large and independent, while the caller watches over it.
#pragma once
#include <chrono>
#include <functional>

namespace homeward {

// Runs body(0) .. body(workers - 1), each on a thread of its own, and calls `meanwhile` every `pause` from this thread
// until all have returned, and once after that. The first exception of any of them is passed on, when all have ended.
void run_workers(int workers, const std::function<void(int)>& body, const std::function<void()>& meanwhile,
                 std::chrono::milliseconds pause);

}  // namespace homeward
