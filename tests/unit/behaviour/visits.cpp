// Visits home: the rate of the page, the Poisson law by inversion, the cap, and the signs its page claims.
#include "behaviour/visits.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

// The share of all 32-bit words that give at least `visits`, by bisection: the number falls as the word rises.
double at_least(float rate, std::uint32_t visits) {
  std::uint64_t low = 0, high = std::uint64_t{1} << 32;
  while (low < high) {
    const std::uint64_t middle = (low + high) / 2;
    if (visits_of(rate, static_cast<std::uint32_t>(middle)) >= visits) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return static_cast<double>(low) * 0x1p-32;
}

}  // namespace

TEST_CASE("the number of visits follows the Poisson law, cut at four") {
  for (const double mean : {0.001, 0.02, 0.085, 0.2, 0.5, 1.5}) {
    CAPTURE(mean);
    double term = std::exp(-mean), beyond = 1 - term;
    for (std::uint32_t n = 1; n <= most_visits; ++n) {
      CHECK(std::abs(at_least(static_cast<float>(mean), n) - beyond) < 1e-6 * beyond + 0x1p-31);
      term *= mean / n;
      beyond -= term;
    }
    if (mean > 0.05) CHECK(visits_of(static_cast<float>(mean), 0) == most_visits);
    CHECK(visits_of(static_cast<float>(mean), 0xffffffffu) == 0);
  }
  CHECK(visits_of(0, 0) == 0);
}

TEST_CASE("the rate is the page's for every kind of person, host and year") {
  Scenario scenario = baseline();
  const Parameters& p = scenario.parameters;
  for (const char* name : {"usa", "cambodia"}) {
    const HostGroup& group = group_named(scenario, name);
    for (const int year : {2005, 2018, 2020}) {
      const HomeYear home = in_year(scenario, year);
      const VisitTables tables = build_visit_tables(scenario, home, group);
      for (std::uint8_t g = 0; g < 4; ++g) {
        for (unsigned flags = 0; flags < 16; ++flags) {
          const bool refugee = (flags & 8) != 0, parent = (flags & 4) != 0, minor = (flags & 2) != 0,
                     foreign = (flags & 1) != 0;
          const double expected = p.visits_v0 * std::array{1.0, p.visits_v_g15, p.visits_v_g2, p.visits_v_g2}[g] *
                                  (refugee ? p.visits_v_refugee : 1) * (parent ? p.visits_v_parent : 1) *
                                  (minor ? p.visits_v_minor : 1) *
                                  (foreign ? 1 + p.visits_v_visa * home.lever(Lever::visa) : 1) *
                                  group.visit_multiplier * home.visits_multiplier;
          const std::size_t kind = VisitTables::index(static_cast<Generation>(g), refugee, parent, minor, foreign);
          CHECK(static_cast<double>(tables.rate[kind]) / expected == doctest::Approx(1).epsilon(1e-6));
        }
      }
      for (std::size_t step = 0; step < 256; ++step) {
        const double trust = (static_cast<double>(step) + 0.5) / 256;
        CHECK(tables.trust[step] == doctest::Approx(std::exp(p.visits_v_tau * (trust - 0.5))).epsilon(1e-6));
      }
    }
  }
}

TEST_CASE("the number of visits is that of the law term by term, for any rate and word") {
  std::int64_t compared = 0, wrong = 0, ones = 0;
  const auto compare = [&](float rate, std::uint32_t word) {
    double term = std::exp(-static_cast<double>(rate)), beyond = 1 - term;
    std::uint32_t expected = 0;
    while (expected < most_visits && uniform(word) < beyond) {
      term *= static_cast<double>(rate) / ++expected;
      beyond -= term;
      if (std::abs(uniform(word) - beyond) < 1e-14) return;  // rounding may decide either way
    }
    ++compared;
    ones += expected == 1 ? 1 : 0;
    wrong += visits_of(rate, word) != expected ? 1 : 0;
  };
  std::uint64_t bits = 1;
  for (int n = 0; n < 400000; ++n) {
    bits = mix(bits, 5);
    // Rates from 1e-5 to 3; half of the words where there is something to tell.
    const auto rate = static_cast<float>(1e-5 * std::exp(12.6 * static_cast<double>(bits >> 40) * 0x1p-24));
    const auto word = static_cast<std::uint32_t>(bits);
    compare(rate, n % 2 == 0 ? word : static_cast<std::uint32_t>(word * std::min(1.0, 1.1 * static_cast<double>(rate))));
  }
  CHECK(wrong == 0);
  CHECK(compared > 399000);
  CHECK(ones > 50000);
}

TEST_CASE("people in Cambodia and Laos visit .8 as often, all .12 as often in 2020 and 2021") {
  const Scenario& scenario = baseline();
  CHECK(group_named(scenario, "cambodia").visit_multiplier == 0.8);
  CHECK(group_named(scenario, "usa").visit_multiplier == 1);
  CHECK(in_year(scenario, 2019).visits_multiplier == 1);
  CHECK(in_year(scenario, 2020).visits_multiplier == 0.12);
  CHECK(in_year(scenario, 2021).visits_multiplier == 0.12);
}

TEST_CASE("visits rise with trust and a parent, with the visa lever for foreign nationals only; fall by generation") {
  Scenario with = without_levers();
  hold(with, Lever::visa, 1);
  const VisitTables off = build_visit_tables(baseline(), in_year(without_levers(), 2010), baseline().tables.groups[0]);
  const VisitTables on = build_visit_tables(with, in_year(with, 2010), with.tables.groups[0]);
  const auto kind = [](Generation g, bool refugee, bool parent, bool minor, bool foreign) {
    return VisitTables::index(g, refugee, parent, minor, foreign);
  };
  for (const Generation g : {Generation::g1, Generation::g15, Generation::g2, Generation::g3}) {
    const float base = off.rate[kind(g, false, false, false, false)];
    CHECK(on.rate[kind(g, false, false, false, false)] == base);
    CHECK(on.rate[kind(g, false, false, false, true)] > off.rate[kind(g, false, false, false, true)]);
    CHECK(off.rate[kind(g, false, true, false, false)] > base);
    CHECK(off.rate[kind(g, true, false, false, false)] < base);
    CHECK(off.rate[kind(g, false, false, true, false)] < base);
  }
  CHECK(off.rate[kind(Generation::g15, false, false, false, false)] <
        off.rate[kind(Generation::g1, false, false, false, false)]);
  CHECK(off.rate[kind(Generation::g2, false, false, false, false)] <
        off.rate[kind(Generation::g15, false, false, false, false)]);
  CHECK(off.rate[kind(Generation::g3, false, false, false, false)] ==
        off.rate[kind(Generation::g2, false, false, false, false)]);
  for (std::size_t step = 1; step < 256; ++step) CHECK(off.trust[step] > off.trust[step - 1]);
  // A better rate never takes a visit away: the same word gives as many or more.
  for (std::uint32_t word = 1; word < 0xf0000000u; word += 0x1234567u) {
    CHECK(visits_of(0.3f, word) >= visits_of(0.2f, word));
  }
}
