// Where everybody lives in the columns: blocks of whole communities of one host.
//
// The people who live in a block fill its first slots, side by side in no order that matters: a newcomer takes the next
// one, and whoever leaves is replaced by the last. An exogenous person (of the stock of 2004, or an arrival) also has an
// ordinal, its rank among everyone who is or will be there (by host, community and place: the stock in family order,
// then arrivals by year), which does not depend on the size of blocks: ties point to ordinals.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace homeward {

struct Block {
  int host = 0;                       // index into Tables::hosts
  std::uint32_t first_community = 0;  // within the host
  std::uint32_t communities = 0;
  std::uint32_t first_ordinal = 0;    // of its exogenous entrants
  std::uint32_t exogenous = 0;        // how many they are, over all years
  std::uint32_t stock = 0;            // of them, those who are there at the start
  std::uint32_t first_slot = 0;
  std::uint32_t capacity = 0;         // slots
  std::uint32_t appended = 0;         // slots after the stock taken by extra persons of the settings
};

struct Layout {
  std::vector<Block> blocks;
  std::vector<std::uint32_t> host_first_community;   // [hosts + 1], global community numbers
  std::vector<std::uint32_t> community_first_ordinal; // [communities + 1]
  std::vector<std::uint64_t> host_keys;  // [hosts], who a host is, whatever the order of the rows
  std::uint32_t exogenous = 0;
  std::uint32_t slots = 0;
};

// The layout of `persons` exogenous entrants [host][community], in blocks of about `block_slots`. Throws RunError
// where slots would not fit 32 bits.
Layout lay_out(const std::vector<std::vector<std::uint32_t>>& persons, std::uint32_t block_slots);

}  // namespace homeward
