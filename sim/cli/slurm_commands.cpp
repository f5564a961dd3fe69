// sbatch, squeue, scontrol and scancel as processes; nothing here needs slurmdbd.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "slurm.h"

extern char** environ;

namespace homeward::cli {
namespace {

struct Answer {
  int code = -1;    // of the command; 127 where there is none
  std::string out;  // stdout and stderr
};

// Runs a command with `input` on its stdin; what it says on stdout and stderr is returned together.
Answer ask(const std::vector<std::string>& words, const std::string& input = "") {
  std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> to{}, from{};
  if (::pipe2(to.data(), O_CLOEXEC) != 0) return {127, std::strerror(errno)};
  if (::pipe2(from.data(), O_CLOEXEC) != 0) {
    ::close(to[0]);
    ::close(to[1]);
    return {127, std::strerror(errno)};
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDERR_FILENO);
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(to[0]);
  ::close(from[1]);
  Answer answer;
  if (failed != 0) {
    answer = {127, std::strerror(failed)};
  } else {
    // A script is far smaller than a pipe holds, so that writing it first cannot wait for a reader.
    std::string_view rest = input;
    while (!rest.empty()) {
      const ssize_t written = ::write(to[1], rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) break;
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  ::close(to[1]);
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(from[0], buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    answer.out.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(from[0]);
  if (failed == 0) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }
  while (!answer.out.empty() && answer.out.back() == '\n') answer.out.pop_back();
  return answer;
}

// The number behind `name =` in the configuration; `otherwise` where there is none.
std::uint64_t config_number(const std::string& config, const std::string& name, std::uint64_t otherwise) {
  std::istringstream lines(config);
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.starts_with(name)) continue;
    const std::size_t digit = line.find_first_of("0123456789", name.size());
    if (digit == std::string::npos) break;
    std::uint64_t value = 0;
    std::from_chars(line.data() + digit, line.data() + line.size(), value);
    return value;
  }
  return otherwise;
}

}  // namespace

bool slurm_is_here() { return ask({"sbatch", "--version"}).code == 0; }

SlurmLimits slurm_limits() {
  SlurmLimits limits;
  const Answer config = ask({"scontrol", "show", "config"});
  if (config.code != 0) return limits;
  // MaxArraySize is one more than the largest index; MaxJobCount counts every task of an array, also those that ended a
  // short while ago.
  limits.array_size = std::max<std::uint64_t>(1, config_number(config.out, "MaxArraySize", limits.array_size));
  const std::uint64_t most = config_number(config.out, "MaxJobCount", limits.room);
  const Answer queue = ask({"squeue", "--noheader", "--array", "--states=all", "--format=%i"});
  const auto queued =
      static_cast<std::uint64_t>(queue.out.empty() ? 0 : std::count(queue.out.begin(), queue.out.end(), '\n') + 1);
  // Two are left for the job after the arrays and for somebody else's.
  limits.room = most > queued + 2 ? most - queued - 2 : 0;
  return limits;
}

std::vector<std::string> jobs_in_queue(const std::vector<std::string>& jobs) {
  std::vector<std::string> found;
  const Answer queue = ask({"squeue", "--noheader", "--format=%F"});
  if (queue.code != 0) return found;
  const char* own = std::getenv("SLURM_JOB_ID");
  std::istringstream lines(queue.out);
  std::string job;
  while (lines >> job) {
    const bool ours = std::find(jobs.begin(), jobs.end(), job) != jobs.end();
    const bool told = std::find(found.begin(), found.end(), job) != found.end();
    if (ours && !told && (own == nullptr || job != own)) found.push_back(job);
  }
  return found;
}

Submission submit(const std::string& script) {
  const Answer answer = ask({"sbatch", "--parsable"}, script);
  if (answer.code != 0) return {"", answer.out.empty() ? "sbatch failed" : answer.out};
  // Warnings may come before; the job is the last line, with ";cluster" behind it on some sites.
  const std::size_t line = answer.out.find_last_of('\n');
  std::string job = line == std::string::npos ? answer.out : answer.out.substr(line + 1);
  job = job.substr(0, job.find(';'));
  if (job.empty() || job.find_first_not_of("0123456789") != std::string::npos) return {"", answer.out};
  return {job, ""};
}

void cancel(const std::string& job) { ask({"scancel", job}); }

}  // namespace homeward::cli
