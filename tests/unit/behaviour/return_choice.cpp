// The nested choice: closed forms, open modes, stages asked, eligibility, and every sign that its page claims.
#include "behaviour/return_choice.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr int test_year = 2026;

struct World {
  Scenario scenario = without_levers();
  double posts_chance = 0.5;
  Utilities utilities() const {
    return build_utilities(scenario, in_year(scenario, test_year), scenario.tables.groups[0], posts_chance);
  }
};

struct Case {
  Person person;
  Tastes tastes{0, 0};
  Surroundings around{};
  bool must_win_offer = false;
};

ModeUtilities modes(const Utilities& u, const Case& one) {
  return mode_utilities(u, one.person, one.tastes, one.around, one.must_win_offer);
}
double chance(const Utilities& u, const Case& one) { return return_probability(modes(u, one), u.mu); }

// Random persons, through the columns that the engine reads.
std::vector<Case> some_cases(std::uint64_t seed, std::size_t count) {
  PersonDraws draws(seed);
  Columns columns(1);
  std::vector<Case> cases;
  for (std::size_t i = 0; i < count; ++i) {
    draws.settle(columns, 0, test_year);
    Case one{person_at(columns, 0, test_year),
             {static_cast<std::int32_t>(draws.below(16384)) - 8192, 0},
             {static_cast<std::int32_t>(draws.below(60000)), static_cast<std::int32_t>(draws.below(65536)) - 32768,
              false},
             draws.chance(0.5)};
    cases.push_back(one);
  }
  return cases;
}

// That a change of the person or the surroundings never lowers (sign 1) or never raises (-1) the probability of leaving
// the stay option, and does move it for somebody. Parameters at their defaults and drawn from their ranges.
void expect_sign(int sign, const std::function<bool(Case&)>& change) {
  for (const std::uint64_t seed : {0ull, 5ull, 6ull}) {
    CAPTURE(seed);
    World world;
    if (seed > 0) world.scenario.parameters = drawn_parameters(world.scenario, seed);
    const Utilities u = world.utilities();
    int against = 0, moved = 0;
    for (const Case& one : some_cases(seed, 400)) {
      Case changed = one;
      if (!change(changed)) continue;
      const double difference = sign * (chance(u, changed) - chance(u, one));
      against += difference < 0;
      moved += difference > 0;
    }
    CHECK(against == 0);
    CHECK(moved > 20);
  }
}

// The same for a lever at a positive value; `touches` says whom it may move at all.
void expect_lever(Lever which, const std::function<bool(const Utilities&, const Case&)>& touches) {
  CAPTURE(lever_rows()[static_cast<std::size_t>(which)].path);
  World without, with;
  with.scenario.parameters.lever_house_value = without.scenario.parameters.lever_house_value = 0.3;
  hold(with.scenario, which, lever_rows()[static_cast<std::size_t>(which)].high);
  const Utilities before = without.utilities(), after = with.utilities();
  int against = 0, moved = 0, stray = 0;
  for (const Case& one : some_cases(11, 2000)) {
    const ModeUtilities low = modes(before, one), high = modes(after, one);
    for (std::size_t m = 0; m < mode_count; ++m) against += high.open[m] && high.value[m] < low.value[m];
    const bool rose = chance(after, one) > chance(before, one);
    moved += rose;
    stray += rose && !touches(before, one);
  }
  CHECK(against == 0);
  CHECK(stray == 0);
  CHECK(moved > 20);
}

}  // namespace

TEST_CASE("the probability to return is the logistic law of the inclusive value, the modes share it by exp(V / mu)") {
  for (const double mu : {0.4, 0.6, 1.0}) {
    ModeUtilities utilities;
    utilities.open = {true, true, false, true};
    utilities.value = {to_utility(-2.5), to_utility(-3), to_utility(50), to_utility(-1.5)};
    const double sum = std::exp(-2.5 / mu) + std::exp(-3 / mu) + std::exp(-1.5 / mu);
    CHECK(return_probability(utilities, mu) == doctest::Approx(1 / (1 + std::exp(-mu * std::log(sum)))).epsilon(1e-12));
  }
}

