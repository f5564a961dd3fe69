// What time does to a person: death, unions, births, children, parents, nationality, by scripted draws; and the tables
// of probabilities against the page.
#include "behaviour/ageing.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr std::uint32_t never = 0xffffffffu;
constexpr Words nothing{never, never, never, never};

LifeTables life(const Scenario& scenario, int year = 2015, const std::string& group = "usa") {
  return build_life_tables(scenario, in_year(scenario, year), group_named(scenario, group), 0.01, 0.2, 0.1);
}

struct Life {
  Sex sex = Sex::female;
  Generation generation = Generation::g1;
  Status status = Status::settled;
  Partner partner = Partner::none;
  bool child = false, parent = false;
  int age = 30;
};

std::uint16_t fixed(const Life& one) {
  const bool born_abroad = one.generation == Generation::g2 || one.generation == Generation::g3;
  return traits::pack(one.sex, one.generation, born_abroad ? MigrantClass::host_born : MigrantClass::family,
                      Education::secondary, Sector::services, 8, false);
}
std::uint32_t state_of(const Life& one) {
  std::uint32_t now = state::StatusField::set(0, code(one.status));
  now = state::PartnerField::set(now, code(one.partner));
  now = state::ChildField::set(now, one.child ? 1 : 0);
  return state::ParentField::set(now, one.parent ? 1 : 0);
}

struct After {
  LifeEvents events;
  Partner partner;
  bool child, parent;
};
After live(const LifeTables& tables, const Life& one, const Words& words) {
  std::uint32_t now = state_of(one);
  const LifeEvents events = live_a_year(tables, now, fixed(one), one.age, words);
  return {events, static_cast<Partner>(state::PartnerField::get(now)), state::ChildField::get(now) != 0,
          state::ParentField::get(now) != 0};
}

double probability(std::uint32_t word_threshold) { return word_threshold / 4294967296.0; }
constexpr std::uint32_t high_half(double u) { return static_cast<std::uint32_t>(u * 65536) << 16 | 0xffffu; }
constexpr std::uint32_t low_half(double u) { return 0xffff0000u | static_cast<std::uint32_t>(u * 65536); }

}  // namespace

TEST_CASE("death within the year is 1 - exp(-m) of the group's life table, by sex, age and year; nobody passes 119") {
  const Scenario& scenario = baseline();
  for (const char* name : {"usa", "japan", "cambodia"}) {
    const HostGroup& group = group_named(scenario, name);
    for (const MortalitySchedule& schedule : scenario.tables.mortality) {
      if (schedule.code != group.mortality) continue;
      for (const int year : {2004, 2030}) {
        const LifeTables tables = life(scenario, year, name);
        for (std::size_t sex = 0; sex < 2; ++sex) {
          for (std::size_t age = 0; age < 120; ++age) {
            const double m = static_cast<double>(schedule.rate[sex][year_index(year)][std::min<std::size_t>(age, 110)]);
            CHECK(probability(tables.death[sex][age]) == doctest::Approx(1 - std::exp(-m)).epsilon(1e-5).scale(1e-4));
          }
          CHECK(tables.death[sex][120] == never);
          for (std::size_t age = 31; age <= 110; ++age) CHECK(tables.death[sex][age] >= tables.death[sex][age - 1]);
        }
        for (std::size_t age = 30; age < 95; ++age) CHECK(tables.death[1][age] > tables.death[0][age]);
      }
    }
  }
}

TEST_CASE("births are fertility x asfr_mult x a factor of the family; fathers are father_gap years older") {
  const Scenario& scenario = baseline();
  const Parameters& p = scenario.parameters;
  const LifeTables tables = life(scenario);
  const FertilitySchedule& schedule = scenario.tables.fertility.front();
  const std::array<double, 3> factor{p.demography_birth_single, p.demography_birth_partnered,
                                     p.demography_birth_temporary};
  const auto gap = static_cast<std::size_t>(std::lround(p.demography_father_gap));
  for (std::size_t kind = 0; kind < 3; ++kind) {
    for (std::size_t age = 15; age < 60; ++age) {
      const double expected = schedule.births[age] * p.demography_asfr_mult * factor[kind];
      CHECK(probability(tables.birth[kind][age]) == doctest::Approx(expected).epsilon(1e-5).scale(1e-3));
      CHECK(tables.fathering[kind][age + gap] == tables.birth[kind][age]);
    }
    CHECK(tables.birth[kind][60] == 0);
  }
  CHECK(tables.birth[1][27] > tables.birth[0][27]);
  CHECK(tables.birth[0][27] > tables.birth[2][27]);
}

