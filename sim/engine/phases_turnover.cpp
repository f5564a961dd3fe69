// Phases at the end of the year: newborns and arrivals, and the snapshot that the next year reads.
#include <atomic>

#include "base/fault.h"
#include "engine/schedule.h"

namespace homeward {

// Bytes hold four persons, and at the edge of two blocks a byte belongs to both: set bits atomically. Setting bits of
// different persons commutes, so the result does not depend on the order.
void BlockYear::tell(std::uint32_t ordinal, Story story) {
  const auto bits = static_cast<std::uint8_t>(code(story) << ((ordinal & 3) * 2));
  std::atomic_ref<std::uint8_t> cell(simulation.next_stories_[ordinal >> 2]);
  cell.fetch_or(bits, std::memory_order_relaxed);
}

void be_born_and_arrive(BlockYear& b) {
  for (const std::uint32_t mother : b.work.mothers) {
    if (!is_abroad(b.status(mother))) continue;  // she came home this year, or her permit ended
    if (b.used + kernel_padding >= b.block.capacity) throw RunError("no room is left for births: more than two a person; look at demography.asfr_mult and demography.birth_*");
    const std::uint32_t s = b.slot(b.used);
    b.arrivals().draw_newborn(b.columns, s, mother, b.block.host, b.year);
    ++b.used;
    b.record(s, Event::birth);
  }
  IndexList arrivals = b.work.arrivals_room.empty();
  list_equal(b.columns.arrival + b.block.first_slot, b.block.exogenous,
             static_cast<std::uint8_t>(b.year - birth_year_base), arrivals);
  for (std::size_t k = 0; k < arrivals.count; ++k) {
    const std::uint32_t s = b.slot(arrivals.at[k]);
    b.arrivals().draw(b.columns, s, b.block.host, b.year, b.tables.home.pay_index, b.tables.home.redtape_index);
    b.record(s, Event::arrival);
  }
}

void publish_snapshot(BlockYear& b) {
  std::vector<CommunityCounts>& counts = b.work.counts;
  std::fill_n(counts.begin(), b.block.communities, CommunityCounts{});
  for (std::uint32_t c = 0; c <= b.block.communities; ++c) {
    b.work.community_first[c] = b.layout().community_first_ordinal[b.first_community() + c] - b.block.first_ordinal;
  }
  SnapshotPass pass{b.year, b.work.community_first.data(), b.block.communities, b.block.first_community,
                    counts.data(), b.work.living_room.empty(), b.work.tellers_room.empty()};
  take_snapshot(b.block_columns(), b.block.exogenous, b.used, pass);
  b.work.living = pass.living;
  b.work.snapshot.advanced_abroad += pass.advanced;
  b.work.snapshot.members_abroad += pass.advanced_members;
  b.use_lever(Lever::associations, pass.association);
  b.use_lever(Lever::network, pass.network);
  for (std::size_t k = 0; k < pass.tellers.count; ++k) {
    const std::uint32_t index = pass.tellers.at[k];
    const std::uint32_t s = b.slot(index);
    if (b.year - birth_year_base - b.columns.year[s] >= b.tables.recent_years) continue;
    const bool good = b.status(s) == Status::returned;
    CommunityCounts& community = counts[b.columns.community[s] - b.block.first_community];
    (good ? community.good : community.bad) += 1;
    if (index < b.block.exogenous) b.tell(b.block.first_ordinal + index, good ? Story::good : Story::bad);
  }
  const std::size_t first = b.first_community();
  for (std::uint32_t c = 0; c < b.block.communities; ++c) {
    b.communities()[first + c] = view_of(counts[c], b.tables.peers.bad_weight);
  }
}

}  // namespace homeward
