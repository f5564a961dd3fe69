// The passes over everybody find and change the same on every instruction set as their twins do one by one.
#include "engine/block_year.h"
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
    for (auto& list : lists) list.assign(slots, untouched);
    happened.assign(slots, 255);
  }
  IndexList list(std::size_t which) { return {lists[which].data(), 0}; }
  template <std::size_t Count>
  DrawnList<Count> drawn(std::size_t which) {
    DrawnList<Count> list;
    list.at = lists[which].data();
    for (std::size_t w = 0; w < Count; ++w) list.word[w] = lists[which + 1 + w].data();
    return list;
  }
  std::size_t slots;
  std::array<std::vector<std::uint32_t>, 21> lists;
  std::vector<std::uint8_t> happened;
};

std::vector<std::uint32_t> members(const IndexList& list) { return {list.at, list.at + list.count}; }

template <std::size_t Count>
std::vector<std::uint32_t> members(const DrawnList<Count>& list) {
  return {list.at, list.at + list.count};
}
// A list with the words of its people, one vector a column.
template <std::size_t Count>
std::vector<std::vector<std::uint32_t>> columns_of(const DrawnList<Count>& list) {
  std::vector<std::vector<std::uint32_t>> columns{members(list)};
  for (std::uint32_t* word : list.word) columns.emplace_back(word, word + list.count);
  return columns;
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

namespace {

ChancePass chance_pass(const GroupTables& group, const ExpertTables& experts, Room& room) {
  const auto& join = group.life.association_join;
  ChancePass pass{};
  pass.life_stream = Stream(9, Purpose::life).key();
  pass.status_stream = Stream(9, Purpose::status).key();
  pass.social_stream = Stream(9, Purpose::social).key();
  pass.time = year;
  pass.year = year;
  pass.bounds = &group.chances;
  pass.life = &group.life;
  pass.join_at_most = std::max(join[0], join[1]);
  pass.expert_at_most = experts.expert_at_most;
  pass.member_at_most = experts.member_at_most;
  pass.business_at_most = experts.business_at_most;
  pass.alive = room.drawn<4>(0);
  pass.law = room.drawn<2>(5);
  pass.joins = room.drawn<2>(8);
  pass.visitors = room.drawn<1>(12);
  pass.travellers = room.drawn<1>(14);
  pass.permits = room.list(16);
  pass.preparing = room.list(17);
  pass.home = room.list(18);
  pass.noise = room.lists[19].data();
  pass.decision = room.lists[20].data();
  pass.happened = room.happened.data();
  return pass;
}

// The words of a person's stream in the year, as every pass must draw them.
Words words_of(const RandomBlock& block, Purpose purpose, std::uint32_t i) {
  return Stream(9, purpose).words(block.columns.key[64 + i], year);
}

}  // namespace

TEST_CASE("chances: the same people with the same words on every list, and the same number of the living") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    const GroupTables& group = tables.groups[block.used % tables.groups.size()];
    Room fast_room(block.used), slow_room(block.used);
    ChancePass fast = chance_pass(group, tables.experts, fast_room), slow = chance_pass(group, tables.experts, slow_room);
    const RandomBlock fast_block = block.again(), slow_block = block.again();
    draw_chances(fast_block.pointers(), block.used, fast);
    portable::draw_chances(slow_block.pointers(), block.used, slow);
    CHECK(columns_of(fast.alive) == columns_of(slow.alive));
    CHECK(columns_of(fast.law) == columns_of(slow.law));
    CHECK(columns_of(fast.joins) == columns_of(slow.joins));
    CHECK(columns_of(fast.visitors) == columns_of(slow.visitors));
    CHECK(columns_of(fast.travellers) == columns_of(slow.travellers));
    CHECK(members(fast.permits) == members(slow.permits));
    CHECK(members(fast.preparing) == members(slow.preparing));
    CHECK(members(fast.home) == members(slow.home));
    CHECK(fast.living == slow.living);
    std::size_t living = 0, different = 0;
    for (std::uint32_t i = 0; i < block.used; ++i) {
      living += block.living(i) ? 1 : 0;
      different += fast_block.columns.state[64 + i] != slow_block.columns.state[64 + i] ? 1 : 0;
      different += fast.happened[i] != slow.happened[i] ? 1 : 0;
      if (!block.abroad(i)) continue;
      const Words social = words_of(block, Purpose::social, i);
      different += fast.noise[i] != social[1] || fast.decision[i] != social[2] ? 1 : 0;
    }
    for (std::uint32_t s = 0; s < block.columns.slots(); ++s) {
      const bool outside = s < 64 || s >= 64 + block.used;
      different += outside && fast_block.columns.state[s] != block.columns.state[s] ? 1 : 0;
    }
    CHECK(fast.living == living);
    CHECK(different == 0);
    if (block.used != 5003) return;
    CHECK(fast.alive.count > 30);
    CHECK(fast.law.count > 30);
    CHECK(fast.joins.count > 30);
    CHECK(fast.visitors.count > 15);
    CHECK(fast.travellers.count > 30);
    CHECK(fast.permits.count > 500);
    CHECK(fast.home.count > 500);
  });
}

