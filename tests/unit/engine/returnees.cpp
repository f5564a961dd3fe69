// Life at home: leaving again from the year after the return, with true beliefs, free for a new return.
#include <doctest/doctest.h>

#include <cmath>

#include "support/still_world.h"

using namespace homeward;
using namespace homeward::test;

namespace {

Scenario restless() {
  Scenario scenario = still_scenario();
  scenario.parameters.returnee_h_re = 1;
  scenario.parameters.returnee_early_mult = scenario.parameters.returnee_late_mult = 20;
  return scenario;
}

Sketch returned_in(int year) {
  Sketch sketch;
  sketch.status = Status::returned;
  sketch.year = year;
  return sketch;
}

}  // namespace

TEST_CASE("whoever leaves again knows what it is like at home, and has no claims any more") {
  Scenario scenario = restless();
  lever_of(scenario, Lever::cut_papers) = from_year(Lever::cut_papers, 2004, 0.5);
  HandMade people(scenario, {10});
  const std::uint64_t first = people.add(returned_in(2003));
  Sketch guest = returned_in(2003);
  guest.legal = Legal::temporary;
  const std::uint64_t former_student = people.add(guest);
  const Columns& made = people.columns();
  for (const std::uint64_t key : {first, former_student}) {
    const std::uint32_t s = people.slot(key);
    made.pay_belief[s] = -5000;
    made.redtape_belief[s] = 60000;
    made.state[s] = state::TaxClaimField::set(state::PostField::set(made.state[s], 1), 1);
  }
  Simulation simulation(scenario, people.take(), 9, {});
  Diary diary;
  for (int year = 2004; year <= 2004; ++year) simulation.step(year, diary);
  CHECK(diary.who(Event::re_emigration) == in_order({first, former_student}));
  const HomeYear& home = simulation.years()[year_index(2004)];
  const Columns& c = simulation.population().columns;
  for (const std::uint64_t key : {first, former_student}) {
    const std::uint32_t s = slot_of(simulation, key);
    CHECK(status_of(simulation, key) == Status::settled);
    CHECK(c.pay_belief[s] == static_cast<int>(std::lround(home.pay_index * pay_belief_scale)));
    CHECK(c.redtape_belief[s] == static_cast<int>(std::lround(home.redtape_index * redtape_belief_scale)));
    CHECK(home.redtape_index < 0.95);
    CHECK(state::TaxClaimField::get(c.state[s]) == 0);
    CHECK(state::PostField::get(c.state[s]) == 0);
    CHECK(state::BadStoryField::get(c.state[s]) == 1);
    CHECK(static_cast<Legal>(state::LegalField::get(c.state[s])) == Legal::resident);
  }
}

TEST_CASE("nobody leaves again in the year of the return, everybody restless in the next") {
  Scenario scenario = restless();
  scenario.parameters.pipeline_d_relocation = 1;
  scenario.parameters.temporary_ks = 20;
  HandMade people(scenario, {10});
  const std::uint64_t settled = people.add(waiting(Stage::relocation));
  const std::uint64_t student = people.add(student_until(2004));
  Simulation simulation(scenario, people.take(), 9, {});
  Diary diary;
  simulation.step(2004, diary);
  CHECK(diary.who(Event::re_emigration).empty());
  CHECK(status_of(simulation, settled) == Status::returned);
  CHECK(status_of(simulation, student) == Status::returned);
  simulation.step(2005, diary);
  CHECK(diary.who(Event::re_emigration) == in_order({settled, student}));
}

TEST_CASE("a contract worker who goes home is out of the model: no returnee, no second return") {
  Scenario scenario = restless();
  scenario.parameters.temporary_kc = 20;
  HandMade people(scenario, {10});
  const std::uint64_t worker = people.add(worker_until(2004));
  Simulation simulation(scenario, people.take(), 9, {});
  Diary diary;
  simulation.step(2004, diary);
  CHECK(diary.who(Event::return_contract) == std::vector<std::uint64_t>{worker});
  CHECK(status_of(simulation, worker) == Status::empty);
  for (int year = 2005; year < 2015; ++year) {
    simulation.step(year, diary);
    CHECK(diary.events.empty());
  }
}

TEST_CASE("who gives up or refuses is settled again and may set out anew from the next year") {
  Scenario scenario = still_scenario();
  scenario.parameters.pipeline_h_ab = 1;
  scenario.parameters.trust_t_bad = 0.2;
  scenario.parameters.attention_a0 = 20;
  scenario.parameters.choice_k0 = 20;
  scenario.parameters.choice_b_redtape = 0;  // the stages of a still world never end
  HandMade people(scenario, {10});
  const std::uint64_t person = people.add(waiting(Stage::residence));
  Simulation simulation(scenario, people.take(), 9, {});
  Diary diary;
  simulation.step(2004, diary);
  CHECK(diary.who(Event::abandoned) == std::vector<std::uint64_t>{person});
  CHECK(diary.who(Event::intending).empty());
  CHECK(status_of(simulation, person) == Status::settled);
  CHECK(simulation.population().columns.trust[slot_of(simulation, person)] == 40000 - 13107);
  simulation.step(2005, diary);
  CHECK(diary.who(Event::intending) == std::vector<std::uint64_t>{person});
}
