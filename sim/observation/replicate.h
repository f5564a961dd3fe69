// One replicate of a scenario, from synthesis to tallies.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>

#include "observation/results.h"

namespace homeward {

struct ReplicateSettings {
  std::uint64_t seed = 1;  // of this replicate
  double scale = 1;
  int threads = 1;
  std::uint32_t block_slots = 8192;
  int to_year = last_year;
  std::function<void(int year)> progress;   // after each year; may be empty
  const std::atomic<bool>* stop = nullptr;  // polled each year; where set, Stopped is thrown
};

// The user asked to stop: exit code 4.
struct Stopped {};

// What a synthetic person stands for: 1 / scale, a whole number where it is meant to be one.
double weight_of_scale(double scale);
SynthesisSettings synthesis_settings(const ReplicateSettings& settings);

// Throws RunError (memory), Stopped. Same bytes for any threads and block_slots.
ReplicateResult simulate_replicate(const Scenario& scenario, const ReplicateSettings& settings);

// The seed of replicate `index` (from 0) of a scenario's seed.
std::uint64_t replicate_seed(std::uint64_t seed, int index);

}  // namespace homeward
