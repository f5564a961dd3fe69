// Phases at the turn of the year: ranks that close, newborns and arrivals, the snapshot that the next year reads.
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

namespace {

std::uint32_t next_slot(BlockYear& b) {
  if (b.used + kernel_padding >= b.block.capacity) {
    throw RunError("no room is left for births: more than two a person; look at demography.asfr_mult and "
                   "demography.birth_*");
  }
  return b.slot(b.used++);
}

}  // namespace

// Whoever left gives the slot to the last of the block, so that people stay side by side.
void close_ranks(BlockYear& b) {
  const auto drop_empty_ends = [&] {
    while (b.used > 0 && b.gone(b.slot(b.used - 1))) --b.used;
  };
  for (const std::uint32_t s : b.work.gone) {
    drop_empty_ends();
    if (s >= b.slot(b.used)) continue;  // dropped
    b.columns.move_person(b.slot(b.used - 1), s);
    --b.used;
  }
  drop_empty_ends();
}

void be_born_and_arrive(BlockYear& b) {
  for (const std::uint32_t mother : b.work.mothers) {
    if (!is_abroad(b.status(mother))) continue;  // she came home this year, or her permit ended
    const std::uint32_t s = next_slot(b);
    b.arrivals().draw_newborn(b.columns, s, mother, b.block.host, b.year);
    b.record(s, Event::birth);
  }
  const Entrants& entrants = b.entrants();
  const Entrants::Range range = entrants.of(b.block_index, b.year);
  const std::uint32_t first = b.slot(b.used);
  for (std::uint32_t at = range.first; at < range.end; ++at) {
    const std::uint32_t s = next_slot(b);
    b.columns.key[s] = entrants.key[at];
    b.columns.community[s] = entrants.community[at];
    b.columns.place[s] = entrants.place[at];
    b.columns.traits[s] = traits::ClassField::set(0, code(entrants.migrant_class[at]));
    b.record(s, Event::arrival);
  }
  b.arrivals().draw_many(b.columns, first, range.end - range.first, b.block.host, b.year, b.tables.home.pay_index,
                         b.tables.home.redtape_index);
}

void publish_snapshot(BlockYear& b) {
  std::vector<CommunitySums>& sums = b.work.sums;
  std::fill_n(sums.begin(), b.block.communities, CommunitySums{});
  SnapshotPass pass{b.year, b.tables.recent_years, b.block.first_community, sums.data(), b.work.shares.data(),
                    b.work.tellers_room.empty()};
  take_snapshot(b.block_columns(), b.used, pass);
  b.work.snapshot.advanced_abroad += pass.advanced;
  b.work.snapshot.members_abroad += pass.advanced_members;
  b.use_lever(Lever::associations, pass.association);
  b.use_lever(Lever::network, pass.network);
  std::vector<CommunityCounts>& counts = b.work.counts;
  for (std::uint32_t c = 0; c < b.block.communities; ++c) {
    counts[c] = {};
    counts[c].abroad = sums[c].abroad;
    counts[c].trust_eighth = sums[c].trust_eighth;
    counts[c].first_generation = sums[c].first_generation;
    counts[c].first_trust_eighth = sums[c].first_trust_eighth;
  }
  for (std::size_t k = 0; k < pass.tellers.count; ++k) {
    const std::uint32_t s = b.slot(pass.tellers.at[k]);
    const bool good = b.status(s) == Status::returned;
    CommunityCounts& community = counts[b.columns.community[s] - b.block.first_community];
    (good ? community.good : community.bad) += 1;
    if (!is_exogenous(b.columns, s)) continue;
    b.tell(b.layout().community_first_ordinal[b.community(s)] + b.columns.place[s], good ? Story::good : Story::bad);
  }
  const std::size_t first = b.first_community();
  for (std::uint32_t c = 0; c < b.block.communities; ++c) {
    b.communities()[first + c] = view_of(counts[c], b.tables.peers.bad_weight);
  }
}

}  // namespace homeward
