// The state of a simulation at 31 December as bytes and back, to go on from another day.
#pragma once
#include <functional>
#include <memory>
#include <string_view>

#include "engine/simulation.h"

namespace homeward {

// Reads exactly `size` bytes; false where there are none left.
using StateReader = std::function<bool(void* to, std::size_t size)>;
using StateWriter = std::function<void(std::string_view bytes)>;

// Slots in use only. For machines of the same byte order; whoever stores the bytes guards them with a checksum.
class Checkpoint {
 public:
  static void save(const Simulation& simulation, const StateWriter& write);
  // Null where the bytes end early or do not fit together. The scenario must agree with the one that was saved in
  // parameters, tables and the years lived so far. Throws RunError (memory).
  static std::unique_ptr<Simulation> load(const Scenario& scenario, std::uint64_t seed, const EngineSettings& settings,
                                          const StateReader& read);
};

}  // namespace homeward
