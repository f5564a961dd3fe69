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
    if (b.used + kernel_padding >= b.block.capacity) throw RunError("no room is left for births in a block of people; lower --scale");
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
  b.work.living = b.work.living_room.empty();
  list_living(b.columns.state + b.block.first_slot, b.used, b.work.living);
  std::vector<CommunityCounts>& counts = b.work.counts;
  std::fill_n(counts.begin(), b.block.communities, CommunityCounts{});
  std::int64_t members = 0, network = 0;
  for (std::size_t k = 0; k < b.work.living.count; ++k) {
    const std::uint32_t index = b.work.living.at[k];
    const std::uint32_t s = b.slot(index);
    const std::uint32_t now = b.columns.state[s];
    const auto status = static_cast<Status>(state::StatusField::get(now));
    CommunityCounts& community = counts[b.columns.community[s] - b.block.first_community];
    Story story = Story::none;
    const int since_return = b.year - birth_year_base - b.columns.year[s];
    if (status == Status::returned) {
      if (since_return < b.tables.recent_years) story = Story::good;
    } else {
      ++community.abroad;
      const std::uint32_t trust = b.columns.trust[s] >> 3;
      community.trust_eighth += trust;
      const std::uint16_t fixed = b.columns.traits[s];
      const std::uint32_t first =
          static_cast<Generation>(traits::GenerationField::get(fixed)) == Generation::g1 ? 1 : 0;
      community.first_generation += first;
      community.first_trust_eighth += trust * first;
      if (b.age(s) >= 18) {
        members += state::AssociationField::get(now);
        network += state::NetworkField::get(now);
      }
      if (state::BadStoryField::get(now) != 0 && since_return < b.tables.recent_years) story = Story::bad;
      if (static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced && b.age(s) >= 18) {
        ++b.work.snapshot.advanced_abroad;
        b.work.snapshot.members_abroad += state::NetworkField::get(now);
      }
    }
    if (story == Story::none) continue;
    (story == Story::good ? community.good : community.bad) += 1;
    if (index < b.block.exogenous) b.tell(b.block.first_ordinal + index, story);
  }
  b.use_lever(Lever::associations, members);
  b.use_lever(Lever::network, network);
  const std::size_t first = b.first_community();
  for (std::uint32_t c = 0; c < b.block.communities; ++c) {
    b.communities()[first + c] = view_of(counts[c], b.tables.peers.bad_weight);
  }
}

}  // namespace homeward
