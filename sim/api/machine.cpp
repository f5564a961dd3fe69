// Reading Linux: /proc, /sys/fs/cgroup (v1 and v2), the environment.
#include "api/machine.h"

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string_view>
#include <vector>

#include "parallel/blocks.h"

namespace homeward {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

// A whole number > 0, or 0.
std::int64_t positive(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value > 0 ? value : 0;
}

int threads_of_quota(std::int64_t quota, std::int64_t period) {
  if (quota <= 0 || period <= 0) return 0;
  const std::int64_t threads = (quota + period - 1) / period;
  return static_cast<int>(std::min<std::int64_t>(threads, std::numeric_limits<int>::max()));
}

// v2: "max 100000" or "200000 100000".
int quota_v2(const fs::path& folder) {
  const std::string line = first_line(folder / "cpu.max");
  const std::size_t space = line.find(' ');
  if (space == std::string::npos) return 0;
  return threads_of_quota(positive(std::string_view(line).substr(0, space)),
                          positive(std::string_view(line).substr(space + 1)));
}

int quota_v1(const fs::path& folder) {
  return threads_of_quota(positive(first_line(folder / "cpu.cfs_quota_us")),
                          positive(first_line(folder / "cpu.cfs_period_us")));
}

template <typename Number>
Number lesser(Number a, Number b) {
  return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

// The least limit of a group and all groups above it, up to `top`; 0 means none.
template <typename Limit>
auto least_limit(const fs::path& top, const std::string& group, const Limit& limit) {
  fs::path folder = top;
  auto least = limit(folder);
  for (const fs::path& part : fs::path(group).relative_path()) {
    if (part == "..") break;  // a group outside our own view
    folder /= part;
    least = lesser(least, limit(folder));
  }
  return least;
}

// Calls visit(controllers between commas, group) for each line `number:controllers:group`; v2 has no controllers.
template <typename Visit>
void for_each_group(const std::string& root, const Visit& visit) {
  std::ifstream in(fs::path(root) / "proc/self/cgroup");
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    visit(',' + line.substr(first + 1, second - first - 1) + ',', line.substr(second + 1));
  }
}

// A value in kB of a line `name: value kB` of a file of /proc, in bytes; 0 where there is none.
std::int64_t memory_line(const char* file, const std::string& name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(name + ':')) continue;
    std::istringstream rest(line.substr(name.size() + 1));
    std::int64_t value = 0;
    return rest >> value ? value * 1024 : 0;
  }
  return 0;
}

}  // namespace

int cgroup_threads(const std::string& root) {
  int threads = 0;
  const fs::path top = fs::path(root) / "sys/fs/cgroup";
  for_each_group(root, [&](const std::string& controllers, const std::string& group) {
    if (controllers == ",,") threads = lesser(threads, least_limit(top, group, quota_v2));
    if (controllers.find(",cpu,") != std::string::npos) {
      threads = lesser(threads, least_limit(top / "cpu", group, quota_v1));
    }
  });
  return threads;
}

std::int64_t cgroup_memory(const std::string& root) {
  std::int64_t bytes = 0;
  const fs::path top = fs::path(root) / "sys/fs/cgroup";
  const auto limit_v2 = [](const fs::path& folder) { return positive(first_line(folder / "memory.max")); };
  const auto limit_v1 = [](const fs::path& folder) { return positive(first_line(folder / "memory.limit_in_bytes")); };
  for_each_group(root, [&](const std::string& controllers, const std::string& group) {
    if (controllers == ",,") bytes = lesser(bytes, least_limit(top, group, limit_v2));
    if (controllers.find(",memory,") != std::string::npos) {
      bytes = lesser(bytes, least_limit(top / "memory", group, limit_v1));
    }
  });
  return bytes;
}

std::int64_t usable_memory() {
  std::int64_t bytes = lesser(memory_line("/proc/meminfo", "MemAvailable"), cgroup_memory("/"));
  if (const char* slurm = std::getenv("SLURM_MEM_PER_NODE")) {  // in MB
    bytes = lesser(bytes, std::min<std::int64_t>(positive(slurm), std::int64_t{1} << 32) << 20);
  }
  return bytes;
}

int usable_threads() {
  int threads = std::max(1, available_threads());
  threads = lesser(threads, cgroup_threads("/"));
  if (const char* slurm = std::getenv("SLURM_CPUS_PER_TASK")) {
    threads = lesser(threads, static_cast<int>(std::min<std::int64_t>(positive(slurm), 1024)));
  }
  return threads;
}

Machine machine_facts() {
  Machine machine;
  std::ifstream in("/proc/cpuinfo");
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t colon = line.find(':');
    if (line.starts_with("model name") && colon != std::string::npos && colon + 2 <= line.size()) {
      machine.processor = line.substr(colon + 2);
      break;
    }
  }
  utsname name{};
  if (::uname(&name) == 0) {
    machine.system = std::string(name.sysname) + ' ' + name.release + ' ' + name.machine;
    if (machine.processor.empty()) machine.processor = name.machine;
  }
  machine.processors = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
  machine.memory_bytes = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGE_SIZE);
  return machine;
}

std::int64_t peak_rss_bytes() {
  // Can be set back (see forget_peak_memory), which the figure of getrusage cannot.
  if (const std::int64_t bytes = memory_line("/proc/self/status", "VmHWM")) return bytes;
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

std::string built_instruction_set() {
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512CD__) && defined(__AVX512DQ__) && \
    defined(__AVX512VL__)
  return "x86-64-v4";
#elif defined(__AVX2__) && defined(__FMA__) && defined(__BMI2__)
  return "x86-64-v3";
#elif defined(__SSE4_2__)
  return "x86-64-v2";
#elif defined(__x86_64__)
  return "x86-64";
#elif defined(__aarch64__)
  return "aarch64";
#else
  return "unknown";
#endif
}

}  // namespace homeward
