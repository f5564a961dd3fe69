// homeward run: one scenario, all replicates, a folder of tables.
#include <atomic>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>

#include "headline.h"
#include "homeward/homeward.h"
#include "interrupts.h"
#include "progress.h"
#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

constexpr int first_year = 2004;
constexpr int last_year = 2045;

// What a run was asked for, read and checked.
struct Asked {
  LoadOptions load;
  RunSettings settings;
  WriteOptions write;
  std::string scenario, folder;
};

std::string default_folder(const std::string& scenario) {
  const std::string stem = std::filesystem::path(scenario).stem().string();
  return (stem.empty() ? "homeward" : stem) + "-results";
}

bool read(const Request& request, Asked& asked) {
  Values values;
  asked.load = values.load_options(request);
  if (request.names.size() != 1) {
    values.add(request.names.empty() ? "no scenario given. Try scenarios/baseline.yaml."
                                     : "one scenario at a time; got " + std::to_string(request.names.size()) + ".");
  } else {
    asked.scenario = request.names.front();
    asked.folder = request.output.value_or(default_folder(asked.scenario));
  }
  asked.settings.scale = values.scale(request.scale);
  asked.settings.threads = static_cast<int>(values.whole("--threads", request.threads, 1, 1024).value_or(0));
  asked.settings.block_slots =
      static_cast<std::uint32_t>(values.whole("--block-slots", request.block_slots, 128, 1u << 20).value_or(8192));
  asked.settings.draw_priors = request.draw_priors;
  asked.settings.returns = values.returns(request.returns);
  asked.settings.until = values.half_width(request.until);
  if (asked.load.replicates) asked.settings.most_replicates = *asked.load.replicates;
  if (asked.settings.until && asked.settings.most_replicates < 4) {
    values.add("--until-halfwidth needs at least 4 replicates; --replicates allows " +
               std::to_string(asked.settings.most_replicates) + ".");
  }
  const auto from = values.whole("--from", request.from, first_year, last_year);
  const auto to = values.whole("--to", request.to, first_year, last_year);
  asked.write.from_year = static_cast<int>(from.value_or(first_year));
  asked.write.to_year = asked.settings.to_year = static_cast<int>(to.value_or(last_year));
  if (from && to && *from > *to) {
    values.add("--from " + std::to_string(*from) + " is after --to " + std::to_string(*to) + ".");
  }
  asked.write.show_small_cells = request.show_small_cells;
  asked.write.report = !request.no_report;
  asked.write.command = request.command;
  return values.sound("run");
}

// Where a run stands, for whoever has to say so when it ends early.
class Run {
 public:
  Run(const Request& request, const OutputFolder& folder)
      : request_(request), folder_(folder), line_(ProgressLine::kind_of_stderr(request.quiet)) {}

  void show(const Progress& at) {
    line_.show(at);
    complete_ = line_.complete_replicates();
  }
  void message(const std::string& text) {
    line_.clear();
    if (!request_.quiet) std::cerr << "homeward run: " << printable(text) << ".\n";
  }
  void clear() { line_.clear(); }

  // After Ctrl-C or SIGTERM. Also called by the watcher, so it only reads and prints.
  void tell_stopped() const {
    std::cerr << "\nhomeward run: stopped. " << kept() << '\n';
  }
  void tell_failed(const std::string& what) {
    line_.clear();
    const bool memory = what.find("memory") != std::string::npos;
    std::cerr << "homeward run: " << printable(what) << ".\n"
              << (memory ? "A smaller --scale, as 1/10, needs less memory. " : "Mend that, then go on: ") << kept()
              << '\n';
  }
  int complete() const { return complete_; }

 private:
  std::string kept() const {
    const int complete = complete_;
    if (complete == 0) return "No replicate was complete; the same command starts anew:\n  " + printable(request_.command);
    return std::to_string(complete) + (complete == 1 ? " complete replicate is" : " complete replicates are") +
           " kept in " + printable(folder_.partial_folder()) + ". The same command takes up from there:\n  " +
           printable(request_.command);
  }

  const Request& request_;
  const OutputFolder& folder_;
  ProgressLine line_;
  std::atomic<int> complete_{0};
};

void print(const Request& request, const Scenario& scenario, const Results& results, const Headline& facts) {
  if (request.verbose && !request.quiet) {
    for (const std::string& line : details_text(results)) std::cerr << line << '\n';
  }
  if (request.json) {
    std::cout << headline_json(scenario, results, facts) << '\n';
  } else if (!request.quiet) {
    for (const std::string& line : headline_text(scenario, results, facts)) std::cout << line << '\n';
  }
}

}  // namespace

int run_verb(const Request& request) {
  Asked asked;
  if (!read(request, asked)) return exit_input;
  hold_signals();  // a Ctrl-C while files are read waits for the run to take it
  const Scenario scenario = Scenario::load(asked.scenario, asked.load);
  if (asked.settings.until && !asked.load.replicates) asked.settings.most_replicates = 1000;
  std::signal(SIGPIPE, SIG_IGN);  // a reader who has gone is no reason to lose the run
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is told of as a full disk is
  std::optional<OutputFolder> claimed;
  try {
    claimed = OutputFolder::claim(asked.folder, request.force);
  } catch (const RunError& error) {
    std::cerr << "homeward run: " << printable(error.what()) << ".\nNothing was run. Give another folder with -o.\n";
    return exit_failed;
  }
  OutputFolder& folder = *claimed;
  Run run(request, folder);
  asked.settings.partial_folder = folder.partial_folder();
  asked.settings.progress = [&](const Progress& at) { run.show(at); };
  asked.settings.message = [&](const std::string& text) { run.message(text); };
  try {
    Interrupts interrupts([&] { run.tell_stopped(); });
    asked.settings.stop = interrupts.stop();
    const Results results = homeward::run(scenario, asked.settings);
    Headline facts;
    facts.files = results.write(folder, asked.write);
    facts.folder = folder.path();
    facts.from_year = asked.write.from_year;
    facts.to_year = asked.write.to_year;
    if (asked.settings.until) {
      facts.half_width_wanted = asked.settings.until->half_width;
      facts.half_width_of = asked.settings.until->measure + '@' + std::to_string(asked.settings.until->year);
    }
    run.clear();
    print(request, scenario, results, facts);
    return exit_done;
  } catch (const Stopped&) {
    run.clear();
    run.tell_stopped();
    folder.abandon();
    return exit_stopped;
  } catch (const InputError& error) {
    run.clear();
    folder.abandon();
    std::cerr << "homeward run: " << error.what() << '\n';
    return exit_input;
  } catch (const std::bad_alloc&) {
    run.tell_failed("out of memory");
  } catch (const std::exception& error) {
    run.tell_failed(error.what());
  }
  folder.abandon();
  return exit_failed;
}

}  // namespace homeward::cli