TEST_CASE("chances: whoever is on no list lives the year that the rules give, also where other events came first") {
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    for (std::size_t g = 0; g < tables_of(seed).groups.size(); ++g) {
      CAPTURE(seed);
      CAPTURE(g);
      const GroupTables& group = tables_of(seed).groups[g];
      const ExpertTables& experts = tables_of(seed).experts;
      const RandomBlock block(3000, year, 7 * g + seed);
      Room room(block.used);
      ChancePass pass = chance_pass(group, experts, room);
      const RandomBlock passed = block.again();
      draw_chances(passed.pointers(), block.used, pass);
      const auto on = [](const auto& list, std::uint32_t i) { return std::binary_search(list.at, list.at + list.count, i); };
      std::size_t missed = 0, events = 0, visits = 0, wrong = 0, saved = 0, ill = 0;
      const auto expect = [&](bool happens, const auto& list, std::uint32_t i) {
        missed += happens && !on(list, i) ? 1 : 0;
        return happens ? 1u : 0u;
      };
      for (std::uint32_t i = 0; i < block.used; ++i) {
        if (!block.living(i)) continue;
        const std::uint32_t s = 64 + i;
        const Person person = person_at(block.columns, s, year);
        const std::uint32_t now = block.columns.state[s];
        const std::uint16_t fixed = block.columns.traits[s];
        const Words words = words_of(block, Purpose::life, i);
        const auto age = static_cast<std::size_t>(std::min(person.age, 127));
        const bool dies = words[0] < group.life.death[code(person.sex)][age];
        const bool grown_out = block.abroad(i) && person.age >= 18;
        std::uint32_t later = now;
        LifeEvents lived;
        if (grown_out) lived = live_a_year(group.life, later, fixed, person.age, words);
        const bool marries = state::PartnerField::get(later) != state::PartnerField::get(now);
        events += expect(dies || lived.child_born || marries, pass.alive, i);
        // Those on the list have their year before them, all others behind them; savings rise for all.
        const Words changes = words_of(block, Purpose::status, i);
        std::uint32_t seen = on(pass.alive, i) ? now : later;
        const std::uint32_t before = seen;
        if (grown_out) save_a_step(group.life, seen, fixed, changes[2]);
        saved += seen != before ? 1 : 0;
        const std::uint8_t mark = lived.parent_illness && !on(pass.alive, i) ? happened::shock : 0;
        ill += mark;
        wrong += passed.columns.state[s] != seen || pass.happened[i] != mark ? 1 : 0;
        if (!block.abroad(i)) continue;

        const bool law = changes[0] < group.life.changes_law[code(person.legal)];
        events += expect(law || (changes[2] >> 16) < group.life.job_loss, pass.law, i);
        if (law && person.legal == Legal::resident) later = state::LegalField::set(later, code(Legal::naturalised));
        if (person.age >= 18) {
          const std::uint32_t join = person.association ? group.life.association_leave
                                                        : *std::max_element(group.life.association_join.begin(),
                                                                            group.life.association_join.end());
          const bool network = person.education == Education::advanced && !person.network &&
                               changes[3] < group.life.network_join;
          events += expect(changes[1] < join || network, pass.joins, i);
        }

        // Visits follow the parent who died and the nationality that was won in the same year.
        const Words social = words_of(block, Purpose::social, i);
        const float rate = visit_rate(group.visits, later, fixed, block.columns.trust[s], person.age < 18);
        visits += expect(visits_of(rate, social[0]) > 0, pass.visitors, i);
        if ((person.status != Status::settled && person.status != Status::preparing) || person.age < 18) continue;
        const bool advanced = person.education == Education::advanced;
        const float travel = advanced ? expert_rate(experts, person) : business_rate(experts, person);
        expect(visits_of(travel, social[3]) > 0, pass.travellers, i);
      }
      CHECK(missed == 0);
      CHECK(wrong == 0);
      CHECK(events > 20);
      CHECK(visits > 2);
      CHECK(saved > 2);
      if (seed == 1) CHECK(ill > 2);
    }
  }
}

