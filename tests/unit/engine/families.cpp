// Mothers and children: who is born and to whom, what a child has from its mother, who comes home with her.
#include <doctest/doctest.h>

#include <set>

#include "support/still_world.h"

using namespace homeward;
using namespace homeward::test;

namespace {

constexpr std::uint64_t seed = 5;

Sketch born_in(int year, Sketch sketch = {}) {
  sketch.birth = year;
  return sketch;
}

}  // namespace

TEST_CASE("only women who are abroad at the end of the year have a child") {
  Scenario scenario = still_scenario();
  certain_births(scenario);
  certain_death(scenario, 33);
  scenario.parameters.pipeline_d_relocation = 1;  // who is at the last stage comes home
  scenario.parameters.temporary_ks = 20;          // graduates go home
  scenario.parameters.temporary_kc = 20;          // workers go home
  HandMade people(scenario, {40});
  std::vector<std::uint64_t> mothers;
  mothers.push_back(people.add({}));
  mothers.push_back(people.add(waiting(Stage::residence)));
  mothers.push_back(people.add(student_until(2007)));
  mothers.push_back(people.add(worker_until(2006)));
  mothers.push_back(people.add(born_in(2004 - 44)));
  Sketch man;
  man.sex = Sex::male;
  people.add(man);
  people.add(waiting(Stage::relocation));
  people.add(student_until(2004));
  people.add(worker_until(2004));
  people.add(born_in(2004 - 45));
  people.add(born_in(2004 - 19));
  people.add(born_in(2004 - 33));
  Sketch home;
  home.status = Status::returned;
  home.year = 2003;
  people.add(home);
  Simulation simulation(scenario, people.take(), seed, {});
  Diary diary;
  simulation.step(2004, diary);
  CHECK(diary.who(Event::return_settled).size() == 1);
  CHECK(diary.who(Event::return_student).size() == 1);
  CHECK(diary.who(Event::return_contract).size() == 1);
  CHECK(diary.who(Event::death).size() == 1);

  std::vector<std::uint64_t> found;
  for (const std::uint64_t child : diary.who(Event::birth)) found.push_back(mother_of(simulation, child).value());
  CHECK(in_order(found) == in_order(mothers));
}

TEST_CASE("a child has key, community, host and beliefs from its mother") {
  Scenario scenario = still_scenario();
  certain_births(scenario);
  HandMade people(scenario, {8, 8, 8}, 8);
  people.put(1, {});
  Sketch second;
  second.generation = Generation::g2;
  second.migrant_class = MigrantClass::host_born;
  second.legal = Legal::naturalised;
  people.put(10, second);
  people.put(20, {});
  const Columns& made = people.columns();
  for (std::uint32_t s = 0; s < made.slots(); ++s) {
    if (state::StatusField::get(made.state[s]) == 0) continue;
    made.pay_belief[s] = static_cast<std::int16_t>(100 + s);
    made.redtape_belief[s] = static_cast<std::uint16_t>(20000 + s);
  }
  Simulation simulation(scenario, people.take(), seed, {});
  const Columns& c = simulation.population().columns;
  Diary diary;
  for (const int year : {2004, 2005}) {
    simulation.step(year, diary);
    const std::vector<std::uint64_t> children = diary.who(Event::birth);
    CHECK(children.size() == 3);
    std::set<std::uint64_t> mothers;
    for (const std::uint64_t key : children) {
      CAPTURE(key);
      const std::uint32_t child = slot_of(simulation, key);
      const std::uint32_t mother = slot_of(simulation, mother_of(simulation, key).value());
      mothers.insert(c.key[mother]);
      CHECK(c.key[child] == child_key(c.key[mother], year));
      CHECK(c.community[child] == c.community[mother]);
      CHECK(c.place[child] == c.place[mother]);
      CHECK(!is_exogenous(c, child));
      CHECK(is_exogenous(c, mother));
      CHECK(c.pay_belief[child] == c.pay_belief[mother]);
      CHECK(c.redtape_belief[child] == c.redtape_belief[mother]);
      CHECK(c.birth[child] == year - birth_year_base);
      CHECK(status_of(simulation, key) == Status::settled);
      const Person person = person_at(c, child, year);
      const bool third = person_at(c, mother, year).generation == Generation::g2;
      CHECK(person.generation == (third ? Generation::g3 : Generation::g2));
      CHECK(person.migrant_class == MigrantClass::host_born);
      CHECK(person.foreign_national());
      CHECK(person.age == 0);
      // The slot is of the mother's block, behind those of everybody who was there before.
      const std::vector<Block>& blocks = simulation.population().layout.blocks;
      for (std::size_t b = 0; b < blocks.size(); ++b) {
        if (mother - blocks[b].first_slot >= blocks[b].capacity) continue;
        CHECK(child == blocks[b].first_slot + simulation.slots_used(b) - 1);
        CHECK(child > mother);
      }
    }
    CHECK(mothers.size() == 3);
  }
}

