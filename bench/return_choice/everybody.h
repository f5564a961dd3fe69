// return-choice with everybody evaluated as the specification reads, one by one, from the same draws: the answer that
// the stepper's must equal bit for bit.
#pragma once
#include <cstdint>
#include <vector>

#include "return_choice/stepper.h"

namespace homeward::yardstick {

struct Agent {
  int host, skill, age, tenure;
  bool returned;
  std::array<std::uint32_t, neighbours> nearest;
  bool operator==(const Agent&) const = default;
};

class Everybody {
 public:
  Everybody(std::uint32_t agents, std::uint64_t seed);
  Returns step();
  std::int64_t returned() const;
  const std::vector<Agent>& agents() const { return agents_; }

 private:
  Stream dice_;
  std::vector<Agent> agents_;
  int now_ = 0;
};

// The stepper's agents in the same form.
std::vector<Agent> unpacked(const Stepper& stepper);

}  // namespace homeward::yardstick
