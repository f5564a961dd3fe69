// The scripts: bash, with everything sbatch needs in their comments, so that a dry run shows all of it.
#include <algorithm>
#include <charconv>

#include "slurm.h"
#include "text.h"

namespace homeward::cli {
namespace {

// How long before the time limit a task is asked to end: a quarter of it, 15 to 90 seconds.
std::int64_t notice_seconds(const std::string& time) {
  return std::clamp<std::int64_t>(time_seconds(time) / 4, 15, 90);
}

std::string comment(const std::string& name, const std::string& value) {
  return "#SBATCH --" + name + (value.empty() ? "" : "=" + shell_quoted(value)) + '\n';
}

std::string common_comments(const SlurmSweep& sweep, const std::string& job_name) {
  const SlurmWords& words = sweep.words;
  std::string text = comment("job-name", job_name);
  if (words.partition) text += comment("partition", *words.partition);
  if (words.account) text += comment("account", *words.account);
  for (const std::string& option : words.other) text += "#SBATCH " + option + '\n';
  return text;
}

}  // namespace

std::string array_script(const SlurmSweep& sweep, std::uint64_t offset, const std::string& indexes) {
  const SlurmWords& words = sweep.words;
  const std::string count = std::to_string(sweep.tasks);
  std::string text = "#!/bin/bash\n# Shards of " + printable(sweep.plan) + ", made by `homeward sweep submit`.\n";
  text += common_comments(sweep, sweep.name);
  text += "#SBATCH --array=" + indexes + (words.max_running > 0 ? '%' + std::to_string(words.max_running) : "") + '\n';
  text += comment("ntasks", "1") + comment("cpus-per-task", std::to_string(words.cpus));
  if (words.mem) text += comment("mem", *words.mem);
  if (words.time) {
    text += comment("time", *words.time);
    text += comment("signal", "B:USR1@" + std::to_string(notice_seconds(*words.time)));
  }
  // One log an array, not one a task.
  text += "#SBATCH --requeue\n#SBATCH --open-mode=append\n" + comment("output", sweep.folder + "/slurm/%A.log");
  text += "task=$((" + std::to_string(offset) + " + SLURM_ARRAY_TASK_ID))\n";
  text += "store=" + shell_quoted(sweep.folder + "/store") + '\n';
  text += R"sh(done_runs() {
  cat "$store/shard-$(printf '%04d-of-%04d' "$task" )sh" +
          count + R"sh()".* 2>/dev/null | grep -ac '^RUN1'
}
before=$(done_runs)
# Asked to end, whether by the notice before the time limit or by TERM: pass it on, the runs in hand are dropped.
trap 'asked=yes; kill -TERM "$child"' TERM USR1
)sh";
  text += shell_quoted(sweep.program) + " sweep " + shell_quoted(sweep.plan) + " -o " + shell_quoted(sweep.folder) +
          sweep.options + " --shard \"$task/" + count + "\" --quiet &\n";
  text += R"sh(child=$!
while asked=no; wait "$child"; code=$?; [ "$asked" = yes ]; do :; done
[ "$code" -eq 4 ] || exit "$code"
# Stopped before its end. Where Slurm still has it as running nobody else brings it back (after scancel, preemption or a
# node going down Slurm does what is due); without a run done in three attempts none fits in the time limit.
me=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
scontrol -o show job "$me" | grep -q 'JobState=RUNNING' || exit 4
if [ "$(done_runs)" -eq "$before" ] && [ "${SLURM_RESTART_COUNT:-0}" -ge 3 ]; then
  echo "shard $task: no run ends within the time limit; give more --time or a smaller --scale" >&2
  exit 3
fi
scontrol requeue "$me"
)sh";
  return text;
}

std::string next_script(const SlurmSweep& sweep, const std::string& jobs, const std::string& act) {
  std::string text = "#!/bin/bash\n# After the shards of " + printable(sweep.plan) + ".\n";
  text += common_comments(sweep, sweep.name + (act == "merge" ? "-merge" : "-next"));
  text += "#SBATCH --dependency=afterany:" + jobs + "\n#SBATCH --kill-on-invalid-dep=yes\n";
  text += comment("ntasks", "1");
  if (sweep.words.mem) text += comment("mem", *sweep.words.mem);
  if (sweep.words.time) text += comment("time", *sweep.words.time);
  text += "#SBATCH --requeue\n#SBATCH --open-mode=append\n" + comment("output", sweep.folder + "/slurm/%j.log");
  text += shell_quoted(sweep.program) + " sweep " + act + ' ' + shell_quoted(sweep.plan) + " -o " +
          shell_quoted(sweep.folder) + sweep.options + '\n';
  return text;
}

std::string ranges_text(const std::vector<std::uint64_t>& numbers) {
  std::string text;
  for (std::size_t first = 0; first < numbers.size();) {
    std::size_t last = first;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : ",") + std::to_string(numbers[first]);
    if (last > first) text += '-' + std::to_string(numbers[last]);
    first = last + 1;
  }
  return text;
}

std::int64_t time_seconds(const std::string& text) {
  std::vector<std::int64_t> parts;
  std::int64_t days = 0;
  std::string_view rest = text;
  const auto number = [](std::string_view digits, std::int64_t& value) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() && value >= 0 && value < 1000000;
  };
  const std::size_t dash = rest.find('-');
  if (dash != std::string_view::npos) {
    if (!number(rest.substr(0, dash), days)) return 0;
    rest.remove_prefix(dash + 1);
  }
  for (std::size_t start = 0; start <= rest.size();) {
    const std::size_t end = std::min(rest.find(':', start), rest.size());
    parts.push_back(0);
    if (!number(rest.substr(start, end - start), parts.back())) return 0;
    start = end + 1;
  }
  if (parts.size() > 3) return 0;
  if (dash != std::string_view::npos) {  // hours come first
    parts.resize(3);
    return ((days * 24 + parts[0]) * 60 + parts[1]) * 60 + parts[2];
  }
  if (parts.size() == 1) return parts[0] * 60;
  if (parts.size() == 2) return parts[0] * 60 + parts[1];
  return (parts[0] * 60 + parts[1]) * 60 + parts[2];
}

}  // namespace homeward::cli
