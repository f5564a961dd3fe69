// The passes over everybody find and change the same on every instruction set as their twins do one by one.
#include "engine/kernels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <iterator>

#include "engine/year_tables.h"
#include "support/instruction_sets.h"
#include "unit/engine/random_block.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr int year = 2021;
constexpr std::uint32_t untouched = 0xdeadbeef;

// Every lever on, parameters drawn from their ranges, many chances; the more seeds, the more kinds.
Scenario lively(std::uint64_t seed) {
  Scenario scenario = baseline();
  scenario.parameters = drawn_parameters(scenario, seed);
  scenario.parameters.visits_v0 = 1;
  for (std::size_t l = 0; l < lever_count; ++l) scenario.levers[l].value.fill(lever_rows()[l].high * 0.6);
  return scenario;
}
const YearTables& tables_of(std::uint64_t seed) {
  static const std::array<YearTables, 3> tables{
      build_year_tables(baseline(), in_year(baseline(), year), {0.02, 0, 0, 0}),
      build_year_tables(lively(1), in_year(lively(1), year), {0.2, 0.3, 0.1, 0.5}),
      build_year_tables(lively(2), in_year(lively(2), year), {1, 1, 1, 1})};
  return tables[seed];
}

// Room for everything a pass writes.
struct Room {
  explicit Room(std::uint32_t used) : slots(used + kernel_padding) {
    for (auto& column : words) column.assign(slots, untouched);
    for (auto& list : lists) list.assign(slots, untouched);
  }
  WordColumns word_columns() { return {words[0].data(), words[1].data(), words[2].data(), words[3].data()}; }
  IndexList list(std::size_t which) { return {lists[which].data(), 0}; }
  std::size_t slots;
  std::array<std::vector<std::uint32_t>, 4> words;
  std::array<std::vector<std::uint32_t>, 5> lists;
};

std::vector<std::uint32_t> members(const IndexList& list) { return {list.at, list.at + list.count}; }

template <typename DrawnFor>
std::size_t different_words(const Room& a, const Room& b, std::uint32_t used, const DrawnFor& drawn_for) {
  std::size_t different = 0;
  for (std::size_t i = 0; i < used; ++i) {
    for (std::size_t w = 0; w < 4 && drawn_for(i); ++w) different += a.words[w][i] != b.words[w][i];
  }
  return different;
}

// Compares on all block sizes, tables and instruction sets; compare(block, tables).
template <typename Compare>
void for_all_blocks(const Compare& compare) {
  test::on_every_instruction_set([&] {
    for (const std::uint32_t used : block_sizes()) {
      for (std::uint64_t seed = 0; seed < 3; ++seed) {
        CAPTURE(used);
        CAPTURE(seed);
        compare(RandomBlock(used, year, 100 * used + seed), tables_of(seed));
      }
    }
  });
}

}  // namespace

TEST_CASE("life: the same people, words and number of the living") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    const GroupTables& group = tables.groups[block.used % tables.groups.size()];
    Room fast_room(block.used), slow_room(block.used);
    const auto pass = [&](Room& room) {
      return LifePass{Stream(9, Purpose::life).key(), static_cast<std::uint32_t>(year), year,
                      &group.life_bounds, room.word_columns(), room.list(0), 0};
    };
    LifePass fast = pass(fast_room), slow = pass(slow_room);
    find_life_events(block.pointers(), block.used, fast);
    portable::find_life_events(block.pointers(), block.used, slow);
    CHECK(members(fast.perhaps) == members(slow.perhaps));
    CHECK(fast.living == slow.living);
    std::size_t living = 0;
    for (std::size_t i = 0; i < block.used; ++i) living += block.living(i) ? 1 : 0;
    CHECK(fast.living == living);
    CHECK(different_words(fast_room, slow_room, block.used, [&](std::size_t i) { return block.living(i); }) == 0);
    if (block.used == 5003) CHECK(fast.perhaps.count > 30);
  });
}

