// Slurm through its own commands: what a cluster allows, the scripts of a sweep's jobs, submitting them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace homeward::cli {

// What was said of the jobs, checked.
struct SlurmWords {
  std::optional<std::string> time, partition, account, mem;
  int cpus = 1;
  int max_running = 0;             // 0: no bound
  std::vector<std::string> other;  // options of sbatch
};

// A sweep as its jobs need it: absolute paths, options quoted for a shell.
struct SlurmSweep {
  std::string program, plan, folder;
  std::string options;   // of `homeward sweep` and `merge`, each with a blank before it
  std::string name;      // of the jobs
  std::uint64_t tasks = 1;  // shards
  SlurmWords words;
};

// The script of an array whose task i, counted from 0, takes shard `offset` + i. `indexes` as in --array.
std::string array_script(const SlurmSweep& sweep, std::uint64_t offset, const std::string& indexes);
// The script of the job that waits for arrays and then runs `homeward sweep` with `act`: merge, or the next wave.
std::string next_script(const SlurmSweep& sweep, const std::string& jobs, const std::string& act);

// Sorted numbers as --array writes them: 0-3,7,9-10.
std::string ranges_text(const std::vector<std::uint64_t>& numbers);
// Seconds of a time limit as sbatch takes it (minutes, m:s, h:m:s, d-h, d-h:m, d-h:m:s); 0 where it is none of these.
std::int64_t time_seconds(const std::string& text);

struct SlurmLimits {
  std::uint64_t array_size = 1001;  // tasks an array may have
  std::uint64_t room = 10000;       // jobs that may still be submitted
};
SlurmLimits slurm_limits();
bool slurm_is_here();
// Of `jobs`, those that are queued or running, without this one.
std::vector<std::string> jobs_in_queue(const std::vector<std::string>& jobs);

// The number of the new job.
struct Submission {
  std::string job;
  std::string problem;  // what sbatch said; empty where there is a job
};
Submission submit(const std::string& script);
void cancel(const std::string& job);

}  // namespace homeward::cli
