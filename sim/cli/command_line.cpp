// The table of verbs and their options; the only file that pays for CLI11.
#include "command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "homeward/homeward.h"
#include "text.h"

namespace homeward::cli {
namespace {

constexpr const char* overview = R"(homeward: return migration of a diaspora, one agent per person.

Usage: homeward VERB [OPTIONS] ...       homeward VERB --help       homeward --version

The five things people do first
  homeward run scenarios/baseline.yaml --scale 1/20     a quick run, one person in twenty
  homeward run scenarios/baseline.yaml                  everyone; tables in baseline-results/
  homeward compare scenarios/baseline.yaml scenarios/what-if/red-tape-30.yaml   what a policy changes
  homeward check my-scenario.yaml                       every fault of a file, none of the run
  homeward list levers                                  what a scenario can change

Verbs
)";

using Declare = void (*)(CLI::App&, Request&);

void add_tables(CLI::App& app, Request& request) {
  app.add_option("--tables", request.tables, "Folder of tables instead of the scenario's or the default")
      ->type_name("DIR");
}

void add_json(CLI::App& app, Request& request) {
  app.add_flag("--json", request.json, "Machine-readable answer on stdout, everything else on stderr");
}

void add_set(CLI::App& app, Request& request) {
  app.add_option("--set", request.set, "Set one value of the scenario, e.g. policy.pay_growth=1; repeatable")
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->take_all();
  app.add_flag("--force-range", request.force_range, "Allow values outside their plausible range; results say so");
}

// What every verb that simulates takes.
void add_running(CLI::App& app, Request& request) {
  app.add_option("--scale", request.scale, "Share of persons, 1/20 or 0.05 [1]")->type_name("SHARE");
  app.add_option("-s,--seed", request.seed, "Seed of all random numbers [the scenario's]")->type_name("N");
  app.add_option("--replicates", request.replicates, "Runs that differ by chance [the scenario's]")->type_name("N");
  app.add_option("--until-halfwidth", request.until,
                 "Replicate until the 95 % interval is +-N or less; at least 4, at most --replicates [1000]")
      ->type_name("MEASURE@YEAR=N");
  app.add_flag("--draw-priors", request.draw_priors,
               "Each replicate draws the parameters from their plausible ranges");
  app.add_option("-j,--threads", request.threads, "Threads [what affinity, cgroup and Slurm allow]")->type_name("N");
  app.add_option("--from", request.from, "First year written [2004]")->type_name("YEAR");
  app.add_option("--to", request.to, "Last year simulated and written [2045]")->type_name("YEAR");
  add_set(app, request);
  app.add_option("--returns", request.returns,
                 "What counts as return: settled, students too, all [settled]")
      ->type_name("settled|students|all");
  add_tables(app, request);
  app.add_flag("--no-report", request.no_report, "Leave out report.html; results.nc, being data, is written all the same");
  app.add_flag("--force", request.force, "Write to a folder with other content, which stays");
  app.add_flag("--show-small-cells", request.show_small_cells,
               "flows.csv: do not pool cells of fewer than 10 synthetic persons");
  app.add_option("--block-slots", request.block_slots, "Persons a block of work; results do not depend on it [8192]")
      ->type_name("N");
  app.add_flag("-q,--quiet", request.quiet, "No progress, no summary");
  app.add_flag("-v,--verbose", request.verbose, "Also the fit of the synthesis, timings and memory");
  add_json(app, request);
}

void declare_sweep(CLI::App& app, Request& request) {
  SweepWords& sweep = request.sweep;
  app.add_option("PLAN", request.names, "A plan, YAML; or submit and a plan; or status or merge and a folder")
      ->type_name("FILE")
      ->expected(0, -1);
  app.add_option("-o,--output", request.output, "Folder of the sweep [<plan>-results in the current folder]")
      ->type_name("DIR");
  app.add_flag("--dry-run", sweep.dry_run, "Runs, time, memory, disk, after timing one run; submit: the scripts");
  app.add_option("--scale", request.scale, "Share of persons, 1/20 or 0.05 [the plan's]")->type_name("SHARE");
  app.add_option("-s,--seed", request.seed, "Seed of all random numbers [the plan's]")->type_name("N");
  app.add_option("--replicates", request.replicates, "Runs a point that differ by chance [the plan's]")->type_name("N");
  app.add_option("--to", request.to, "Last year simulated [the plan's]")->type_name("YEAR");
  app.add_option("--shard", sweep.shard, "Only share i, from 0, of n; any scheduler can call them")->type_name("I/N");
  app.add_option("-j,--threads", request.threads, "Threads [what affinity, cgroup and Slurm allow]")->type_name("N");
  app.add_option("--memory", sweep.memory, "The most memory to use, as 16G [what is free]")->type_name("SIZE");
  app.add_flag("--retry-failed", sweep.retry_failed, "Try runs again that failed before");
  app.add_flag("--partial", sweep.partial, "merge: also where runs are missing");
  app.add_flag("--no-report", request.no_report, "Leave out report.html");
  add_tables(app, request);
  app.add_flag("--force-range", request.force_range, "Allow values outside their plausible range");
  app.add_flag("--force", request.force, "Write to a folder with other content, which stays");
  app.add_option("--array-size", sweep.array_size, "submit: tasks of the job array [one a run, at most 100]")
      ->type_name("N");
  app.add_option("--max-running", sweep.max_running, "submit: tasks at the same time [no bound]")->type_name("N");
  app.add_option("--time", sweep.time, "submit: time limit of a task, as Slurm has it")->type_name("TIME");
  app.add_option("--mem", sweep.mem, "submit: memory of a task, as 4G")->type_name("SIZE");
  app.add_option("--cpus", sweep.cpus, "submit: processors of a task [1]")->type_name("N");
  app.add_option("--partition", sweep.partition, "submit: partition")->type_name("NAME");
  app.add_option("--account", sweep.account, "submit: account")->type_name("NAME");
  app.add_option("--slurm", sweep.slurm, "submit: any other option of sbatch, as --slurm=--qos=long; repeatable")
      ->type_name("OPTION")
      ->expected(1)
      ->take_all();
  app.add_option("--first-task", sweep.first_task, "submit: the first task of this wave; set by the wave before [0]")
      ->type_name("N");
  app.add_flag("-q,--quiet", request.quiet, "No progress, no summary");
  add_json(app, request);
}

void declare_run(CLI::App& app, Request& request) {
  app.add_option("SCENARIO", request.names, "A scenario, YAML")->type_name("FILE")->expected(0, -1);
  app.add_option("-o,--output", request.output, "Output folder [<scenario>-results in the current folder]")
      ->type_name("DIR");
  add_running(app, request);
}

void declare_compare(CLI::App& app, Request& request) {
  app.add_option("BASE ALT", request.names, "The base and one or more alternatives, YAML")
      ->type_name("FILES")
      ->expected(0, -1);
  app.add_option("-o,--output", request.output, "Output folder [<first alternative>-comparison in the current folder]")
      ->type_name("DIR");
  app.add_option("--attribution", request.attribution,
                 "Who earned the difference: groups of levers, single levers, none [groups; none with --claim]")
      ->type_name("groups|levers|none");
  app.add_option("--claim", request.claim, "Judge a claim; BASE and ALT are those it names")->type_name("FILE");
  app.add_option("--keep-trunk", request.keep_trunk, "Keep the years in common here, and take them from here")
      ->type_name("DIR");
  add_running(app, request);
}

void declare_bench(CLI::App& app, Request& request) {
  app.add_option("SCENARIO", request.names, "Scenarios, YAML")->type_name("FILES")->expected(0, -1);
  app.add_option("--scale", request.scale, "Share of persons, 1/20 or 0.05 [1]")->type_name("SHARE");
  app.add_option("--repeat", request.repeat, "Repetitions with each number of threads [5]")->type_name("N");
  app.add_option("-j,--threads", request.threads, "Most threads; 1 to N are timed [what the machine allows]")
      ->type_name("N");
  app.add_option("--to", request.to, "Last year simulated [2045]")->type_name("YEAR");
  app.add_option("-s,--seed", request.seed, "Seed of all random numbers [the scenario's]")->type_name("N");
  app.add_option("--against", request.against,
                 "An earlier result of --json: faster, slower or within noise; several are pooled")
      ->type_name("FILE")
      ->expected(1)
      ->take_all();
  add_set(app, request);
  add_tables(app, request);
  app.add_flag("-q,--quiet", request.quiet, "No progress");
  add_json(app, request);
}

void declare_check(CLI::App& app, Request& request) {
  app.add_option("FILE", request.names, "Scenarios, YAML")->type_name("FILES")->expected(0, -1);
  add_set(app, request);
  add_tables(app, request);
  app.add_flag("-q,--quiet", request.quiet, "Faults only");
  add_json(app, request);
}

void declare_list(CLI::App& app, Request& request) {
  app.add_option("KIND", request.names, "levers, parameters, measures, hosts or dimensions [all]")
      ->type_name("KIND")
      ->expected(0, -1);
  add_tables(app, request);
  add_json(app, request);
}

void declare_explain(CLI::App& app, Request& request) {
  app.add_option("NAME", request.names, "A lever, parameter, measure, host or dimension")
      ->type_name("NAME")
      ->expected(0, -1);
  add_tables(app, request);
  add_json(app, request);
}

void declare_diff(CLI::App& app, Request& request) {
  app.add_option("A B", request.names, "Two scenarios, YAML")->type_name("FILES")->expected(0, -1);
  app.add_flag("--force-range", request.force_range, "Allow values outside their plausible range");
  add_tables(app, request);
  add_json(app, request);
}

void declare_report(CLI::App& app, Request& request) {
  app.add_option("DIR", request.names, "A folder that a run wrote")->type_name("DIR")->expected(0, -1);
  app.add_flag("--figures", request.figures, "Also each figure as SVG, and its numbers as CSV");
  add_tables(app, request);
  app.add_flag("-q,--quiet", request.quiet, "Do not name the files");
}

void declare_schema(CLI::App& app, Request& request) { add_tables(app, request); }

void declare_completion(CLI::App& app, Request& request) {
  app.add_option("SHELL", request.names, "bash, zsh or fish")->type_name("SHELL")->expected(0, -1);
}

struct Verb {
  const char* name;
  const char* usage;
  const char* text;
  const char* example;
  Declare declare;
};

constexpr Verb verbs[] = {
    {"run", "SCENARIO", "Run a scenario, all replicates, and write its tables.",
     "homeward run scenarios/baseline.yaml --scale 1/20 --to 2030 -o quick", declare_run},
    {"compare", "BASE ALT...", "What does a policy change: paired differences, persons, price.",
     "homeward compare scenarios/baseline.yaml scenarios/what-if/red-tape-30.yaml --scale 1/20 --to 2035",
     declare_compare},
    {"sweep", "[status|merge|submit] PLAN", "Run a plan: scenarios x parameters x replicates.",
     "homeward sweep scenarios/sweeps/small.yaml -o small", declare_sweep},
    {"check", "FILE...", "Tell every fault of scenarios, plans, claims; run nothing.",
     "homeward check scenarios/what-if/*.yaml", declare_check},
    {"list", "[KIND]", "List levers, parameters, measures, hosts, dimensions, keys.",
     "homeward list parameters", declare_list},
    {"explain", "NAME", "Explain one entry: unit, range, default, source.",
     "homeward explain choice.b_pay", declare_explain},
    {"diff", "A B", "Compare two scenarios in words, after inheritance.",
     "homeward diff scenarios/baseline.yaml scenarios/what-if/resolution-57.yaml", declare_diff},
    {"report", "DIR", "Rebuild report.html from the tables of a run.",
     "homeward report baseline-results --figures", declare_report},
    {"schema", "", "Print the JSON Schema of a scenario, for editors.",
     "homeward schema > scenario.schema.json", declare_schema},
    {"bench", "SCENARIO...", "Time scenarios here: rate, phases, memory, threads.",
     "homeward bench scenarios/baseline.yaml --scale 1/20", declare_bench},
    {"completion", "SHELL", "Print the completions of a shell.", "source <(homeward completion bash)",
     declare_completion},
};

std::string overview_text() {
  std::string text = overview;
  for (const Verb& verb : verbs) text += "  " + padded(verb.name, 12) + verb.text + '\n';
  return text;
}

void prepare(CLI::App& app, const Verb& verb, Request& request) {
  app.name(std::string("homeward ") + verb.name);
  app.description(verb.text);
  app.set_help_flag("-h,--help", "Print this and exit");
  app.footer(std::string("\nExample\n  ") + verb.example);
  app.allow_extras();
  app.get_formatter()->column_width(34);
  verb.declare(app, request);
}

// CLI11 writes the usage for any number of names; the table knows how many there are.
std::string help_text(const CLI::App& app, const Verb& verb) {
  std::string text = app.help();
  const std::size_t usage = text.find("Usage: ");
  if (usage == std::string::npos) return text;
  const std::string mended = "Usage: " + app.get_name() + " [OPTIONS] " + verb.usage;
  return text.replace(usage, text.find('\n', usage) - usage, mended);
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

Parsed fault(const std::string& who, const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) std::cerr << who << ": " << printable(problem) << '\n';
  std::cerr << "Try '" << who << " --help'.\n";
  return {{}, false, exit_input};
}

std::string meant(const std::string& nearest) { return nearest.empty() ? "" : " Did you mean '" + nearest + "'?"; }

const Verb* find_verb(const std::string& name) {
  for (const Verb& verb : verbs) {
    if (name == verb.name) return &verb;
  }
  return nullptr;
}

Parsed parse_verb(const Verb& verb, Request request, std::vector<std::string> words) {
  CLI::App app;
  prepare(app, verb, request);
  const std::string who = app.get_name();
  try {
    std::reverse(words.begin(), words.end());  // as CLI11 wants them
    app.parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    std::cout << help_text(app, verb);
    return {{}, false, exit_done};
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string what = error.what();  // "--seed: ..."
    return fault(who, {what.substr(0, what.find(':')) + ": takes exactly one value."});
  } catch (const CLI::ConversionError& error) {
    return fault(who, {std::string(error.what()) + ". A switch takes no value."});
  } catch (const CLI::ParseError& error) {
    return fault(who, {error.what()});
  }
  std::vector<std::string> problems;
  for (const std::string& extra : app.remaining()) {
    if (extra.size() > 1 && extra.front() == '-') {
      problems.push_back(extra + ": unknown option." + meant(nearest_word(extra, option_names(app))));
    } else {
      problems.push_back("'" + extra + "': nothing is expected here.");
    }
  }
  if (!problems.empty()) return fault(who, problems);
  return {std::move(request), true, exit_done};
}

}  // namespace

