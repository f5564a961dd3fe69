// homeward compare: what changes between a base and alternatives that share its past.
#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>

#include "compare_text.h"
#include "homeward/homeward.h"
#include "interrupts.h"
#include "running.h"
#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

struct Asked : Running {
  std::vector<std::string> scenarios;  // base first
  std::string folder;
  Attribution attribution = Attribution::groups;
};

std::string default_folder(const std::string& named) {
  const std::string stem = std::filesystem::path(named).stem().string();
  return (stem.empty() ? "homeward" : stem) + "-comparison";
}

bool read(const Request& request, const std::optional<Claim>& claim, Asked& asked) {
  Values values;
  asked.scenarios = request.names;
  if (claim) {
    if (!request.names.empty()) values.add("--claim: the claim names the scenarios; leave BASE and ALT out.");
    asked.scenarios = claim->scenarios();
  } else if (request.names.size() < 2) {
    values.add(request.names.empty() ? "no scenarios given. Try scenarios/baseline.yaml scenarios/what-if/red-tape-30.yaml."
                                     : "an alternative is missing: give a base and one or more what-ifs.");
  }
  asked.attribution = values.attribution(request.attribution, claim ? Attribution::none : Attribution::groups);
  read_running(request, values, asked);
  if (!values.sound("compare")) return false;
  asked.folder = request.output.value_or(default_folder(claim ? claim->file() : asked.scenarios[1]));
  return true;
}

// Scenarios whose own seed is not used, and those that leave out what the base has.
std::vector<std::string> notes_on(const std::vector<Scenario>& scenarios) {
  std::vector<std::string> notes;
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    if (scenarios[i].seed() == scenarios[0].seed()) continue;
    notes.push_back("The seed of " + scenarios[i].file() + " is not used: all arms take the base's.");
  }
  if (notes.size() > 1) notes = {"Seeds of alternatives are not used: all arms take the base's."};
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    if (scenarios[i].extends() || scenarios[i].hash() == scenarios[0].hash()) continue;
    notes.push_back(scenarios[i].file() + " extends no scenario: what it leaves out is neutral, not as in the base. "
                                          "Give it extends: if that is not meant.");
    break;
  }
  return notes;
}

// Loads everything and tells the faults of all files at once.
std::vector<Scenario> load_all(const Asked& asked) {
  std::vector<Scenario> scenarios;
  std::string text;
  std::vector<Fault> faults;
  for (const std::string& file : asked.scenarios) {
    try {
      scenarios.push_back(Scenario::load(file, asked.load));
    } catch (const InputError& error) {
      const std::string what = error.what();
      if (text.find(what) != std::string::npos) continue;  // of a base that both extend
      text += (text.empty() ? "" : "\n") + what;
      faults.insert(faults.end(), error.faults().begin(), error.faults().end());
    }
  }
  if (!text.empty()) throw InputError(text, std::move(faults));
  return scenarios;
}

int exit_code(const Comparison& comparison) {
  const auto claim = comparison.judgement();
  return !claim || claim->verdict == ClaimJudgement::Verdict::holds ? exit_done : exit_negative;
}

}  // namespace

int compare_verb(const Request& request) {
  std::optional<Claim> claim;
  if (request.claim) claim = Claim::load(*request.claim);
  Asked asked;
  if (!read(request, claim, asked)) return exit_input;
  hold_signals();  // a Ctrl-C while files are read waits for the run to take it
  const std::vector<Scenario> scenarios = load_all(asked);
  if (asked.settings.until && !asked.load.replicates) asked.settings.most_replicates = 1000;
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::optional<OutputFolder> claimed;
  try {
    claimed = OutputFolder::claim(asked.folder, request.force);
  } catch (const RunError& error) {
    std::cerr << "homeward compare: " << printable(error.what())
              << ".\nNothing was run. Give another folder with -o.\n";
    return exit_failed;
  }
  OutputFolder& folder = *claimed;
  RunTeller teller(request, folder);
  CompareSettings settings;
  settings.run = asked.settings;
  settings.run.partial_folder = folder.partial_folder();
  settings.run.progress = [&](const Progress& at) { teller.show(at); };
  settings.run.message = [&](const std::string& text) { teller.message(text); };
  settings.attribution = asked.attribution;
  settings.claim = claim;
  settings.trunk_folder = request.keep_trunk.value_or("");
  try {
    Interrupts interrupts([&] { teller.tell_stopped(); });
    settings.run.stop = interrupts.stop();
    const Comparison comparison = compare(scenarios[0], {scenarios.begin() + 1, scenarios.end()}, settings);
    CompareHeadline facts;
    facts.files = comparison.write(folder, asked.write);
    facts.folder = folder.path();
    facts.base_title = scenarios[0].name().empty() ? scenarios[0].file() : scenarios[0].name();
    facts.from_year = asked.write.from_year;
    facts.to_year = asked.write.to_year;
    if (request.until) facts.half_width_of = *request.until;
    if (claim) facts.claim = claim->text();
    facts.notes = notes_on(scenarios);
    teller.clear();
    if (request.verbose && !request.quiet) {
      for (const std::string& line : compare_details(comparison)) std::cerr << line << '\n';
    }
    if (request.json) {
      std::cout << compare_json(comparison, facts) << '\n';
    } else if (!request.quiet) {
      for (const std::string& line : compare_text(comparison, facts)) std::cout << line << '\n';
    }
    return exit_code(comparison);
  } catch (const Stopped&) {
    teller.clear();
    teller.tell_stopped();
    folder.abandon();
    return exit_stopped;
  } catch (const InputError& error) {
    teller.clear();
    folder.abandon();
    std::cerr << "homeward compare: " << error.what() << '\n';
    return exit_input;
  } catch (const std::bad_alloc&) {
    teller.tell_failed("out of memory");
  } catch (const std::exception& error) {
    teller.tell_failed(error.what());
  }
  folder.abandon();
  return exit_failed;
}

}  // namespace homeward::cli
