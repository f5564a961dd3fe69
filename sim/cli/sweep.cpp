// homeward sweep: what is asked for, and which part of the verb answers.
#include "sweep.h"

#include <cmath>
#include <filesystem>
#include <iostream>

#include "text.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

namespace fs = std::filesystem;

constexpr int first_year = 2004;
constexpr int last_year = 2045;
constexpr std::uint64_t most_shards = 1000000;

// 16G, 500M, 1.5T; powers of 1024 as Slurm counts them.
double memory_bytes(const std::string& text, Values& values) {
  std::string_view digits = text;
  double unit = 1;
  if (!digits.empty()) {
    const std::size_t power = std::string_view("KMGT").find(digits.back());
    if (power != std::string_view::npos) {
      unit = std::pow(1024.0, static_cast<double>(power + 1));
      digits.remove_suffix(1);
    }
  }
  const auto value = number<double>(digits);
  if (value && std::isfinite(*value) && *value * unit >= 1e6 && *value * unit < 1e18) return *value * unit;
  values.add("--memory: '" + text + "' is not an amount of memory. Give 16G or 500M.");
  return 0;
}

void read_shard(const std::string& text, SweepAsked& asked, Values& values) {
  const std::size_t slash = text.find('/');
  const auto index = number<std::uint64_t>(std::string_view(text).substr(0, slash));
  const auto count =
      slash == std::string::npos ? std::nullopt : number<std::uint64_t>(std::string_view(text).substr(slash + 1));
  if (!index || !count || *count < 1 || *count > most_shards || *index >= *count) {
    values.add("--shard: '" + text + "' is not I/N with I from 0 to N - 1, as in 0/16.");
    return;
  }
  asked.settings.shard = static_cast<int>(*index);
  asked.settings.shards = static_cast<int>(*count);
  asked.sharded = true;
}

std::string_view act_word(SweepAct act) {
  switch (act) {
    case SweepAct::status: return "status";
    case SweepAct::merge: return "merge";
    case SweepAct::submit: return "submit";
    case SweepAct::run: break;
  }
  return "";
}

void read_names(const Request& request, SweepAsked& asked, Values& values) {
  std::vector<std::string> names = request.names;
  if (!names.empty()) {
    const std::string first = names.front();
    if (first == "status") asked.act = SweepAct::status;
    if (first == "merge") asked.act = SweepAct::merge;
    if (first == "submit") asked.act = SweepAct::submit;
    if (asked.act != SweepAct::run) names.erase(names.begin());
  }
  const std::string act(act_word(asked.act));
  if (names.size() > 1) {
    const std::string nearest =
        asked.act == SweepAct::run ? nearest_word(names.front(), {"status", "merge", "submit"}) : "";
    values.add(nearest.empty() ? "one plan at a time; got " + std::to_string(names.size()) + "."
                               : "'" + names.front() + "' is no part of this verb. Did you mean '" + nearest + "'?");
    return;
  }
  std::error_code error;
  const bool is_folder = names.size() == 1 && fs::is_directory(names.front(), error);
  if (is_folder && (asked.act == SweepAct::run || asked.act == SweepAct::submit)) {
    values.add(printable(names.front()) + " is a folder; this needs a plan. `homeward sweep status " +
               shell_quoted(names.front()) + "` tells how far a sweep into it is.");
    return;
  }
  const bool looks_back = asked.act == SweepAct::status || asked.act == SweepAct::merge;
  if (looks_back && names.size() == 1 && !fs::exists(names.front(), error)) {
    values.add("there is no plan and no folder " + printable(names.front()) + ".");
    return;
  }
  if (is_folder) {
    asked.folder = names.front();  // `status DIR`: the plan is noted there
    if (request.output) values.add("the folder is given twice, with and without -o.");
    return;
  }
  if (names.size() == 1) asked.plan = names.front();
  if (request.output) asked.folder = *request.output;
  if (names.empty() && looks_back && !request.output) {
    values.add("no sweep given. Name its folder, as in homeward sweep " + act + " small-results.");
  } else if (names.empty() && !looks_back) {
    values.add("no plan given. Try scenarios/sweeps/small.yaml.");
  }
  if (asked.folder.empty() && !asked.plan.empty()) {
    const std::string stem = fs::path(asked.plan).stem().string();
    asked.folder = (stem.empty() ? "sweep" : stem) + "-results";
  }
}

