// Graduation: the equation, what students expect of programmes, and the signs its page claims.
#include "behaviour/graduation.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

struct World {
  Scenario scenario = without_levers();
  int year = 2016;
  double posts_chance = 0;

  HomeYear home() const { return in_year(scenario, year); }
  const HostGroup& group() const { return scenario.tables.groups[0]; }
};

Person graduate() {
  Person person = plain_person();
  person.age = 25;
  person.duration = 4;
  person.migrant_class = MigrantClass::student;
  person.status = Status::student;
  person.legal = Legal::temporary;
  person.education = Education::tertiary;
  person.sector = Sector::ict;
  return person;
}

double page(const World& world, const Person& person, double gain = 0) {
  const Parameters& p = world.scenario.parameters;
  const auto e = static_cast<std::size_t>(person.education);
  const double gap = person.pay_belief / 8192.0 + world.home().home_premium[e] -
                     world.group().ln_wage[e][year_index(world.year)] -
                     p.choice_pay_position * wage_position(person.position);
  const double premium = person.education >= Education::tertiary ? p.choice_prem_fx : p.choice_prem_low;
  const double logit = p.temporary_ks + p.choice_b_pay * (gap + premium + gain + p.choice_pay_centre) +
                       p.temporary_ks_trust * (person.trust / 65535.0 - p.temporary_ks_trust_centre) +
                       p.temporary_ks_parent * person.parent -
                       p.temporary_ks_redtape * (person.redtape_belief / 32768.0 - p.temporary_ks_redtape_centre);
  return 1 / (1 + std::exp(-logit));
}

double rule(const World& world, const Person& person) {
  const PermitTables permits = build_permit_tables(world.scenario, world.home(), world.group());
  const Utilities u = build_utilities(world.scenario, world.home(), world.group(), world.posts_chance);
  std::uint64_t low = 0, high = std::uint64_t{1} << 32;
  while (high - low > 1) {
    const std::uint64_t middle = (low + high) / 2;
    const Words words{static_cast<std::uint32_t>(middle), 0, 0, 0};
    (goes_home_at_graduation(permits, u, person, false, words) ? low : high) = middle;
  }
  return static_cast<double>(high) * 0x1p-32;
}

}  // namespace

TEST_CASE("the probability to go home at graduation is the page's, over random graduates and drawn parameters") {
  PersonDraws draws(8);
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    CAPTURE(seed);
    World world;
    if (seed > 0) world.scenario.parameters = drawn_parameters(world.scenario, seed);
    for (int i = 0; i < 40; ++i) {
      Person person = graduate();
      person.trust = static_cast<std::uint16_t>(draws.below(65536));
      person.pay_belief = static_cast<std::int16_t>(draws.below(8000));
      person.redtape_belief = static_cast<std::uint16_t>(10000 + draws.below(30000));
      person.position = draws.below(16);
      person.parent = draws.chance(0.5);
      if (draws.chance(0.4)) person.education = Education::advanced;
      CHECK(rule(world, person) == doctest::Approx(page(world, person)).epsilon(3e-3));
    }
  }
}

TEST_CASE("graduates expect the tax lever if eligible, the pay lever only where it is not for holders of posts") {
  World world;
  hold(world.scenario, Lever::tax, 1);
  hold(world.scenario, Lever::pay, 1);
  world.posts_chance = 0.25;
  Person expert = graduate();
  expert.education = Education::advanced;
  const double tax = std::log(0.9 / 0.8), top = std::log(2.0);
  CHECK(rule(world, expert) == doctest::Approx(page(world, expert, tax)).epsilon(2e-3));
  lever(world.scenario, Lever::pay).option = "all";
  CHECK(rule(world, expert) == doctest::Approx(page(world, expert, tax + top)).epsilon(2e-3));
  CHECK(rule(world, graduate()) == doctest::Approx(page(world, graduate())).epsilon(2e-3));
  lever(world.scenario, Lever::tax).option = "graduates";
  CHECK(rule(world, graduate()) == doctest::Approx(page(world, graduate(), tax)).epsilon(2e-3));
}

TEST_CASE("a promised tax cut counts at the graduate's trust") {
  World world;
  hold(world.scenario, Lever::tax, 1);
  LeverSchedule& tax = lever(world.scenario, Lever::tax);
  tax.announced = 2010;
  tax.enacted = tax.delivered = tax.promised = 2030;
  Person person = graduate();
  person.education = Education::advanced;
  for (const double trust : {0.0, 0.4, 1.0}) {
    person.trust = static_cast<std::uint16_t>(trust * 65535);
    CHECK(rule(world, person) == doctest::Approx(page(world, person, trust * std::log(0.9 / 0.8))).epsilon(2e-3));
  }
}

TEST_CASE("going home rises with perceived pay at home, trust and a parent; falls with host pay, z and red tape") {
  World world;
  const Person base = graduate();
  const double usual = rule(world, base);
  Person changed = base;
  changed.pay_belief = 1500;
  CHECK(rule(world, changed) > usual);
  changed = base;
  changed.trust = 45000;
  CHECK(rule(world, changed) > usual);
  changed = base;
  changed.parent = true;
  CHECK(rule(world, changed) > usual);
  changed = base;
  changed.position = 12;
  CHECK(rule(world, changed) < usual);
  changed = base;
  changed.redtape_belief = 40000;
  CHECK(rule(world, changed) < usual);
  World rich = world;
  for (YearSeries& wage : rich.scenario.tables.groups[0].ln_wage) {
    for (double& value : wage) value += 0.2;
  }
  CHECK(rule(rich, base) < usual);
}