TEST_CASE("with one mode open the choice is a plain logit, whatever mu") {
  ModeUtilities utilities;
  utilities.open = {false, true, false, false};
  utilities.value[1] = to_utility(-1.25);
  for (const double mu : {0.4, 1.0}) {
    CHECK(return_probability(utilities, mu) == doctest::Approx(1 / (1 + std::exp(1.25))).epsilon(1e-12));
    CHECK(choose_mode(utilities, mu, {1, 2, 3, 4}) == Mode::entrepreneur);
  }
}

TEST_CASE("the mode is the largest V / mu + G among the open ones, by a number of its own a mode") {
  ModeUtilities utilities;
  utilities.open = {true, true, true, true};
  utilities.value = {0, 0, 0, 0};
  const std::uint32_t low = 1u << 20, high = 0xf0000000u;
  for (std::size_t m = 0; m < mode_count; ++m) {
    Words words{low, low, low, low};
    words[m] = high;
    CHECK(choose_mode(utilities, 0.6, words) == static_cast<Mode>(m));
    ModeUtilities shut = utilities;
    shut.open[m] = false;
    CHECK(choose_mode(shut, 0.6, words) != static_cast<Mode>(m));
  }
  // A gain of one mode moves people into it, never between two others.
  PersonDraws draws(3);
  for (int i = 0; i < 2000; ++i) {
    const Words words{static_cast<std::uint32_t>(draws.word()), static_cast<std::uint32_t>(draws.word()),
                      static_cast<std::uint32_t>(draws.word()), static_cast<std::uint32_t>(draws.word())};
    const Mode before = choose_mode(utilities, 0.6, words);
    ModeUtilities better = utilities;
    better.value[2] += to_utility(0.4);
    const Mode after = choose_mode(better, 0.6, words);
    CHECK((after == before || after == Mode::remote));
  }
}

TEST_CASE("remote is open to tertiary and advanced from 2015, retire from 60") {
  const Scenario scenario = without_levers();
  for (const int year : {2014, 2015}) {
    const Utilities u = build_utilities(scenario, in_year(scenario, year), scenario.tables.groups[0], 0);
    for (const Education education : {Education::secondary, Education::tertiary, Education::advanced}) {
      for (const int age : {59, 60}) {
        Case one{plain_person()};
        one.person.education = education;
        one.person.age = age;
        const ModeUtilities utilities = modes(u, one);
        CHECK(utilities.open[0]);
        CHECK(utilities.open[1]);
        CHECK(utilities.open[2] == (year == 2015 && education >= Education::tertiary));
        CHECK(utilities.open[3] == (age == 60));
      }
    }
  }
}

TEST_CASE("stages asked: papers of the naturalised, degrees of graduates, a position of those who want an offer") {
  using Stages = std::array<bool, 6>;
  Person person = plain_person();
  CHECK(stages_of(Mode::wage, person, false) == Stages{false, true, false, false, false, true});
  CHECK(stages_of(Mode::wage, person, true) == Stages{false, true, false, true, false, true});
  person.education = Education::tertiary;
  CHECK(stages_of(Mode::wage, person, true) == Stages{false, true, true, true, false, true});
  CHECK(stages_of(Mode::entrepreneur, person, true) == Stages{false, true, false, false, true, true});
  CHECK(stages_of(Mode::remote, person, true) == Stages{false, true, false, false, false, true});
  person.legal = Legal::naturalised;
  CHECK(stages_of(Mode::retire, person, true) == Stages{true, true, false, false, false, true});
  person.legal = Legal::dual;  // holds both nationalities: no papers
  CHECK(stages_of(Mode::retire, person, true) == Stages{false, true, false, false, false, true});
}