TEST_CASE("family: temporary permits first, then a partner abroad; a partner at home counts as none") {
  CHECK(family_life(state_of({.status = Status::contract, .partner = Partner::co_national})) == FamilyLife::temporary);
  CHECK(family_life(state_of({.status = Status::student})) == FamilyLife::temporary);
  CHECK(family_life(state_of({.partner = Partner::host_born})) == FamilyLife::partnered);
  CHECK(family_life(state_of({.partner = Partner::co_national})) == FamilyLife::partnered);
  CHECK(family_life(state_of({.partner = Partner::at_home})) == FamilyLife::single);
  CHECK(family_life(state_of({})) == FamilyLife::single);
  CHECK(family_life(state_of({.status = Status::preparing, .partner = Partner::host_born})) == FamilyLife::partnered);
}

TEST_CASE("in a year without a draw come true nothing changes") {
  const LifeTables tables = life(baseline());
  for (const bool child : {false, true}) {
    for (const Partner partner : {Partner::none, Partner::host_born, Partner::at_home}) {
      const After after = live(tables, {.partner = partner, .child = child, .parent = true}, nothing);
      CHECK(after.partner == partner);
      CHECK(after.child == child);
      CHECK(after.parent);
      CHECK_FALSE(after.events.child_born);
      CHECK_FALSE(after.events.parent_illness);
    }
  }
}

TEST_CASE("a birth to a woman is a child and an agent, to a man a child only") {
  const LifeTables tables = life(baseline());
  const Words birth{never, 0, never, never};
  const After mother = live(tables, {}, birth), father = live(tables, {.sex = Sex::male, .age = 33}, birth);
  CHECK(mother.events.child_born);
  CHECK(mother.child);
  CHECK_FALSE(father.events.child_born);
  CHECK(father.child);
  // A newborn stays a child this year, even if the last elder one has just grown up.
  const After both = live(tables, {.child = true}, {never, 0, never, low_half(0)});
  CHECK(both.child);
}

TEST_CASE("unions: single and settled, 24 to 39; host-born partners for those who grew up abroad only") {
  const Scenario& scenario = baseline();
  const Parameters& p = scenario.parameters;
  const LifeTables tables = life(scenario);
  const auto meets = [&](const Life& one, double u) {
    return live(tables, one, {never, never, high_half(u), never}).partner;
  };
  for (const int age : {23, 24, 39, 40}) {
    CHECK((meets({.age = age}, 0) == Partner::co_national) == (age >= 24 && age <= 39));
  }
  CHECK(meets({}, p.demography_union_rate - 0.001) == Partner::co_national);
  CHECK(meets({}, p.demography_union_rate + 0.001) == Partner::none);
  CHECK(meets({.status = Status::contract}, 0) == Partner::none);
  CHECK(meets({.status = Status::student}, 0) == Partner::none);
  const double split = p.demography_union_rate * p.demography_union_host_born;
  for (const Generation g : {Generation::g15, Generation::g2, Generation::g3}) {
    CHECK(meets({.generation = g}, split - 0.001) == Partner::host_born);
    CHECK(meets({.generation = g}, split + 0.001) == Partner::co_national);
  }
}

TEST_CASE("a partner at home joins a settled person, not somebody on a permit") {
  const Scenario& scenario = baseline();
  const LifeTables tables = life(scenario);
  const auto joins = [&](Status status, double u) {
    return live(tables, {.status = status, .partner = Partner::at_home, .age = 50}, {never, never, high_half(u), never})
        .partner;
  };
  const double rate = scenario.parameters.demography_partner_joins;
  CHECK(joins(Status::settled, rate - 0.001) == Partner::co_national);
  CHECK(joins(Status::preparing, rate - 0.001) == Partner::co_national);
  CHECK(joins(Status::settled, rate + 0.001) == Partner::at_home);
  CHECK(joins(Status::contract, 0) == Partner::at_home);
}

