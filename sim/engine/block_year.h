// A block in a year: what every phase sees, and the scratch it may write to.
#pragma once
#include <vector>

#include "behaviour/attention.h"
#include "engine/kernels.h"
#include "engine/simulation.h"

namespace homeward {

// Room for a list of indices into a block.
class IndexRoom {
 public:
  explicit IndexRoom(std::size_t slots) : room_(slots + kernel_padding) {}
  IndexList empty() { return {room_.data(), 0}; }

 private:
  std::vector<std::uint32_t> room_;
};

// Room for a list of people and the words drawn for them.
template <std::size_t Count>
class DrawnRoom {
 public:
  explicit DrawnRoom(std::size_t slots) : at_(slots + kernel_padding) {
    for (auto& word : word_) word.resize(slots + kernel_padding);
  }
  DrawnList<Count> empty() {
    DrawnList<Count> list;
    list.at = at_.data();
    for (std::size_t w = 0; w < Count; ++w) list.word[w] = word_[w].data();
    return list;
  }

 private:
  std::vector<std::uint32_t> at_;
  std::array<std::vector<std::uint32_t>, Count> word_;
};

struct BlockYear;

// Room for those who think about return, see ChooserColumns.
struct Choosers {
  explicit Choosers(std::size_t slots);
  void add(const BlockYear& b, std::uint32_t i, std::uint32_t attention);
  ChooserColumns columns();

  std::size_t count = 0;
  std::vector<std::uint64_t> key;
  std::vector<std::uint32_t> index, decision, attends, state;
  std::vector<std::int32_t> peer, norm;
  std::vector<std::uint16_t> traits, trust, redtape_belief;
  std::vector<std::int16_t> pay_belief;
  std::vector<std::uint8_t> birth, arrival, lost_job;
};

// Scratch of one worker, sized to the largest block; everything by index in the block unless said otherwise.
struct Workspace {
  Workspace(std::size_t slots, std::size_t exogenous, std::size_t communities);
  DrawnRoom<4> alive_room;
  DrawnRoom<2> law_room;
  DrawnRoom<2> joins_room;
  DrawnRoom<1> visitors_room, travellers_room;
  DrawnRoom<2> attentive_room;
  IndexRoom permits_room, preparing_room, home_room, leavers_room, minors_room, tellers_room;
  // Whom the year may bring something, as of the start of the year: whoever died since is on them still.
  DrawnList<2> joins;
  DrawnList<1> visitors, travellers;
  IndexList permits, preparing, home;
  std::vector<std::uint8_t> happened, visits;
  std::vector<std::uint8_t> told;  // stories of the eight ties, good + 16 bad, by ordinal in the block
  std::vector<std::int32_t> peer;  // s at 1/65536
  std::vector<CommunityReads> reads;
  std::vector<std::uint32_t> noise, decision;  // words of everybody abroad: noise of beliefs; attention and return
  std::vector<CommunityShare> shares;          // of the snapshot
  // By community of the block.
  std::vector<CommunityReads> community_reads;
  std::vector<std::uint32_t> community_first;  // ordinal in the block of the first exogenous person
  std::vector<CommunitySums> sums;
  std::vector<std::uint32_t> first_mother;  // of those who came home; place in mothers_home
  std::vector<CommunityCounts> counts;
  std::vector<std::uint32_t> mothers;       // slots that give birth this year
  std::vector<std::uint32_t> gone;          // slots that somebody left this year
  Choosers choosers;  // who thinks about return this year
  // Women who came home this year, chained by community: the next one's place, or no_mother.
  struct MotherHome {
    std::uint32_t slot, next;
  };
  static constexpr std::uint32_t no_mother = 0xffffffffu;
  std::vector<MotherHome> mothers_home;
  // The draws of a few: their keys, and the words as fill_words() gives them.
  std::vector<std::uint64_t> few_keys;
  std::array<std::vector<std::uint64_t>, 2> few_words;
  std::vector<EventRecord> events;        // those of `recorded`
  std::array<std::int64_t, event_count> event_counts{};
  EventSet recorded = every_event;
  std::array<StageCount, 6> pipeline{};
  std::array<std::int64_t, lever_count> lever_units{};
  std::int64_t persons_stepped = 0;
  Snapshot snapshot;                      // this worker's part of the year's end
  std::vector<double> phase_seconds;
  double sink_seconds = 0, ranks_seconds = 0;
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
    return {work.community_reads.data(), work.community_first.data(), block.first_community};
  }
  std::uint32_t time() const { return static_cast<std::uint32_t>(year); }
  Status status(std::uint32_t s) const { return static_cast<Status>(state::StatusField::get(columns.state[s])); }
  // A person leaves the model; the slot stays as it is until the ranks close.
  void leave(std::uint32_t s) {
    columns.state[s] = state::StatusField::set(columns.state[s], code(Status::empty));
    work.gone.push_back(s);
  }
  bool gone(std::uint32_t s) const { return status(s) == Status::empty; }
  int age(std::uint32_t s) const { return year - birth_year_base - columns.birth[s]; }
  // Calls use(k, words) with the words at `time` of the k-th of the people whose keys are in work.few_keys, all drawn
  // at once.
  template <typename Use>
  void draw_for_few(const Stream& stream, std::uint32_t time, const Use& use) {
    const std::size_t count = work.few_keys.size();
    for (auto& half : work.few_words) {
      if (half.size() < count) half.resize(count);
    }
    fill_words(stream, work.few_keys.data(), count, time, 0, work.few_words[0].data(), work.few_words[1].data());
    for (std::size_t k = 0; k < count; ++k) use(k, words_at(work.few_words[0].data(), work.few_words[1].data(), k));
  }
  // The year, or one `later`, as the year columns hold it.
  std::uint8_t year_code(int later = 0) const { return static_cast<std::uint8_t>(year + later - birth_year_base); }
  void record(std::uint32_t s, Event event, Mode mode = Mode::wage, std::uint16_t count = 1) {
    work.event_counts[static_cast<std::size_t>(event)] += count;
    if ((work.recorded & event_set(event)) != 0) work.events.push_back({s, event, mode, count});
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
  // The stories of exogenous people at the end of last year, two bits each, by ordinal.
  const std::uint8_t* stories() const { return simulation.stories_.data(); }
  void tell(std::uint32_t ordinal, Story story);
  std::vector<Applicant>& applicants() { return simulation.applicants_[block_index]; }
  const Ties& ties() const { return simulation.ties_; }
  const ArrivalDraws& arrivals() const { return simulation.arrivals_; }
  const Entrants& entrants() const { return *simulation.population_.entrants; }
};

inline bool is_abroad(Status status) {
  return status == Status::settled || status == Status::contract || status == Status::student ||
         status == Status::preparing;
}

}  // namespace homeward
