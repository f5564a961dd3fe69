// A block in a year: what every phase sees, and the scratch it may write to.
#pragma once
#include <vector>

#include "behaviour/attention.h"
#include "engine/simulation.h"

namespace homeward {

// Who is there: slots of the living, those abroad and those at home, with what the phases need of each, by position in
// the list. Called once at the start of the year; the dead are struck off in the first phase.
struct Roll {
  explicit Roll(std::size_t slots);
  std::vector<std::uint32_t> abroad, home;  // slots; the first `abroad_count`, `home_count` are valid
  std::size_t abroad_count = 0, home_count = 0;
  std::vector<std::uint64_t> keys;          // of `abroad`, then, in the first phase, of `home`
  std::vector<std::uint64_t> low, high;     // the words of a draw, see fill_words()
  // Positions in `abroad` of people with something to decide this year.
  std::vector<std::uint32_t> permits, adults, preparing, travellers;
  // Slots of everyone alive at 31 December.
  std::vector<std::uint32_t> living;
  std::size_t living_count = 0;
};

// What happened to a person abroad earlier in the same year, by position in the roll.
namespace happened {
inline constexpr std::uint8_t shock = 1;     // turned 62 or 65, a parent fell ill, lost the job
inline constexpr std::uint8_t lost_job = 2;
inline constexpr std::uint8_t entered = 4;   // entered the pipeline this year
}  // namespace happened

// Scratch of one worker, sized to the largest block.
struct Workspace {
  Workspace(std::size_t slots, std::size_t communities);
  Roll roll;
  std::vector<std::uint8_t> happened;
  std::vector<std::uint8_t> visits;
  std::vector<std::int32_t> peer;         // s at 1/65536
  std::vector<std::uint32_t> noise;       // four bytes of it, for beliefs
  std::vector<std::uint32_t> decision;    // the uniform of attention and return
  std::vector<std::uint32_t> expert_draw;
  std::vector<std::uint32_t> mothers;     // slots that give birth this year
  std::vector<CommunityCounts> counts;
  std::vector<EventRecord> events;
  std::array<StageCount, 6> pipeline{};
  std::array<std::int64_t, lever_count> lever_units{};
  std::int64_t persons_stepped = 0;
  std::int64_t association_members = 0, network_members = 0;
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

  std::uint32_t slot(std::uint32_t index) const { return block.first_slot + index; }
  std::uint32_t time() const { return static_cast<std::uint32_t>(year); }
  Status status(std::uint32_t s) const { return static_cast<Status>(state::StatusField::get(columns.state[s])); }
  int age(std::uint32_t s) const { return year - birth_year_base - columns.birth[s]; }
  void record(std::uint32_t s, Event event, Mode mode = Mode::wage, std::uint16_t count = 1) {
    work.events.push_back({s, event, mode, count});
  }
  void use_lever(Lever lever, std::int64_t units) { work.lever_units[static_cast<std::size_t>(lever)] += units; }
  const std::vector<CommunityView>& communities() const { return simulation.communities_; }
  std::vector<CommunityView>& communities() { return simulation.communities_; }
  std::uint32_t community(std::uint32_t s) const {
    return simulation.population_.layout.host_first_community[static_cast<std::size_t>(block.host)] +
           columns.community[s];
  }
  const Layout& layout() const { return simulation.population_.layout; }
  // The story of an exogenous person at the end of last year.
  Story story(std::uint32_t ordinal) const {
    return static_cast<Story>((simulation.stories_[ordinal >> 2] >> ((ordinal & 3) * 2)) & 3);
  }
  void ask_for_story(std::uint32_t ordinal) const { __builtin_prefetch(&simulation.stories_[ordinal >> 2]); }
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