TEST_CASE("the months of a mode are those of the stages that it asks of a person") {
  Utilities u;
  u.months_q8 = {1, 20, 300, 4000, 50000, 600000};  // no two sums alike
  int compared = 0;
  for (const Legal legal : {Legal::temporary, Legal::resident, Legal::naturalised, Legal::dual, Legal::irregular}) {
    for (const Education education :
         {Education::primary, Education::secondary, Education::tertiary, Education::advanced}) {
      for (const bool must_win_offer : {false, true}) {
        Person person = plain_person();
        person.legal = legal;
        person.education = education;
        const std::array<std::int32_t, mode_count> months = months_of_modes(u, person, must_win_offer);
        for (std::size_t m = 0; m < mode_count; ++m) {
          const std::array<bool, 6> stages = stages_of(static_cast<Mode>(m), person, must_win_offer);
          std::int32_t sum = 0;
          for (std::size_t k = 0; k < stages.size(); ++k) sum += stages[k] ? u.months_q8[k] : 0;
          CHECK(months[m] == sum);
          ++compared;
        }
      }
    }
  }
  CHECK(compared == 5 * 4 * 2 * 4);
}

TEST_CASE("who wants an offer first is a lasting taste, more common among graduates") {
  const Parameters& p = baseline().parameters;
  Person graduate = plain_person(), other = plain_person();
  graduate.education = Education::tertiary;
  const auto word = [](double u) { return Tastes{0, static_cast<std::uint32_t>(u * 4294967296.0)}; };
  CHECK(offer_first(p, graduate, word(p.pipeline_offer_first - 1e-6)));
  CHECK_FALSE(offer_first(p, graduate, word(p.pipeline_offer_first + 1e-6)));
  CHECK(offer_first(p, other, word(p.pipeline_offer_first_low - 1e-6)));
  CHECK_FALSE(offer_first(p, other, word(p.pipeline_offer_first_low + 1e-6)));
}

TEST_CASE("eligible: advanced degree in science and technology, under 60; by scope all graduates for the tax") {
  World world;
  Utilities u = world.utilities();
  Person person = researcher();
  CHECK(expert_eligible(u, person));
  CHECK(tax_eligible(u, person));
  person.age = 59;
  CHECK(expert_eligible(u, person));
  person.age = 60;
  CHECK_FALSE(expert_eligible(u, person));
  CHECK_FALSE(tax_eligible(u, person));
  person = researcher();
  for (std::uint8_t sector = 0; sector < 8; ++sector) {
    person.sector = static_cast<Sector>(sector);
    CHECK(expert_eligible(u, person) == (sector < 3));  // research, ict, health
  }
  person.sector = Sector::business;
  person.education = Education::tertiary;
  CHECK_FALSE(tax_eligible(u, person));
  lever(world.scenario, Lever::tax).option = "graduates";
  u = world.utilities();
  CHECK(tax_eligible(u, person));
  CHECK_FALSE(expert_eligible(u, person));
  person.education = Education::secondary;
  CHECK_FALSE(tax_eligible(u, person));
}

TEST_CASE("the expected gain is l_tax + p_win l_top; a promise counts at one's trust") {
  World world;
  world.posts_chance = 0.25;
  hold(world.scenario, Lever::tax, 1);
  hold(world.scenario, Lever::pay, 1);
  Person person = researcher();
  person.sector = Sector::ict;
  const auto gain = [&] { return programme_gain(world.utilities(), person) / 65536.0; };
  const double tax = std::log(0.9 / 0.8), top = std::log(2.0);
  CHECK(gain() == doctest::Approx(tax + 0.25 * top).epsilon(1e-4));
  lever(world.scenario, Lever::pay).option = "all";
  CHECK(gain() == doctest::Approx(tax + top).epsilon(1e-4));
  for (const Lever which : {Lever::tax, Lever::pay}) {
    lever(world.scenario, which).announced = test_year;
    lever(world.scenario, which).enacted = lever(world.scenario, which).delivered = test_year + 3;
  }
  for (const double trust : {0.0, 0.3, 1.0}) {
    person.trust = static_cast<std::uint16_t>(trust * 65535);
    CHECK(gain() == doctest::Approx(trust * (tax + top)).epsilon(1e-3));
  }
  person.sector = Sector::services;
  CHECK(gain() == 0);
}

