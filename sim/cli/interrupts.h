// Ctrl-C and SIGTERM: the first asks the run to stop, the second ends the program at once.
#pragma once
#include <atomic>
#include <functional>
#include <thread>

namespace homeward::cli {

// While one exists, a thread of its own waits for the signals. Where the run has not stopped by itself `patience`
// after the first, `overdue` is called there and the program ends with exit code 4: complete replicates are on disk
// by then, so nothing is lost that waiting would keep.
// Keeps Ctrl-C and SIGTERM waiting until an Interrupts takes them.
void hold_signals();

class Interrupts {
 public:
  explicit Interrupts(std::function<void()> overdue);
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  const std::atomic<bool>* stop() const { return &stop_; }
  bool stopped() const { return stop_.load(); }

 private:
  void watch();

  std::function<void()> overdue_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> done_{false};
  std::thread watcher_;
};

}  // namespace homeward::cli
