// The synthesised stock of 2004 is spread over hosts as the tables say, whatever the scale, and people of the engine
// visit home by the Poisson law of their kind. 7 comparisons.
#include <doctest/doctest.h>

#include <cmath>

#include "population/synthesis.h"
#include "statistical/bounds.h"
#include "unit/behaviour/handmade_world.h"
#include "unit/behaviour/random_person.h"

using namespace homeward;
using namespace homeward::testing;

TEST_CASE("the thinned stock of 2004 has the hosts' shares of the tables") {  // 2 comparisons
  const Scenario& scenario = baseline();
  std::vector<double> by_group(scenario.tables.groups.size());
  for (const StockCell& cell : scenario.tables.stocks) {
    const auto g = static_cast<std::size_t>(cell.group);
    by_group[g] += cell.persons * scenario.tables.groups[g].synthesis_factor;
  }
  SynthesisSettings settings;
  settings.scale = 0.02;
  settings.seed = 5;
  const Population population = synthesise(scenario, settings);
  std::vector<std::int64_t> counts;
  std::vector<double> expected;
  double count = 0, whole = 0;
  for (std::size_t h = 0; h < scenario.tables.hosts.size(); ++h) {
    const Host& host = scenario.tables.hosts[h];
    counts.push_back(population.stock[h]);
    expected.push_back(by_group[static_cast<std::size_t>(host.group)] * host.share * settings.scale);
    count += population.stock[h];
    whole += expected.back();
  }
  // Everyone is kept with probability `scale`: a binomial total, and hosts in their shares of it.
  CHECK(binomial_tail(std::llround(count), std::llround(whole / settings.scale), settings.scale) > false_positive_rate);
  CHECK(binomial_tail(std::llround(count), std::llround(whole / settings.scale), settings.scale * 1.03) <
        false_positive_rate);
  for (double& number : expected) number *= count / whole;
  CHECK(fit_tail(counts, expected) > false_positive_rate);
  std::vector<double> tilted = expected;
  const auto usa = static_cast<std::size_t>(scenario.tables.host_index("USA"));
  for (std::size_t h = 0; h < tilted.size(); ++h)
    tilted[h] *= h == usa ? 1.05 : (count - 1.05 * expected[usa]) / (count - expected[usa]);
  CHECK(fit_tail(counts, tilted) < false_positive_rate);
}

TEST_CASE("visits a person and year follow the Poisson law with the rate of the page") {  // 5 comparisons
  constexpr int year = 2016;
  constexpr std::uint32_t persons = 100000;
  Scenario scenario = quiet(baseline());
  scenario.parameters.visits_v0 = 0.25;  // upper end of its range, so that two and three visits are seen
  scenario.parameters.choice_k0 = -20;
  const Parameters& p = scenario.parameters;
  const HomeYear home = in_year(scenario, year);
  struct Kind {
    const char* group;
    Generation generation;
    MigrantClass migrant_class;
    bool parent, minor, foreign;
  };
  std::uint64_t seed = 110;
  for (const Kind& kind : {Kind{"usa", Generation::g1, MigrantClass::refugee, true, false, true},
                           Kind{"japan", Generation::g1, MigrantClass::skilled, true, false, false},
                           Kind{"cambodia", Generation::g1, MigrantClass::family, false, false, false},
                           Kind{"germany", Generation::g15, MigrantClass::family, true, true, false},
                           Kind{"france", Generation::g2, MigrantClass::host_born, false, false, true}}) {
    CAPTURE(kind.group);
    HandmadeWorld world(scenario, {scenario.tables.group_index(kind.group)}, persons, ++seed);
    for (const std::uint32_t s : world.slots()) {
      Columns& c = world.columns();
      c.traits[s] = traits::pack(Sex::female, kind.generation, kind.migrant_class, Education::secondary,
                                 Sector::services, 8, false);
      std::uint32_t now = state::StatusField::set(0, code(Status::settled));
      now = state::LegalField::set(now, code(kind.foreign ? Legal::naturalised : Legal::resident));
      c.state[s] = state::ParentField::set(now, kind.parent ? 1 : 0);
      c.birth[s] = static_cast<std::uint8_t>(year - (kind.minor ? 12 : 40) - birth_year_base);
      c.arrival[s] = static_cast<std::uint8_t>(year - 5 - birth_year_base);
      c.trust[s] = 49151;
    }
    world.start();
    const YearSeen seen = world.step(year);
    std::vector<std::int64_t> counts(5);
    counts[0] = static_cast<std::int64_t>(world.slots().size());
    for (const auto& [slot, record] : seen.of(Event::visit)) {
      --counts[0];
      REQUIRE(record.count <= 4);
      ++counts[record.count];
    }
    const double g = std::array{1.0, p.visits_v_g15, p.visits_v_g2, p.visits_v_g2}[code(kind.generation)];
    const double rate = p.visits_v0 * g * std::exp(p.visits_v_tau * (49151 / 65535.0 - 0.5)) *
                        (kind.foreign ? 1 + p.visits_v_visa * home.lever(Lever::visa) : 1) *
                        (kind.migrant_class == MigrantClass::refugee ? p.visits_v_refugee : 1) *
                        (kind.parent ? p.visits_v_parent : 1) * (kind.minor ? p.visits_v_minor : 1) *
                        world.group(0).visit_multiplier;
    const auto law = [&](double mean) {
      std::vector<double> expected;
      double term = persons * std::exp(-mean), left = persons;
      for (int n = 0; n < 4; ++n) {
        expected.push_back(term);
        left -= term;
        term *= mean / (n + 1);
      }
      expected.push_back(left);
      return expected;
    };
    CHECK(fit_tail(counts, law(rate)) > false_positive_rate);
    CHECK(fit_tail(counts, law(rate * 1.06)) < false_positive_rate);
  }
}