TEST_CASE("stories: eight ties tell the same as one by one, in communities of all sizes") {
  test::on_every_instruction_set([&] {
    PersonDraws draws(77);
    for (const std::uint32_t size : {1u, 2u, 5u, 31u, 32u, 33u, 63u, 64u, 65u, 130u, 700u}) {
      CAPTURE(size);
      // Communities of this size and of others, whose people are each other's sisters.
      std::vector<std::uint32_t> first{draws.below(9)};
      for (const std::uint32_t count : {size, 3u, size, 70u, size + 1, size}) first.push_back(first.back() + count);
      const auto communities = static_cast<std::uint32_t>(first.size() - 1);
      std::vector<std::uint8_t> stories(first.back() / 4 + kernel_padding);
      for (std::uint32_t person = 0; person < first.back(); ++person) {
        const std::uint32_t story = draws.chance(0.7) ? 0 : 1 + draws.below(2);
        stories[person / 4] = static_cast<std::uint8_t>(stories[person / 4] | story << (2 * (person % 4)));
      }
      std::vector<Ties::Reach> reach(communities);
      for (std::uint32_t c = 0; c < communities; ++c) {
        const auto sister = [&](std::uint32_t other) {
          return other == c ? Ties::Sister{} : Ties::Sister{first[other], first[other + 1] - first[other]};
        };
        reach[c].professional = sister(draws.below(communities));
        reach[c].transnational = sister(draws.below(communities));
        const std::uint32_t count = first[c + 1] - first[c];
        for (std::uint32_t& distance : reach[c].distances) distance = count > 1 ? 1 + draws.below(count - 1) : 0;
      }
      const std::uint32_t people = first.back() - first.front();
      std::vector<std::uint8_t> fast(people + kernel_padding), slow(people + kernel_padding);
      hear_stories({stories.data(), first.data(), reach.data(), communities, fast.data()});
      portable::hear_stories({stories.data(), first.data(), reach.data(), communities, slow.data()});
      fast.resize(people);
      slow.resize(people);
      CHECK(fast == slow);
      if (size >= 31) CHECK(std::count(slow.begin(), slow.end(), 0) < static_cast<std::ptrdiff_t>(people));
    }
  });
}

TEST_CASE("beliefs: the same s, beliefs, trust, stock of visits and attachment, whatever ties and communities tell") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    PersonDraws draws(block.used);
    std::vector<CommunityReads> at_communities(RandomBlock::communities);
    std::vector<std::uint32_t> first(RandomBlock::communities);
    for (std::uint32_t c = 0; c < RandomBlock::communities; ++c) {
      at_communities[c].peers = static_cast<float>(draws.below(4000)) - 1000.0f;
      at_communities[c].words = draws.below(65536) | draws.below(4) << 16;
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

TEST_CASE("attention: nobody is missed, who is sure attends, and who is let through besides is at the threshold") {
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
                          peer.data(), decision.data(), invitations,     room.drawn<2>(0)};
      };
      AttendPass fast = pass(fast_room), slow = pass(slow_room);
      find_attentive(block.pointers(), block.used, fast);
      portable::find_attentive(block.pointers(), block.used, slow);
      std::vector<std::uint32_t> besides;
      const std::vector<std::uint32_t> found = members(fast.perhaps), certain = members(slow.perhaps);
      CHECK(std::includes(found.begin(), found.end(), certain.begin(), certain.end()));
      std::set_difference(found.begin(), found.end(), certain.begin(), certain.end(), std::back_inserter(besides));
      std::size_t wrong = 0, sure = 0;
      const auto utility_of = [&](std::uint32_t i) {
        const Person person = person_at(block.columns, 64 + i, year);
        const Occasions occasions{visits[i] > 0, happened[i] != 0 || person.age == 62 || person.age == 65, false, false};
        return attention_utility(utilities, person.trust, person.network, occasions, peer[i]);
      };
      for (const std::uint32_t i : besides) {
        const Person person = person_at(block.columns, 64 + i, year);
        // The pass adds in floats and allows for eight steps of 1/4096, and as many for its rounding.
        wrong += person.status != Status::settled || person.age < 18 ||
                 decision[i] >= logistic_table().at_most(utility_of(i) + 16);
      }
      for (std::size_t k = 0; k < fast.perhaps.count; ++k) {
        const std::uint32_t i = fast.perhaps.at[k], threshold = logistic_table().threshold(utility_of(i));
        wrong += fast.perhaps.word[0][k] < threshold ? 1 : 0;
        if (fast.perhaps.word[1][k] == 0) continue;
        ++sure;
        wrong += decision[i] >= threshold || invitations ? 1 : 0;
      }
      CHECK(wrong == 0);
      CHECK(besides.size() <= 3 + certain.size() / 20);
      if (!invitations) CHECK(sure * 10 + 30 > certain.size() * 8);
      if (block.used == 5003) CHECK(certain.size() > 20);
    }
  });
}

