// The signals are blocked in every thread and taken by the watcher alone, so that no handler interrupts anything.
#include "interrupts.h"

#include <pthread.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>

#include "request.h"

namespace homeward::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds patience{800};

// Sent to the watcher alone when the run is over, so that nobody waits for the end of its pause.
int wake_up() { return SIGRTMIN; }

sigset_t awaited() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, wake_up());
  return set;
}

}  // namespace

void hold_signals() {
  const sigset_t set = awaited();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Interrupts::Interrupts(std::function<void()> overdue) : overdue_(std::move(overdue)) {
  hold_signals();
  watcher_ = std::thread([this] { watch(); });
}

Interrupts::~Interrupts() {
  done_ = true;
  pthread_kill(watcher_.native_handle(), wake_up());
  watcher_.join();
  const sigset_t set = awaited();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void Interrupts::watch() {
  const sigset_t set = awaited();
  const timespec pause{0, 50'000'000};
  Clock::time_point first;
  while (!done_) {
    const int signal = sigtimedwait(&set, nullptr, &pause);
    if (signal == wake_up()) continue;
    if (signal > 0 && stop_) ::_exit(exit_killed);
    if (signal > 0) {
      stop_ = true;
      first = Clock::now();
    } else if (stop_ && Clock::now() - first > patience) {
      overdue_();
      ::_exit(exit_stopped);
    }
  }
}

}  // namespace homeward::cli
