// homeward sweep submit: job arrays whose tasks take shards, and a job after them that merges or submits the next wave.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "slurm.h"
#include "sweep.h"
#include "text.h"
#include "values.h"

namespace homeward::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t default_tasks = 100;
constexpr std::uint64_t most_tasks = 1000000;

struct Wave {
  std::vector<std::string> arrays;
  std::string next;         // the job after them
  std::uint64_t upto = 0;   // tasks below it are submitted
  std::uint64_t tasks = 0;  // submitted in this wave
  std::string problem;
};

struct Submit {
  SlurmSweep sweep;
  std::uint64_t first_task = 0;
  std::vector<std::uint64_t> wanted;  // tasks that have a run to do, in order
  std::string next_options;           // for the next wave: the options of sbatch as they were given
};

bool one_line(const std::string& text) {
  return !text.empty() &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

bool read_words(const Request& request, Submit& submit, std::optional<std::uint64_t>& array_size) {
  const SweepWords& words = request.sweep;
  Values values;
  SlurmWords& slurm = submit.sweep.words;
  const auto text = [&](const char* option, const std::optional<std::string>& from, std::optional<std::string>& to) {
    if (from && !one_line(*from)) values.add(std::string(option) + ": the value is empty or not one line.");
    to = from;
  };
  text("--time", words.time, slurm.time);
  text("--partition", words.partition, slurm.partition);
  text("--account", words.account, slurm.account);
  text("--mem", words.mem, slurm.mem);
  if (slurm.time && time_seconds(*slurm.time) < 60)
    values.add("--time: '" + *slurm.time + "' is not a time limit of a minute or more. Give 60, 1:00:00 or 2-00.");
  slurm.cpus = static_cast<int>(values.whole("--cpus", words.cpus, 1, 1024).value_or(1));
  slurm.max_running = static_cast<int>(values.whole("--max-running", words.max_running, 1, 1000000).value_or(0));
  array_size = values.whole("--array-size", words.array_size, 1, most_tasks);
  submit.first_task = values.whole("--first-task", words.first_task, 0, most_tasks).value_or(0);
  for (const std::string& option : words.slurm) {
    if (!option.starts_with("--") || !one_line(option)) {
      values.add("--slurm: '" + option + "' is not an option of sbatch. Give --slurm=--qos=long.");
    }
  }
  slurm.other = words.slurm;
  return values.sound("sweep submit");
}

// The words of this command line that the jobs, and the next wave, must repeat.
std::string repeated(const Request& request, const SweepAsked& asked) {
  std::string text;
  const auto add = [&](const char* option, const std::optional<std::string>& value) {
    if (value) text += std::string(" ") + option + ' ' + shell_quoted(*value);
  };
  add("--scale", request.scale);
  add("--seed", request.seed);
  add("--replicates", request.replicates);
  add("--to", request.to);
  if (!asked.options.tables.empty()) add("--tables", fs::absolute(asked.options.tables).lexically_normal().string());
  if (request.force_range) text += " --force-range";
  return text;
}

std::string slurm_options(const Request& request, std::uint64_t tasks) {
  const SweepWords& words = request.sweep;
  std::string text = " --array-size " + std::to_string(tasks);
  const auto add = [&](const char* option, const std::optional<std::string>& value) {
    if (value) text += std::string(" ") + option + ' ' + shell_quoted(*value);
  };
  add("--time", words.time);
  add("--partition", words.partition);
  add("--account", words.account);
  add("--mem", words.mem);
  add("--cpus", words.cpus);
  add("--max-running", words.max_running);
  for (const std::string& option : words.slurm) text += " --slurm=" + shell_quoted(option);
  if (words.retry_failed) text += " --retry-failed";
  return text;
}

std::string jobs_file(const std::string& folder) { return (fs::path(folder) / "slurm/jobs").string(); }

std::vector<std::string> known_jobs(const std::string& folder) {
  std::vector<std::string> jobs;
  std::ifstream in(jobs_file(folder));
  std::string job;
  while (in >> job) jobs.push_back(job);
  return jobs;
}

// Arrays from the first wanted task on, as many as fit.
class Waves {
 public:
  Waves(const Submit& submit, const SlurmLimits& limits) : submit_(submit), limits_(limits) {}

  Wave send() {
    std::uint64_t room = limits_.room;
    bool at_limit = false;
    Wave wave;
    std::size_t next = 0;
    while (next < submit_.wanted.size() && room > 1 && !at_limit) {
      // An array takes the room of its tasks and one more.
      std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(room - 1, submit_.wanted.size() - next));
      std::string problem;
      for (; size > 0; size /= 2) {
        const Chunk chunk = chunk_at(next, size);
        const Submission done = cli::submit(array_script(submit_.sweep, chunk.offset, chunk.indexes));
        if (done.problem.empty()) {
          wave.arrays.push_back(done.job);
          next = chunk.end;
          room -= std::min<std::uint64_t>(room, chunk.tasks + 1);
          wave.tasks += chunk.tasks;
          break;
        }
        problem = done.problem;
        if (!is_limit(problem)) size = 0;
        at_limit = true;
      }
      if (size > 0) continue;
      if (wave.arrays.empty()) {
        wave.problem = problem;
        return wave;
      }
    }
    wave.upto = next < submit_.wanted.size() ? submit_.wanted[next] : submit_.sweep.tasks;
    return wave;
  }

  // Without Slurm: what would be sent.
  std::string shown() const {
    std::string text;
    for (std::size_t next = 0; next < submit_.wanted.size();) {
      const Chunk chunk = chunk_at(next, submit_.wanted.size() - next);
      text += array_script(submit_.sweep, chunk.offset, chunk.indexes) + '\n';
      next = chunk.end;
    }
    return text;
  }

 private:
  struct Chunk {
    std::uint64_t offset = 0;
    std::string indexes;
    std::size_t end = 0;
    std::uint64_t tasks = 0;
  };
  // At most `size` tasks from place `at` on, whose indexes fit in an array.
  Chunk chunk_at(std::size_t at, std::size_t size) const {
    Chunk chunk;
    chunk.offset = submit_.wanted[at];
    std::vector<std::uint64_t> indexes;
    chunk.end = at;
    while (chunk.end < submit_.wanted.size() && chunk.end - at < size &&
           submit_.wanted[chunk.end] - chunk.offset < limits_.array_size) {
      indexes.push_back(submit_.wanted[chunk.end++] - chunk.offset);
    }
    chunk.indexes = ranges_text(indexes);
    chunk.tasks = indexes.size();
    return chunk;
  }
  static bool is_limit(const std::string& problem) {
    return problem.find("limit") != std::string::npos || problem.find("Limit") != std::string::npos ||
           problem.find("temporarily") != std::string::npos;
  }

  const Submit& submit_;
  SlurmLimits limits_;
};

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string next_act(const Submit& submit, std::uint64_t upto) {
  if (upto >= submit.sweep.tasks) return "merge";
  return "submit --first-task " + std::to_string(upto) + submit.next_options;
}