Parsed parse_command_line(int argc, char** argv) {
  Request request;
  request.program = argc > 0 ? argv[0] : "homeward";
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  request.command = shell_quoted(request.program);
  for (const std::string& word : words) request.command += ' ' + shell_quoted(word);
  if (words.empty()) {
    std::cerr << overview_text();
    return {{}, false, exit_input};
  }
  const std::string first = words.front();
  if (first == "--help" || first == "-h" || first == "help") {
    const Verb* verb = words.size() > 1 ? find_verb(words[1]) : nullptr;
    if (verb != nullptr) return parse_verb(*verb, request, {"--help"});
    std::cout << overview_text();
    return {{}, false, exit_done};
  }
  if (first == "--version" || first == "-V") {
    request.verb = "version";
    return {std::move(request), true, exit_done};
  }
  const Verb* verb = find_verb(first);
  if (verb == nullptr) {
    std::vector<std::string> known;
    for (const Verb& one : verbs) known.emplace_back(one.name);
    const std::string what = first.front() == '-' ? ": options follow the verb." : ": unknown verb.";
    return fault("homeward", {"'" + first + "'" + what + meant(nearest_word(first, known))});
  }
  request.verb = verb->name;
  words.erase(words.begin());
  return parse_verb(*verb, std::move(request), std::move(words));
}

std::vector<VerbWords> verb_words() {
  std::vector<VerbWords> list;
  for (const Verb& verb : verbs) {
    Request request;
    CLI::App app;
    prepare(app, verb, request);
    VerbWords words{verb.name, verb.text, {}, ""};
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_positional()) {
        words.names = option->get_type_name();
        continue;
      }
      OptionWords one;
      for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
      for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
      if (option->get_type_size() != 0) one.value = option->get_type_name();
      one.text = option->get_description();
      words.options.push_back(std::move(one));
    }
    list.push_back(std::move(words));
  }
  return list;
}

}  // namespace homeward::cli
