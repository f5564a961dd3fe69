// Funded posts: a quota for each field, a lottery in December, the true offer in January.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "support/still_world.h"

using namespace homeward;
using namespace homeward::test;

namespace {

constexpr std::uint64_t seed = 77;

// Nobody refuses; relocation takes for ever.
Scenario world_with_posts(double posts) {
  Scenario scenario = still_scenario();
  scenario.parameters.pipeline_c_commit = 20;
  lever_of(scenario, Lever::posts) = from_year(Lever::posts, first_year, posts);
  return scenario;
}

Sketch applicant(Sector sector) {
  Sketch sketch = waiting(Stage::position);
  sketch.sector = sector;
  return sketch;
}

bool holds_post(const Simulation& simulation, std::uint64_t key) {
  return state::PostField::get(simulation.population().columns.state[slot_of(simulation, key)]) != 0;
}
std::size_t winners(const Simulation& simulation, const std::vector<std::uint64_t>& keys) {
  return static_cast<std::size_t>(
      std::count_if(keys.begin(), keys.end(), [&](std::uint64_t key) { return holds_post(simulation, key); }));
}

struct Trade {
  Sector sector;
  std::size_t applicants;
  std::vector<std::uint64_t> people = {};
};

}  // namespace

TEST_CASE("each field has its share of the posts, and posts without applicants lapse") {
  const Scenario scenario = world_with_posts(20);
  HandMade people(scenario, {200});
  std::vector<Trade> fields{{Sector::research, 50}, {Sector::ict, 40}, {Sector::health, 2}};
  for (Trade& field : fields) {
    for (std::size_t i = 0; i < field.applicants; ++i) field.people.push_back(people.add(applicant(field.sector)));
  }
  Simulation simulation(scenario, people.take(), seed, {});
  Diary diary;
  simulation.step(2004, diary);
  // 20 posts: 10, 7, 3 by field; the third for health is nobody's.
  CHECK(winners(simulation, fields[0].people) == 10);
  CHECK(winners(simulation, fields[1].people) == 7);
  CHECK(winners(simulation, fields[2].people) == 2);

  // The next year's posts are those of that year alone: holders grow by one quota, not by what lapsed.
  simulation.step(2005, diary);
  CHECK(winners(simulation, fields[0].people) == 20);
  CHECK(winners(simulation, fields[1].people) == 14);
  CHECK(winners(simulation, fields[2].people) == 2);
}

TEST_CASE("among equals in merit the lot decides, whatever the order of people and blocks") {
  const Scenario scenario = world_with_posts(20);
  constexpr std::size_t count = 120;
  const auto key_of = [](std::size_t i) {
    return initial_key(text_key("applicant"), 2, static_cast<std::uint32_t>(i));
  };
  std::set<std::uint64_t> first;
  struct Way {
    std::uint32_t block_slots;
    bool backwards;
    int threads;
  };
  for (const Way& way : {Way{8192, false, 1}, {16, false, 1}, {16, true, 1}, {16, true, 3}}) {
    CAPTURE(way.block_slots);
    CAPTURE(way.backwards);
    HandMade people(scenario, std::vector<std::uint32_t>(10, 12), way.block_slots);
    std::vector<std::uint64_t> keys;
    for (std::size_t i = 0; i < count; ++i) {
      const auto rank = static_cast<std::uint32_t>(way.backwards ? count - 1 - i : i);
      keys.push_back(people.put(rank, applicant(Sector::research), key_of(i)));
    }
    Simulation simulation(scenario, people.take(), seed, {way.threads, 1});
    NoSink nobody;
    simulation.step(2004, nobody);
    std::set<std::uint64_t> won;
    for (const std::uint64_t key : keys) {
      if (holds_post(simulation, key)) won.insert(key);
    }
    // The ten lowest lots of the year.
    const Stream posts(seed, Purpose::posts);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> lots;
    for (const std::uint64_t key : keys) {
      const Words words = posts.words(key, 2004);
      lots.emplace_back((std::uint64_t{words[0]} << 32) | words[1], key);
    }
    std::sort(lots.begin(), lots.end());
    std::set<std::uint64_t> lowest;
    for (std::size_t i = 0; i < 10; ++i) lowest.insert(lots[i].second);
    CHECK(won == lowest);
    if (first.empty()) first = won;
    CHECK(won == first);
  }
}

