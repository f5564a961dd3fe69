// What the parts of `homeward sweep` share: the request, read and checked, and how a sweep is told of.
#pragma once
#include <optional>
#include <string>

#include "homeward/homeward.h"
#include "request.h"

namespace homeward::cli {

enum class SweepAct { run, status, merge, submit };

struct SweepAsked {
  SweepAct act = SweepAct::run;
  std::string plan, folder;  // as named; the plan may be empty where the folder of a sweep was given
  SweepOptions options;
  SweepSettings settings;
  bool sharded = false;
};

// Nothing where the command line is at fault, which is told.
std::optional<SweepAsked> read_sweep(const Request& request);

// The plan as asked for, or the one that was swept into the folder.
SweepPlan load_plan(const SweepAsked& asked);

// The page of a merged sweep; left out, which is told, where the table is too large for one.
void write_sweep_report(const Request& request, const SweepFolder& folder, const MergedTable& table);

int sweep_dry_run(const Request& request, const SweepAsked& asked);
int sweep_run(const Request& request, const SweepAsked& asked);
int sweep_status(const Request& request, const SweepAsked& asked);
int sweep_merge(const Request& request, const SweepAsked& asked);
int sweep_submit(const Request& request, const SweepAsked& asked);

// 1,536 -> "1.5 kB", powers of 1000.
std::string bytes_text(double bytes);
// "5 runs", "1 run".
std::string counted(std::uint64_t count, const std::string& thing);

}  // namespace homeward::cli
