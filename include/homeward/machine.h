// The machine a run is on: what it is, what it can do at most, and the memory this process has held.
#pragma once
#include <cstdint>
#include <string>

namespace homeward::v1 {

struct MachineFacts {
  std::string processor, system;
  int processors = 0;
  std::int64_t memory_bytes = 0;
};
MachineFacts this_machine();

// What `threads` threads reach, measured now: a quarter of a second and 200 MB. The best of several passes.
struct MachineLimits {
  int threads = 0;
  double triad_bytes_per_second = 0;     // a[i] = b[i] + 3 c[i] over arrays far larger than the caches, 24 bytes each
  double philox_words_per_second = 0;    // 32-bit words of random numbers, for many people at once
};
MachineLimits machine_limits(int threads);

// The least that a person's year costs: state read and written once, random words drawn for everybody.
struct LeastWork {
  double bytes = 0, random_words = 0;
};
LeastWork least_work_of_an_agent_year();

// The most memory this process has held since its start, or since forget_peak_memory() where the system allows that.
std::int64_t peak_memory_bytes();
void forget_peak_memory();

}  // namespace homeward::v1
