// Phases of the year in which time passes: ageing, visits, beliefs.
#include <algorithm>
#include <array>

#include "behaviour/ageing.h"
#include "engine/schedule.h"

namespace homeward {
namespace {

void strike_off(BlockYear& b, std::uint32_t s, Event event) {
  b.record(s, event);
  b.leave(s);
}

// Death, then unions, births, children and parents, for one of those to whom something may happen.
void live_or_die(BlockYear& b, std::uint32_t i, const Words& words) {
  const std::uint32_t s = b.slot(i);
  const LifeTables& life = b.group.life;
  const int age = b.age(s);
  const auto sex = traits::SexField::get(b.columns.traits[s]);
  const bool at_home = b.status(s) == Status::returned;
  if (words[0] < life.death[sex][static_cast<std::size_t>(std::min(age, 127))]) {
    strike_off(b, s, at_home ? Event::death_home : Event::death);
    return;
  }
  if (at_home || age < 18) return;
  const LifeEvents events = live_a_year(life, b.columns.state[s], b.columns.traits[s], age, words);
  if (events.child_born) b.work.mothers.push_back(s);
  if (events.parent_illness) b.work.happened[i] |= happened::shock;
}

// A resident may be naturalised, a naturalised adult may become a dual national; a job may be lost.
// law_word, job_word: words 0 and 2 of purpose `status`.
void change_nationality_or_job(BlockYear& b, std::uint32_t i, std::uint32_t law_word, std::uint32_t job_word) {
  const std::uint32_t s = b.slot(i);
  const LifeTables& life = b.group.life;
  std::uint32_t& now = b.columns.state[s];
  const int age = b.age(s);
  const auto legal = static_cast<Legal>(state::LegalField::get(now));
  const bool drawn = law_word < life.changes_law[code(legal)];
  const int years_here = b.year - birth_year_base - b.columns.arrival[s];
  if (drawn && legal == Legal::resident && years_here >= life.naturalise_years) {
    now = state::LegalField::set(now, code(Legal::naturalised));
    b.record(s, Event::naturalised);
  } else if (drawn && legal == Legal::naturalised && age >= 18) {
    now = state::LegalField::set(now, code(Legal::dual));
    b.use_lever(Lever::nationality, 1);
  }
  if ((job_word >> 16) < life.job_loss && age >= 18 && age < 62) b.work.happened[i] |= happened::lost_job;
}

// Associations and the innovation network, for one of those who may join or leave. words: 1 and 3 of purpose `status`.
void join_or_leave(BlockYear& b, std::uint32_t i, const std::array<std::uint32_t, 2>& words) {
  const std::uint32_t s = b.slot(i);
  const LifeTables& life = b.group.life;
  std::uint32_t& now = b.columns.state[s];
  const std::uint16_t fixed = b.columns.traits[s];
  const bool member = state::AssociationField::get(now) != 0;
  const bool visited = b.work.visits[i] > 0;
  if (words[0] < (member ? life.association_leave : life.association_join[visited ? 1 : 0])) {
    now = state::AssociationField::set(now, member ? 0 : 1);
  }
  if (words[1] < life.network_join && state::NetworkField::get(now) == 0 &&
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

}  // namespace

void grow_older(BlockYear& b) {
  Workspace& work = b.work;
  const auto& join = b.group.life.association_join;
  const ExpertTables& experts = b.tables.experts;
  ChancePass pass{};
  pass.life_stream = b.streams.life.key();
  pass.status_stream = b.streams.status.key();
  pass.social_stream = b.streams.social.key();
  pass.time = b.time();
  pass.year = b.year;
  pass.bounds = &b.group.chances;
  pass.life = &b.group.life;
  pass.join_at_most = std::max(join[0], join[1]);
  pass.expert_at_most = experts.expert_at_most;
  pass.member_at_most = experts.member_at_most;
  pass.business_at_most = experts.business_at_most;
  pass.alive = work.alive_room.empty();
  pass.law = work.law_room.empty();
  pass.joins = work.joins_room.empty();
  pass.visitors = work.visitors_room.empty();
  pass.travellers = work.travellers_room.empty();
  pass.permits = work.permits_room.empty();
  pass.preparing = work.preparing_room.empty();
  pass.home = work.home_room.empty();
  pass.noise = work.noise.data();
  pass.decision = work.decision.data();
  pass.happened = work.happened.data();
  draw_chances(b.block_columns(), b.used, pass);
  work.persons_stepped = static_cast<std::int64_t>(pass.living);
  work.joins = pass.joins;
  work.visitors = pass.visitors;
  work.travellers = pass.travellers;
  work.permits = pass.permits;
  work.preparing = pass.preparing;
  work.home = pass.home;

  const auto& life = pass.alive;
  for (std::size_t k = 0; k < life.count; ++k) {
    live_or_die(b, life.at[k], {life.word[0][k], life.word[1][k], life.word[2][k], life.word[3][k]});
  }
  for (std::size_t k = 0; k < pass.law.count; ++k) {
    const std::uint32_t i = pass.law.at[k];
    if (b.gone(b.slot(i))) continue;
    change_nationality_or_job(b, i, pass.law.word[0][k], pass.law.word[1][k]);
  }
}

void visit_home(BlockYear& b) {
  std::fill_n(b.work.visits.begin(), b.used + kernel_padding, std::uint8_t{0});
  const DrawnList<1>& visitors = b.work.visitors;
  for (std::size_t k = 0; k < visitors.count; ++k) {
    const std::uint32_t i = visitors.at[k];
    const std::uint32_t s = b.slot(i);
    if (b.gone(s)) continue;
    const std::uint32_t now = b.columns.state[s];
    const float rate = visit_rate(b.group.visits, now, b.columns.traits[s], b.columns.trust[s], b.age(s) < 18);
    const std::uint32_t visits = visits_of(rate, visitors.word[0][k]);
    if (visits == 0) continue;
    b.work.visits[i] = static_cast<std::uint8_t>(visits);
    b.record(s, Event::visit, Mode::wage, static_cast<std::uint16_t>(visits));
    const auto legal = static_cast<Legal>(state::LegalField::get(now));
    if (legal == Legal::naturalised || legal == Legal::dual) b.use_lever(Lever::visa, 1);
  }
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
                {&beliefs, b.tables.peers, b.work.told.data(), b.work.noise.data(), b.work.visits.data(),
                 b.work.reads.data(), b.work.peer.data()});
  const DrawnList<2>& joins = b.work.joins;
  for (std::size_t k = 0; k < joins.count; ++k) {
    if (b.gone(b.slot(joins.at[k]))) continue;
    join_or_leave(b, joins.at[k], {joins.word[0][k], joins.word[1][k]});
  }
  if (!b.tables.lessons) return;
  for (std::uint32_t s = b.slot(0); s < b.slot(b.used); ++s) {
    if (is_abroad(b.status(s))) take_lessons(b, s);
  }
}

}  // namespace homeward
