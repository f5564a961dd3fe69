// One more person, put in after synthesis, changes nobody outside the own community in the first year.
#include <doctest/doctest.h>

#include <map>

#include "support/baseline.h"

using namespace homeward;
using namespace homeward::test;

namespace {

// Everything that is known of a person, but for the slot, which may move.
struct Record {
  std::uint32_t state = 0;
  std::uint16_t place = 0;
  std::uint16_t traits = 0, trust = 0, redtape_belief = 0;
  std::int16_t pay_belief = 0;
  std::uint8_t birth = 0, arrival = 0, year = 0, months = 0, visit_stock = 0, attachment = 0;
  bool operator==(const Record&) const = default;
};

// host, community, key
using Home = std::pair<int, std::uint16_t>;
using People = std::map<std::uint64_t, std::pair<Home, Record>>;

People people_of(const Simulation& simulation) {
  const Columns& c = simulation.population().columns;
  const Layout& layout = simulation.population().layout;
  People people;
  for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
    const Block& block = layout.blocks[b];
    for (std::uint32_t i = 0; i < simulation.slots_used(b); ++i) {
      const std::uint32_t s = block.first_slot + i;
      const Record record{c.state[s], c.place[s],   c.traits[s], c.trust[s],  c.redtape_belief[s], c.pay_belief[s],
                          c.birth[s], c.arrival[s], c.year[s],   c.months[s], c.visit_stock[s],    c.attachment[s]};
      people[c.key[s]] = {{block.host, c.community[s]}, record};
    }
  }
  return people;
}

People after_first_year(const Scenario& scenario, std::uint64_t seed, std::vector<ExtraPerson> extra) {
  Simulation simulation(scenario, population_of(scenario, run_settings(seed), std::move(extra)), seed, {});
  NoSink nobody;
  simulation.step(first_year, nobody);
  return people_of(simulation);
}

struct Change {
  std::size_t outside = 0, inside = 0, more = 0, fewer = 0;
};

Change compare(const People& without, const People& with, Home home) {
  Change change;
  for (const auto& [key, person] : without) {
    const auto found = with.find(key);
    if (found == with.end()) {
      ++change.fewer;
    } else if (!(found->second == person)) {
      ++(person.first == home ? change.inside : change.outside);
    }
  }
  for (const auto& [key, person] : with) {
    if (without.count(key) != 0) continue;
    ++change.more;
    if (person.first != home) ++change.outside;
  }
  return change;
}

}  // namespace

TEST_CASE("one more person changes nobody outside the community in the first year") {
  const Scenario scenario = small_baseline(100);
  std::size_t neighbours = 0;
  for (const std::uint64_t seed : {1u, 2u}) {
    const People without = after_first_year(scenario, seed, {});
    for (const ExtraPerson& person : std::vector<ExtraPerson>{{"USA", 0, 1970, MigrantClass::refugee},
                                                              {"JPN", 0, 1981, MigrantClass::student},
                                                              {"DEU", 0, 1960, MigrantClass::family},
                                                              {"KOR", 0, 1983, MigrantClass::contract},
                                                              {"AUS", 0, 1978, MigrantClass::skilled},
                                                              {"FRA", 0, 1995, MigrantClass::host_born}}) {
      CAPTURE(person.host);
      const Home home{scenario.tables.host_index(person.host), 0};
      const People with = after_first_year(scenario, seed, {person});
      const Change change = compare(without, with, home);
      CHECK(change.outside == 0);
      CHECK(change.fewer == 0);
      // The person, and at most a child of the person or of a neighbour.
      CHECK(change.more >= 1);
      CHECK(change.more <= 3);
      neighbours += change.inside;
    }
  }
  // Neighbours read the community's mean trust, which one more person moves: the comparison can see.
  CHECK(neighbours > 0);
}

TEST_CASE("one more person leaves the people of synthesis as they were") {
  const Scenario scenario = small_baseline(100);
  const Population without = population_of(scenario, run_settings(8));
  const Population with = population_of(scenario, run_settings(8), {{"USA", 1, 1990, MigrantClass::family}});
  REQUIRE(without.layout.slots == with.layout.slots);
  CHECK(without.layout.community_first_ordinal == with.layout.community_first_ordinal);
  std::size_t different = 0;
  for (std::uint32_t s = 0; s < without.layout.slots; ++s) {
    const Columns &a = without.columns, &b = with.columns;
    different +=
        a.key[s] != b.key[s] || a.place[s] != b.place[s] || a.state[s] != b.state[s] || a.traits[s] != b.traits[s];
  }
  CHECK(different == 1);
  // Nor does anybody else come, or live elsewhere.
  const Entrants &a = *without.entrants, &b = *with.entrants;
  REQUIRE(a.first == b.first);
  for (std::uint32_t at = 0; at < a.first.back(); ++at) {
    different += a.key[at] != b.key[at] || a.community[at] != b.community[at] || a.place[at] != b.place[at] ||
                 a.migrant_class[at] != b.migrant_class[at];
  }
  CHECK(different == 1);
}
