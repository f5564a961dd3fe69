// The fast decisions equal the slow readable twin, person for person: every utility, attention, the probability to
// return, the mode; and what the engine decides in a year is what the twin decides.
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "unit/behaviour/handmade_world.h"
#include "unit/behaviour/random_person.h"
#include "unit/behaviour/slow_choice.h"
#include "unit/behaviour/slow_surroundings.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr std::uint32_t persons_a_group = 1000;
// How far the table of the logistic law may be from the law (tests/unit/base/fixed_point.cpp): a uniform number this
// close to a threshold decides nothing about who is right.
constexpr double table_error = 1e-6;

// HOMEWARD_TEST_SEED repeats a failure or tries new persons.
std::uint64_t test_seed() {
  const char* wanted = std::getenv("HOMEWARD_TEST_SEED");
  return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 20260214;
}

struct Policy {
  std::string name;
  Scenario scenario;
};

// Everything on, some of it promised only, other options, hosts hostile, all parameters drawn from their ranges.
Scenario everything(std::uint64_t seed) {
  Scenario scenario = baseline();
  scenario.parameters = drawn_parameters(scenario, seed);
  for (std::size_t i = 0; i < lever_count; ++i) {
    LeverSchedule& schedule = scenario.levers[i];
    schedule.value.fill(lever_rows()[i].high * 0.6);
    if (i % 3 == 0) {
      schedule.announced = 2010;
      schedule.enacted = 2012;
      schedule.delivered = schedule.promised = 2030;
    }
  }
  lever(scenario, Lever::tax).option = seed % 2 == 0 ? "graduates" : "experts";
  lever(scenario, Lever::pay).option = seed % 2 == 0 ? "all" : "posts";
  for (HostGroup& group : scenario.tables.groups) {
    for (int year = 2010; year <= last_year; ++year) group.hostility[year_index(year)] = 0.7;
  }
  return scenario;
}

std::vector<Policy> policies(std::uint64_t seed) {
  return {{"baseline", baseline()},
          {"Resolution 57 as written", load_shipped("what-if/resolution-57.yaml")},
          {"everything, parameters drawn", everything(2 * seed)},
          {"everything, parameters drawn again", everything(2 * seed + 1)}};
}

constexpr int years[] = {2005, 2014, 2015, 2026, 2031, 2045};

// The lasting tastes: eta in 4,096 equally likely steps on the grid of utilities; who must win an offer first.
struct SlowTastes {
  double eta;
  bool must_win_offer;
};
SlowTastes slow_tastes(const Parameters& p, const Stream& taste, const Person& person) {
  const Words words = taste.words(person.key, 0);
  const double step = ((words[0] >> 20) + 0.5) / 4096;
  const double share =
      person.education >= Education::tertiary ? p.pipeline_offer_first : p.pipeline_offer_first_low;
  return {std::round(exact_normal_quantile(step) * utility_scale) / utility_scale, uniform(words[1]) < share};
}

}  // namespace

