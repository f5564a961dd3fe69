// What was typed: a verb, names and options, still as text.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace homeward::cli {

// Options of `homeward sweep` alone.
struct SweepWords {
  std::optional<std::string> memory, shard, time, partition, account, mem, cpus, array_size, max_running, first_task;
  std::vector<std::string> slurm;
  bool dry_run = false, retry_failed = false, partial = false;
};

struct Request {
  std::string verb;
  std::string program;              // as called
  std::string command;              // the whole command line, quoted for a shell
  std::vector<std::string> names;   // what follows the verb and is no option
  std::optional<std::string> output, scale, seed, replicates, until, threads, from, to, returns, tables, block_slots,
      repeat;
  std::optional<std::string> attribution, claim, keep_trunk;
  std::vector<std::string> set, against;
  bool draw_priors = false, no_report = false, figures = false, force = false, force_range = false, show_small_cells = false;
  bool quiet = false, verbose = false, json = false;
  SweepWords sweep;
};

inline constexpr int exit_done = 0;
inline constexpr int exit_input = 2;     // the command line or an input file is at fault
inline constexpr int exit_failed = 3;    // the run failed
inline constexpr int exit_stopped = 4;   // by the user or by SIGTERM; resumable
inline constexpr int exit_negative = 5;  // a check that the user asked for came out negative
inline constexpr int exit_killed = 130;  // at a second Ctrl-C

}  // namespace homeward::cli
