// Options are read before anything is opened; what a stopped run leaves is said in one breath with how to go on.
#include "running.h"

#include <iostream>

#include "text.h"

namespace homeward::cli {
namespace {

constexpr int first_year = 2004;
constexpr int last_year = 2045;

}  // namespace

void read_running(const Request& request, Values& values, Running& running) {
  running.load = values.load_options(request);
  running.settings.scale = values.scale(request.scale);
  running.settings.threads = static_cast<int>(values.whole("--threads", request.threads, 1, 1024).value_or(0));
  running.settings.block_slots =
      static_cast<std::uint32_t>(values.whole("--block-slots", request.block_slots, 128, 1u << 20).value_or(8192));
  running.settings.draw_priors = request.draw_priors;
  running.settings.returns = values.returns(request.returns);
  running.settings.until = values.half_width(request.until);
  if (running.load.replicates) running.settings.most_replicates = *running.load.replicates;
  if (running.settings.until && running.settings.most_replicates < 4) {
    values.add("--until-halfwidth needs at least 4 replicates; --replicates allows " +
               std::to_string(running.settings.most_replicates) + ".");
  }
  const auto from = values.whole("--from", request.from, first_year, last_year);
  const auto to = values.whole("--to", request.to, first_year, last_year);
  running.write.from_year = static_cast<int>(from.value_or(first_year));
  running.write.to_year = running.settings.to_year = static_cast<int>(to.value_or(last_year));
  if (from && to && *from > *to) {
    values.add("--from " + std::to_string(*from) + " is after --to " + std::to_string(*to) + ".");
  }
  running.write.show_small_cells = request.show_small_cells;
  running.write.report = !request.no_report;
  running.write.command = request.command;
}

RunTeller::RunTeller(const Request& request, const OutputFolder& folder)
    : request_(request), folder_(folder), line_(ProgressLine::kind_of_stderr(request.quiet)) {}

void RunTeller::show(const Progress& at) {
  line_.show(at);
  complete_ = line_.complete_replicates();
}

void RunTeller::message(const std::string& text) {
  line_.clear();
  if (!request_.quiet) std::cerr << "homeward " << request_.verb << ": " << printable(text) << ".\n";
}

void RunTeller::tell_stopped() const {
  std::cerr << "\nhomeward " << request_.verb << ": stopped. " << kept() << '\n';
}

void RunTeller::tell_failed(const std::string& what) {
  line_.clear();
  const bool memory = what.find("memory") != std::string::npos;
  std::cerr << "homeward " << request_.verb << ": " << printable(what) << ".\n"
            << (memory ? "A smaller --scale, as 1/10, needs less memory. " : "Mend that, then go on: ") << kept() << '\n';
}

std::string RunTeller::kept() const {
  const int complete = complete_;
  if (complete == 0) return "No replicate was complete; the same command starts anew:\n  " + printable(request_.command);
  return std::to_string(complete) + (complete == 1 ? " complete replicate is" : " complete replicates are") +
         " kept in " + printable(folder_.partial_folder()) + ". The same command takes up from there:\n  " +
         printable(request_.command);
}

}  // namespace homeward::cli
