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
  std::uint16_t* trust;
  std::int16_t* pay_belief;
  std::uint16_t* redtape_belief;
  const std::uint8_t* birth;
  const std::uint8_t* arrival;
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
struct LifeBounds {
  std::array<std::uint32_t, 3> death{};  // under 50, under 70, older
  std::array<std::uint32_t, 3> birth{};  // 32 bits, by FamilyLife
  int fertile_from = 0, fertile_to = 0;
  std::uint32_t union_rate = 0, partner_joins = 0, clears = 0, illness = 0;  // 16 bits
  std::array<std::uint32_t, 3> ends{};   // 16 bits, a parent's death: under 40, under 55, older
};
LifeBounds bounds_of(const LifeTables& life);

struct LifePass {
  std::uint64_t stream;
  std::uint32_t time;
  int year;
  const LifeBounds* bounds;
  IndexList perhaps;        // to whom something may happen: death, birth, union, child, parent
  std::size_t living = 0;   // people met, abroad and at home
};

struct StatusPass {
  std::uint64_t stream;
  std::uint32_t time;
  int year;
  const LifeTables* life;
  std::uint32_t join_at_most;  // association, for whoever has visited
  IndexList law;               // nationality or job may change
  IndexList joins;             // association, savings or network may change
  IndexList permits;           // the permit ends this year
  IndexList preparing;         // in the pipeline
  IndexList home;              // returned
};

struct SocialPass {
  std::uint64_t stream;
  std::uint32_t time;
  int year;
  const VisitTables* visits;
  std::uint32_t expert_at_most, member_at_most, business_at_most;  // thresholds of one working visit
  IndexList visitors;    // who may visit
  IndexList travellers;  // who may come for a working visit
  std::uint32_t* visit_word;  // [slots]
  std::uint32_t* noise;       // [slots], four bytes for beliefs
  std::uint32_t* decision;    // [slots], the uniform of attention and return
  std::uint32_t* travel;      // [slots], the word of working visits
};

// What people of a community read, by community of the block.
struct CommunityColumns {
  const float* peers;       // community share of the peer share, weighted: community * returned
  const float* trust;       // mean
  const float* pull;        // t_community, 0 where nobody is there
  const float* redtape;     // learning rate of red tape, higher where bad stories outnumber good ones
  std::uint32_t first;      // community number of the block's first one
};

struct TiesPass {
  PeerWeights weights;
  const std::uint8_t* told;     // [exogenous]: stories of the eight ties, good + 16 bad
  const std::uint32_t* mother;  // [slots]: of children, their mother's slot
  std::uint32_t first_slot;     // of the block
  std::int32_t* peer;           // [slots], s at 1/65536
};

struct LearnPass {
  const BeliefTables* beliefs;
  const std::uint32_t* noise;
  const std::uint8_t* visits;
  const std::int32_t* peer;
};

struct AttendPass {
  int year;
  const Utilities* utilities;
  const std::uint8_t* happened;
  const std::uint8_t* visits;
  const std::int32_t* peer;
  const std::uint32_t* decision;
  bool invitations;
  IndexList perhaps;  // settled adults who may attend
};

struct SnapshotPass {
  int year;
  const std::uint32_t* community_first;  // [communities + 1]: index of the first exogenous person, in the block
  std::size_t communities;
  std::uint32_t first_community;         // of the block, within the host
  CommunityCounts* counts;               // [communities], set to the end of the year but for stories
  IndexList living;
  IndexList tellers;  // returnees, and those abroad who once returned and left again
  // Adults abroad: with an advanced degree; of them in the network; in an association; in the network.
  std::int64_t advanced = 0, advanced_members = 0, association = 0, network = 0;
};

// count: slots in use. All run on the widest instruction set of the machine; results do not depend on it.
void find_life_events(const BlockColumns& block, std::size_t count, LifePass& pass);
void find_status_changes(const BlockColumns& block, std::size_t count, StatusPass& pass);
void find_visitors(const BlockColumns& block, std::size_t count, SocialPass& pass);
// exogenous: how many of the block's slots are; behind them are children.
void look_around(const BlockColumns& block, std::size_t exogenous, std::size_t count,
                 const CommunityColumns& communities, const TiesPass& pass);
void learn_beliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                   const LearnPass& pass);
void find_attentive(const BlockColumns& block, std::size_t count, AttendPass& pass);
void take_snapshot(const BlockColumns& block, std::size_t exogenous, std::size_t count, SnapshotPass& pass);
// Indices of bytes equal to `value`.
void list_equal(const std::uint8_t* bytes, std::size_t count, std::uint8_t value, IndexList& found);

namespace portable {
void find_life_events(const BlockColumns& block, std::size_t count, LifePass& pass);
void find_status_changes(const BlockColumns& block, std::size_t count, StatusPass& pass);
void find_visitors(const BlockColumns& block, std::size_t count, SocialPass& pass);
void look_around(const BlockColumns& block, std::size_t exogenous, std::size_t count,
                 const CommunityColumns& communities, const TiesPass& pass);
void learn_beliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                   const LearnPass& pass);
void find_attentive(const BlockColumns& block, std::size_t count, AttendPass& pass);
// From slot `first` on.
void take_snapshot(const BlockColumns& block, std::size_t first, std::size_t count, SnapshotPass& pass);
}  // namespace portable

}  // namespace homeward
