// Phases of the year in which time passes: ageing, visits, beliefs.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "behaviour/ageing.h"
#include "engine/schedule.h"

namespace homeward {
namespace {

void strike_off(BlockYear& b, std::uint32_t s, Event event) {
  b.record(s, event);
  b.columns.state[s] = state::StatusField::set(b.columns.state[s], code(Status::empty));
}

// Death, then unions, births, children and parents, for one of those to whom something may happen.
void live_or_die(BlockYear& b, std::uint32_t s) {
  const LifeTables& life = b.group.life;
  const int age = b.age(s);
  const Words words = b.streams.life.words(b.columns.key[s], b.time());
  const auto sex = traits::SexField::get(b.columns.traits[s]);
  const bool at_home = b.status(s) == Status::returned;
  if (words[0] < life.death[sex][static_cast<std::size_t>(std::min(age, 127))]) {
    strike_off(b, s, at_home ? Event::death_home : Event::death);
    return;
  }
  if (at_home || age < 18) return;
  const LifeEvents events = live_a_year(life, b.columns.state[s], b.columns.traits[s], age, words);
  if (events.child_born) b.work.mothers.push_back(s);
  if (events.parent_illness) b.work.happened[b.index(s)] |= happened::shock;
}

// A resident may be naturalised, a naturalised adult may become a dual national; a job may be lost.
void change_nationality_or_job(BlockYear& b, std::uint32_t s) {
  const LifeTables& life = b.group.life;
  std::uint32_t& now = b.columns.state[s];
  const Words words = b.streams.status.words(b.columns.key[s], b.time());
  const int age = b.age(s);
  const auto legal = static_cast<Legal>(state::LegalField::get(now));
  const bool drawn = words[0] < life.changes_law[code(legal)];
  const int years_here = b.year - birth_year_base - b.columns.arrival[s];
  if (drawn && legal == Legal::resident && years_here >= life.naturalise_years) {
    now = state::LegalField::set(now, code(Legal::naturalised));
    b.record(s, Event::naturalised);
  } else if (drawn && legal == Legal::naturalised && age >= 18) {
    now = state::LegalField::set(now, code(Legal::dual));
    b.use_lever(Lever::nationality, 1);
  }
  if ((words[2] >> 16) < life.job_loss && age >= 18 && age < 62) b.work.happened[b.index(s)] |= happened::lost_job;
}

bool saves_for_return(std::uint16_t fixed) {
  const auto migrant_class = static_cast<MigrantClass>(traits::ClassField::get(fixed));
  return migrant_class == MigrantClass::skilled || migrant_class == MigrantClass::family ||
         migrant_class == MigrantClass::marriage;
}

// Associations, savings, the innovation network, for one of those for whom something may change.
void join_and_save(BlockYear& b, std::uint32_t s) {
  const LifeTables& life = b.group.life;
  std::uint32_t& now = b.columns.state[s];
  const std::uint16_t fixed = b.columns.traits[s];
  const Words words = b.streams.status.words(b.columns.key[s], b.time());
  const bool member = state::AssociationField::get(now) != 0;
  const bool visited = b.work.visits[b.index(s)] > 0;
  if (words[1] < (member ? life.association_leave : life.association_join[visited ? 1 : 0])) {
    now = state::AssociationField::set(now, member ? 0 : 1);
  }
  const std::uint32_t level = state::SavingsField::get(now);
  if ((words[2] & 0xffffu) < life.savings_step[traits::PositionField::get(fixed)] && level < 7 &&
      saves_for_return(fixed) && b.status(s) == Status::settled) {
    now = state::SavingsField::set(now, level + 1);
  }
  if (words[3] < life.network_join && state::NetworkField::get(now) == 0 &&
      static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced) {
    now = state::NetworkField::set(now, 1);
    b.record(s, Event::network_joined);
  }
}

// Language lessons for those born abroad and under 25.
void take_lessons(BlockYear& b, std::uint32_t s) {
  const auto generation = static_cast<Generation>(traits::GenerationField::get(b.columns.traits[s]));
  if (generation != Generation::g2 && generation != Generation::g3) return;
  const int age = b.age(s);
  if (age < 5 || age >= 25) return;
  std::uint32_t& now = b.columns.state[s];
  const Words words = b.streams.status.words(b.columns.key[s], b.time(), 2);
  const std::uint32_t level = state::LanguageField::get(now);
  if (level < 3 && words[0] < b.group.life.language_gain) now = state::LanguageField::set(now, level + 1);
  b.use_lever(Lever::language, 1);
}

// What the snapshot of last year says of each community, as the passes read it.
void read_communities(BlockYear& b) {
  const BeliefTables& beliefs = b.tables.beliefs;
  for (std::uint32_t c = 0; c < b.block.communities; ++c) {
    const CommunityView& view = b.communities()[b.first_community() + c];
    b.work.community_peers[c] = b.tables.peers.community * static_cast<float>(view.returned);
    b.work.community_trust[c] = static_cast<float>(view.mean_trust);
    b.work.community_pull[c] = view.has_trust ? beliefs.t_community : 0.0f;
    b.work.community_redtape[c] = view.more_bad_than_good ? beliefs.redtape_rate_bad : beliefs.redtape_rate;
  }
}

// The four stories of a byte as four bytes: 1 good, 16 bad.
constexpr std::array<std::uint32_t, 256> unpacked_stories = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    for (std::uint32_t k = 0; k < 4; ++k) {
      const std::uint32_t story = (byte >> (2 * k)) & 3u;
      table[byte] |= (story == code(Story::good) ? 1u : story == code(Story::bad) ? 16u : 0u) << (8 * k);
    }
  }
  return table;
}();
static_assert(std::endian::native == std::endian::little);

