// Synthesis makes the same people whatever the threads, the blocks, the scale or the neighbours.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/fault.h"
#include "population/stock_laws.h"
#include "population/synthesis.h"
#include "population/ties.h"
#include "unit/population/everybody.h"
#include "unit/population/small_world.h"

using namespace homeward;
using homeward::testing::everybody;
using homeward::testing::small_world;

namespace {

SynthesisSettings settings(double scale = 1, std::uint32_t block_slots = 8192, int threads = 1) {
  SynthesisSettings made;
  made.seed = 7;
  made.scale = scale;
  made.block_slots = block_slots;
  made.threads = threads;
  return made;
}

// What a person is, apart from where it is kept.
struct Record {
  std::uint64_t key;
  std::uint32_t state;
  std::uint16_t traits, trust, redtape;
  std::int16_t pay;
  std::uint8_t birth, arrival, year, attachment;
  bool operator==(const Record&) const = default;
};

Record record(const Columns& c, std::uint32_t slot) {
  return {c.key[slot],        c.state[slot],      c.traits[slot],  c.trust[slot], c.redtape_belief[slot],
          c.pay_belief[slot], c.birth[slot],      c.arrival[slot], c.year[slot],  c.attachment[slot]};
}

struct Placed {
  Record person;
  std::uint16_t community, place;
  bool operator==(const Placed&) const = default;
};

std::vector<Placed> by_ordinal(const Population& population) {
  const Columns columns = everybody(population);
  std::vector<Placed> all;
  for (const Block& block : population.layout.blocks) {
    for (std::uint32_t k = 0; k < block.exogenous; ++k) {
      const std::uint32_t slot = block.first_slot + k;
      all.push_back({record(columns, slot), columns.community[slot], columns.place[slot]});
    }
  }
  return all;
}

std::map<std::uint64_t, Placed> by_key(const Population& population) {
  std::map<std::uint64_t, Placed> all;
  for (const Placed& placed : by_ordinal(population)) all.emplace(placed.person.key, placed);
  return all;
}

}  // namespace

TEST_CASE("everybody has a slot: layout, counts and keys agree") {
  const Scenario scenario = small_world();
  const Population population = synthesise(scenario, settings(1, 1000));
  const Layout& layout = population.layout;
  CHECK(population.stock[0] + population.stock[1] == 40000);
  CHECK(population.stock[0] == 28000);
  CHECK(population.stock[2] == 6000);
  std::uint64_t arrivals = 0;
  for (const std::uint32_t persons : population.arrivals) arrivals += persons;
  CHECK(layout.exogenous == 46000 + arrivals);
  // 850.4 + 300.7 a year, each of five host and class numbers rounded by a draw.
  CHECK(std::abs(static_cast<double>(arrivals) - year_count * 1151.1) < 5 * year_count);

  std::uint32_t ordinal = 0, slot = 0;
  for (const Block& block : layout.blocks) {
    CHECK(block.first_ordinal == ordinal);
    CHECK(block.first_slot == slot);
    CHECK(block.capacity >= 3 * block.exogenous + 1024);
    CHECK(block.first_slot % 64 == 0);
    ordinal += block.exogenous;
    slot += block.capacity;
    const std::size_t first = layout.host_first_community[static_cast<std::size_t>(block.host)] + block.first_community;
    CHECK(layout.community_first_ordinal[first] == block.first_ordinal);
    CHECK(layout.community_first_ordinal[first + block.communities] == ordinal);
  }
  CHECK(ordinal == layout.exogenous);
  CHECK(slot == layout.slots);
  std::uint32_t stock = 0;
  for (const Block& block : layout.blocks) stock += block.stock;
  CHECK(stock == 46000);
  CHECK(by_key(population).size() == layout.exogenous);
}

TEST_CASE("in a community the stock comes first, then arrivals by year and class") {
  const Scenario scenario = small_world();
  const Population population = synthesise(scenario, settings());
  const Columns columns = everybody(population);
  std::size_t misplaced = 0, drawn_early = 0;
  for (const Block& block : population.layout.blocks) {
    for (std::uint32_t k = 1; k < block.exogenous; ++k) {
      const std::uint32_t slot = block.first_slot + k;
      if (columns.community[slot] != columns.community[slot - 1]) {
        if (columns.community[slot] < columns.community[slot - 1]) ++misplaced;
        continue;
      }
      const auto rank = [&](std::uint32_t s) {
        if (columns.state[s] != 0) return 0;
        return (columns.arrival[s] << 3) + static_cast<int>(traits::ClassField::get(columns.traits[s]));
      };
      if (rank(slot - 1) > rank(slot)) ++misplaced;
      if (columns.state[slot] != 0) continue;
      if (columns.arrival[slot] < first_year - birth_year_base || columns.birth[slot] != 0) ++drawn_early;
    }
  }
  CHECK(misplaced == 0);
  CHECK(drawn_early == 0);
}

