// The pass over everybody, up to 64 people to an instruction: who may have an event in this step. It may let somebody
// through to whom nothing happens, never the other way round.
#pragma once
#include <cstddef>
#include <cstdint>

#include "return_choice/hazards.h"
#include "return_choice/world.h"

namespace homeward::yardstick {

struct ScreenPass {
  const World* world;
  const Hazards::Step* hazards;
  int step;
  std::size_t block;
  std::uint8_t* first_bits;  // [block_agents]: of everybody's uniform
  // Numbers within the block, in order; room for block_agents and list_padding each.
  std::uint16_t* may_change;  // whose first bits allow an event
  std::uint16_t* oldest_now;  // who starts anew after this step
  std::size_t changing = 0, oldest = 0;
};
inline constexpr std::size_t list_padding = 64;

// Runs on the widest instruction set of the machine; the result does not depend on it.
void screen(ScreenPass& pass);

namespace portable {
void screen(ScreenPass& pass);  // the readable twin, one by one
}

}  // namespace homeward::yardstick