// Stories of `count` persons from an ordinal on, a byte each. Writes up to seven bytes more.
void unpack(const std::uint8_t* stories, std::uint32_t first, std::uint32_t count, std::uint8_t* to) {
  const std::uint32_t shift = first & 3u;
  const std::uint8_t* from = stories + (first >> 2);
  std::uint32_t carry = unpacked_stories[*from++];
  for (std::uint32_t p = 0; p < count; p += 4) {
    const std::uint32_t next = unpacked_stories[*from++];
    const std::uint64_t both = carry | (std::uint64_t{next} << 32);
    const auto four = static_cast<std::uint32_t>(both >> (8 * shift));
    std::memcpy(to + p, &four, 4);
    carry = next;
  }
}

// Adds what a sister community tells, place for place.
void hear(BlockYear& b, const Ties::Sister& sister, std::uint32_t count, std::uint8_t* __restrict told) {
  if (sister.count == 0) return;
  if (b.work.circle.size() < sister.count + 8) b.work.circle.resize(sister.count + 8);
  std::uint8_t* __restrict heard = b.work.circle.data();
  unpack(b.stories(), sister.first, sister.count, heard);
  for (std::uint32_t from = 0; from < count; from += sister.count) {
    const std::uint32_t end = std::min(sister.count, count - from);
    for (std::uint32_t p = 0; p < end; ++p) told[from + p] = static_cast<std::uint8_t>(told[from + p] + heard[p]);
  }
}

// The stories of the eight ties of every exogenous person of a community, see Ties.
void hear_stories(BlockYear& b, std::uint32_t c) {
  const std::size_t community = b.first_community() + c;
  const std::uint32_t first = b.layout().community_first_ordinal[community];
  const std::uint32_t count = b.layout().community_first_ordinal[community + 1] - first;
  std::uint8_t* __restrict told = b.work.told.data() + (first - b.block.first_ordinal);
  std::fill_n(told, count, std::uint8_t{0});
  hear(b, b.ties().professional_sister(static_cast<std::size_t>(b.block.host), community), count, told);
  hear(b, b.ties().transnational_sister(community), count, told);
  if (!b.communities()[community].stories) return;
  if (b.work.circle.size() < 2 * count + 8) b.work.circle.resize(2 * count + 8);
  std::uint8_t* circle = b.work.circle.data();
  unpack(b.stories(), first, count, circle);
  std::memcpy(circle + count, circle, count);
  for (std::uint32_t p = 0; p < count; p += 4) {
    const std::uint32_t end = std::min(p + 4, count);
    std::uint8_t family = 0;
    for (std::uint32_t k = p; k < end; ++k) family = static_cast<std::uint8_t>(family + circle[k]);
    for (std::uint32_t k = p; k < end; ++k) told[k] = static_cast<std::uint8_t>(told[k] + family - circle[k]);
  }
  for (const std::uint32_t distance : b.ties().distances_of(community, count)) {
    if (distance == 0) continue;  // alone: no tie
    const std::uint8_t* __restrict along = circle + distance;
    for (std::uint32_t p = 0; p < count; ++p) told[p] = static_cast<std::uint8_t>(told[p] + along[p]);
  }
}

}  // namespace