TEST_CASE("communities hold about community.size persons, and each is a cross-section of the stock") {
  const Scenario scenario = small_world();
  const Population population = synthesise(scenario, settings());
  const Layout& layout = population.layout;
  const Columns columns = everybody(population);
  const std::size_t communities = layout.host_first_community[1];
  const std::uint32_t persons = layout.community_first_ordinal[communities];
  CHECK(static_cast<double>(persons) / static_cast<double>(communities) == doctest::Approx(100).epsilon(0.01));
  std::vector<int> stock(communities, 0), young(communities, 0);
  for (const Block& block : layout.blocks) {
    if (block.host != 0) continue;
    for (std::uint32_t k = 0; k < block.exogenous; ++k) {
      const std::uint32_t slot = block.first_slot + k;
      if (columns.state[slot] == 0) continue;
      ++stock[columns.community[slot]];
      const auto generation = static_cast<Generation>(traits::GenerationField::get(columns.traits[slot]));
      if (generation != Generation::g1) ++young[columns.community[slot]];
    }
  }
  for (std::size_t c = 0; c < 280; ++c) {
    CHECK(stock[c] == 100);
    CHECK(young[c] >= 28);  // 40 % are of generation 1.5 or 2
    CHECK(young[c] <= 52);
  }
  for (std::size_t c = 280; c < communities; ++c) CHECK(stock[c] == 0);
}

TEST_CASE("threads and block size change nothing") {
  const Scenario scenario = small_world();
  const std::vector<Placed> plain = by_ordinal(synthesise(scenario, settings(1, 8192, 1)));
  CHECK((plain == by_ordinal(synthesise(scenario, settings(1, 8192, 2)))));
  CHECK((plain == by_ordinal(synthesise(scenario, settings(1, 300, 1)))));
  CHECK((plain == by_ordinal(synthesise(scenario, settings(1, 1000000, 7)))));
}

TEST_CASE("another seed makes other people of the same numbers") {
  const Scenario scenario = small_world();
  SynthesisSettings other = settings();
  other.seed = 8;
  const Population a = synthesise(scenario, settings()), b = synthesise(scenario, other);
  CHECK((by_ordinal(a) != by_ordinal(b)));
  CHECK(a.stock == b.stock);
}

TEST_CASE("thinning keeps identity and the share asked for") {
  const Scenario scenario = small_world();
  const Population whole = synthesise(scenario, settings());
  const Population third = synthesise(scenario, settings(0.3));
  const Population twentieth = synthesise(scenario, settings(0.05));
  const auto all = by_key(whole), some = by_key(third), few = by_key(twentieth);
  std::size_t changed = 0;
  for (const auto& [key, placed] : some) {
    const auto found = all.find(key);
    if (found == all.end() || !(found->second.person == placed.person)) ++changed;
  }
  for (const auto& [key, placed] : few) changed += 1 - some.count(key);
  CHECK(changed == 0);
  // Binomial counts: six standard deviations, false-positive rate 2e-9 each.
  const auto deviation = [&](std::size_t kept, double share) {
    const double n = static_cast<double>(all.size());
    return std::abs(static_cast<double>(kept) - n * share) / std::sqrt(n * share * (1 - share));
  };
  CHECK(deviation(some.size(), 0.3) < 6);
  CHECK(deviation(few.size(), 0.05) < 6);
  // Communities are formed anew, of the same size.
  CHECK(third.layout.host_first_community.back() * 3 <= whole.layout.host_first_community.back());
}

TEST_CASE("more arrivals at one host leave everybody who came anyway the same person in the same community") {
  Scenario more = small_world();
  more.tables.groups[0].arrivals_multiplier.fill(1.5);
  const auto base = by_key(synthesise(small_world(), settings()));
  const Population grown = synthesise(more, settings());
  const auto with_more = by_key(grown);
  CHECK(with_more.size() > base.size() + 17000);
  std::size_t changed = 0;
  for (const auto& [key, placed] : base) {
    const auto found = with_more.find(key);
    if (found == with_more.end() || !(found->second.person == placed.person) ||
        found->second.community != placed.community) {
      ++changed;
    }
  }
  CHECK(changed == 0);
  Scenario none = small_world();
  for (HostGroup& group : none.tables.groups) group.arrivals_multiplier.fill(0);
  CHECK(synthesise(none, settings()).layout.exogenous == 46000);
}