// The tasks that have a run to do, from the first task of this wave on.
std::vector<std::uint64_t> wanted_tasks(const SweepPlan& plan, const std::vector<std::uint64_t>& runs,
                                        std::uint64_t tasks, std::uint64_t first) {
  std::set<std::uint64_t> wanted;
  for (const std::uint64_t run : runs) {
    const std::uint64_t task = plan.bundle(run) % tasks;
    if (task >= first) wanted.insert(task);
  }
  return {wanted.begin(), wanted.end()};
}

// A wave that follows another waits until Slurm has forgotten enough of what has ended (MinJobAge).
SlurmLimits room_for_jobs(bool may_wait) {
  SlurmLimits limits = slurm_limits();
  for (int attempt = 0; may_wait && limits.room < 2 && attempt < 90; ++attempt) {
    std::this_thread::sleep_for(std::chrono::seconds(10));
    limits = slurm_limits();
  }
  return limits;
}

int refuse(const std::string& text, int code) {
  std::cerr << "homeward sweep submit: " << printable(text) << '\n';
  return code;
}

void tell(const Request& request, const Submit& submit, const Wave& wave, std::uint64_t runs) {
  if (request.json) {
    nlohmann::ordered_json json;
    json["runs"] = runs;
    json["tasks"] = submit.sweep.tasks;
    json["submitted"] = wave.tasks;
    json["arrays"] = wave.arrays;
    json["next"] = wave.next;
    std::cout << json.dump(2) << '\n';
    return;
  }
  if (request.quiet) return;
  std::cout << counted(runs, "run") << " to do: " << counted(wave.tasks, "task") << " in job "
            << joined(wave.arrays, " and ");
  if (wave.upto < submit.sweep.tasks) {
    std::cout << ", as many as the cluster takes at once; job " << wave.next << " submits the next ones after them\n";
  } else {
    std::cout << "; job " << wave.next << " merges after them\n";
  }
  std::cout << "homeward sweep status " << shell_quoted(submit.sweep.folder) << " tells how far it is\n";
}

}  // namespace

