// The screen one by one: the twin that tests compare with, and what runs on machines without vectors.
#include "return_choice/screen.h"

namespace homeward::yardstick::portable {

void screen(ScreenPass& pass) {
  const World& world = *pass.world;
  const std::size_t first = pass.block * block_agents;
  pass.changing = pass.oldest = 0;
  Words words{};
  for (std::size_t k = 0; k < block_agents; ++k) {
    const std::size_t i = first + k;
    if (k % 16 == 0) words = world.dice.words(i / 16, static_cast<std::uint32_t>(pass.step), first_bits);
    const auto bits = static_cast<std::uint8_t>(words[k % 16 / 4] >> (8 * (k % 4)));
    pass.first_bits[k] = bits;
    const int tenure = modulo(pass.step - world.since[i]);
    std::size_t c = 0;
    while (c + 1 < tenure_from.size() && tenure >= tenure_from[c + 1]) ++c;
    const std::uint8_t bound = bit(world.returned.data(), i) ? leaving_bound : pass.hazards->bound[c][world.place[i] >> 4];
    if (bits < bound) pass.may_change[pass.changing++] = static_cast<std::uint16_t>(k);
    if (world.birth[i] == modulo(pass.step - oldest)) pass.oldest_now[pass.oldest++] = static_cast<std::uint16_t>(k);
  }
}

}  // namespace homeward::yardstick::portable
