// What the machine offers this process: threads within affinity, cgroup and Slurm, memory, processor.
#pragma once
#include <cstdint>
#include <string>

namespace homeward {

// Threads a cgroup quota allows, rounded up; 0 where there is none. `root` is the root of the file system.
int cgroup_threads(const std::string& root);
// Affinity, cgroup quota and SLURM_CPUS_PER_TASK, whichever is least; at least 1.
int usable_threads();

// Bytes a cgroup allows; 0 where it sets no limit.
std::int64_t cgroup_memory(const std::string& root);
// Bytes this process may use: free memory, cgroup limit, SLURM_MEM_PER_NODE, whichever is least; 0 where unknown.
std::int64_t usable_memory();

struct Machine {
  std::string processor, system;
  int processors = 0;
  std::int64_t memory_bytes = 0;
};
Machine machine_facts();
// The most memory this process has held.
std::int64_t peak_rss_bytes();

// The least that the compiler was told to expect of a processor.
std::string built_instruction_set();

}  // namespace homeward