TEST_CASE("researchers above the mean wage weigh programmes less: 1 - damping z") {
  World world;
  hold(world.scenario, Lever::pay, 1);
  lever(world.scenario, Lever::pay).option = "all";
  const Utilities u = world.utilities();
  Person person = researcher();
  for (std::uint32_t step = 0; step < 16; ++step) {
    person.position = step;
    const double z = std::max(0.0, wage_position(step));
    CHECK(programme_gain(u, person) / 65536.0 ==
          doctest::Approx(std::log(2.0) * (1 - world.scenario.parameters.choice_researcher_damping * z)).epsilon(1e-3));
  }
}

TEST_CASE("returning rises with what is believed of pay at home, trust, peers, language, attachment, a parent") {
  expect_sign(1, [](Case& c) {  // under 60: the utility of retire falls with pay at home
    c.person.pay_belief = static_cast<std::int16_t>(c.person.pay_belief + 3000);
    return c.person.age < 60;
  });
  expect_sign(1, [](Case& c) {
    if (c.person.trust > 50000) return false;
    c.person.trust = static_cast<std::uint16_t>(c.person.trust + 10000);
    return true;
  });
  expect_sign(1, [](Case& c) { return (c.around.peer += 5000, true); });
  expect_sign(1, [](Case& c) { return c.person.language < 3 && (++c.person.language, true); });
  expect_sign(1, [](Case& c) { return (c.tastes.attachment += 2000, true); });
  expect_sign(1, [](Case& c) { return !c.person.parent && (c.person.parent = true, true); });
  expect_sign(1, [](Case& c) { return c.person.parent && !c.person.eldest && (c.person.eldest = true, true); });
}

TEST_CASE("a parent weighs more from 45 on, more for eldest sons") {
  World world;
  const Utilities u = world.utilities();
  const auto pull = [&](int age, bool eldest) {
    Case with{plain_person()};
    with.person.age = age;
    with.person.eldest = eldest;
    with.person.parent = true;
    Case without = with;
    without.person.parent = false;
    return (modes(u, with).value[0] - modes(u, without).value[0]) / utility_scale;
  };
  const Parameters& p = world.scenario.parameters;
  CHECK(pull(44, false) == doctest::Approx(p.choice_b_parent).epsilon(1e-3));
  CHECK(pull(45, false) == doctest::Approx(p.choice_b_parent * (1 + p.choice_parent_ageing)).epsilon(1e-3));
  CHECK(pull(44, true) == doctest::Approx(p.choice_b_parent * (1 + p.choice_eldest_mult)).epsilon(1e-3));
}

TEST_CASE("returning rises with a partner at home, savings at the target, the norm of generations 1.5 and later") {
  expect_sign(1, [](Case& c) {
    if (c.person.partner != Partner::none) return false;
    c.person.partner = Partner::at_home;
    return true;
  });
  expect_sign(1, [](Case& c) { return c.person.savings < 5 && (c.person.savings = 7, true); });
  expect_sign(1, [](Case& c) {
    c.around.norm += 8000;
    return c.person.generation != Generation::g1;
  });
  World world;
  const Utilities u = world.utilities();
  Case first{plain_person()};
  const double before = chance(u, first);
  first.around.norm = 30000;
  CHECK(chance(u, first) == before);  // the norm is about those who grew up abroad
}

TEST_CASE("returning rises with a lost job before 60 and with the hostility of the host") {
  expect_sign(1, [](Case& c) {
    c.around.lost_job = true;
    return c.person.age < 60;
  });
  World calm, hostile;
  hostile.scenario.tables.groups[0].hostility.fill(1);
  for (const Case& one : some_cases(4, 200)) CHECK(chance(hostile.utilities(), one) > chance(calm.utilities(), one));
}

