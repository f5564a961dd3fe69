// A block in a year: what every phase sees, and the scratch it may write to.
#pragma once
#include <vector>

#include "behaviour/attention.h"
#include "engine/kernels.h"
#include "engine/simulation.h"

namespace homeward {

// What happened to a person earlier in the same year, by index in the block. Turning 62 or 65 needs no mark.
namespace happened {
inline constexpr std::uint8_t shock = 1;     // a parent fell ill, lost the job
inline constexpr std::uint8_t lost_job = 2;  // also a shock
inline constexpr std::uint8_t entered = 4;   // entered the pipeline this year
}  // namespace happened

// Room for a list of indices into a block.
class IndexRoom {
 public:
  explicit IndexRoom(std::size_t slots) : room_(slots + kernel_padding) {}
  IndexList empty() { return {room_.data(), 0}; }

 private:
  std::vector<std::uint32_t> room_;
};

// Scratch of one worker, sized to the largest block; everything by index in the block unless said otherwise.
struct Workspace {
  Workspace(std::size_t slots, std::size_t communities);
  IndexRoom life_room, law_room, joins_room, permits_room, preparing_room, home_room, visitors_room, travellers_room,
      attentive_room, living_room, arrivals_room, tellers_room;
  IndexList joins, permits, preparing, home, travellers, living;
  std::vector<std::uint8_t> happened, visits, told;
  std::vector<std::int32_t> peer;  // s at 1/65536
  std::vector<std::uint32_t> visit_word, noise, decision, travel;
  // By community of the block.
  std::vector<float> community_peers, community_trust, community_pull, community_redtape;
  std::vector<CommunityCounts> counts;
  std::vector<std::uint32_t> community_first;  // index of the first exogenous person; one more at the end
  std::vector<std::uint32_t> mothers;     // slots that give birth this year
  std::vector<EventRecord> events;
  std::array<StageCount, 6> pipeline{};
  std::array<std::int64_t, lever_count> lever_units{};
  std::int64_t persons_stepped = 0;
  Snapshot snapshot;                      // this worker's part of the year's end
  std::vector<double> phase_seconds;
  double sink_seconds = 0;
};

struct BlockYear {
  Simulation& simulation;
  std::size_t block_index;
  const Block& block;
  int year;
  const YearTables& tables;
  const GroupTables& group;
  const Parameters& parameters;
  const Streams& streams;
  Columns& columns;
  Workspace& work;
  std::uint32_t& used;  // slots in use, children included

  std::uint32_t slot(std::size_t index) const { return block.first_slot + static_cast<std::uint32_t>(index); }
  std::uint32_t index(std::uint32_t s) const { return s - block.first_slot; }
  BlockColumns block_columns() const { return columns_from(columns, block.first_slot); }
  CommunityColumns community_columns() const {
    return {work.community_peers.data(), work.community_trust.data(), work.community_pull.data(),
            work.community_redtape.data(), block.first_community};
  }
  std::uint32_t time() const { return static_cast<std::uint32_t>(year); }
  Status status(std::uint32_t s) const { return static_cast<Status>(state::StatusField::get(columns.state[s])); }
  int age(std::uint32_t s) const { return year - birth_year_base - columns.birth[s]; }
  void record(std::uint32_t s, Event event, Mode mode = Mode::wage, std::uint16_t count = 1) {
    work.events.push_back({s, event, mode, count});
  }
  void use_lever(Lever lever, std::int64_t units) { work.lever_units[static_cast<std::size_t>(lever)] += units; }
  const std::vector<CommunityView>& communities() const { return simulation.communities_; }
  std::vector<CommunityView>& communities() { return simulation.communities_; }
  // Global numbers of communities: the block's first one, and a person's.
  std::size_t first_community() const {
    return simulation.population_.layout.host_first_community[static_cast<std::size_t>(block.host)] +
           block.first_community;
  }
  std::size_t community(std::uint32_t s) const {
    return first_community() + columns.community[s] - block.first_community;
  }
  const Layout& layout() const { return simulation.population_.layout; }
  // The story of an exogenous person at the end of last year.
  Story story(std::uint32_t ordinal) const {
    return static_cast<Story>((simulation.stories_[ordinal >> 2] >> ((ordinal & 3) * 2)) & 3);
  }
  const std::uint8_t* stories() const { return simulation.stories_.data(); }
  void tell(std::uint32_t ordinal, Story story);
  std::vector<Applicant>& applicants() { return simulation.applicants_[block_index]; }
  const Ties& ties() const { return simulation.ties_; }
  const ArrivalDraws& arrivals() const { return simulation.arrivals_; }
};

inline bool is_abroad(Status status) {
  return status == Status::settled || status == Status::contract || status == Status::student ||
         status == Status::preparing;
}

}  // namespace homeward