TEST_CASE("utilities and probabilities equal the slow twin's: 21,000 random persons a year, six years, four policies") {
  const std::uint64_t seed = test_seed();
  MESSAGE("seed " << seed);
  PersonDraws draws(seed);
  const Stream taste(seed, Purpose::taste);
  Columns columns(1);
  std::int64_t persons = 0;
  for (const Policy& policy : policies(seed)) {
    CAPTURE(policy.name);
    std::int64_t wrong_attention = 0, wrong_utility = 0, wrong_taste = 0;
    double worst_attention = 0, worst_return = 0, worst_logit = 0;
    const std::vector<HomeYear> homes = home_years(policy.scenario);
    for (const int year : years) {
      const HomeYear& home = homes[year_index(year)];
      for (const HostGroup& group : policy.scenario.tables.groups) {
        const double posts_chance = 0.4;
        const Utilities u = build_utilities(policy.scenario, home, group, posts_chance);
        const slow::Choice twin(policy.scenario, home, group, posts_chance, slow::Grid::steps);
        const slow::Choice unrounded(policy.scenario, home, group, posts_chance, slow::Grid::none);
        for (std::uint32_t i = 0; i < persons_a_group; ++i, ++persons) {
          draws.settle(columns, 0, year);
          columns.key[0] = draws.word();
          const Person person = person_at(columns, 0, year);
          const Occasions occasions{draws.chance(0.3), draws.chance(0.3), draws.chance(0.2), draws.chance(0.2)};
          const auto peer = draws.chance(0.5) ? 0 : static_cast<std::int32_t>(draws.below(65537));
          const auto norm = static_cast<std::int32_t>(draws.below(65536)) - 32768;
          const slow::Around around{occasions.visited, occasions.shock, occasions.invited, occasions.lost_job,
                                    peer / 65536.0,    norm / 65536.0};
          const Tastes tastes = tastes_of(taste, person.key);
          const SlowTastes expected = slow_tastes(policy.scenario.parameters, taste, person);
          wrong_taste += tastes.attachment != std::llround(expected.eta * utility_scale) ||
                         offer_first(policy.scenario.parameters, person, tastes) != expected.must_win_offer;

          const std::int32_t attention = attention_utility(u, person.trust, person.network, occasions, peer);
          const ModeUtilities fast =
              mode_utilities(u, person, tastes, {peer, norm, occasions.lost_job}, expected.must_win_offer);
          const slow::Decision slow_one = twin.decide(person, expected.eta, expected.must_win_offer, around);
          const slow::Decision exact_one = unrounded.decide(person, expected.eta, expected.must_win_offer, around);
          wrong_attention += attention != std::llround(twin.attention(person, around) * utility_scale);
          for (std::size_t m = 0; m < mode_count; ++m) {
            wrong_utility += fast.open[m] != slow_one.open[m];
            if (!slow_one.open[m]) continue;
            wrong_utility += fast.value[m] != std::llround(slow_one.utility[m] * utility_scale);
            worst_logit = std::max(worst_logit, std::abs(fast.value[m] / utility_scale - exact_one.utility[m]));
          }
          const double attends = logistic_table().threshold(attention) / 4294967296.0;
          worst_attention = std::max(worst_attention, std::abs(attends - slow_one.attends));
          worst_return = std::max(worst_return, std::abs(return_probability(fast, u.mu) - slow_one.returns));
        }
      }
    }
    CHECK(wrong_taste == 0);
    CHECK(wrong_attention == 0);
    CHECK(wrong_utility == 0);
    CHECK(worst_attention < table_error);
    CHECK(worst_return < 1e-12);
    // Some twenty terms, each within a step of 1/4096: rounding never moves a utility by more than this.
    CHECK(worst_logit < 20 / utility_scale);
  }
  CHECK(persons >= 20000 * 6 * 4);
}

