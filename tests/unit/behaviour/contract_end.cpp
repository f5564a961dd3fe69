// The end of a labour permit: the equation, the branches of those who stay, and the signs its page claims.
#include "behaviour/contract_end.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

struct World {
  Scenario scenario = without_levers();
  std::string group = "japan";
  int year = 2015;

  HomeYear home() const { return in_year(scenario, year); }
  Utilities utilities() const { return build_utilities(scenario, home(), group_named(scenario, group), 0); }
  PermitTables permits() const { return build_permit_tables(scenario, home(), group_named(scenario, group)); }
};

Person worker() {
  Person person = plain_person();
  person.age = 27;
  person.duration = 3;
  person.migrant_class = MigrantClass::contract;
  person.status = Status::contract;
  person.legal = Legal::temporary;
  return person;
}

// P(home) straight from the page.
double page(const World& world, const Person& person, double eta, bool lost_job = false) {
  const Parameters& p = world.scenario.parameters;
  const HomeYear home = world.home();
  const HostGroup& group = group_named(world.scenario, world.group);
  const auto e = static_cast<std::size_t>(person.education);
  const double gap =
      person.pay_belief / 8192.0 + home.home_premium[e] -
      (group.ln_wage[e][year_index(world.year)] + p.choice_pay_position * wage_position(person.position) -
       (lost_job ? p.demography_job_loss_wage : 0));
  const double logit = p.temporary_kc + p.temporary_kc_gap * (gap + p.temporary_kc_gap_centre) +
                       p.temporary_kc_trust * (person.trust / 65535.0 - 0.5) +
                       (person.partner == Partner::at_home ? p.temporary_kc_partner : 0) +
                       group.contract_home_offset[year_index(world.year)] + home.contract_home_offset +
                       p.temporary_kc_taste * p.choice_sigma_eta * eta;
  return 1 / (1 + std::exp(-logit));
}

// P(home) of the rule, by bisection on the scripted draw.
double rule(const World& world, const Person& person, double eta, bool lost_job = false) {
  const PermitTables permits = world.permits();
  const Utilities u = world.utilities();
  const Tastes tastes{to_utility(eta), 0};
  std::uint64_t low = 0, high = std::uint64_t{1} << 32;
  while (high - low > 1) {
    const std::uint64_t middle = (low + high) / 2;
    const Words words{static_cast<std::uint32_t>(middle), 0, 0, 0};
    (end_contract(permits, u, person, tastes, lost_job, words) == ContractOutcome::home ? low : high) = middle;
  }
  return static_cast<double>(high) * 0x1p-32;
}

}  // namespace

TEST_CASE("the probability to go home at the end of a permit is the page's, over hosts, years and random workers") {
  PersonDraws draws(5);
  World world;
  for (const char* group : {"japan", "korea", "taiwan", "usa"}) {
    for (const int year : {2006, 2019, 2020, 2024}) {
      world.group = group;
      world.year = year;
      CAPTURE(group);
      CAPTURE(year);
      for (int i = 0; i < 20; ++i) {
        Person person = worker();
        person.trust = static_cast<std::uint16_t>(draws.below(65536));
        person.pay_belief = static_cast<std::int16_t>(draws.below(8000));
        person.position = draws.below(16);
        person.education = static_cast<Education>(draws.below(4));
        if (draws.chance(0.3)) person.partner = Partner::at_home;
        const double eta = draws.below(4096) / 1024.0 - 2;
        const bool lost_job = draws.chance(0.3);
        CHECK(rule(world, person, eta, lost_job) == doctest::Approx(page(world, person, eta, lost_job)).epsilon(2e-3));
      }
    }
  }
}

TEST_CASE("whoever does not go home renews, or stays irregularly in hosts where that happens, or settles") {
  World world;
  const Parameters& p = world.scenario.parameters;
  const Tastes tastes{0, 0};
  const std::uint32_t stays = 0xffffffffu;
  const auto outcome = [&](double renew_draw, double irregular_draw) {
    const Words words{stays,
                      static_cast<std::uint32_t>(renew_draw * 65536) << 16 |
                          static_cast<std::uint32_t>(irregular_draw * 65536),
                      0, 0};
    return end_contract(world.permits(), world.utilities(), worker(), tastes, false, words);
  };
  for (const char* group : {"japan", "taiwan", "korea"}) {
    world.group = group;
    CAPTURE(group);
    const double irregular = group_named(world.scenario, group).irregular_share;
    CHECK(outcome(p.temporary_renew - 0.001, 0) == ContractOutcome::renewed);
    CHECK(outcome(p.temporary_renew - 0.001, 0.99) == ContractOutcome::renewed);
    CHECK(outcome(p.temporary_renew + 0.001, 0.999) == ContractOutcome::settled);
    CHECK(outcome(p.temporary_renew + 0.001, 0) ==
          (irregular > 0 ? ContractOutcome::irregular : ContractOutcome::settled));
    if (irregular > 0) {
      CHECK(outcome(0.9, irregular - 0.001) == ContractOutcome::irregular);
      CHECK(outcome(0.9, irregular + 0.001) == ContractOutcome::settled);
    }
  }
}

TEST_CASE("who overstayed goes home or stays without papers, and neither renews nor settles") {
  World world;
  world.group = "korea";
  Person person = worker();
  person.legal = Legal::irregular;
  PersonDraws draws(9);
  for (int i = 0; i < 200; ++i) {
    const Words words{static_cast<std::uint32_t>(draws.word()), static_cast<std::uint32_t>(draws.word()), 0, 0};
    const ContractOutcome outcome =
        end_contract(world.permits(), world.utilities(), person, Tastes{0, 0}, false, words);
    CHECK((outcome == ContractOutcome::home || outcome == ContractOutcome::irregular));
  }
}

TEST_CASE("going home rises with perceived pay there, trust, a partner there, attachment; falls with host pay and z") {
  World world;
  const Person base = worker();
  const double usual = rule(world, base, 0);
  Person changed = base;
  changed.pay_belief = 2000;
  CHECK(rule(world, changed, 0) > usual);
  changed = base;
  changed.trust = 50000;
  CHECK(rule(world, changed, 0) > usual);
  changed = base;
  changed.partner = Partner::at_home;
  CHECK(rule(world, changed, 0) > usual);
  CHECK(rule(world, base, 1) > usual);
  changed = base;
  changed.position = 12;
  CHECK(rule(world, changed, 0) < usual);
  CHECK(rule(world, base, 0, true) > usual);
  World rich = world;
  for (HostGroup& group : rich.scenario.tables.groups) {
    for (YearSeries& wage : group.ln_wage) {
      for (double& value : wage) value += 0.2;
    }
  }
  CHECK(rule(rich, base, 0) < usual);
}

TEST_CASE("fewer go home in 2020 and 2021, from Korea in all years and from Japan from 2019 on") {
  World world;
  const auto offset = [&](const char* group, int year) {
    world.group = group;
    world.year = year;
    return world.permits().contract / utility_scale;
  };
  CHECK(offset("japan", 2020) == doctest::Approx(offset("japan", 2019) - 1).epsilon(1e-3));
  CHECK(offset("japan", 2022) == offset("japan", 2019));
  CHECK(offset("japan", 2019) == doctest::Approx(offset("japan", 2018) - 0.45).epsilon(1e-3));
  CHECK(offset("korea", 2010) == doctest::Approx(offset("japan", 2010) - 0.55).epsilon(1e-3));
  CHECK(offset("korea", 2024) == doctest::Approx(offset("taiwan", 2024) - 0.55).epsilon(1e-3));
}
