// return-choice as a textbook would write it in C++: a vector of structs, std::mt19937_64, every formula evaluated for
// every agent. What the claim compares with; nothing of Homeward but the loop over threads.
#pragma once
#include <cstdint>

namespace homeward::yardstick {

struct Answer {
  std::int64_t returns = 0, returned_end = 0;
  double loop_seconds = 0;
};

Answer by_the_book(std::uint32_t agents, int steps, int threads, std::uint64_t seed);

}  // namespace homeward::yardstick