TEST_CASE("an extra person lives behind the stock and changes nobody") {
  const Scenario scenario = small_world();
  SynthesisSettings with = settings(1, 1000);
  with.extra = {{"BBB", 3, 1970, MigrantClass::refugee}, {"BBB", 3, 1990, MigrantClass::student}};
  const Population base = synthesise(scenario, settings(1, 1000));
  const Population more = synthesise(scenario, with);
  CHECK((by_ordinal(base) == by_ordinal(more)));
  std::uint32_t appended = 0;
  for (const Block& block : more.layout.blocks) {
    appended += block.appended;
    if (block.appended == 0) continue;
    CHECK(block.host == 1);
    const std::uint32_t slot = block.first_slot + block.stock;
    CHECK(state::StatusField::get(more.columns.state[slot]) == code(Status::settled));
    CHECK(state::StatusField::get(more.columns.state[slot + 1]) == code(Status::student));
    CHECK(more.columns.birth[slot] == 1970 - birth_year_base);
    CHECK(more.columns.community[slot] == 3);
    CHECK(more.columns.community[slot + 1] == 3);
    // Shares the place of somebody of the community.
    CHECK(!is_exogenous(more.columns, slot));
    CHECK(!is_exogenous(more.columns, slot + 1));
    CHECK(more.columns.key[slot] == initial_key(text_key("BBB"), 0xffffffffu, 0));
  }
  CHECK(appended == 2);
  CHECK(more.stock[1] == base.stock[1] + 2);
  with.extra = {{"ZZZ", 0, 1970, MigrantClass::refugee}};
  CHECK_THROWS_AS(synthesise(scenario, with), RunError);
  with.extra = {{"BBB", 60000, 1970, MigrantClass::refugee}};
  CHECK_THROWS_AS(synthesise(scenario, with), RunError);
}

TEST_CASE("more communities than a column can number is a fault") {
  Scenario scenario = small_world();
  scenario.tables.groups[0].synthesis_factor = 1e4;
  CHECK_THROWS_WITH_AS(synthesise(scenario, settings(0.9)), doctest::Contains("more than 65536 communities"), RunError);
}

TEST_CASE("margins are met after integerising, for every margin of the raking") {
  const Population population = synthesise(small_world(), settings());
  std::set<std::string> names;
  for (const MarginFit& fit : population.fit) {
    names.insert(fit.margin);
    CHECK(fit.target == doctest::Approx(46000));
    CHECK(fit.standardised_absolute_error < 0.02);
    CHECK(fit.standardised_absolute_error > 0);
  }
  CHECK(names == std::set<std::string>{"age x sex", "class x arrival cohort", "class x generation x age",
                                       "education x class", "citizenship x duration", "generation x age"});
}

TEST_CASE("the stock of 2004 is possible: permits run, beliefs lag, citizens are citizens") {
  const Scenario scenario = small_world();
  const Population population = synthesise(scenario, settings());
  std::map<int, int> contract_ends;
  std::size_t seen = 0;
  for (const Placed& placed : by_ordinal(population)) {
    const Record& person = placed.person;
    if (person.state == 0 || ++seen % 7 != 0) continue;
    const auto status = static_cast<Status>(state::StatusField::get(person.state));
    const auto legal = static_cast<Legal>(state::LegalField::get(person.state));
    const auto migrant_class = static_cast<MigrantClass>(traits::ClassField::get(person.traits));
    const auto generation = static_cast<Generation>(traits::GenerationField::get(person.traits));
    const int age = stock_year - birth_year_base - person.birth;
    CHECK(age >= 0);
    CHECK((person.arrival == 0) == (migrant_class == MigrantClass::host_born));
    if (migrant_class == MigrantClass::contract || migrant_class == MigrantClass::student) {
      CHECK(status == (migrant_class == MigrantClass::contract ? Status::contract : Status::student));
      CHECK(legal == Legal::temporary);
      CHECK(person.year >= first_year - birth_year_base);
      CHECK(person.year - person.arrival >= 3);
      CHECK(person.year - person.arrival <= 5);
      if (migrant_class == MigrantClass::contract) ++contract_ends[person.year + birth_year_base];
    } else {
      CHECK(status == Status::settled);
      CHECK(person.year == 0);
    }
    if (migrant_class == MigrantClass::refugee || generation != Generation::g1) CHECK(legal == Legal::naturalised);
    const int since = person.arrival == 0 ? person.birth : person.arrival;
    const int longest = migrant_class == MigrantClass::refugee ? 22 : generation != Generation::g1 ? 14 : 8;
    const int lag = std::min(first_year - birth_year_base - since, longest);
    CHECK(person.pay / pay_belief_scale == doctest::Approx(-0.047 * 0.6 * lag).epsilon(0.01));
    CHECK(person.trust / trust_scale >= 0.0199);
    CHECK(person.trust / trust_scale <= 0.9801);
    CHECK(person.redtape / redtape_belief_scale >= 0.1999);
    CHECK(person.redtape / redtape_belief_scale <= 1.2001);
  }
  CHECK(contract_ends.size() >= 4);  // permits do not all end together
}
