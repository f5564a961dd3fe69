// In the engine people die by the life table, and women give birth by fertility and family. 8 comparisons.
#include <doctest/doctest.h>

#include <cmath>

#include "statistical/bounds.h"
#include "unit/behaviour/handmade_world.h"
#include "unit/behaviour/random_person.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr int year = 2024;

// Nobody returns; the shipped life tables and births are on.
Scenario mortal() {
  Scenario scenario = quiet(without_levers());
  scenario.tables.mortality = baseline().tables.mortality;
  scenario.parameters.demography_asfr_mult = baseline().parameters.demography_asfr_mult;
  scenario.parameters.choice_k0 = -20;
  return scenario;
}

const MortalitySchedule& schedule_of(const Scenario& scenario, const HostGroup& group) {
  for (const MortalitySchedule& schedule : scenario.tables.mortality) {
    if (schedule.code == group.mortality) return schedule;
  }
  throw std::logic_error("no life table");
}

double death(const Scenario& scenario, const HostGroup& group, Sex sex, int age) {
  const auto& rates = schedule_of(scenario, group).rate[code(sex)][year_index(year)];
  return 1 - std::exp(-static_cast<double>(rates[std::min<std::size_t>(static_cast<std::size_t>(age), 110)]));
}

}  // namespace

TEST_CASE("deaths by age and sex are those of the life table, for hosts with different tables") {  // 4 comparisons
  const Scenario scenario = mortal();
  for (const char* name : {"usa", "japan", "cambodia", "russia"}) {
    CAPTURE(name);
    const int group = scenario.tables.group_index(name);
    REQUIRE(group >= 0);
    HandmadeWorld world(scenario, {group}, 150000, 40 + static_cast<std::uint64_t>(group));
    Columns& c = world.columns();
    PersonDraws draws(static_cast<std::uint64_t>(group));
    for (const std::uint32_t s : world.slots()) {
      draws.settle(c, s, year);
      const int age = static_cast<int>(draws.below(100));
      c.birth[s] = static_cast<std::uint8_t>(year - age - birth_year_base);
      if (draws.chance(0.2)) c.state[s] = state::StatusField::set(c.state[s], code(Status::returned));
      c.year[s] = static_cast<std::uint8_t>(2000 - birth_year_base);
    }
    std::vector<std::pair<Sex, int>> who;
    for (const std::uint32_t s : world.slots()) {
      const Person person = person_at(c, s, year);
      who.emplace_back(person.sex, person.age);
    }
    world.start();
    const YearSeen seen = world.step(year);
    const auto abroad = seen.of(Event::death), home = seen.of(Event::death_home);
    UnequalTrials deaths(2 * 20);
    for (std::size_t i = 0; i < who.size(); ++i) {
      const std::uint32_t s = world.slots()[i];
      const auto cell = code(who[i].first) * std::size_t{20} + static_cast<std::size_t>(who[i].second) / 5;
      deaths.add(cell, death(scenario, world.group(i), who[i].first, who[i].second),
                 abroad.count(s) + home.count(s) != 0);
    }
    CHECK(deaths.count() > 1000);
    CHECK(deaths.tail() > false_positive_rate);
    // Planted: a twelfth more deaths.
    CHECK(deaths.tail(1.12) < false_positive_rate);
  }
}

TEST_CASE("births are fertility times the factor of the family, to surviving women") {  // 3 comparisons
  Scenario scenario = mortal();
  const Parameters& p = scenario.parameters;
  struct Family {
    Status status;
    Partner partner;
    double factor;
  };
  for (const Family& family : {Family{Status::settled, Partner::none, p.demography_birth_single},
                               Family{Status::settled, Partner::co_national, p.demography_birth_partnered},
                               Family{Status::contract, Partner::co_national, p.demography_birth_temporary}}) {
    CAPTURE(family.factor);
    HandmadeWorld world(scenario, {scenario.tables.group_index("usa")}, 200000,
                        50 + code(family.status) + code(family.partner));
    Columns& c = world.columns();
    PersonDraws draws(6);
    for (const std::uint32_t s : world.slots()) {
      draws.settle(c, s, year);
      c.traits[s] = traits::SexField::set(c.traits[s], code(draws.chance(0.1) ? Sex::male : Sex::female));
      const int age = 15 + static_cast<int>(draws.below(35));
      c.birth[s] = static_cast<std::uint8_t>(year - age - birth_year_base);
      c.state[s] =
          state::PartnerField::set(state::StatusField::set(c.state[s], code(family.status)), code(family.partner));
      c.year[s] = static_cast<std::uint8_t>(2060 - birth_year_base);  // no permit ends
    }
    std::vector<Person> people;
    for (const std::uint32_t s : world.slots()) people.push_back(person_at(c, s, year));
    world.start();
    const YearSeen seen = world.step(year);
    std::map<std::uint64_t, int> children;  // by the key that a child of this year has
    for (const auto& [child, record] : seen.of(Event::birth)) ++children[world.now().key[child]];
    UnequalTrials births(35);
    const FertilitySchedule& schedule = scenario.tables.fertility.front();
    for (std::size_t i = 0; i < people.size(); ++i) {
      const auto found = children.find(child_key(people[i].key, year));
      const int born = found != children.end() ? found->second : 0;
      REQUIRE(born <= 1);
      const Person& person = people[i];
      if (person.sex == Sex::male || person.age < 18) {
        REQUIRE(born == 0);
        continue;
      }
      const double lives = 1 - death(scenario, world.group(i), Sex::female, person.age);
      births.add(static_cast<std::size_t>(person.age - 15),
                 lives * schedule.births[static_cast<std::size_t>(person.age)] * p.demography_asfr_mult * family.factor,
                 born > 0);
    }
    CHECK(births.count() > 600);
    CHECK(births.count() == seen.count(Event::birth));
    CHECK(births.tail() > false_positive_rate);
    CHECK(births.tail(1.4) < false_positive_rate);  // planted: .4 more
  }
}

TEST_CASE("girls are born in their share") {  // 1 comparison
  Scenario scenario = mortal();
  scenario.parameters.demography_asfr_mult = 5;
  HandmadeWorld world(scenario, {0}, 200000, 60);
  PersonDraws draws(7);
  for (const std::uint32_t s : world.slots()) {
    draws.settle(world.columns(), s, year);
    world.columns().traits[s] = traits::SexField::set(world.columns().traits[s], code(Sex::female));
    world.columns().birth[s] = static_cast<std::uint8_t>(year - 28 - birth_year_base);
  }
  world.start();
  const YearSeen seen = world.step(year);
  std::int64_t girls = 0;
  const auto births = seen.of(Event::birth);
  for (const auto& [child, record] : births)
    girls += traits::SexField::get(world.now().traits[child]) == code(Sex::female) ? 1 : 0;
  const auto all = static_cast<std::int64_t>(births.size());
  CHECK(all > 60000);
  CHECK(binomial_tail(girls, all, scenario.parameters.demography_girls_share) > false_positive_rate);
  CHECK(binomial_tail(girls, all, 0.5) < false_positive_rate);
}