TEST_CASE("life: nothing happens to those who are not looked at") {
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    for (std::size_t g = 0; g < tables_of(seed).groups.size(); ++g) {
      CAPTURE(seed);
      CAPTURE(g);
      const GroupTables& group = tables_of(seed).groups[g];
      const RandomBlock block(3000, year, 7 * g + seed);
      Room room(block.used);
      LifePass pass{Stream(9, Purpose::life).key(), static_cast<std::uint32_t>(year), year,
                    &group.life_bounds, room.word_columns(), room.list(0), 0};
      find_life_events(block.pointers(), block.used, pass);
      const std::vector<std::uint32_t> found = members(pass.perhaps);
      std::size_t missed = 0, events = 0;
      for (std::uint32_t i = 0; i < block.used; ++i) {
        if (!block.living(i)) continue;
        const Person person = person_at(block.columns, 64 + i, year);
        const Words words = pass.words.at(i);
        bool happens = words[0] < group.life.death[code(person.sex)][static_cast<std::size_t>(std::min(person.age, 127))];
        if (block.abroad(i) && person.age >= 18) {
          std::uint32_t now = block.columns.state[64 + i];
          const LifeEvents lived = live_a_year(group.life, now, block.columns.traits[64 + i], person.age, words);
          happens |= lived.child_born || lived.parent_illness || now != block.columns.state[64 + i];
        }
        events += happens ? 1 : 0;
        missed += happens && !std::binary_search(found.begin(), found.end(), i) ? 1 : 0;
      }
      CHECK(missed == 0);
      CHECK(events > 20);
    }
  }
}

TEST_CASE("status: the same people for nationality, associations, permits, pipeline and home") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    const GroupTables& group = tables.groups[block.used % tables.groups.size()];
    Room fast_room(block.used), slow_room(block.used);
    const auto& join = group.life.association_join;
    const auto pass = [&](Room& room) {
      return StatusPass{Stream(9, Purpose::status).key(), static_cast<std::uint32_t>(year), year, &group.life,
                        std::max(join[0], join[1]),        room.word_columns(),              room.list(0), room.list(1),
                        room.list(2),                      room.list(3),                     room.list(4)};
    };
    StatusPass fast = pass(fast_room), slow = pass(slow_room);
    find_status_changes(block.pointers(), block.used, fast);
    portable::find_status_changes(block.pointers(), block.used, slow);
    CHECK(members(fast.law) == members(slow.law));
    CHECK(members(fast.joins) == members(slow.joins));
    CHECK(members(fast.permits) == members(slow.permits));
    CHECK(members(fast.preparing) == members(slow.preparing));
    CHECK(members(fast.home) == members(slow.home));
    CHECK(different_words(fast_room, slow_room, block.used, [&](std::size_t i) { return block.abroad(i); }) == 0);
    if (block.used != 5003) return;
    CHECK(fast.law.count > 30);
    CHECK(fast.joins.count > 30);
    CHECK(fast.permits.count > 500);
    CHECK(fast.home.count > 500);
  });
}

TEST_CASE("visits: the same visitors and travellers") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    const GroupTables& group = tables.groups[block.used % tables.groups.size()];
    Room fast_room(block.used), slow_room(block.used);
    const ExpertTables& experts = tables.experts;
    const auto pass = [&](Room& room) {
      return SocialPass{Stream(9, Purpose::social).key(), static_cast<std::uint32_t>(year), year, &group.visits,
                        experts.expert_at_most, experts.member_at_most, experts.business_at_most, room.list(0),
                        room.list(1), room.word_columns()};
    };
    SocialPass fast = pass(fast_room), slow = pass(slow_room);
    find_visitors(block.pointers(), block.used, fast);
    portable::find_visitors(block.pointers(), block.used, slow);
    CHECK(members(fast.visitors) == members(slow.visitors));
    CHECK(members(fast.travellers) == members(slow.travellers));
    CHECK(different_words(fast_room, slow_room, block.used, [&](std::size_t i) { return block.abroad(i); }) == 0);
    if (block.used == 5003) CHECK(fast.visitors.count > 15);
    if (block.used == 5003) CHECK(fast.travellers.count > 30);
    // Nobody else visits, nor travels for work by the one word.
    const std::vector<std::uint32_t> visitors = members(fast.visitors), travellers = members(fast.travellers);
    std::size_t missed = 0;
    for (std::uint32_t i = 0; i < block.used; ++i) {
      if (!block.abroad(i)) continue;
      const std::uint32_t s = 64 + i;
      const Person person = person_at(block.columns, s, year);
      const float rate = visit_rate(group.visits, block.columns.state[s], block.columns.traits[s],
                                    block.columns.trust[s], person.age < 18);
      missed += visits_of(rate, fast.words.w0[i]) > 0 && !std::binary_search(visitors.begin(), visitors.end(), i);
      if ((person.status != Status::settled && person.status != Status::preparing) || person.age < 18) continue;
      const bool advanced = person.education == Education::advanced;
      const float travel = advanced ? expert_rate(experts, person) : business_rate(experts, person);
      missed += visits_of(travel, fast.words.w3[i]) > 0 &&
                !std::binary_search(travellers.begin(), travellers.end(), i);
    }
    CHECK(missed == 0);
  });
}

