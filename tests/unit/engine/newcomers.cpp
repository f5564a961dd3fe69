// Arrivals come at the end of the year: until the next one they do nothing and nothing happens to them.
#include <doctest/doctest.h>

#include <cmath>

#include <map>
#include <set>

#include "support/still_world.h"

using namespace homeward;
using namespace homeward::test;

namespace {

struct Seen {
  std::set<std::uint64_t> arrived, others, living;
  std::map<std::uint64_t, int> events;
};

class Watch : public BlockSink {
 public:
  void take(const BlockReport& report, std::size_t) override {
    Seen& seen = years[report.year];
    for (const EventRecord& event : report.events) {
      const std::uint64_t key = report.columns->key[event.slot];
      ++seen.events[key];
      (event.event == Event::arrival ? seen.arrived : seen.others).insert(key);
    }
    for (std::uint32_t s = report.block->first_slot; s < report.block->first_slot + report.used; ++s) {
      if (state::StatusField::get(report.columns->state[s]) != 0) seen.living.insert(report.columns->key[s]);
    }
  }
  std::map<int, Seen> years;
};

}  // namespace

TEST_CASE("arrivals do not act in the year of their arrival, and do in the next") {
  // Much happens here: two visits a year each, children for all, a third loses the job.
  Scenario scenario = small_baseline(2000);
  scenario.parameters.visits_v0 = 2;
  scenario.parameters.attention_a0 = 3;
  certain_births(scenario);
  for (HostGroup& group : scenario.tables.groups) group.job_loss.fill(0.3);
  Simulation simulation(scenario, population_of(scenario, run_settings(3)), 3, {});
  Watch watch;
  for (int year = 2004; year <= 2010; ++year) simulation.step(year, watch);
  for (int year = 2004; year <= 2010; ++year) {
    CAPTURE(year);
    const Seen& seen = watch.years[year];
    REQUIRE(!seen.arrived.empty());
    std::size_t act_next = 0;
    for (const std::uint64_t key : seen.arrived) {
      REQUIRE(seen.others.count(key) == 0);
      REQUIRE(seen.events.at(key) == 1);
      REQUIRE(seen.living.count(key) == 1);
      if (year > 2004) REQUIRE(watch.years[year - 1].living.count(key) == 0);
      if (year < 2010) act_next += watch.years[year + 1].others.count(key);
    }
    if (year < 2010) CHECK(act_next * 2 > seen.arrived.size());
  }
}

TEST_CASE("at the end of the year an arrival is as drawn, knowing the home country as it is") {
  const Scenario scenario = small_baseline(2000);
  Simulation simulation(scenario, population_of(scenario, run_settings(3)), 3, {});
  Diary diary;
  for (int year = 2004; year <= 2012; ++year) simulation.step(year, diary);
  const HomeYear& home = simulation.years()[year_index(2012)];
  const ArrivalDraws draws(scenario, 3);
  const Columns& c = simulation.population().columns;
  std::map<std::uint64_t, std::uint32_t> slots;
  for (std::size_t b = 0; b < simulation.population().layout.blocks.size(); ++b) {
    const std::uint32_t first = simulation.population().layout.blocks[b].first_slot;
    for (std::uint32_t s = first; s < first + simulation.slots_used(b); ++s) slots[c.key[s]] = s;
  }
  Columns drawn(1);
  std::size_t arrivals = 0;
  for (const Block& block : simulation.population().layout.blocks) {
    for (const std::uint64_t key : diary.who(Event::arrival)) {
      const std::uint32_t s = slots.at(key);
      if (s - block.first_slot >= block.capacity) continue;
      drawn.key[0] = c.key[s];
      drawn.traits[0] = traits::ClassField::set(0, traits::ClassField::get(c.traits[s]));
      draws.draw(drawn, 0, block.host, 2012, home.pay_index, home.redtape_index);
      CAPTURE(s);
      REQUIRE(c.state[s] == drawn.state[0]);
      REQUIRE(c.traits[s] == drawn.traits[0]);
      REQUIRE(c.trust[s] == drawn.trust[0]);
      REQUIRE(c.redtape_belief[s] == drawn.redtape_belief[0]);
      REQUIRE(c.birth[s] == drawn.birth[0]);
      REQUIRE(c.arrival[s] == 2012 - birth_year_base);
      REQUIRE(c.year[s] == drawn.year[0]);
      REQUIRE(c.visit_stock[s] == drawn.visit_stock[0]);
      REQUIRE(c.attachment[s] == drawn.attachment[0]);
      // No lag of beliefs about pay: an arrival knows it.
      REQUIRE(std::abs(c.pay_belief[s] - home.pay_index * pay_belief_scale) <= 1);
      ++arrivals;
    }
  }
  CHECK(arrivals > 50);
}

TEST_CASE("in the still world nothing happens to anybody") {
  const Scenario scenario = still_scenario();
  HandMade people(scenario, {30});
  for (int i = 0; i < 10; ++i) people.add({});
  for (int i = 0; i < 10; ++i) people.add(waiting(Stage::residence));
  people.add(student_until(2040));
  people.add(worker_until(2040));
  Simulation simulation(scenario, people.take(), 1, {});
  for (int year = first_year; year < 2030; ++year) {
    Diary diary;
    simulation.step(year, diary);
    CHECK(diary.events.empty());
  }
}