TEST_CASE("return: nobody who may leave is missed, and few are let through besides") {
  std::size_t found = 0, needed = 0;
  for_all_blocks([&](const RandomBlock& block, const YearTables& tables) {
    const Utilities& utilities = tables.groups[block.used % tables.groups.size()].utilities;
    PersonDraws draws(block.used + 3);
    Choosers room(block.used);
    const auto columns = room.columns();
    for (std::uint32_t i = 0; i < block.used; ++i) {
      const std::uint32_t s = 64 + i;
      columns.key[i] = block.columns.key[s];
      columns.index[i] = i;
      columns.attends[i] = static_cast<std::uint32_t>(draws.word()) >> draws.below(6);
      columns.decision[i] = static_cast<std::uint32_t>(draws.word()) >> draws.below(12);
      columns.state[i] = block.columns.state[s];
      columns.peer[i] = draws.chance(0.5) ? 0 : static_cast<std::int32_t>(draws.below(65537));
      columns.norm[i] = static_cast<std::int32_t>(draws.below(65536)) - 32768;
      columns.traits[i] = block.columns.traits[s];
      columns.trust[i] = block.columns.trust[s];
      columns.pay_belief[i] = block.columns.pay_belief[s];
      columns.redtape_belief[i] = block.columns.redtape_belief[s];
      columns.birth[i] = block.columns.birth[s];
      columns.arrival[i] = block.columns.arrival[s];
      columns.lost_job[i] = draws.chance(0.1) ? 1 : 0;
    }
    for (const auto& offer_first : {std::array<std::uint64_t, 2>{threshold(0.3), threshold(0.6)},
                                    std::array<std::uint64_t, 2>{0, threshold(1)}}) {
      Room fast_room(block.used), slow_room(block.used);
      ReturnPass fast{Stream(9, Purpose::taste).key(), year, &utilities, offer_first, fast_room.list(0)};
      ReturnPass slow{Stream(9, Purpose::taste).key(), year, &utilities, offer_first, slow_room.list(0)};
      find_leavers(columns, block.used, fast);
      portable::find_leavers(columns, block.used, slow);
      const std::vector<std::uint32_t> let_through = members(fast.perhaps), may_leave = members(slow.perhaps);
      CHECK(std::includes(let_through.begin(), let_through.end(), may_leave.begin(), may_leave.end()));
      found += let_through.size();
      needed += may_leave.size();
    }
  });
  CHECK(needed > 1000);
  CHECK(found < needed + needed / 20);
}

TEST_CASE("snapshot: the same sums by community, stories and counts of adults") {
  for_all_blocks([](const RandomBlock& block, const YearTables& tables) {
    Room fast_room(block.used), slow_room(block.used);
    std::vector<CommunitySums> fast_sums(RandomBlock::communities), slow_sums(RandomBlock::communities);
    // Blocks add to what is there.
    fast_sums[3] = slow_sums[3] = {5, 1000, 2, 300};
    std::vector<CommunityShare> shares(block.used + kernel_padding);
    const auto pass = [&](Room& room, std::vector<CommunitySums>& sums) {
      return SnapshotPass{year,        tables.recent_years, RandomBlock::first_community,
                          sums.data(), shares.data(),       room.list(0)};
    };
    SnapshotPass fast = pass(fast_room, fast_sums), slow = pass(slow_room, slow_sums);
    fast.advanced = slow.advanced = 17;
    take_snapshot(block.pointers(), block.used, fast);
    portable::take_snapshot(block.pointers(), block.used, slow);
    for (std::size_t c = 0; c < fast_sums.size(); ++c) {
      CHECK(fast_sums[c].abroad == slow_sums[c].abroad);
      CHECK(fast_sums[c].trust_eighth == slow_sums[c].trust_eighth);
      CHECK(fast_sums[c].first_generation == slow_sums[c].first_generation);
      CHECK(fast_sums[c].first_trust_eighth == slow_sums[c].first_trust_eighth);
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

TEST_CASE("the minors born here: the same slots") {
  for_all_blocks([](const RandomBlock& block, const YearTables&) {
    Room fast_room(block.used), slow_room(block.used);
    IndexList minors = fast_room.list(0), minors_slowly = slow_room.list(0);
    list_minors(block.pointers(), block.used, year, minors);
    portable::list_minors(block.pointers(), block.used, year, minors_slowly);
    CHECK(members(minors) == members(minors_slowly));
    if (block.used == 5003) CHECK(minors.count > 30);
  });
}
