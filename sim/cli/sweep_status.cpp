// homeward sweep status and merge: where a sweep stands, and its table.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "sweep.h"
#include "text.h"

namespace homeward::cli {
namespace {

// Reading the table back takes about 6 bytes of memory a byte.
constexpr std::uint64_t most_rows_on_a_page = 2000000;

}  // namespace

void write_sweep_report(const Request& request, const SweepFolder& folder, const MergedTable& table) {
  if (request.no_report) return;
  if (table.rows > most_rows_on_a_page) {
    if (!request.quiet) {
      std::cerr << "homeward sweep: " << counted(table.rows, "row") << " are too many for a page; `homeward report "
                << printable(folder.path()) << "` tries all the same.\n";
    }
    return;
  }
  for (const std::string& name : write_report(folder.path(), {})) {
    if (!request.quiet && !request.json) std::cout << folder.path() << '/' << name << '\n';
  }
}

int sweep_status(const Request& request, const SweepAsked& asked) {
  const SweepPlan plan = load_plan(asked);
  const SweepFolder folder = SweepFolder::open(asked.folder);
  const SweepState state = sweep_state(plan, folder);
  const std::uint64_t missing = state.missing.size();
  if (request.json) {
    nlohmann::ordered_json json;
    json["plan"] = plan.file();
    json["runs"] = state.runs;
    json["done"] = state.done;
    json["running"] = state.running;
    json["failed"] = state.failed;
    json["missing"] = missing;
    json["seconds_per_run"] = state.seconds_per_run;
    json["seconds_left"] = state.seconds_left;
    json["damaged"] = state.damaged;
    json["twice"] = state.twice;
    json["failures"] = nlohmann::json::array();
    for (const SweepFailure& one : state.failures)
      json["failures"].push_back({{"run", one.run}, {"count", one.count}, {"message", one.message}});
    json["at_work"] = state.at_work;
    std::cout << json.dump(2) << '\n';
    return exit_done;
  }
  std::cout << printable(plan.file()) << " in " << printable(folder.path()) << '\n'
            << "  runs     " << grouped(static_cast<double>(state.runs)) << '\n'
            << "  done     " << grouped(static_cast<double>(state.done)) << '\n'
            << "  running  " << grouped(static_cast<double>(state.running)) << '\n'
            << "  failed   " << grouped(static_cast<double>(state.failed)) << '\n'
            << "  waiting  " << grouped(static_cast<double>(missing - std::min(missing, state.running))) << '\n';
  for (const SweepFailure& one : state.failures) {
    std::cout << "  failed, " << counted(one.count, "run") << ", the first is " << one.run << ": "
              << printable(one.message) << '\n';
  }
  for (const std::string& one : state.at_work) std::cout << "  at work: " << printable(one) << '\n';
  if (state.damaged > 0)
    std::cout << "  " << counted(state.damaged, "record") << " cut short or changed; their runs count as not done\n";
  if (missing == 0) {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::path(folder.path()) / "merged.csv", error))
      std::cout << "  nothing is left to do; `homeward sweep merge " << shell_quoted(folder.path()) << "` writes the table\n";
    return exit_done;
  }
  if (state.done == 0) {
    std::cout << "  time left cannot be told before a run is done\n";
  } else if (state.seconds_left > 0) {
    std::cout << "  about " << seconds_text(state.seconds_left) << " left\n";
  } else {
    std::cout << "  nobody is at work; about " << seconds_text(state.seconds_left_alone) << " left for one processor\n";
  }
  return exit_done;
}

int sweep_merge(const Request& request, const SweepAsked& asked) {
  const SweepPlan plan = load_plan(asked);
  const SweepFolder folder = SweepFolder::open(asked.folder);
  const SweepState state = sweep_state(plan, folder);
  if (!state.missing.empty() && !request.sweep.partial) {
    std::cerr << "homeward sweep merge: " << counted(state.missing.size(), "run") << " of "
              << grouped(static_cast<double>(state.runs)) << (state.missing.size() == 1 ? " is" : " are")
              << " not done yet; no table was written.\n"
              << "`homeward sweep` or `homeward sweep submit` does what is missing; --partial merges what is there.\n";
    return exit_failed;
  }
  const MergedTable table = merge_sweep(plan, folder);
  if (request.json) {
    nlohmann::ordered_json json;
    json["file"] = table.file;
    if (!table.cubes_file.empty()) json["cubes"] = table.cubes_file;
    if (!table.effects_file.empty()) json["effects"] = table.effects_file;
    json["runs"] = table.runs;
    json["left_out"] = table.left_out;
    json["rows"] = table.rows;
    std::cout << json.dump(2) << '\n';
  } else if (!request.quiet) {
    std::cout << table.file << ": " << counted(table.runs - table.left_out, "run") << ", " << counted(table.rows, "row")
              << '\n';
    if (!table.cubes_file.empty()) std::cout << table.cubes_file << '\n';
    if (!table.effects_file.empty()) std::cout << table.effects_file << '\n';
  }
  write_sweep_report(request, folder, table);
  if (state.failed == 0) return exit_done;
  std::cerr << "homeward sweep merge: " << counted(state.failed, "run")
            << " failed and left out; `homeward sweep status` tells why, --retry-failed tries again.\n";
  return exit_failed;
}

}  // namespace homeward::cli