TEST_CASE("beliefs: the same s, beliefs, trust, stock of visits and attachment, whatever ties and communities tell") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    PersonDraws draws(block.used);
    std::vector<CommunityReads> at_communities(RandomBlock::communities);
    std::vector<std::uint32_t> first(RandomBlock::communities);
    for (std::uint32_t c = 0; c < RandomBlock::communities; ++c) {
      at_communities[c].peers = static_cast<float>(draws.below(4000)) - 1000.0f;
      at_communities[c].trust = draws.below(65536);
      at_communities[c].flags = draws.below(4);
      first[c] = c * RandomBlock::people_a_community;
    }
    std::vector<std::uint8_t> told(block.block.exogenous + kernel_padding), visits(block.used + kernel_padding);
    for (std::uint8_t& stories : told) {
      const std::uint32_t good = draws.chance(0.8) ? 0 : draws.below(9);
      stories = static_cast<std::uint8_t>(good + 16 * (draws.chance(0.8) ? 0 : draws.below(9 - good)));
    }
    std::vector<std::uint32_t> noise(block.used + kernel_padding);
    for (std::uint32_t& word : noise) word = static_cast<std::uint32_t>(draws.word());
    for (std::uint8_t& count : visits) count = static_cast<std::uint8_t>(draws.chance(0.8) ? 0 : draws.below(5));
    struct Learnt {
      Learnt(const RandomBlock& from) : columns(from.columns.slots()), peer(from.used + kernel_padding),
                                        reads(from.used + kernel_padding) {
        columns.copy_slots(from.columns, 0, from.columns.slots());
      }
      Columns columns;
      std::vector<std::int32_t> peer;
      std::vector<CommunityReads> reads;
    };
    Learnt fast(block), slow(block);
    const CommunityColumns communities{at_communities.data(), first.data(), RandomBlock::first_community};
    const auto pass = [&](Learnt& learnt) {
      return LearnPass{&tables.beliefs, tables.peers,        told.data(),        noise.data(),
                       visits.data(),   learnt.reads.data(), learnt.peer.data()};
    };
    learn_beliefs(columns_from(fast.columns, 64), block.used, communities, pass(fast));
    portable::learn_beliefs(columns_from(slow.columns, 64), block.used, communities, pass(slow));
    std::vector<const void*> expected;
    Columns::each(slow.columns, [&](const auto* column) { expected.push_back(column); });
    std::size_t next = 0, different = 0, changed = 0;
    Columns::each(fast.columns, [&](const auto* column) {
      different += std::memcmp(column, expected[next++], block.columns.slots() * sizeof(*column)) != 0 ? 1 : 0;
    });
    CHECK(different == 0);  // of all columns, also where nobody learns and outside the block
    std::size_t different_peers = 0, some_peers = 0;
    for (std::size_t i = 0; i < block.used; ++i) {
      if (!block.abroad(i)) continue;
      different_peers += fast.peer[i] != slow.peer[i] ? 1 : 0;
      some_peers += fast.peer[i] > 0 && fast.peer[i] < 65536 ? 1 : 0;
      changed += fast.columns.trust[64 + i] != block.columns.trust[64 + i] ? 1 : 0;
    }
    CHECK(different_peers == 0);
    if (block.used == 5003) CHECK(some_peers > 300);
    if (block.used == 5003) CHECK(changed > 1000);
  });
}

