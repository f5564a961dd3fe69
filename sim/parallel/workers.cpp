#include "parallel/workers.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace homeward {

void run_workers(int workers, const std::function<void(int)>& body, const std::function<void()>& meanwhile,
                 std::chrono::milliseconds pause) {
  std::mutex guard;
  std::condition_variable ended;
  int at_work = 0;
  std::exception_ptr failure;
  const auto keep = [&] {
    if (!failure) failure = std::current_exception();
  };
  std::vector<std::thread> threads;
  try {
    for (int worker = 0; worker < workers; ++worker) {
      {
        const std::lock_guard lock(guard);
        ++at_work;
      }
      threads.emplace_back([&, worker] {
        std::exception_ptr own;
        try {
          body(worker);
        } catch (...) {
          own = std::current_exception();
        }
        const std::lock_guard lock(guard);
        if (own && !failure) failure = own;
        --at_work;
        ended.notify_all();
      });
    }
  } catch (...) {  // the system gives no more threads
    const std::lock_guard lock(guard);
    --at_work;
    keep();
  }
  std::unique_lock lock(guard);
  while (at_work > 0) {
    ended.wait_for(lock, pause, [&] { return at_work == 0; });
    lock.unlock();
    try {
      meanwhile();
    } catch (...) {
      const std::lock_guard own(guard);
      keep();
    }
    lock.lock();
  }
  lock.unlock();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace homeward