void refuse_foreign(const Request& request, const SweepAsked& asked, Values& values) {
  const SweepWords& words = request.sweep;
  const bool of_submit = words.time || words.partition || words.account || words.mem || words.cpus ||
                         words.array_size || words.max_running || words.first_task || !words.slurm.empty();
  if (of_submit && asked.act != SweepAct::submit)
    values.add(
        "options of Slurm go with `homeward sweep submit`, as in homeward sweep submit PLAN -o DIR --time 1:00:00.");
  if (words.partial && asked.act != SweepAct::merge) values.add("--partial goes with `homeward sweep merge`.");
  if (asked.sharded && asked.act != SweepAct::run) values.add("--shard goes with `homeward sweep PLAN`.");
}

}  // namespace

std::optional<SweepAsked> read_sweep(const Request& request) {
  Values values;
  SweepAsked asked;
  read_names(request, asked, values);
  const LoadOptions load = values.load_options(request);
  asked.options.tables = load.tables;
  asked.options.seed = load.seed;
  asked.options.replicates = load.replicates;
  asked.options.force_range = load.force_range;
  if (request.scale) asked.options.scale = values.scale(request.scale);
  if (const auto to = values.whole("--to", request.to, first_year, last_year))
    asked.options.to_year = static_cast<int>(*to);
  asked.settings.threads = static_cast<int>(values.whole("--threads", request.threads, 1, 1024).value_or(0));
  asked.settings.retry_failed = request.sweep.retry_failed;
  if (request.sweep.memory) asked.settings.memory_bytes = memory_bytes(*request.sweep.memory, values);
  if (request.sweep.shard) read_shard(*request.sweep.shard, asked, values);
  refuse_foreign(request, asked, values);
  if (!values.sound("sweep")) return std::nullopt;
  return asked;
}

SweepPlan load_plan(const SweepAsked& asked) {
  if (!asked.plan.empty()) {
    SweepOptions options = asked.options;
    // Without options of its own, a look at a sweep follows those it was started with.
    const bool none = !options.seed && !options.replicates && !options.to_year && !options.scale &&
                      options.tables.empty() && !options.force_range;
    std::error_code error;
    if (asked.act != SweepAct::run && asked.act != SweepAct::submit && none &&
        fs::is_regular_file(fs::path(asked.folder) / "sweep.json", error)) {
      options = SweepFolder::open(asked.folder).noted_options();
    }
    return SweepPlan::load(asked.plan, options);
  }
  const SweepFolder folder = SweepFolder::open(asked.folder);
  const std::string plan = folder.noted_plan();
  std::error_code error;
  if (!fs::exists(plan, error)) {
    const std::string told = asked.folder + ": was swept with " + plan + ", which is gone. Name the plan where it is now, "
                             "as in homeward sweep " + std::string(act_word(asked.act)) + " PLAN -o " +
                             shell_quoted(asked.folder) + "; its text as it was stands in " + asked.folder +
                             "/sweep.json.";
    throw InputError(printable(told), {});
  }
  return SweepPlan::load(plan, folder.noted_options());
}

std::string bytes_text(double bytes) {
  constexpr std::string_view prefixes = "kMGT";
  std::size_t power = 0;
  while (bytes >= 1000 && power < prefixes.size()) {
    bytes /= 1000;
    ++power;
  }
  return brief(bytes) + (power == 0 ? " bytes" : std::string(" ") + prefixes[power - 1] + 'B');
}

std::string counted(std::uint64_t count, const std::string& thing) {
  return grouped(static_cast<double>(count)) + ' ' + thing + (count == 1 ? "" : "s");
}

int sweep_verb(const Request& request) {
  const std::optional<SweepAsked> asked = read_sweep(request);
  if (!asked) return exit_input;
  switch (asked->act) {
    case SweepAct::status: return sweep_status(request, *asked);
    case SweepAct::merge: return sweep_merge(request, *asked);
    case SweepAct::submit: return sweep_submit(request, *asked);
    case SweepAct::run: break;
  }
  return request.sweep.dry_run ? sweep_dry_run(request, *asked) : sweep_run(request, *asked);
}

}  // namespace homeward::cli
