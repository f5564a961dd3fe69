// Phases of the year in which time passes: ageing, visits, beliefs.
#include "behaviour/ageing.h"
#include "engine/schedule.h"
#include "random/batch.h"

namespace homeward {
namespace {

// A resident may be naturalised, a naturalised adult may become a dual national: the draw has already come true.
void change_nationality(BlockYear& b, std::uint32_t s) {
  std::uint32_t& now = b.columns.state[s];
  const auto status = static_cast<Status>(state::StatusField::get(now));
  if (status != Status::settled && status != Status::preparing) return;
  if (static_cast<Legal>(state::LegalField::get(now)) == Legal::resident) {
    const int years_here = b.year - birth_year_base - b.columns.arrival[s];
    if (years_here < b.group.life.naturalise_years) return;
    now = state::LegalField::set(now, code(Legal::naturalised));
    b.record(s, Event::naturalised);
  } else if (b.age(s) >= 18) {
    now = state::LegalField::set(now, code(Legal::dual));
    b.use_lever(Lever::nationality, 1);
  }
}

void age_abroad(BlockYear& b, std::size_t i, std::uint32_t s, int age, const Words& words) {
  const LifeTables& life = b.group.life;
  if (age < 18) return;
  bool shock = age == 62 || age == 65;
  if (something_happens(life, b.columns.state[s], b.columns.traits[s], age, words)) {
    const LifeEvents events = live_a_year(life, b.columns.state[s], b.columns.traits[s], age, words);
    if (events.child_born) b.work.mothers.push_back(s);
    shock |= events.parent_illness;
  }
  b.work.happened[i] = shock ? happened::shock : std::uint8_t{0};
}

void lose_job(BlockYear& b, std::size_t i, std::uint32_t s) {
  const int age = b.age(s);
  if (age < 18 || age >= 62) return;
  b.work.happened[i] |= happened::lost_job;
  if (b.status(s) == Status::settled) b.work.happened[i] |= happened::shock;
}

bool is_refugee(std::uint16_t fixed) {
  return static_cast<Generation>(traits::GenerationField::get(fixed)) == Generation::g1 &&
         static_cast<MigrantClass>(traits::ClassField::get(fixed)) == MigrantClass::refugee;
}

bool is_expert(std::uint16_t fixed) {
  const auto sector = static_cast<Sector>(traits::SectorField::get(fixed));
  return static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced &&
         (sector == Sector::research || sector == Sector::ict || sector == Sector::health);
}

Encounters encounters(const BlockYear& b, std::size_t i, std::uint32_t now, std::uint16_t fixed) {
  Encounters met;
  met.visits = b.work.visits[i];
  met.peer = b.work.peer[i];
  met.network = state::NetworkField::get(now) != 0;
  met.association = state::AssociationField::get(now) != 0;
  met.refugee = is_refugee(fixed);
  met.expert = is_expert(fixed);
  return met;
}

bool saves_for_return(std::uint16_t fixed) {
  const auto migrant_class = static_cast<MigrantClass>(traits::ClassField::get(fixed));
  return migrant_class == MigrantClass::skilled || migrant_class == MigrantClass::family ||
         migrant_class == MigrantClass::marriage;
}

// Associations, savings, the innovation network. Most years nothing changes.
void join_and_save(BlockYear& b, std::uint32_t s, bool visited, const Words& words) {
  const LifeTables& life = b.group.life;
  std::uint32_t& now = b.columns.state[s];
  const std::uint16_t fixed = b.columns.traits[s];
  const bool member = state::AssociationField::get(now) != 0;
  if (words[0] < (member ? life.association_leave : life.association_join[visited ? 1 : 0])) {
    now = state::AssociationField::set(now, member ? 0 : 1);
  }
  const std::uint32_t level = state::SavingsField::get(now);
  if (words[1] < life.savings_step[traits::PositionField::get(fixed)] && level < 7 && saves_for_return(fixed) &&
      static_cast<Status>(state::StatusField::get(now)) == Status::settled) {
    now = state::SavingsField::set(now, level + 1);
  }
  if (words[2] < life.network_join && state::NetworkField::get(now) == 0 &&
      static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced) {
    now = state::NetworkField::set(now, 1);
    b.record(s, Event::network_joined);
  }
  b.work.association_members += state::AssociationField::get(now);
  b.work.network_members += state::NetworkField::get(now);
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

// Positions of those who have something to decide this year, without branches: a place is overwritten unless it counts.
void sort_by_what_to_decide(BlockYear& b) {
  Roll& roll = b.work.roll;
  std::size_t adults = 0, permits = 0, preparing = 0, travellers = 0;
  const auto this_year = static_cast<std::uint8_t>(b.year - birth_year_base);
  const auto newest_adult = static_cast<std::uint8_t>(b.year - birth_year_base - 18);
  roll.adults.resize(roll.abroad_count + 1);
  roll.permits.resize(roll.abroad_count + 1);
  roll.preparing.resize(roll.abroad_count + 1);
  roll.travellers.resize(roll.abroad_count + 1);
  for (std::size_t i = 0; i < roll.abroad_count; ++i) {
    const std::uint32_t s = roll.abroad[i];
    const auto status = static_cast<Status>(state::StatusField::get(b.columns.state[s]));
    const std::uint16_t fixed = b.columns.traits[s];
    const auto sector = static_cast<Sector>(traits::SectorField::get(fixed));
    const auto position = static_cast<std::uint32_t>(i);
    const bool grown = b.columns.birth[s] <= newest_adult;
    const bool temporary = status == Status::contract || status == Status::student;
    roll.adults[adults] = position;
    adults += static_cast<std::size_t>(status == Status::settled) & static_cast<std::size_t>(grown);
    roll.preparing[preparing] = position;
    preparing += static_cast<std::size_t>(status == Status::preparing);
    roll.permits[permits] = position;
    permits += static_cast<std::size_t>(temporary) & static_cast<std::size_t>(b.columns.year[s] <= this_year);
    roll.travellers[travellers] = position;
    travellers += static_cast<std::size_t>(grown) &
                  (static_cast<std::size_t>(static_cast<Education>(traits::EducationField::get(fixed)) ==
                                            Education::advanced) |
                   static_cast<std::size_t>(sector == Sector::business) |
                   static_cast<std::size_t>(sector == Sector::ict));
  }
  roll.adults.resize(adults);
  roll.permits.resize(permits);
  roll.preparing.resize(preparing);
  roll.travellers.resize(travellers);
}

std::uint32_t without_self(const BlockYear& b, std::uint32_t s, const std::array<std::uint32_t, tie_count>& ties) {
  const std::uint32_t index = s - b.block.first_slot;
  const std::uint32_t self = index < b.block.exogenous ? b.block.first_ordinal + index : 0xffffffffu;
  std::uint32_t stories = 0;
  for (const std::uint32_t ordinal : ties) stories += ordinal == self ? 1u : 1u << (8 * code(b.story(ordinal)));
  return stories;
}

// The peer share of everyone abroad. Ties point far away: a first loop over a few people finds the ties and asks for
// the bytes, a second one reads them.
void look_around(BlockYear& b) {
  constexpr std::size_t ahead = 64;
  std::array<std::array<std::uint32_t, tie_count>, ahead> ties;
  const Roll& roll = b.work.roll;
  for (std::size_t first = 0; first < roll.abroad_count; first += ahead) {
    const std::size_t count = std::min(ahead, roll.abroad_count - first);
    for (std::size_t k = 0; k < count; ++k) {
      ties[k] = b.ties().of(b.columns, b.block, roll.abroad[first + k]);
      b.ask_for_story(ties[k][6]);
      b.ask_for_story(ties[k][7]);
    }
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t s = roll.abroad[first + k];
      // Counts of stories by kind, a byte each.
      std::uint32_t stories = 0;
      for (const std::uint32_t ordinal : ties[k]) stories += 1u << (8 * code(b.story(ordinal)));
      // A tie to oneself stands for none; only who came home and left again has a story of the own.
      if (state::BadStoryField::get(b.columns.state[s]) != 0) stories = without_self(b, s, ties[k]);
      const int good = static_cast<int>((stories >> 8) & 255u), bad = static_cast<int>((stories >> 16) & 255u);
      b.work.peer[first + k] = peer_share(b.tables.peers, good, bad, b.communities()[b.community(s)]);
    }
  }
}

}  // namespace

void call_the_roll(BlockYear& b) {
  Roll& roll = b.work.roll;
  std::size_t abroad = 0, home = 0;
  for (std::uint32_t index = 0; index < b.used; ++index) {
    const std::uint32_t s = b.slot(index);
    const Status status = b.status(s);
    // Without branches: the place is overwritten unless it counts.
    roll.abroad[abroad] = s;
    abroad += is_abroad(status) ? 1 : 0;
    roll.home[home] = s;
    home += status == Status::returned ? 1 : 0;
  }
  roll.abroad_count = abroad;
  roll.home_count = home;
  b.work.persons_stepped = static_cast<std::int64_t>(abroad + home);
}

void grow_older(BlockYear& b) {
  Roll& roll = b.work.roll;
  for (std::size_t i = 0; i < roll.abroad_count; ++i) roll.keys[i] = b.columns.key[roll.abroad[i]];
  for (std::size_t i = 0; i < roll.home_count; ++i) roll.keys[roll.abroad_count + i] = b.columns.key[roll.home[i]];
  fill_words(b.streams.life, roll.keys.data(), roll.abroad_count + roll.home_count, b.time(), 0, roll.low.data(),
             roll.high.data());
  const auto dies = [&](std::uint32_t s, std::uint32_t word) {
    const auto sex = traits::SexField::get(b.columns.traits[s]);
    return word < b.group.life.death[sex][static_cast<std::size_t>(std::min(b.age(s), 127))];
  };
  const auto strike_off = [&](std::uint32_t s, Event event) {
    b.record(s, event);
    b.columns.state[s] = state::StatusField::set(b.columns.state[s], code(Status::empty));
  };
  std::size_t alive = 0;
  for (std::size_t i = 0; i < roll.abroad_count; ++i) {
    const std::uint32_t s = roll.abroad[i];
    const Words words = words_at(roll.low.data(), roll.high.data(), i);
    if (dies(s, words[0])) {
      strike_off(s, Event::death);
      continue;
    }
    roll.abroad[alive] = s;
    roll.keys[alive] = b.columns.key[s];
    b.work.happened[alive] = 0;
    age_abroad(b, alive, s, b.age(s), words);
    ++alive;
  }
  std::size_t alive_home = 0;
  for (std::size_t i = 0; i < roll.home_count; ++i) {
    const std::uint32_t s = roll.home[i];
    if (dies(s, static_cast<std::uint32_t>(roll.low[roll.abroad_count + i]))) {
      strike_off(s, Event::death_home);
    } else {
      roll.home[alive_home++] = s;
    }
  }
  roll.abroad_count = alive;
  roll.home_count = alive_home;

  fill_words(b.streams.status, roll.keys.data(), alive, b.time(), 1, roll.low.data(), roll.high.data());
  const LifeTables& life = b.group.life;
  for (std::size_t i = 0; i < alive; ++i) {
    const std::uint32_t s = roll.abroad[i];
    const auto word = static_cast<std::uint32_t>(roll.low[i]);
    if (word < life.changes_law[state::LegalField::get(b.columns.state[s])]) change_nationality(b, s);
    if (static_cast<std::uint32_t>(roll.low[i] >> 32) < life.job_loss) lose_job(b, i, s);
  }
  sort_by_what_to_decide(b);
}

void visit_home(BlockYear& b) {
  const VisitTables& tables = b.group.visits;
  Roll& roll = b.work.roll;
  fill_words(b.streams.social, roll.keys.data(), roll.abroad_count, b.time(), 0, roll.low.data(), roll.high.data());
  for (std::size_t i = 0; i < roll.abroad_count; ++i) {
    const std::uint32_t s = roll.abroad[i];
    const std::uint32_t now = b.columns.state[s];
    const std::uint16_t fixed = b.columns.traits[s];
    const Words words = words_at(roll.low.data(), roll.high.data(), i);
    b.work.noise[i] = words[1];
    b.work.decision[i] = words[2];
    b.work.expert_draw[i] = words[3];

    const auto legal = static_cast<Legal>(state::LegalField::get(now));
    const bool foreign = legal == Legal::naturalised || legal == Legal::dual;
    const auto generation = static_cast<Generation>(traits::GenerationField::get(fixed));
    const std::size_t kind =
        VisitTables::index(generation, is_refugee(fixed), state::ParentField::get(now) != 0, b.age(s) < 18, foreign);
    const std::uint32_t visits = visits_of(tables.rate[kind] * tables.trust[b.columns.trust[s] >> 8], words[0]);
    b.work.visits[i] = static_cast<std::uint8_t>(visits);
    if (visits > 0) {
      b.record(s, Event::visit, Mode::wage, static_cast<std::uint16_t>(visits));
      if (foreign) b.use_lever(Lever::visa, 1);
    }
  }
  look_around(b);
}

void learn(BlockYear& b) {
  const BeliefTables& beliefs = b.tables.beliefs;
  const auto& normal = normal_steps();
  Roll& roll = b.work.roll;
  fill_words(b.streams.status, roll.keys.data(), roll.abroad_count, b.time(), 0, roll.low.data(), roll.high.data());
  const auto newest_adult = static_cast<std::uint8_t>(b.year - birth_year_base - 18);
  b.work.association_members = 0;
  b.work.network_members = 0;
  for (std::size_t i = 0; i < roll.abroad_count; ++i) {
    const std::uint32_t s = roll.abroad[i];
    const std::uint16_t fixed = b.columns.traits[s];
    const std::uint32_t now = b.columns.state[s];
    const CommunityView& community = b.communities()[b.community(s)];
    const Encounters met = encounters(b, i, now, fixed);
    // Three bytes of one word are the noise, the fourth rounds the attachment.
    const std::uint32_t bits = b.work.noise[i];
    const auto noise = [&](unsigned shift) { return static_cast<double>(normal[(bits >> shift) & 255u]); };
    const double rate = learning_rate(beliefs, met);
    const std::uint16_t trust = b.columns.trust[s];
    const double start = beliefs.t_revert > 0 ? b.arrivals().initial_trust(b.columns.key[s], fixed) : 0;
    b.columns.pay_belief[s] = learn_pay(beliefs, b.columns.pay_belief[s], rate, noise(0));
    b.columns.redtape_belief[s] = learn_redtape(beliefs, b.columns.redtape_belief[s], rate, trust,
                                                community.more_bad_than_good, noise(8));
    b.columns.trust[s] = update_trust(beliefs, trust, met, community, start, noise(16));
    b.columns.visit_stock[s] = update_visit_stock(b.columns.visit_stock[s], met.visits);
    b.columns.attachment[s] = update_attachment(beliefs, b.columns.attachment[s], state::LanguageField::get(now),
                                                b.columns.visit_stock[s], met.association, bits >> 24);
    if (b.columns.birth[s] <= newest_adult) {
      join_and_save(b, s, met.visits > 0, words_at(roll.low.data(), roll.high.data(), i));
    }
    if (b.tables.lessons) take_lessons(b, s);
  }
  b.use_lever(Lever::associations, b.work.association_members);
  b.use_lever(Lever::network, b.work.network_members);
}

}  // namespace homeward