TEST_CASE("the last child grows up, faster from 50; the last parent dies, faster from 40 and from 55; illness before") {
  const Scenario& scenario = baseline();
  const Parameters& p = scenario.parameters;
  const LifeTables tables = life(scenario);
  for (const int age : {30, 39, 40, 49, 50, 54, 55, 80}) {
    CAPTURE(age);
    const double clears = age >= 50 ? p.demography_child_clears_old : p.demography_child_clears;
    const auto child = [&](double u) {
      return live(tables, {.child = true, .age = age}, {never, never, never, low_half(u)}).child;
    };
    CHECK_FALSE(child(clears - 0.001));
    CHECK(child(clears + 0.001));
    const double ends = age < 40   ? p.demography_parent_ends_young
                        : age < 55 ? p.demography_parent_ends_mid
                                   : p.demography_parent_ends_old;
    const auto parent = [&](double u) {
      return live(tables, {.parent = true, .age = age}, {never, never, low_half(u), never}).parent;
    };
    CHECK_FALSE(parent(ends - 0.001));
    CHECK(parent(ends + 0.001));
  }
  const auto ill = [&](bool parent, double u) {
    return live(tables, {.parent = parent}, {never, never, never, high_half(u)}).events.parent_illness;
  };
  CHECK(ill(true, p.demography_parent_illness - 0.001));
  CHECK_FALSE(ill(true, p.demography_parent_illness + 0.001));
  CHECK_FALSE(ill(false, 0));
}

TEST_CASE(
    "naturalisation rises with the host's tolerance, above a floor; dual nationals with the lever, none without") {
  Scenario scenario = without_levers();
  const Parameters& p = scenario.parameters;
  for (const HostGroup& group : scenario.tables.groups) {
    const LifeTables tables = life(scenario, 2015, group.code);
    CHECK(probability(tables.naturalise) ==
          doctest::Approx(p.demography_naturalise * std::max(p.demography_naturalise_floor, group.dual_tolerance))
              .epsilon(1e-5));
    CHECK(tables.dual == 0);
  }
  hold(scenario, Lever::nationality, 0.5);
  CHECK(probability(life(scenario).dual) == doctest::Approx(p.demography_dual * 0.5).epsilon(1e-5));
  CHECK(life(scenario).naturalise_years == std::lround(p.demography_naturalise_years));
}

TEST_CASE("joining an association: density, the lever, a visit; savings rise with the wage position up to a cap") {
  Scenario scenario = without_levers();
  const Parameters& p = scenario.parameters;
  const double density = group_named(scenario, "usa").association_density;
  const auto join = [&](std::size_t visited) { return probability(life(scenario).association_join[visited]); };
  CHECK(join(0) == doctest::Approx(p.community_association_join * density).epsilon(1e-5));
  CHECK(join(1) ==
        doctest::Approx(p.community_association_join * density * p.community_association_visit).epsilon(1e-5));
  hold(scenario, Lever::associations, 0.5);
  CHECK(join(0) == doctest::Approx(p.community_association_join * density * 1.5).epsilon(1e-5));
  const LifeTables tables = life(scenario);
  for (std::uint32_t step = 0; step < 16; ++step) {
    const double expected = std::min(
        p.community_target_cap, p.community_target_step * std::exp(p.community_target_position * wage_position(step)));
    CHECK(tables.savings_step[step] / 65536.0 == doctest::Approx(expected).epsilon(1e-3));
    if (step > 0) CHECK(tables.savings_step[step] >= tables.savings_step[step - 1]);
  }
  CHECK(tables.language_gain == 0);
  hold(scenario, Lever::language, 1);
  CHECK(probability(life(scenario).language_gain) == doctest::Approx(p.lever_lang_gain).epsilon(1e-5));
}

TEST_CASE("a job is lost as often as the host's table says") {
  Scenario scenario = without_levers();
  CHECK(life(scenario).job_loss == 0);
  for (HostGroup& group : scenario.tables.groups) group.job_loss.fill(0.08);
  CHECK(life(scenario).job_loss / 65536.0 == doctest::Approx(0.08).epsilon(1e-3));
}
