// homeward run: one scenario, all replicates, a folder of tables.
#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>

#include "headline.h"
#include "homeward/homeward.h"
#include "interrupts.h"
#include "running.h"
#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

struct Asked : Running {
  std::string scenario, folder;
};

std::string default_folder(const std::string& scenario) {
  const std::string stem = std::filesystem::path(scenario).stem().string();
  return (stem.empty() ? "homeward" : stem) + "-results";
}

bool read(const Request& request, Asked& asked) {
  Values values;
  if (request.names.size() != 1) {
    values.add(request.names.empty() ? "no scenario given. Try scenarios/baseline.yaml."
                                     : "one scenario at a time; got " + std::to_string(request.names.size()) + ".");
  } else {
    asked.scenario = request.names.front();
    asked.folder = request.output.value_or(default_folder(asked.scenario));
  }
  read_running(request, values, asked);
  return values.sound("run");
}

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
  RunTeller run(request, folder);
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