TEST_CASE("returning falls with duration, a child, a host-born partner, perceived red tape") {
  expect_sign(-1, [](Case& c) { return (c.person.duration += 5, true); });
  expect_sign(-1, [](Case& c) { return !c.person.child && (c.person.child = true, true); });
  expect_sign(-1, [](Case& c) {
    if (c.person.partner != Partner::none) return false;
    c.person.partner = Partner::host_born;
    return true;
  });
  expect_sign(-1, [](Case& c) {
    c.person.redtape_belief = static_cast<std::uint16_t>(c.person.redtape_belief + 8000);
    return true;
  });
}

TEST_CASE("the wage mode falls with host pay and with the wage position; the other arm of the U is in entrepreneur") {
  World rich, poor;
  for (YearSeries& wage : rich.scenario.tables.groups[0].ln_wage) {
    for (double& value : wage) value += 0.3;
  }
  const Utilities u = poor.utilities(), high = rich.utilities();
  for (const Case& one : some_cases(8, 200)) {
    CHECK(modes(high, one).value[0] < modes(u, one).value[0]);
    if (one.person.position == 15) continue;
    Case above = one;
    ++above.person.position;
    if (!expert_eligible(u, one.person)) CHECK(modes(u, above).value[0] < modes(u, one).value[0]);
    // Above the mean: +.30 logit of the entrepreneur a sd, less .5 x 1.3 x .35 = .23 of the pay gap.
    if (one.person.position >= 8) CHECK(modes(u, above).value[1] > modes(u, one).value[1]);
  }
}

TEST_CASE("the utility of retire falls with pay at home: a foreign pension goes further where pay is low") {
  World world;
  const Utilities u = world.utilities();
  Case one{plain_person()};
  one.person.age = 66;
  const std::int32_t before = modes(u, one).value[3];
  one.person.pay_belief = static_cast<std::int16_t>(one.person.pay_belief + 4000);
  CHECK(modes(u, one).value[3] < before);
}

TEST_CASE("in age there is a hump under 30, a trough at 38 to 57 and a hump at 62 to 71; from 65 few come to work") {
  World world;
  const Utilities u = world.utilities();
  const auto at = [&](int age) {
    Case one{plain_person()};
    one.person.age = age;
    return chance(u, one);
  };
  CHECK(at(25) > at(33));
  CHECK(at(33) > at(45));
  CHECK(at(59) > at(45));
  CHECK(at(63) > at(59));
  CHECK(at(63) > at(75));
  Case senior{plain_person()};
  senior.person.age = 65;
  const ModeUtilities modes_at_65 = modes(u, senior);
  CHECK(modes_at_65.value[3] > modes_at_65.value[0] + to_utility(1));
  CHECK(modes_at_65.value[3] > modes_at_65.value[1] + to_utility(1));
}

TEST_CASE("no lever at a positive value lowers a mode; each moves those it is for and nobody else") {
  const auto expert = [](const Utilities& u, const Case& c) { return expert_eligible(u, c.person); };
  const auto scientist = [](const Utilities& u, const Case& c) {
    return expert_eligible(u, c.person) && c.person.sector == Sector::research;
  };
  const auto anybody = [](const Utilities&, const Case&) { return true; };
  expect_lever(Lever::tax, expert);
  expect_lever(Lever::pay, expert);
  expect_lever(Lever::funding, scientist);
  expect_lever(Lever::sandbox, anybody);
  expect_lever(Lever::housing, anybody);
  expect_lever(Lever::visa, anybody);
  expect_lever(Lever::nationality, anybody);
}

TEST_CASE("legal certainty counts whole for foreign nationals, a share for home nationals") {
  World without, with;
  hold(with.scenario, Lever::visa, 1);
  const Parameters& p = with.scenario.parameters;
  for (const Legal legal : {Legal::resident, Legal::naturalised, Legal::dual}) {
    Case one{plain_person()};
    one.person.legal = legal;
    const double rise =
        (modes(with.utilities(), one).value[0] - modes(without.utilities(), one).value[0]) / utility_scale;
    const double whole = p.choice_b_legal * p.legal_weight_visa;
    CHECK(rise == doctest::Approx(legal == Legal::resident ? whole * p.choice_legal_national : whole).epsilon(5e-3));
  }
}