void grow_older(BlockYear& b) {
  std::fill_n(b.work.happened.begin(), b.used + kernel_padding, std::uint8_t{0});
  LifePass life{b.streams.life.key(), b.time(), b.year, &b.group.life_bounds, b.work.life_room.empty(), 0};
  find_life_events(b.block_columns(), b.used, life);
  b.work.persons_stepped = static_cast<std::int64_t>(life.living);
  for (std::size_t i = 0; i < life.perhaps.count; ++i) live_or_die(b, b.slot(life.perhaps.at[i]));

  const auto& join = b.group.life.association_join;
  StatusPass status{b.streams.status.key(),       b.time(), b.year, &b.group.life, std::max(join[0], join[1]),
                    b.work.law_room.empty(),      b.work.joins_room.empty(), b.work.permits_room.empty(),
                    b.work.preparing_room.empty(), b.work.home_room.empty()};
  find_status_changes(b.block_columns(), b.used, status);
  for (std::size_t i = 0; i < status.law.count; ++i) change_nationality_or_job(b, b.slot(status.law.at[i]));
  b.work.joins = status.joins;
  b.work.permits = status.permits;
  b.work.preparing = status.preparing;
  b.work.home = status.home;
}

void visit_home(BlockYear& b) {
  std::fill_n(b.work.visits.begin(), b.used + kernel_padding, std::uint8_t{0});
  const ExpertTables& experts = b.tables.experts;
  SocialPass social{b.streams.social.key(), b.time(), b.year, &b.group.visits, experts.expert_at_most,
                    experts.member_at_most, experts.business_at_most, b.work.visitors_room.empty(),
                    b.work.travellers_room.empty(), b.work.visit_word.data(), b.work.noise.data(),
                    b.work.decision.data(), b.work.travel.data()};
  find_visitors(b.block_columns(), b.used, social);
  b.work.travellers = social.travellers;
  for (std::size_t k = 0; k < social.visitors.count; ++k) {
    const std::uint32_t i = social.visitors.at[k];
    const std::uint32_t s = b.slot(i);
    const std::uint32_t now = b.columns.state[s];
    const float rate = visit_rate(b.group.visits, now, b.columns.traits[s], b.columns.trust[s], b.age(s) < 18);
    const std::uint32_t visits = visits_of(rate, b.work.visit_word[i]);
    if (visits == 0) continue;
    b.work.visits[i] = static_cast<std::uint8_t>(visits);
    b.record(s, Event::visit, Mode::wage, static_cast<std::uint16_t>(visits));
    const auto legal = static_cast<Legal>(state::LegalField::get(now));
    if (legal == Legal::naturalised || legal == Legal::dual) b.use_lever(Lever::visa, 1);
  }
}

void look_around(BlockYear& b) {
  read_communities(b);
  for (std::uint32_t c = 0; c < b.block.communities; ++c) hear_stories(b, c);
  const TiesPass ties{b.tables.peers, b.work.told.data(), b.columns.link + b.block.first_slot, b.block.first_slot,
                      b.work.peer.data()};
  look_around(b.block_columns(), b.block.exogenous, b.used, b.community_columns(), ties);
}

void learn(BlockYear& b) {
  const BeliefTables& beliefs = b.tables.beliefs;
  if (beliefs.t_revert > 0) {
    for (std::uint32_t s = b.slot(0); s < b.slot(b.used); ++s) {
      if (!is_abroad(b.status(s))) continue;
      const std::uint16_t start = b.arrivals().initial_trust(b.columns.key[s], b.columns.traits[s]);
      b.columns.trust[s] = revert_trust(beliefs, b.columns.trust[s], start);
    }
  }
  learn_beliefs(b.block_columns(), b.used, b.community_columns(),
                {&beliefs, b.work.noise.data(), b.work.visits.data(), b.work.peer.data()});
  for (std::size_t k = 0; k < b.work.joins.count; ++k) join_and_save(b, b.slot(b.work.joins.at[k]));
  if (!b.tables.lessons) return;
  for (std::uint32_t s = b.slot(0); s < b.slot(b.used); ++s) {
    if (is_abroad(b.status(s))) take_lessons(b, s);
  }
}

}  // namespace homeward
