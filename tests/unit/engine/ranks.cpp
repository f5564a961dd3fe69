// Whoever left last year makes room, and everybody else stays who they are.
#include <doctest/doctest.h>

#include <cstring>
#include <map>
#include <string>

#include "engine/schedule.h"
#include "support/still_world.h"
#include "unit/engine/random_block.h"

using namespace homeward;
using namespace homeward::test;

namespace {

// All columns of a slot as bytes.
std::string person_in(const Columns& columns, std::uint32_t slot) {
  std::string bytes;
  Columns::each(columns, [&](const auto* column) {
    bytes.append(reinterpret_cast<const char*>(column + slot), sizeof(*column));
  });
  return bytes;
}

// How often each person is among those who live in `count` slots from `first` on.
std::map<std::string, int> people_in(const Columns& columns, std::uint32_t first, std::uint32_t count) {
  std::map<std::string, int> people;
  for (std::uint32_t s = first; s < first + count; ++s) {
    if (state::StatusField::get(columns.state[s]) != code(Status::empty)) ++people[person_in(columns, s)];
  }
  return people;
}

// Closes the ranks of a block of columns; returns the slots then in use.
std::uint32_t close(Columns& columns, const Block& block, std::uint32_t used) {
  const Scenario scenario = still_scenario();
  HandMade nobody(scenario, {1});
  Simulation simulation(scenario, nobody.take(), 1, {});
  const YearTables tables = build_year_tables(scenario, simulation.years().front(), {});
  const Streams streams(1);
  Workspace work(used + 1, 1, 1);
  BlockYear year{simulation, 0, block, first_year, tables, tables.groups[0], scenario.parameters, streams, columns,
                 work, used};
  // In no order: as people leave in the year.
  for (std::uint32_t s = used; s-- > 0;) {
    const std::uint32_t slot = block.first_slot + (s * 7919u) % used;
    if (state::StatusField::get(columns.state[slot]) == code(Status::empty)) work.gone.push_back(slot);
  }
  close_ranks(year);
  return used;
}

}  // namespace

TEST_CASE("ranks close: everybody stays, with all columns, and no slot in use is empty") {
  // Who has left: of 0 to 70 people nobody, all, the first, the last, a run at either end, or some by a draw.
  struct Pattern {
    const char* name;
    bool (*left)(std::uint32_t i, std::uint32_t used, testing::PersonDraws& draws);
  };
  using Draws = testing::PersonDraws;
  const Pattern patterns[] = {
      {"nobody", [](std::uint32_t, std::uint32_t, Draws&) { return false; }},
      {"all", [](std::uint32_t, std::uint32_t, Draws&) { return true; }},
      {"the first", [](std::uint32_t i, std::uint32_t, Draws&) { return i == 0; }},
      {"the last", [](std::uint32_t i, std::uint32_t used, Draws&) { return i + 1 == used; }},
      {"the first half", [](std::uint32_t i, std::uint32_t used, Draws&) { return i < used / 2; }},
      {"the last half", [](std::uint32_t i, std::uint32_t used, Draws&) { return i >= used / 2; }},
      {"all but the last", [](std::uint32_t i, std::uint32_t used, Draws&) { return i + 1 != used; }},
      {"every other", [](std::uint32_t i, std::uint32_t, Draws&) { return i % 2 == 0; }},
      {"few", [](std::uint32_t, std::uint32_t, Draws& draws) { return draws.chance(0.03); }},
      {"many", [](std::uint32_t, std::uint32_t, Draws& draws) { return draws.chance(0.6); }}};
  Draws draws(4);
  for (const Pattern& pattern : patterns) {
    CAPTURE(pattern.name);
    for (const std::uint32_t used : {0u, 1u, 2u, 3u, 15u, 16u, 17u, 33u, 64u, 70u, 1500u}) {
      CAPTURE(used);
      testing::RandomBlock made(used, 2020, 10 + used);
      std::uint32_t living = 0;
      for (std::uint32_t i = 0; i < used; ++i) {
        std::uint32_t& now = made.columns.state[64 + i];
        const bool left = pattern.left(i, used, draws);
        now = state::StatusField::set(now, left ? 0 : 1 + draws.below(5));
        living += left ? 0 : 1;
      }
      const std::uint32_t slots = static_cast<std::uint32_t>(made.columns.slots());
      for (std::uint32_t s = 0; s < 64; ++s) made.columns.key[s] = s;  // somebody of the block before
      const auto before = people_in(made.columns, 64, used);
      std::vector<std::string> elsewhere;
      for (std::uint32_t s = 0; s < slots; ++s) {
        if (s < 64 || s >= 64 + used) elsewhere.push_back(person_in(made.columns, s));
      }

      const std::uint32_t in_use = close(made.columns, made.block, used);
      CHECK(in_use == living);
      CHECK((people_in(made.columns, 64, in_use) == before));
      std::uint32_t empty = 0, held = 0;
      for (std::uint32_t s = 64; s < 64 + used; ++s) {
        const bool nobody = state::StatusField::get(made.columns.state[s]) == code(Status::empty);
        if (s < 64 + in_use) empty += nobody ? 1 : 0;
        if (s >= 64 + in_use) held += nobody ? 0 : 1;
      }
      CHECK(empty == 0);
      CHECK(held == 0);
      std::size_t next = 0, touched = 0;
      for (std::uint32_t s = 0; s < slots; ++s) {
        if (s < 64 || s >= 64 + used) touched += person_in(made.columns, s) != elsewhere[next++] ? 1 : 0;
      }
      CHECK(touched == 0);
    }
  }
}

TEST_CASE("over the years no slot in use is left to whoever went in an earlier year") {
  Scenario scenario = small_baseline(1000);
  Simulation simulation(scenario, population_of(scenario, run_settings(6)), 6, {});
  struct Watch : BlockSink {
    void take(const BlockReport& report, std::size_t) override {
      std::size_t nobody = 0, left = 0;
      for (std::uint32_t i = 0; i < report.used; ++i) {
        nobody += state::StatusField::get(report.columns->state[report.block->first_slot + i]) == 0 ? 1 : 0;
      }
      for (const EventRecord& event : report.events) {
        left += event.event == Event::death || event.event == Event::death_home ||
                event.event == Event::return_contract || event.event == Event::tied_minor;
      }
      wrong += nobody != left;
      all += left;
    }
    std::size_t wrong = 0, all = 0;
  } watch;
  for (int year = first_year; year <= 2015; ++year) simulation.step(year, watch);
  CHECK(watch.wrong == 0);
  CHECK(watch.all > 500);
}