TEST_CASE("a quota that is not whole is met on average") {
  // 1 post a year over 2004 to 2045, 12 seeds: research gets .5 a year, each year 0 or 1. Binomial of 504 halves: 5
  // standard deviations are 56, false-positive rate 6e-7.
  const Scenario scenario = world_with_posts(1);
  std::size_t given = 0;
  for (std::uint64_t s = 0; s < 12; ++s) {
    HandMade people(scenario, {60});
    std::vector<std::uint64_t> applicants;
    // Young enough to be eligible to the end.
    for (int i = 0; i < 60; ++i) {
      Sketch sketch = applicant(Sector::research);
      sketch.birth = 1990;
      applicants.push_back(people.add(sketch));
    }
    Simulation simulation(scenario, people.take(), s, {});
    NoSink nobody;
    std::size_t before = 0;
    for (int year = first_year; year <= last_year; ++year) {
      simulation.step(year, nobody);
      const std::size_t now = winners(simulation, applicants);
      REQUIRE(now - before <= 1);
      before = now;
    }
    given += before;
  }
  CHECK(std::abs(static_cast<double>(given) - 252) < 56.1);
}

TEST_CASE("posts are thinned with the people") {
  const Scenario scenario = world_with_posts(200);
  HandMade people(scenario, {200});
  std::vector<std::uint64_t> applicants;
  for (int i = 0; i < 200; ++i) applicants.push_back(people.add(applicant(Sector::research)));
  Simulation simulation(scenario, people.take(), seed, {1, 0.25});
  NoSink nobody;
  simulation.step(2004, nobody);
  CHECK(winners(simulation, applicants) == 25);
}

TEST_CASE("only the eligible who wait for a position in December get one") {
  const Scenario scenario = world_with_posts(2000);
  HandMade people(scenario, {16});
  const std::uint64_t eligible = people.add(applicant(Sector::health));
  std::vector<std::uint64_t> others;
  Sketch sketch = applicant(Sector::research);
  sketch.education = Education::tertiary;
  others.push_back(people.add(sketch));
  others.push_back(people.add(applicant(Sector::business)));
  sketch = applicant(Sector::research);
  sketch.birth = 2004 - 60;  // 60 is too old by default
  others.push_back(people.add(sketch));
  others.push_back(people.add(waiting(Stage::recognition)));
  others.push_back(people.add(waiting(Stage::relocation)));
  sketch = applicant(Sector::research);
  sketch.status = Status::settled;
  others.push_back(people.add(sketch));
  Simulation simulation(scenario, people.take(), seed, {});
  NoSink nobody;
  simulation.step(2004, nobody);
  CHECK(holds_post(simulation, eligible));
  CHECK(winners(simulation, others) == 0);
}

TEST_CASE("winners take the post in January, without more waiting") {
  Scenario scenario = world_with_posts(20);
  scenario.parameters.pipeline_d_relocation = 1;
  HandMade people(scenario, {100});
  std::vector<std::uint64_t> applicants;
  for (int i = 0; i < 40; ++i) {
    Sketch sketch = applicant(Sector::research);
    sketch.months = 5;
    applicants.push_back(people.add(sketch));
  }
  Simulation simulation(scenario, people.take(), seed, {});
  Diary diary;
  simulation.step(2004, diary);
  REQUIRE(winners(simulation, applicants) == 10);
  CHECK(diary.pipeline[code(Stage::position)].completed == 0);
  std::vector<std::uint64_t> won;
  for (const std::uint64_t key : applicants) {
    if (holds_post(simulation, key)) won.push_back(key);
  }
  simulation.step(2005, diary);
  // 5 months and the twelve of 2004; then a month of relocation, and home, with the post.
  CHECK(diary.pipeline[code(Stage::position)].completed == 10);
  CHECK(diary.pipeline[code(Stage::position)].months == 170);
  CHECK(diary.pipeline[code(Stage::relocation)].months == 10);
  CHECK(diary.who(Event::return_settled) == in_order(won));
  for (const std::uint64_t key : won) {
    CHECK(status_of(simulation, key) == Status::returned);
    CHECK(holds_post(simulation, key));
  }
}

TEST_CASE("winners may refuse the true offer; they are settled again, without the post and without loss of trust") {
  Scenario scenario = world_with_posts(20);
  scenario.parameters.pipeline_c_commit = -20;
  HandMade people(scenario, {100});
  std::vector<std::uint64_t> applicants;
  for (int i = 0; i < 40; ++i) applicants.push_back(people.add(applicant(Sector::research)));
  Simulation simulation(scenario, people.take(), seed, {});
  Diary diary;
  simulation.step(2004, diary);
  std::vector<std::uint64_t> won;
  for (const std::uint64_t key : applicants) {
    if (holds_post(simulation, key)) won.push_back(key);
  }
  REQUIRE(won.size() == 10);
  simulation.step(2005, diary);
  CHECK(diary.who(Event::refused) == in_order(won));
  CHECK(diary.who(Event::abandoned).empty());
  for (const std::uint64_t key : won) {
    CHECK(status_of(simulation, key) == Status::settled);
    CHECK(!holds_post(simulation, key));
    CHECK(simulation.population().columns.trust[slot_of(simulation, key)] == 40000);
  }
}
