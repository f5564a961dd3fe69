// The passes over everybody of a block, several people to an instruction. Each finds the few to whom something happens
// this year and leaves them to the rules of sim/behaviour; a screen may let somebody through to whom nothing happens,
// never the other way round. `portable` are the same passes one by one: the readable twins that tests compare with, and
// what runs on machines without vectors.
#pragma once
#include <cstddef>
#include <cstdint>

#include "behaviour/ageing.h"
#include "behaviour/attention.h"
#include "behaviour/beliefs.h"
#include "behaviour/community.h"
#include "behaviour/expert_visits.h"
#include "behaviour/return_choice.h"
#include "population/ties.h"
#include "random/batch.h"

namespace homeward {

// Slots that kernels may read, and lists that they may write, beyond the last one: two of the widest vectors.
inline constexpr std::size_t kernel_padding = 64;

// The columns of a block from its first slot on.
struct BlockColumns {
  const std::uint64_t* key;
  std::uint32_t* state;
  const std::uint16_t* traits;
  const std::uint16_t* community;
  const std::uint16_t* place;
  std::uint16_t* trust;
  std::int16_t* pay_belief;
  std::uint16_t* redtape_belief;
  const std::uint8_t* birth;
  const std::uint8_t* year;
  std::uint8_t* visit_stock;
  std::uint8_t* attachment;
};
BlockColumns columns_from(const Columns& columns, std::uint32_t first_slot);

// A list of indices into a block; `at` has room for the whole block and the padding.
struct IndexList {
  std::uint32_t* at = nullptr;
  std::size_t count = 0;
};

// Largest probabilities of the year, so that one comparison tells for most people that nothing happens.
struct ChanceBounds {
  std::array<std::uint32_t, 3> birth{};  // 32 bits, by FamilyLife
  std::uint32_t union_rate = 0, partner_joins = 0;  // 16 bits
  std::array<std::uint32_t, 64> death{}, birth_at{};  // by two years of age: of either sex, 32 bits
  // By age, what is no bound: a child grows up, lower 16 bits, and a parent dies, upper ones.
  std::array<std::uint32_t, 128> clears_ends{};
  // Rates of visits as VisitTables has them, also of whoever loses the parent or is naturalised first in the same year;
  // by 64 steps of trust.
  std::array<float, 64> visits{}, visits_by_trust{};
};
ChanceBounds bounds_of(const LifeTables& life, const VisitTables& visits);

// A list of people with `Count` words drawn for each, by place in the list.
template <std::size_t Count>
struct DrawnList {
  std::uint32_t* at = nullptr;
  std::array<std::uint32_t*, Count> word{};
  std::size_t count = 0;
};

// What happened to a person earlier in the same year, by index in the block. Turning 62 or 65 needs no mark.
namespace happened {
inline constexpr std::uint8_t shock = 1;     // a parent fell ill, lost the job
inline constexpr std::uint8_t lost_job = 2;  // also a shock
inline constexpr std::uint8_t entered = 4;   // entered the pipeline this year
}  // namespace happened

// Draws the year of everybody and finds whom it may bring something. Children who grow up, parents and savings are
// seen to at once; for whoever is on the list of the living, the rules do.
struct ChancePass {
  std::uint64_t life_stream, status_stream, social_stream;
  std::uint32_t time;
  int year;
  const ChanceBounds* bounds;
  const LifeTables* life;
  std::uint32_t join_at_most;  // association, for whoever has visited
  std::uint32_t expert_at_most, member_at_most, business_at_most;  // thresholds of one working visit
  DrawnList<4> alive;       // death, birth or union may come: the words of life
  DrawnList<2> law;         // nationality or job may change: words 0 and 2 of status
  DrawnList<2> joins;       // association or network may change: words 1 and 3 of status
  DrawnList<1> visitors;    // who may visit: word 0 of social
  DrawnList<1> travellers;  // who may come for a working visit: word 3 of social
  IndexList permits;        // the permit ends this year
  IndexList preparing;      // in the pipeline
  IndexList home;           // returned
  std::uint32_t* noise;     // [slots], word 1 of social: four bytes of noise for beliefs
  std::uint32_t* decision;  // [slots], word 2 of social: attention and return
  std::uint8_t* happened;   // [slots]
  std::size_t living = 0;   // people met, abroad and at home
};

// What people of a community read, and the stories of a person's own ties.
struct alignas(8) CommunityReads {
  float peers = 0;          // community share of the peer share, weighted: community * returned
  std::uint32_t words = 0;  // mean trust, 16 bits; flags; from bit 24 on stories of the eight ties, good + 16 bad
  static constexpr std::uint32_t has_trust = 1u << 16;    // somebody is there
  static constexpr std::uint32_t bad_stories = 1u << 17;  // more bad stories than good
  static constexpr int told_shift = 24;
};

// By community of the block.
struct CommunityColumns {
  const CommunityReads* reads;
  const std::uint32_t* place;  // ordinal in the block of the first exogenous person
  std::uint32_t first;         // community number of the block's first one
};

// Stories of eight ties: of a family of four people side by side, at three distances along the circle of the community,
// and of the same place in two sister communities (docs/theory/community_and_ties.md).
struct StoryPass {
  const std::uint8_t* stories;       // [ordinal], two bits each, see Story; may be read some bytes beyond the last one
  const std::uint32_t* first;        // [communities + 1] first ordinals
  const Ties::Reach* reach;          // [communities]
  std::uint32_t communities;
  std::uint8_t* told;                // [exogenous, from first[0] on]: good + 16 bad, and room beyond
};

struct LearnPass {
  const BeliefTables* beliefs;
  PeerWeights peers;
  const std::uint8_t* told;  // [exogenous, by ordinal in the block]: stories of the eight ties, good + 16 bad
  const std::uint32_t* noise;
  const std::uint8_t* visits;
  CommunityReads* reads;     // [slots], room
  std::int32_t* peer;        // [slots], set to s at 1/65536
};

// Who may think about return this year: a word of the threshold of attention that theirs does not exceed, and whether
// they attend without doubt (1 or 0).
struct AttendPass {
  int year;
  const Utilities* utilities;
  const std::uint8_t* happened;
  const std::uint8_t* visits;
  const std::int32_t* peer;
  const std::uint32_t* decision;
  bool invitations;
  DrawnList<2> perhaps;  // settled adults: threshold at most, sure
};

// Those who think about return, side by side: what their choice reads, by place in the list.
struct ChooserColumns {
  std::uint64_t* key;
  std::uint32_t* index;     // in the block
  std::uint32_t* decision;
  std::uint32_t* attends;   // the threshold of attention, or a little more
  std::uint32_t* state;
  std::int32_t* peer;
  std::int32_t* norm;       // of the community
  std::uint16_t* traits;
  std::uint16_t* trust;
  std::int16_t* pay_belief;
  std::uint16_t* redtape_belief;
  std::uint8_t* birth;
  std::uint8_t* arrival;
  std::uint8_t* lost_job;   // 1 or 0
};

struct ReturnPass {
  std::uint64_t taste_stream;
  int year;
  const Utilities* utilities;
  std::array<std::uint64_t, 2> offer_first;  // threshold of having to win an offer: below tertiary, tertiary and more
  IndexList perhaps;                         // places in the list of those who may leave the stay option
};

// Sums over the people of a community who are abroad, and over those of the first generation. Trust is at an eighth, so
// that half a million people fit.
struct alignas(16) CommunitySums {
  std::uint32_t abroad = 0, trust_eighth = 0, first_generation = 0, first_trust_eighth = 0;
};
// What one person adds to them.
struct alignas(8) CommunityShare {
  std::uint16_t abroad, trust_eighth, first_generation, first_trust_eighth;
};

struct SnapshotPass {
  int year;
  int recent_years;               // how long a story is told
  std::uint32_t first_community;  // of the block, within the host
  CommunitySums* sums;            // [communities], added to
  CommunityShare* shares;         // [slots], room
  IndexList tellers;  // returnees of recent years, and those of them who left again
  // Adults abroad: with an advanced degree; of them in the network; in an association; in the network.
  std::int64_t advanced = 0, advanced_members = 0, association = 0, network = 0;
};

// count: slots in use. All run on the widest instruction set of the machine; results do not depend on it.
void draw_chances(const BlockColumns& block, std::size_t count, ChancePass& pass);
void hear_stories(const StoryPass& pass);
void learn_beliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                   const LearnPass& pass);
void find_attentive(const BlockColumns& block, std::size_t count, AttendPass& pass);
void find_leavers(const ChooserColumns& choosers, std::size_t count, ReturnPass& pass);
void take_snapshot(const BlockColumns& block, std::size_t count, SnapshotPass& pass);
// Minors born here during the run who live here.
void list_minors(const BlockColumns& block, std::size_t count, int year, IndexList& minors);

namespace portable {
void draw_chances(const BlockColumns& block, std::size_t count, ChancePass& pass);
void hear_stories(const StoryPass& pass);
void learn_beliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                   const LearnPass& pass);
void find_attentive(const BlockColumns& block, std::size_t count, AttendPass& pass);
void find_leavers(const ChooserColumns& choosers, std::size_t count, ReturnPass& pass);
void take_snapshot(const BlockColumns& block, std::size_t count, SnapshotPass& pass);
void list_minors(const BlockColumns& block, std::size_t count, int year, IndexList& minors);
}  // namespace portable

}  // namespace homeward