TEST_CASE("attention: nobody is missed, and who is let through besides is at the threshold") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    const Utilities& utilities = tables.groups[block.used % tables.groups.size()].utilities;
    PersonDraws draws(block.used + 1);
    std::vector<std::uint8_t> happened(block.used + kernel_padding), visits(block.used + kernel_padding);
    std::vector<std::int32_t> peer(block.used + kernel_padding);
    std::vector<std::uint32_t> decision(block.used + kernel_padding);
    for (std::size_t i = 0; i < decision.size(); ++i) {
      happened[i] = static_cast<std::uint8_t>(draws.chance(0.8) ? 0 : draws.below(4));
      visits[i] = static_cast<std::uint8_t>(draws.chance(0.8) ? 0 : draws.below(5));
      peer[i] = draws.chance(0.5) ? 0 : static_cast<std::int32_t>(draws.below(65537));
      decision[i] = static_cast<std::uint32_t>(draws.word()) >> draws.below(5);
    }
    for (const bool invitations : {false, true}) {
      Room fast_room(block.used), slow_room(block.used);
      const auto pass = [&](Room& room) {
        return AttendPass{year,        &utilities,      happened.data(), visits.data(),
                          peer.data(), decision.data(), invitations,     room.list(0)};
      };
      AttendPass fast = pass(fast_room), slow = pass(slow_room);
      find_attentive(block.pointers(), block.used, fast);
      portable::find_attentive(block.pointers(), block.used, slow);
      std::vector<std::uint32_t> besides;
      const std::vector<std::uint32_t> found = members(fast.perhaps), sure = members(slow.perhaps);
      CHECK(std::includes(found.begin(), found.end(), sure.begin(), sure.end()));
      std::set_difference(found.begin(), found.end(), sure.begin(), sure.end(), std::back_inserter(besides));
      std::size_t wrong = 0;
      for (const std::uint32_t i : besides) {
        const Person person = person_at(block.columns, 64 + i, year);
        const Occasions occasions{visits[i] > 0, happened[i] != 0 || person.age == 62 || person.age == 65, false, false};
        const std::int32_t utility = attention_utility(utilities, person.trust, person.network, occasions, peer[i]);
        // The pass adds in floats and allows for eight steps of 1/4096, and as many for its rounding.
        wrong += person.status != Status::settled || person.age < 18 ||
                 decision[i] >= logistic_table().at_most(utility + 16);
      }
      CHECK(wrong == 0);
      CHECK(besides.size() <= 3 + sure.size() / 20);
      if (block.used == 5003) CHECK(sure.size() > 20);
    }
  });
}

TEST_CASE("snapshot: the same sums by community, stories and counts of adults") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    Room fast_room(block.used), slow_room(block.used);
    std::vector<CommunitySums> fast_sums(RandomBlock::communities), slow_sums(RandomBlock::communities);
    // Blocks add to what is there.
    fast_sums[3].abroad = slow_sums[3].abroad = (std::uint64_t{5} << CommunitySums::count_shift) + 1000;
    const auto pass = [&](Room& room, std::vector<CommunitySums>& sums) {
      return SnapshotPass{year,        tables.recent_years,   RandomBlock::first_community,
                          sums.data(), room.words[0].data(), room.list(0)};
    };
    SnapshotPass fast = pass(fast_room, fast_sums), slow = pass(slow_room, slow_sums);
    fast.advanced = slow.advanced = 17;
    take_snapshot(block.pointers(), block.used, fast);
    portable::take_snapshot(block.pointers(), block.used, slow);
    for (std::size_t c = 0; c < fast_sums.size(); ++c) {
      CHECK(fast_sums[c].abroad == slow_sums[c].abroad);
      CHECK(fast_sums[c].first_generation == slow_sums[c].first_generation);
    }
    CHECK(members(fast.tellers) == members(slow.tellers));
    CHECK(fast.advanced == slow.advanced);
    CHECK(fast.advanced_members == slow.advanced_members);
    CHECK(fast.association == slow.association);
    CHECK(fast.network == slow.network);
    if (block.used != 5003) return;
    CHECK(fast.tellers.count > 300);
    CHECK(fast.advanced > 500);
    CHECK(fast.association > 500);
  });
}

TEST_CASE("the gone and the minors born here: the same slots, within those in use") {
  for_all_blocks([](const RandomBlock& block, const YearTables&) {
    Room fast_room(block.used), slow_room(block.used);
    IndexList gone = fast_room.list(0), gone_slowly = slow_room.list(0);
    list_gone(block.pointers(), block.used, gone);
    portable::list_gone(block.pointers(), block.used, gone_slowly);
    CHECK(members(gone) == members(gone_slowly));
    std::vector<std::uint32_t> nobody;
    for (std::uint32_t i = 0; i < block.used; ++i) {
      if (!block.living(i)) nobody.push_back(i);
    }
    CHECK(members(gone) == nobody);

    IndexList minors = fast_room.list(1), minors_slowly = slow_room.list(1);
    list_minors(block.pointers(), block.used, year, minors);
    portable::list_minors(block.pointers(), block.used, year, minors_slowly);
    CHECK(members(minors) == members(minors_slowly));
    if (block.used == 5003) CHECK(minors.count > 30);
  });
}
