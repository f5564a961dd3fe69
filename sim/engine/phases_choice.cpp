// Phases of the year in which people choose: permits that end, return, circulation.
#include "behaviour/expert_visits.h"
#include "behaviour/graduation.h"
#include "behaviour/return_choice.h"
#include "engine/schedule.h"

namespace homeward {
namespace {

std::uint8_t as_year(int year) { return static_cast<std::uint8_t>(year - birth_year_base); }

void settle(std::uint32_t& now) {
  now = state::StatusField::set(now, code(Status::settled));
  now = state::LegalField::set(now, code(Legal::resident));
}

void end_contract_of(BlockYear& b, std::uint32_t s, const Person& person, bool lost_job, const Words& words) {
  const PermitTables& permits = b.group.permits;
  std::uint32_t now = b.columns.state[s];
  const Tastes tastes = tastes_of(b.streams.taste, person.key);
  switch (end_contract(permits, b.group.utilities, person, tastes, lost_job, words)) {
    case ContractOutcome::home:
      b.record(s, Event::return_contract);
      now = state::StatusField::set(now, code(Status::empty));
      now = state::PermitReturnField::set(now, 1);
      b.columns.year[s] = as_year(b.year);
      break;
    case ContractOutcome::renewed:
      b.columns.year[s] = as_year(b.year + permits.renew_years);
      break;
    case ContractOutcome::irregular:
      now = state::LegalField::set(now, code(Legal::irregular));
      b.columns.year[s] = as_year(b.year + permits.irregular_years);
      break;
    case ContractOutcome::settled:
      settle(now);
      b.columns.year[s] = 0;
      break;
  }
  b.columns.state[s] = now;
}

void graduate(BlockYear& b, std::uint32_t s, const Person& person, bool lost_job, const Words& words) {
  b.record(s, Event::graduated);
  std::uint32_t now = b.columns.state[s];
  if (goes_home_at_graduation(b.group.permits, b.group.utilities, person, lost_job, words)) {
    b.record(s, Event::return_student);
    now = state::StatusField::set(now, code(Status::returned));
    now = state::ModeField::set(now, code(Mode::wage));
    now = state::PermitReturnField::set(now, 1);
    now = state::BadStoryField::set(now, 0);
    const bool claims = b.tables.home.enacted[static_cast<std::size_t>(Lever::tax)] > 0 &&
                        tax_eligible(b.group.utilities, person);
    now = state::TaxClaimField::set(now, claims ? 1 : 0);
    b.columns.year[s] = as_year(b.year);
  } else {
    settle(now);
    b.columns.year[s] = 0;
  }
  b.columns.state[s] = now;
}

// Whether a person is a guest of this year's events.
bool is_invited(const BlockYear& b, std::uint32_t s) {
  const auto education = static_cast<Education>(traits::EducationField::get(b.columns.traits[s]));
  if (education != Education::advanced) return false;
  const Words words = b.streams.status.words(b.columns.key[s], b.time(), 3);
  return words[0] < b.group.life.invited[state::NetworkField::get(b.columns.state[s])];
}

void enter_pipeline(BlockYear& b, std::uint32_t i, std::uint32_t s, const Person& person, Mode mode,
                    bool must_win_offer) {
  const int first = next_stage(stages_of(mode, person, must_win_offer), -1);
  std::uint32_t now = b.columns.state[s];
  now = state::StatusField::set(now, code(Status::preparing));
  now = state::StageField::set(now, static_cast<std::uint32_t>(first));
  now = state::ModeField::set(now, code(mode));
  now = state::OfferFirstField::set(now, mode == Mode::wage && must_win_offer ? 1 : 0);
  now = state::PostField::set(now, 0);
  now = state::TaxClaimField::set(now, 0);
  now = state::PermitReturnField::set(now, 0);
  b.columns.state[s] = now;
  b.columns.months[s] = 0;
  b.work.happened[i] |= happened::entered;
  b.work.roll.preparing.push_back(i);
  b.record(s, Event::intending, mode);
}

}  // namespace

void end_permits(BlockYear& b) {
  for (const std::uint32_t i : b.work.roll.permits) {
    const std::uint32_t s = b.work.roll.abroad[i];
    const Status status = b.status(s);
    const Person person = person_at(b.columns, s, b.year);
    const bool lost_job = (b.work.happened[i] & happened::lost_job) != 0;
    const Words words = b.streams.permit.words(person.key, b.time());
    if (status == Status::contract) {
      end_contract_of(b, s, person, lost_job, words);
    } else {
      graduate(b, s, person, lost_job, words);
    }
    // Whoever stays for good may think of return in the same year.
    if (b.status(s) == Status::settled && person.age >= 18) b.work.roll.adults.push_back(i);
  }
}

void decide(BlockYear& b) {
  const Utilities& u = b.group.utilities;
  for (const std::uint32_t i : b.work.roll.adults) {
    const std::uint32_t s = b.work.roll.abroad[i];
    const std::uint32_t now = b.columns.state[s];
    Occasions occasions;
    occasions.visited = b.work.visits[i] > 0;
    occasions.shock = (b.work.happened[i] & happened::shock) != 0;
    occasions.lost_job = (b.work.happened[i] & happened::lost_job) != 0;
    if (b.tables.invitations) {
      occasions.invited = is_invited(b, s);
      if (occasions.invited) b.use_lever(Lever::events, 1);
    }
    const std::int32_t attention = attention_utility(u, b.columns.trust[s], state::NetworkField::get(now) != 0,
                                                     occasions, b.work.peer[i]);
    const std::uint32_t attends = logistic_table().threshold(attention);
    const std::uint32_t word = b.work.decision[i];
    if (word >= attends) continue;
    b.record(s, Event::attentive);

    const Person person = person_at(b.columns, s, b.year);
    const Tastes tastes = tastes_of(b.streams.taste, person.key);
    const bool must_win_offer = offer_first(b.parameters, person, tastes);
    const Surroundings around{b.work.peer[i], b.communities()[b.community(s)].norm, occasions.lost_job};
    const ModeUtilities utilities = mode_utilities(u, person, tastes, around, must_win_offer);
    if (word >= attends * return_probability(utilities, u.mu)) continue;
    const Mode mode = choose_mode(utilities, u.mu, b.streams.choice_mode.words(person.key, b.time()));
    enter_pipeline(b, i, s, person, mode, must_win_offer);
  }
}

void circulate(BlockYear& b) {
  const ExpertTables& tables = b.tables.experts;
  const Roll& roll = b.work.roll;
  for (const std::uint32_t i : roll.travellers) {
    const std::uint32_t s = roll.abroad[i];
    const std::uint16_t fixed = b.columns.traits[s];
    const auto sector = static_cast<Sector>(traits::SectorField::get(fixed));
    const bool advanced = static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced;
    const bool trades = sector == Sector::business || sector == Sector::ict;
    const Status status = b.status(s);
    if (status != Status::settled && status != Status::preparing) continue;
    const Person person = person_at(b.columns, s, b.year);
    if (advanced) {
      const std::uint32_t visits = visits_of(expert_rate(tables, person), b.work.expert_draw[i]);
      if (visits > 0) {
        b.record(s, Event::expert_visit, Mode::wage, static_cast<std::uint16_t>(visits));
        b.use_lever(Lever::short_visits, visits);
      }
    }
    if (trades) {
      const Words words = b.streams.social.words(person.key, b.time(), 1);
      const std::uint32_t visits = visits_of(business_rate(tables, person), words[0]);
      if (visits > 0) b.record(s, Event::business_visit, Mode::wage, static_cast<std::uint16_t>(visits));
    }
  }
}

}  // namespace homeward