int sweep_submit(const Request& request, const SweepAsked& asked) {
  Submit submit;
  std::optional<std::uint64_t> array_size;
  if (!read_words(request, submit, array_size)) return exit_input;
  const SweepPlan plan = load_plan(asked);
  submit.sweep.program = fs::read_symlink("/proc/self/exe").string();
  submit.sweep.plan = fs::absolute(plan.file()).lexically_normal().string();
  submit.sweep.folder = fs::absolute(asked.folder).lexically_normal().string();
  submit.sweep.name = fs::path(plan.file()).stem().string();
  std::uint64_t runs = plan.runs();
  std::vector<std::uint64_t> missing;
  std::error_code error;
  if (fs::is_directory(fs::path(asked.folder) / "store", error)) {
    const SweepState state = sweep_state(plan, SweepFolder::open(asked.folder));
    missing = state.missing;
    if (request.sweep.retry_failed) missing.insert(missing.end(), state.failed_runs.begin(), state.failed_runs.end());
    runs = missing.size();
  } else {
    for (std::uint64_t run = 0; run < runs; ++run) missing.push_back(run);
    if (request.sweep.dry_run) check_points(plan);
  }
  submit.sweep.tasks = array_size.value_or(std::clamp<std::uint64_t>(runs, 1, default_tasks));
  submit.sweep.options = repeated(request, asked);
  submit.next_options = slurm_options(request, submit.sweep.tasks);
  submit.wanted = wanted_tasks(plan, missing, submit.sweep.tasks, submit.first_task);
  if (request.sweep.retry_failed) submit.sweep.options += " --retry-failed";
  if (request.sweep.dry_run) {
    if (missing.empty()) std::cout << "Nothing is missing; no job is needed.\n";
    std::cout << Waves(submit, slurm_limits()).shown();
    if (!missing.empty()) std::cout << next_script(submit.sweep, "JOBS", "merge");
    return exit_done;
  }
  if (missing.empty()) {
    if (!request.quiet) std::cout << "Nothing is missing; merging.\n";
    return sweep_merge(request, asked);
  }
  if (submit.wanted.empty()) {  // what is missing belongs to earlier waves
    std::cerr << "homeward sweep submit: " << counted(runs, "run") << " of earlier waves did not end; submit again.\n";
    return exit_failed;
  }
  if (!slurm_is_here()) {
    return refuse(
        "there is no Slurm here (sbatch cannot be run). Any other scheduler can call `homeward sweep PLAN -o DIR "
        "--shard I/N`.",
        exit_failed);
  }
  const SweepFolder folder = SweepFolder::claim(asked.folder, request.force);
  const std::vector<std::string> queued = jobs_in_queue(known_jobs(asked.folder));
  if (!queued.empty()) {
    return refuse("jobs of this sweep are still in the queue: " + joined(queued, ", ") +
                      ". Runs would be done twice. Wait for them, or scancel them first.",
                  exit_input);
  }
  folder.note(plan, asked.options);
  fs::create_directories(fs::path(asked.folder) / "slurm", error);
  if (error) return refuse("cannot make the folder " + asked.folder + "/slurm: " + error.message(), exit_failed);
  for (SlurmLimits limits = room_for_jobs(submit.first_task > 0);;) {
    if (limits.room < 2)
      return refuse("the cluster takes no more jobs now (MaxJobCount). Submit again later.", exit_failed);
    Wave wave = Waves(submit, limits).send();
    if (!wave.problem.empty()) return refuse("sbatch says: " + wave.problem, exit_failed);
    const Submission next =
        cli::submit(next_script(submit.sweep, joined(wave.arrays, ":"), next_act(submit, wave.upto)));
    if (!next.problem.empty()) {
      // The arrays have taken all the room there was: fewer of them, so that the job behind them fits.
      for (const std::string& job : wave.arrays) cancel(job);
      if (wave.tasks <= 1) return refuse("sbatch says: " + next.problem, exit_failed);
      limits.room = wave.tasks / 2 + 1;  // of one array
      continue;
    }
    wave.next = next.job;
    std::ofstream out(jobs_file(asked.folder), std::ios::app);
    for (const std::string& job : wave.arrays) out << job << '\n';
    out << wave.next << std::endl;
    tell(request, submit, wave, runs);
    return exit_done;
  }
}

}  // namespace homeward::cli
