// What the verbs that simulate have in common: their options, and what they say when they end early.
#pragma once
#include <atomic>
#include <string>

#include "homeward/homeward.h"
#include "progress.h"
#include "request.h"
#include "values.h"

namespace homeward::cli {

// What was asked for, read and checked.
struct Running {
  LoadOptions load;
  RunSettings settings;
  WriteOptions write;
};

// Faults go to `values`.
void read_running(const Request& request, Values& values, Running& running);

// Where a run stands, for whoever has to say so when it ends early.
class RunTeller {
 public:
  RunTeller(const Request& request, const OutputFolder& folder);

  void show(const Progress& at);
  void message(const std::string& text);
  void clear() { line_.clear(); }
  // After Ctrl-C or SIGTERM. Also called by the watcher, so it only reads and prints.
  void tell_stopped() const;
  void tell_failed(const std::string& what);

 private:
  std::string kept() const;

  const Request& request_;
  const OutputFolder& folder_;
  ProgressLine line_;
  std::atomic<int> complete_{0};
};

}  // namespace homeward::cli