TEST_CASE("minors born in the run come home with their mother, whichever way she comes") {
  Scenario scenario = still_scenario();
  certain_death(scenario, 33);
  scenario.parameters.pipeline_d_relocation = 1;
  scenario.parameters.temporary_ks = 20;
  scenario.parameters.temporary_kc = 20;
  scenario.parameters.returnee_h_re = 1;
  scenario.parameters.returnee_early_mult = 20;
  HandMade people(scenario, {40});
  const std::uint64_t settled = people.add(waiting(Stage::relocation));
  const std::uint64_t student = people.add(student_until(2004));
  const std::uint64_t worker = people.add(worker_until(2004));
  const std::uint64_t stays = people.add({});
  const std::uint64_t waits = people.add(waiting(Stage::residence));
  const std::uint64_t studies = people.add(student_until(2008));
  const std::uint64_t works = people.add(worker_until(2008));
  const std::uint64_t dies = people.add(born_in(2004 - 33));
  Sketch at_home;
  at_home.status = Status::returned;
  at_home.year = 2002;
  const std::uint64_t leaves_again = people.add(at_home);
  Sketch father_sketch = waiting(Stage::relocation);
  father_sketch.sex = Sex::male;
  people.add(father_sketch);
  // A minor of the stock has no mother that the model knows of.
  const std::uint64_t of_stock = people.add(born_in(1995));

  std::vector<std::uint64_t> come, stay;
  for (const std::uint64_t mother : {settled, student, worker}) {
    come.push_back(people.add_child(mother, born_in(2001)));
    come.push_back(people.add_child(mother, born_in(1987)));  // 17
    stay.push_back(people.add_child(mother, born_in(1986)));  // 18
  }
  for (const std::uint64_t mother : {stays, waits, studies, works, dies, leaves_again}) {
    stay.push_back(people.add_child(mother, born_in(2000)));
  }
  stay.push_back(of_stock);
  Simulation simulation(scenario, people.take(), seed, {});
  Diary diary;
  simulation.step(2004, diary);
  CHECK(diary.who(Event::return_settled).size() == 2);
  CHECK(diary.who(Event::return_student) == std::vector<std::uint64_t>{student});
  CHECK(diary.who(Event::return_contract) == std::vector<std::uint64_t>{worker});
  CHECK(diary.who(Event::re_emigration) == std::vector<std::uint64_t>{leaves_again});
  CHECK(diary.who(Event::death) == std::vector<std::uint64_t>{dies});
  CHECK(diary.who(Event::tied_minor) == in_order(come));
  for (const std::uint64_t child : come) CHECK(status_of(simulation, child) == Status::empty);
  for (const std::uint64_t child : stay) CHECK(status_of(simulation, child) == Status::settled);

  // Nobody follows in later years.
  simulation.step(2005, diary);
  CHECK(diary.who(Event::tied_minor).empty());
}
