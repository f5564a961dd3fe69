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
    if (b.used == b.block.capacity) throw RunError("no room is left for births in a block of people; lower --scale");
    const std::uint32_t s = b.slot(b.used);
    b.arrivals().draw_newborn(b.columns, s, mother, b.block.host, b.year);
    ++b.used;
    b.record(s, Event::birth);
  }
  const auto this_year = static_cast<std::uint8_t>(b.year - birth_year_base);
  const std::uint8_t* arrival = b.columns.arrival + b.block.first_slot;
  for (std::uint32_t index = 0; index < b.block.exogenous; ++index) {
    if (arrival[index] != this_year) continue;
    const std::uint32_t s = b.slot(index);
    b.arrivals().draw(b.columns, s, b.block.host, b.year, b.tables.home.pay_index, b.tables.home.redtape_index);
    b.record(s, Event::arrival);
  }
}

namespace {

void gather_the_living(BlockYear& b) {
  Roll& roll = b.work.roll;
  std::size_t living = 0;
  const auto add = [&](std::uint32_t s) {
    roll.living[living] = s;
    living += b.status(s) != Status::empty ? 1 : 0;
  };
  for (std::size_t i = 0; i < roll.abroad_count; ++i) add(roll.abroad[i]);
  for (std::size_t i = 0; i < roll.home_count; ++i) add(roll.home[i]);
  for (const EventRecord& record : b.work.events) {
    if (record.event == Event::birth || record.event == Event::arrival) add(record.slot);
  }
  roll.living_count = living;
}

}  // namespace

void publish_snapshot(BlockYear& b) {
  gather_the_living(b);
  std::vector<CommunityCounts>& counts = b.work.counts;
  std::fill_n(counts.begin(), b.block.communities, CommunityCounts{});
  for (std::size_t i = 0; i < b.work.roll.living_count; ++i) {
    const std::uint32_t s = b.work.roll.living[i];
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
      if (state::BadStoryField::get(now) != 0 && since_return < b.tables.recent_years) story = Story::bad;
      if (static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced && b.age(s) >= 18) {
        ++b.work.snapshot.advanced_abroad;
        b.work.snapshot.members_abroad += state::NetworkField::get(now);
      }
    }
    if (story == Story::none) continue;
    (story == Story::good ? community.good : community.bad) += 1;
    const std::uint32_t index = s - b.block.first_slot;
    if (index < b.block.exogenous) b.tell(b.block.first_ordinal + index, story);
  }
  const std::size_t first =
      b.layout().host_first_community[static_cast<std::size_t>(b.block.host)] + b.block.first_community;
  for (std::uint32_t c = 0; c < b.block.communities; ++c) {
    b.communities()[first + c] = view_of(counts[c], b.tables.peers.bad_weight);
  }
}

}  // namespace homeward
