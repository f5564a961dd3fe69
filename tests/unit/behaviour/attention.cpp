// Attention: the equation term by term, the signs its page claims, and what may not move it.
#include "behaviour/attention.h"

#include <doctest/doctest.h>

#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

Utilities utilities(const Scenario& scenario, int year = 2019) {
  return build_utilities(scenario, in_year(scenario, year), scenario.tables.groups[0], 0.5);
}

constexpr std::uint16_t half = 32768;

}  // namespace

TEST_CASE("attention is the sum of its terms, in logits") {
  Scenario scenario = without_levers();
  Parameters& p = scenario.parameters;
  p.attention_a_camp = 0.3;
  hold(scenario, Lever::campaign, 0.5);
  const Utilities u = utilities(scenario);
  const auto logit = [&](std::uint16_t trust, bool member, const Occasions& occasions, double s) {
    return attention_utility(u, trust, member, occasions, static_cast<std::int32_t>(s * 65536)) / utility_scale;
  };
  const double base = p.attention_a0 + 0.5 * p.attention_a_camp;
  CHECK(logit(half, false, {}, 0) == doctest::Approx(base).epsilon(1e-3));
  CHECK(logit(half, false, {true, false, false, false}, 0) == doctest::Approx(base + p.attention_a_vis).epsilon(1e-3));
  CHECK(logit(half, false, {false, true, false, false}, 0) ==
        doctest::Approx(base + p.attention_a_shock).epsilon(1e-3));
  CHECK(logit(half, false, {false, false, true, false}, 0) ==
        doctest::Approx(base + p.attention_a_event).epsilon(1e-3));
  CHECK(logit(half, true, {}, 0) == doctest::Approx(base + p.attention_a_vin).epsilon(1e-3));
  CHECK(logit(half, false, {}, 0.5) == doctest::Approx(base + 0.5 * p.attention_a_peer).epsilon(1e-3));
  CHECK(logit(half, false, {}, 1) == doctest::Approx(base + p.attention_a_peer).epsilon(1e-3));
  CHECK(logit(65535, false, {}, 0) == doctest::Approx(base + 0.5 * p.attention_a_tau).epsilon(1e-3));
  CHECK(logit(0, false, {}, 0) == doctest::Approx(base - 0.5 * p.attention_a_tau).epsilon(1e-3));
}

TEST_CASE("a lost job is a shock by what the engine makes of it, not by itself") {
  const Utilities u = utilities(without_levers());
  CHECK(attention_utility(u, half, false, {false, false, false, true}, 0) == attention_utility(u, half, false, {}, 0));
}

TEST_CASE("the offset of 2020 and 2021 lowers attention by one half of a logit") {
  const Scenario scenario = without_levers();
  const auto at = [&](int year) {
    return attention_utility(utilities(scenario, year), half, false, {}, 0) / utility_scale;
  };
  CHECK(at(2020) == doctest::Approx(at(2019) - 0.5).epsilon(1e-3));
  CHECK(at(2021) == doctest::Approx(at(2019) - 0.5).epsilon(1e-3));
  CHECK(at(2022) == at(2019));
}

TEST_CASE("attention rises with every occasion, peers, membership and trust, whatever the parameters in their ranges") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    Scenario scenario = without_levers();
    scenario.parameters = drawn_parameters(scenario, seed);
    const Utilities u = utilities(scenario);
    PersonDraws draws(seed);
    for (int i = 0; i < 50; ++i) {
      const auto trust = static_cast<std::uint16_t>(draws.below(60000));
      const auto peer = static_cast<std::int32_t>(draws.below(60000));
      const std::int32_t base = attention_utility(u, trust, false, {}, peer);
      CHECK(attention_utility(u, trust, false, {true, false, false, false}, peer) > base);
      CHECK(attention_utility(u, trust, false, {false, true, false, false}, peer) > base);
      CHECK(attention_utility(u, trust, false, {false, false, true, false}, peer) > base);
      CHECK(attention_utility(u, trust, true, {}, peer) > base);
      CHECK(attention_utility(u, trust, false, {}, peer + 5000) >= base);
      CHECK(attention_utility(u, static_cast<std::uint16_t>(trust + 5000), false, {}, peer) >= base);
    }
  }
}

TEST_CASE("of all levers only the campaign moves attention itself; pay, tax, funding and posts do not") {
  const Utilities none = utilities(without_levers());
  for (std::size_t i = 0; i < lever_count; ++i) {
    CAPTURE(lever_rows()[i].path);
    Scenario scenario = without_levers();
    scenario.parameters.attention_a_camp = 0.5;
    scenario.levers[i].value.fill(lever_rows()[i].high);
    const Utilities u = utilities(scenario);
    const bool campaign = i == static_cast<std::size_t>(Lever::campaign);
    for (const Occasions& occasions : {Occasions{}, Occasions{true, true, true, true}}) {
      for (const std::int32_t peer : {0, 30000}) {
        const std::int32_t with = attention_utility(u, 40000, true, occasions, peer);
        const std::int32_t without = attention_utility(none, 40000, true, occasions, peer);
        CHECK(with == without + (campaign ? to_utility(0.5) : 0));
      }
    }
  }
}

TEST_CASE("attention is about 15 % a year for somebody in the middle of things") {
  // Visits one year in nine, peers few, trust a little above one half: between 10 and 20 %.
  const Utilities u = utilities(baseline());
  const double quiet = logistic_table().threshold(attention_utility(u, 38000, false, {}, 6500)) / 4294967296.0;
  CHECK(quiet > 0.08);
  CHECK(quiet < 0.2);
}
