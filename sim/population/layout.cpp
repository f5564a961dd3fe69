#include "population/layout.h"

#include <limits>
#include <string>

#include "base/fault.h"

namespace homeward {
namespace {

// Room for children: two for every exogenous entrant, and some for small blocks. Address space only: people live side
// by side, so that no more is touched than lives there at once.
constexpr std::uint64_t room(std::uint64_t exogenous) { return 2 * exogenous + 1024; }
// Blocks never share a cache line in any column.
constexpr std::uint64_t slot_alignment = 64;

}  // namespace

Layout lay_out(const std::vector<std::vector<std::uint32_t>>& persons, std::uint32_t block_slots) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  constexpr std::uint32_t most_places = 65536;
  Layout layout;
  layout.host_first_community.push_back(0);
  layout.community_first_ordinal.push_back(0);
  std::uint64_t ordinal = 0, slot = 0, communities = 0;
  for (std::size_t host = 0; host < persons.size(); ++host) {
    const std::vector<std::uint32_t>& sizes = persons[host];
    for (std::size_t first = 0; first < sizes.size();) {
      std::uint64_t held = 0;
      std::size_t next = first;
      // At least one community; no further one that would pass the aim.
      while (next < sizes.size() && (next == first || held + sizes[next] <= block_slots)) {
        if (sizes[next] > most_places) {
          throw RunError("a community of more than 65,536 people; community.size is too large for this population");
        }
        held += sizes[next++];
        if (ordinal + held > most) throw RunError("more than 2^32 persons. A smaller --scale needs less.");
        layout.community_first_ordinal.push_back(static_cast<std::uint32_t>(ordinal + held));
      }
      Block block;
      block.host = static_cast<int>(host);
      block.first_community = static_cast<std::uint32_t>(first);
      block.communities = static_cast<std::uint32_t>(next - first);
      block.first_ordinal = static_cast<std::uint32_t>(ordinal);
      block.exogenous = static_cast<std::uint32_t>(held);
      const std::uint64_t capacity =
          (held + room(held) + slot_alignment - 1) / slot_alignment * slot_alignment;
      if (slot + capacity > most) {
        throw RunError("more than 2^32 slots for people and their children. A smaller --scale needs less.");
      }
      block.first_slot = static_cast<std::uint32_t>(slot);
      block.capacity = static_cast<std::uint32_t>(capacity);
      layout.blocks.push_back(block);
      ordinal += held;
      slot += capacity;
      first = next;
    }
    communities += sizes.size();
    layout.host_first_community.push_back(static_cast<std::uint32_t>(communities));
  }
  layout.exogenous = static_cast<std::uint32_t>(ordinal);
  layout.slots = static_cast<std::uint32_t>(slot);
  return layout;
}

}  // namespace homeward
