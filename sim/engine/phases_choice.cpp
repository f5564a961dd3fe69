// Phases of the year in which people choose: permits that end, return, circulation.
#include "behaviour/expert_visits.h"
#include "behaviour/graduation.h"
#include "behaviour/return_choice.h"
#include "engine/schedule.h"

namespace homeward {
namespace {

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
      b.columns.state[s] = state::PermitReturnField::set(now, 1);
      b.columns.year[s] = b.year_code();
      b.leave(s);
      return;
    case ContractOutcome::renewed:
      b.columns.year[s] = b.year_code(permits.renew_years);
      break;
    case ContractOutcome::irregular:
      now = state::LegalField::set(now, code(Legal::irregular));
      b.columns.year[s] = b.year_code(permits.irregular_years);
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
    b.columns.year[s] = b.year_code();
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

void enter_pipeline(BlockYear& b, std::uint32_t s, const Person& person, Mode mode,
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
  b.work.happened[b.index(s)] |= happened::entered;
  b.work.preparing.at[b.work.preparing.count++] = b.index(s);
  b.record(s, Event::intending, mode);
}

}  // namespace

Choosers::Choosers(std::size_t slots) {
  const std::size_t room = slots + kernel_padding;
  const auto size = [&](auto&... column) { (column.resize(room), ...); };
  size(key, index, decision, attends, state, peer, norm, traits, trust, redtape_belief, pay_belief, birth, arrival,
       lost_job);
}

void Choosers::add(const BlockYear& b, std::uint32_t i, std::uint32_t attention) {
  const std::uint32_t s = b.slot(i);
  const std::size_t k = count++;
  const Columns& from = b.columns;
  key[k] = from.key[s];
  index[k] = i;
  decision[k] = b.work.decision[i];
  attends[k] = attention;
  state[k] = from.state[s];
  peer[k] = b.work.peer[i];
  norm[k] = b.communities()[b.community(s)].norm;
  traits[k] = from.traits[s];
  trust[k] = from.trust[s];
  pay_belief[k] = from.pay_belief[s];
  redtape_belief[k] = from.redtape_belief[s];
  birth[k] = from.birth[s];
  arrival[k] = from.arrival[s];
  lost_job[k] = (b.work.happened[i] & happened::lost_job) != 0 ? 1 : 0;
}

ChooserColumns Choosers::columns() {
  return {key.data(),  index.data(),  decision.data(),   attends.data(),        state.data(), peer.data(),    norm.data(),
          traits.data(), trust.data(), pay_belief.data(), redtape_belief.data(), birth.data(), arrival.data(), lost_job.data()};
}

void end_permits(BlockYear& b) {
  for (std::size_t k = 0; k < b.work.permits.count; ++k) {
    const std::uint32_t i = b.work.permits.at[k];
    const std::uint32_t s = b.slot(i);
    const Status status = b.status(s);
    if (status == Status::empty) continue;
    const Person person = person_at(b.columns, s, b.year);
    const bool lost_job = (b.work.happened[i] & happened::lost_job) != 0;
    const Words words = b.streams.permit.words(person.key, b.time());
    if (status == Status::contract) {
      end_contract_of(b, s, person, lost_job, words);
    } else {
      graduate(b, s, person, lost_job, words);
    }
  }
}

namespace {

// The threshold of attention of one person; whoever is a guest of events attends the more.
std::uint32_t attention_threshold(const BlockYear& b, std::uint32_t i, bool invited) {
  const std::uint32_t s = b.slot(i);
  const int age = b.age(s);
  Occasions occasions;
  occasions.visited = b.work.visits[i] > 0;
  occasions.shock = b.work.happened[i] != 0 || age == 62 || age == 65;
  occasions.invited = invited;
  const bool member = state::NetworkField::get(b.columns.state[s]) != 0;
  return logistic_table().threshold(
      attention_utility(b.group.utilities, b.columns.trust[s], member, occasions, b.work.peer[i]));
}

// Lists everybody who thinks about return this year with what the choice reads.
void attend(BlockYear& b, const DrawnList<2>& perhaps) {
  Choosers& choosers = b.work.choosers;
  choosers.count = 0;
  for (std::size_t k = 0; k < perhaps.count; ++k) {
    const std::uint32_t i = perhaps.at[k];
    std::uint32_t attends = perhaps.word[0][k];
    if (perhaps.word[1][k] == 0) {
      const bool invited = b.tables.invitations && is_invited(b, b.slot(i));
      if (invited) b.use_lever(Lever::events, 1);
      attends = attention_threshold(b, i, invited);
      if (b.work.decision[i] >= attends) continue;
    }
      choosers.add(b, i, attends);
  }
  if ((b.work.recorded & event_set(Event::attentive)) == 0) {
    b.work.event_counts[static_cast<std::size_t>(Event::attentive)] += static_cast<std::int64_t>(choosers.count);
    return;
  }
  for (std::size_t k = 0; k < choosers.count; ++k) b.record(b.slot(choosers.index[k]), Event::attentive);
}

}  // namespace

void decide(BlockYear& b) {
  const Utilities& u = b.group.utilities;
  AttendPass attention{b.year, &u, b.work.happened.data(), b.work.visits.data(), b.work.peer.data(),
                       b.work.decision.data(), b.tables.invitations, b.work.attentive_room.empty()};
  find_attentive(b.block_columns(), b.used, attention);
  attend(b, attention.perhaps);
  const Choosers& choosers = b.work.choosers;
  ReturnPass pass{b.streams.taste.key(), b.year, &u, offer_first_thresholds(b.parameters),
                  b.work.leavers_room.empty()};
  find_leavers(b.work.choosers.columns(), choosers.count, pass);
  for (std::size_t k = 0; k < pass.perhaps.count; ++k) {
    const std::uint32_t at = pass.perhaps.at[k];
    const std::uint32_t i = choosers.index[at];
    const std::uint32_t s = b.slot(i);
    const Person person = person_at(b.columns, s, b.year);
    const Tastes tastes = tastes_of(b.streams.taste, person.key);
    const bool must_win_offer = offer_first(b.parameters, person, tastes);
    const Surroundings around{choosers.peer[at], choosers.norm[at], choosers.lost_job[at] != 0};
    const ModeUtilities utilities = mode_utilities(u, person, tastes, around, must_win_offer);
    const bool invited = b.tables.invitations && is_invited(b, s);
    const std::uint32_t attends = attention_threshold(b, i, invited);
    const auto weights = nest_weights(utilities, u.mu);
    if (b.work.decision[i] >= attends * return_probability(weights, u.mu)) continue;
    const Mode mode = choose_mode(weights, b.streams.choice_mode.words(person.key, b.time()));
    enter_pipeline(b, s, person, mode, must_win_offer);
  }
}

void circulate(BlockYear& b) {
  const ExpertTables& tables = b.tables.experts;
  for (std::size_t k = 0; k < b.work.travellers.count; ++k) {
    const std::uint32_t i = b.work.travellers.at[k];
    const std::uint32_t s = b.slot(i);
    // Those who came into the pipeline this year travel as before; nobody else changed since the list was made.
    const Person person = person_at(b.columns, s, b.year);
    if (person.status != Status::settled && person.status != Status::preparing) continue;
    const bool trades = person.sector == Sector::business || person.sector == Sector::ict;
    // One word decides: expert visits of advanced degrees, business visits of the others; who is both has a second one.
    const std::uint32_t travel = b.work.travellers.word[0][k];
    std::uint32_t business_word = travel;
    if (person.education == Education::advanced) {
      const std::uint32_t visits = visits_of(expert_rate(tables, person), travel);
      if (visits > 0) {
        b.record(s, Event::expert_visit, Mode::wage, static_cast<std::uint16_t>(visits));
        b.use_lever(Lever::short_visits, visits);
      }
      if (trades) business_word = b.streams.social.words(person.key, b.time(), 1)[0];
    }
    if (!trades) continue;
    const std::uint32_t visits = visits_of(business_rate(tables, person), business_word);
    if (visits > 0) b.record(s, Event::business_visit, Mode::wage, static_cast<std::uint16_t>(visits));
  }
}

}  // namespace homeward
