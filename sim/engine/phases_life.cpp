// Phases of the year in which time passes: ageing, visits, beliefs.
#include "behaviour/ageing.h"
#include "engine/schedule.h"
#include "random/batch.h"

namespace homeward {
namespace {

// Nationality, a year's draw: a resident may be naturalised, a naturalised person may become a dual national.
void change_nationality(BlockYear& b, std::uint32_t s, int age, std::uint32_t word) {
  const LifeTables& life = b.group.life;
  std::uint32_t& now = b.columns.state[s];
  const auto legal = static_cast<Legal>(state::LegalField::get(now));
  if (legal == Legal::resident) {
    const int years_here = b.year - birth_year_base - b.columns.arrival[s];
    if (years_here >= life.naturalise_years && word < life.naturalise) {
      now = state::LegalField::set(now, code(Legal::naturalised));
      b.record(s, Event::naturalised);
    }
  } else if (legal == Legal::naturalised && age >= 18 && word < life.dual) {
    now = state::LegalField::set(now, code(Legal::dual));
    b.use_lever(Lever::nationality, 1);
  }
}

void age_abroad(BlockYear& b, std::size_t i, std::uint32_t s, int age, const Words& words) {
  const LifeTables& life = b.group.life;
  std::uint32_t now = b.columns.state[s];
  if (age >= 18) {
    const LifeEvents events = live_a_year(life, now, b.columns.traits[s], age, words);
    if (events.child_born) b.work.mothers.push_back(s);
    if (events.parent_illness || age == 62 || age == 65) b.work.happened[i] |= happened::shock;
    b.columns.state[s] = now;
  }
}

// Nationality and jobs, from a second draw of the year.
void change_status(BlockYear& b, std::size_t i, std::uint32_t s, const Words& words) {
  const LifeTables& life = b.group.life;
  const std::uint32_t now = b.columns.state[s];
  const auto status = static_cast<Status>(state::StatusField::get(now));
  const int age = b.age(s);
  if (status == Status::settled || status == Status::preparing) change_nationality(b, s, age, words[0]);
  if (words[1] < life.job_loss && age >= 18 && age < 62) {
    b.work.happened[i] |= happened::lost_job;
    if (status == Status::settled) b.work.happened[i] |= happened::shock;
  }
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

// Associations, savings, the innovation network, language lessons.
void join_and_save(BlockYear& b, std::uint32_t s, bool visited, const Words& words) {
  const LifeTables& life = b.group.life;
  const int age = b.age(s);
  const std::uint16_t fixed = b.columns.traits[s];
  std::uint32_t now = b.columns.state[s];
  const auto generation = static_cast<Generation>(traits::GenerationField::get(fixed));
  const bool in_class =
      b.tables.lessons && age < 25 && (generation == Generation::g2 || generation == Generation::g3);
  if (age >= 18) {
    if (state::AssociationField::get(now) != 0) {
      if (words[0] < life.association_leave) now = state::AssociationField::set(now, 0);
    } else if (words[0] < life.association_join[visited ? 1 : 0]) {
      now = state::AssociationField::set(now, 1);
    }
    const std::uint32_t level = state::SavingsField::get(now);
    if (level < 7 && static_cast<Status>(state::StatusField::get(now)) == Status::settled &&
        saves_for_return(fixed) && words[1] < life.savings_step[traits::PositionField::get(fixed)]) {
      now = state::SavingsField::set(now, level + 1);
    }
    if (life.network_join > 0 && state::NetworkField::get(now) == 0 && words[2] < life.network_join &&
        static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced) {
      now = state::NetworkField::set(now, 1);
      b.record(s, Event::network_joined);
    }
    if (state::AssociationField::get(now) != 0) b.use_lever(Lever::associations, 1);
    if (state::NetworkField::get(now) != 0) b.use_lever(Lever::network, 1);
  }
  if (in_class && age >= 5) {
    const Words lesson = b.streams.status.words(b.columns.key[s], b.time(), 2);
    const std::uint32_t level = state::LanguageField::get(now);
    if (level < 3 && lesson[0] < life.language_gain) now = state::LanguageField::set(now, level + 1);
    b.use_lever(Lever::language, 1);
  }
  b.columns.state[s] = now;
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
      const std::uint32_t index = s - b.block.first_slot;
      const std::uint32_t self = index < b.block.exogenous ? b.block.first_ordinal + index : 0xffffffffu;
      int good = 0, bad = 0;
      for (const std::uint32_t ordinal : ties[k]) {
        // A tie to oneself stands for none. Two bits: 1 good, 2 bad.
        const unsigned story = ordinal == self ? 0 : code(b.story(ordinal));
        good += static_cast<int>(story & 1);
        bad += static_cast<int>(story >> 1);
      }
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
  roll.permits.clear();
  roll.adults.clear();
  roll.preparing.clear();
  const auto this_year = static_cast<std::uint8_t>(b.year - birth_year_base);
  for (std::size_t i = 0; i < alive; ++i) {
    const std::uint32_t s = roll.abroad[i];
    change_status(b, i, s, words_at(roll.low.data(), roll.high.data(), i));
    const Status status = b.status(s);
    const auto position = static_cast<std::uint32_t>(i);
    if (status == Status::settled) {
      if (b.age(s) >= 18) roll.adults.push_back(position);
    } else if (status == Status::preparing) {
      roll.preparing.push_back(position);
    } else if (b.columns.year[s] <= this_year) {
      roll.permits.push_back(position);
    }
  }
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
    join_and_save(b, s, met.visits > 0, words_at(roll.low.data(), roll.high.data(), i));
  }
}

}  // namespace homeward
