// How far a run is: one line that is written over on a terminal, a plain line a minute elsewhere.
#pragma once
#include <chrono>
#include <cstddef>
#include <string>

#include "homeward/homeward.h"

namespace homeward::cli {

class ProgressLine {
 public:
  enum class Kind { none, terminal, log };
  // What standard error is; none where the user wants quiet.
  static Kind kind_of_stderr(bool quiet);

  explicit ProgressLine(Kind kind) : kind_(kind) {}
  void show(const Progress& at);
  // Takes the line away, so that something else can be printed.
  void clear();
  int complete_replicates() const { return complete_; }

 private:
  using Clock = std::chrono::steady_clock;
  std::string text(const Progress& at, Clock::time_point now) const;

  Kind kind_;
  int complete_ = 0;
  int last_phase_ = -1, last_replicate_ = -1;
  Clock::time_point run_start_ = Clock::now(), phase_start_ = Clock::now(), last_shown_ = Clock::now();
  double seconds_of_replicate_ = 0;  // of the latest simulated one, from its synthesis to its storing
  Clock::time_point replicate_start_ = Clock::now();
  std::size_t width_ = 0;  // columns in use on the terminal
};

}  // namespace homeward::cli