namespace {

// A scenario in which people are as the test made them when they choose. `lifted`: most think of return and many go.
Scenario for_the_engine(const Scenario& from, bool lifted) {
  Scenario scenario = quiet(from);
  // Visits, lay-offs and invitations happen to all of some hosts and to nobody elsewhere: they need no draw.
  scenario.parameters.visits_v0 = 1000;
  scenario.parameters.attention_invitees = 1e6;
  if (lifted) {
    scenario.parameters.attention_a0 = -0.5;
    scenario.parameters.choice_k0 = -1;
  }
  for (std::size_t g = 0; g < scenario.tables.groups.size(); ++g) {
    scenario.tables.groups[g].visit_multiplier = g % 2 == 0 ? 1 : 0;
    if (g % 3 == 0) scenario.tables.groups[g].job_loss.fill(1);
  }
  scenario.parameters.pipeline_h_ab = 0;  // nobody gives up: what was entered can still be seen
  return scenario;
}

// Settled people of all kinds; one in ten is a returnee of last year, one in twenty returned and left again.
void people_the_world(HandmadeWorld& world, PersonDraws& draws, int year) {
  Columns& columns = world.columns();
  for (const std::uint32_t s : world.slots()) {
    draws.settle(columns, s, year);
    if (columns.arrival[s] == year - birth_year_base) --columns.arrival[s];  // nobody arrives this year
    const std::uint32_t kind = draws.below(20);
    if (kind < 2) columns.state[s] = state::StatusField::set(columns.state[s], code(Status::returned));
    if (kind == 2) columns.state[s] = state::BadStoryField::set(columns.state[s], 1);
    if (kind < 3) columns.year[s] = static_cast<std::uint8_t>(first_year - 1 - birth_year_base);
  }
}

struct Score {
  std::int64_t people = 0, attentive = 0, returning = 0, undecidable = 0;
  std::int64_t wrong_attention = 0, wrong_return = 0, wrong_mode = 0, wrong_entry = 0;
};

void compare_year(const Scenario& scenario, std::uint64_t seed, int year, PersonDraws& draws, Score& score) {
  HandmadeWorld world(scenario, all_groups(scenario), persons_a_group, seed);
  people_the_world(world, draws, year);
  const Looks looks = look(world, world.columns());
  std::vector<Person> people;
  for (const std::uint32_t s : world.slots()) people.push_back(person_at(world.columns(), s, year));
  world.start();
  const Ties ties(seed, world.layout());
  const YearSeen seen = world.step(year);
  const auto attentive = seen.of(Event::attentive), intending = seen.of(Event::intending);
  const HomeYear& home = world.home(year);
  // Nobody applied for a post last year: whoever is eligible counts on one where there are any.
  const double posts_chance = home.posts > 0 ? 1 : 0;
  std::int64_t papers = 0, residence = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Person& person = people[i];
    if (person.status != Status::settled) continue;
    const std::uint32_t s = world.slots()[i];
    const HostGroup& group = world.group(i);
    const slow::Choice twin(scenario, home, group, posts_chance, slow::Grid::steps);
    const auto time = static_cast<std::uint32_t>(year);
    const Words social = world.streams().social.words(person.key, time);

    slow::Around around;
    around.visited = group.visit_multiplier > 0;
    around.lost_job = person.age < 62 && group.job_loss[year_index(year)] > 0;
    around.shock = person.age == 62 || person.age == 65 || around.lost_job;
    around.invited = person.network && home.lever(Lever::events) > 0;
    around.peer = slow_peer(scenario.parameters, world, world.now(), ties, looks, i) / 65536.0;
    const Neighbourhood& circle = looks.circles.at({world.hosts()[i], world.now().community[s]});
    if (circle.first > 0) around.norm = mean_of(circle.first_trust, circle.first) / 65536 - 0.5;

    const SlowTastes tastes = slow_tastes(scenario.parameters, world.streams().taste, person);
    const slow::Decision decision = twin.decide(person, tastes.eta, tastes.must_win_offer, around);
    const double u = social[2] * 0x1p-32, goes = decision.attends * decision.returns;
    ++score.people;
    const auto entered = intending.find(s);
    if (entered != intending.end()) (person.legal == Legal::naturalised ? papers : residence) += 1;
    if (std::abs(u - decision.attends) < table_error || std::abs(u - goes) < table_error) {
      ++score.undecidable;
      continue;
    }
    score.attentive += u < decision.attends;
    score.returning += u < goes;
    score.wrong_attention += (u < decision.attends) != (attentive.count(s) != 0);
    score.wrong_return += (u < goes) != (entered != intending.end());
    if (u >= goes || entered == intending.end()) continue;
    const Words gumbel = world.streams().choice_mode.words(person.key, time);
    const auto best = twin.best_mode(
        decision, {uniform(gumbel[0]), uniform(gumbel[1]), uniform(gumbel[2]), uniform(gumbel[3])});
    if (best.lead > 1e-9) score.wrong_mode += best.mode != entered->second.mode;
    const std::uint32_t now = world.now().state[s];
    if (state::StatusField::get(now) != code(Status::preparing)) continue;
    score.wrong_entry +=
        state::OfferFirstField::get(now) != (best.mode == Mode::wage && tastes.must_win_offer ? 1u : 0u);
  }
  // The first stage is papers for nationals of the host, else residence; only from there does one go on.
  score.wrong_entry += seen.pipeline[0].entered != papers;
  score.wrong_entry += seen.pipeline[1].entered != residence + seen.pipeline[0].completed;
}

}  // namespace

TEST_CASE("a year of the engine decides as the slow twin does: 21,000 persons a year, with ties, visits and shocks") {
  const std::uint64_t seed = test_seed();
  MESSAGE("seed " << seed);
  PersonDraws draws(seed + 1);
  Score all;
  for (const Policy& policy : policies(seed)) {
    CAPTURE(policy.name);
    Score score;
    for (const int year : {2005, 2015, 2031}) {
      const Scenario scenario = for_the_engine(policy.scenario, year != 2005);
      compare_year(scenario, seed + static_cast<std::uint64_t>(year), year, draws, score);
    }
    CHECK(score.wrong_attention == 0);
    CHECK(score.wrong_return == 0);
    CHECK(score.wrong_mode == 0);
    CHECK(score.wrong_entry == 0);
    // The comparison has something to compare, and leaves next to nobody out.
    CHECK(score.people > 50000);
    CHECK(score.attentive > 10000);
    CHECK(score.returning > 2000);
    CHECK(score.undecidable < 30);
    all.people += score.people;
    all.returning += score.returning;
  }
  MESSAGE(all.people << " decisions, " << all.returning << " of them to return");
}
