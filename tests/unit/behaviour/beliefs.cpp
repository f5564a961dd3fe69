// Beliefs and trust: the learning rate, mean reversion, half-lives, promises, stories, and the signs of their pages.
#include "behaviour/beliefs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr int year = 2015;

BeliefTables tables(const Scenario& scenario, int at = year) {
  return build_belief_tables(scenario, in_year(scenario, at));
}

double rate(const BeliefTables& t, const Encounters& met) { return static_cast<double>(learning_rate(t, met)); }

// Trust after a year alone, without noise.
std::uint16_t next_trust(const BeliefTables& t, std::uint16_t trust, const Encounters& met) {
  return update_trust(t, trust, met, 0, 0, 0);
}
double tau(std::uint16_t trust) { return trust / trust_scale; }

}  // namespace

TEST_CASE("the learning rate is the sum of its parts, at most l_max") {
  Scenario scenario = without_levers();
  hold(scenario, Lever::events, 0.5);
  const Parameters& p = scenario.parameters;
  const BeliefTables t = tables(scenario);
  const double base = p.belief_l0 + 0.5 * p.belief_l_event;
  CHECK(rate(t, {}) == doctest::Approx(base));
  CHECK(rate(t, {1}) == doctest::Approx(base + p.belief_l_vis));
  CHECK(rate(t, {4}) == doctest::Approx(base + p.belief_l_vis));
  CHECK(rate(t, {0, 32768}) == doctest::Approx(base + 0.5 * p.belief_l_peer));
  CHECK(rate(t, {0, 32768, false, true}) == doctest::Approx(base + 0.5 * p.belief_l_peer * p.belief_assoc_peer));
  CHECK(rate(t, {0, 0, true}) == doctest::Approx(base + p.belief_l_vin));
  CHECK(rate(t, {0, 0, false, true}) == doctest::Approx(base));  // members learn faster from peers, if there are any
  scenario.parameters.belief_l_max = 0.3;
  CHECK(rate(tables(scenario), {3, 65536, true, true}) == doctest::Approx(0.3));
}

TEST_CASE("without contact the gap to the truth halves in ln 2 / -ln(1 - l0) years") {
  const Scenario scenario = without_levers();
  const BeliefTables t = tables(scenario);
  const double half_life = std::log(2.0) / -std::log(1 - scenario.parameters.belief_l0);
  std::int16_t belief = static_cast<std::int16_t>(t.true_pay - 8000);
  const double years = 2 * half_life;
  for (int i = 0; i < static_cast<int>(std::lround(years)); ++i) {
    belief = learn_pay(t, belief, learning_rate(t, {}), 0);
  }
  const double left = (static_cast<double>(t.true_pay) - belief) / 8000;
  CHECK(left == doctest::Approx(std::pow(1 - scenario.parameters.belief_l0, std::lround(years))).epsilon(0.002));
  CHECK(left == doctest::Approx(0.25).epsilon(0.05));
}

TEST_CASE("beliefs move towards the truth from either side, at the rate, and stay at it") {
  const BeliefTables t = tables(without_levers());
  const auto truth = static_cast<int>(std::lround(t.true_pay));
  for (const int gap : {-6000, -500, 0, 500, 6000}) {
    const auto belief = static_cast<std::int16_t>(truth + gap);
    CHECK(learn_pay(t, belief, 0.25f, 0) == doctest::Approx(truth + 0.75 * gap).epsilon(2e-4));
    const auto redtape = static_cast<std::uint16_t>(std::lround(t.true_redtape) + gap);
    const double expected =
        static_cast<double>(t.true_redtape) + gap * (1 - 0.25 * static_cast<double>(t.redtape_rate));
    CHECK(std::abs(learn_redtape(t, redtape, 0.25f, 30000, t.redtape_rate, 0) - expected) <= 1);
  }
}

TEST_CASE("while pay grows beliefs trail: the lag tends to growth / lambda less a year of it") {
  const Scenario scenario = without_levers();
  const double growth = in_year(scenario, 2015).pay_growth, l0 = scenario.parameters.belief_l0;
  BeliefTables t = tables(scenario);
  double belief_gap = 0;
  std::int16_t belief = 0;
  t.true_pay = 0;
  for (int i = 0; i < 200; ++i) {  // a walk on the spot: the truth moves up, all is shifted back
    const auto step = static_cast<float>(growth * pay_belief_scale);
    belief = learn_pay(t, static_cast<std::int16_t>(std::lround(belief - static_cast<double>(step))),
                       learning_rate(t, {}), 0);
    belief_gap = -belief / pay_belief_scale;
  }
  CHECK(belief_gap / (growth * (1 - l0) / l0) == doctest::Approx(1).epsilon(0.01));
}

TEST_CASE("noise has the standard deviation of the table and no mean") {
  const Scenario scenario = without_levers();
  const Parameters& p = scenario.parameters;
  const BeliefTables t = tables(scenario);
  const auto truth = static_cast<std::int16_t>(std::lround(t.true_pay));
  double sum = 0, squares = 0, trust_squares = 0;
  for (const float z : normal_steps()) {
    const double moved = (learn_pay(t, truth, 0.2f, z) - truth) / pay_belief_scale;
    sum += moved / 256;
    squares += moved * moved / 256;
    const double trusted = (update_trust(t, 30000, {}, 0, 0, z) - 30000) / trust_scale;
    trust_squares += trusted * trusted / 256;
  }
  CHECK(std::abs(sum) < 1e-4);
  CHECK(std::sqrt(squares) / p.belief_noise_pay == doctest::Approx(1).epsilon(0.005));
  CHECK(std::sqrt(trust_squares) / p.belief_noise_trust == doctest::Approx(1).epsilon(0.005));
}

TEST_CASE("bad stories speed the belief about red tape by bad_weight, and no step is longer than the gap") {
  Scenario scenario = without_levers();
  const Parameters& p = scenario.parameters;
  const BeliefTables t = tables(scenario);
  CHECK(static_cast<double>(t.redtape_rate_bad) == doctest::Approx(p.belief_redtape_rate * p.belief_bad_weight));
  const auto start = static_cast<std::uint16_t>(t.true_redtape + 8000);
  CHECK(learn_redtape(t, start, 0.2f, 0, t.redtape_rate_bad, 0) < learn_redtape(t, start, 0.2f, 0, t.redtape_rate, 0));
  CHECK(std::abs(static_cast<double>(learn_redtape(t, start, 0.9f, 0, 3.0f, 0) - t.true_redtape)) <= 1);
}

TEST_CASE("a promise of less red tape is believed in proportion to trust, and not at all without any") {
  Scenario scenario = without_levers();
  LeverSchedule& cut = lever(scenario, Lever::cut_position);
  cut.value.fill(0.6);
  cut.announced = 2010;
  cut.enacted = cut.delivered = cut.promised = 2030;
  const HomeYear home = in_year(scenario, year);
  const BeliefTables t = tables(scenario), none = tables(without_levers());
  REQUIRE(home.redtape_promised < home.redtape_index);
  const auto start = static_cast<std::uint16_t>(none.true_redtape);
  std::uint16_t last = 65535;
  for (const double trust : {0.0, 0.25, 0.5, 1.0}) {
    const auto believed = learn_redtape(t, start, 1.0f, static_cast<std::uint16_t>(trust * 65535), 1.0f, 0);
    const double shown = home.redtape_index * (1 - trust * (1 - home.redtape_promised / home.redtape_index));
    CHECK(believed / redtape_belief_scale == doctest::Approx(shown).epsilon(1e-3));
    CHECK(believed < last);
    last = believed;
  }
  CHECK(learn_redtape(t, 40000, 0.3f, 0, t.redtape_rate, 0) ==
        learn_redtape(none, 40000, 0.3f, 0, none.redtape_rate, 0));
  // Pay is believed as it is learnt: promises do not touch it.
  Scenario promised_pay = without_levers();
  lever(promised_pay, Lever::pay) = cut;
  CHECK(learn_pay(tables(promised_pay), 100, 0.3f, 0) == learn_pay(none, 100, 0.3f, 0));
}

TEST_CASE("reconciliation and visits close a share of the distance to full trust; refugees gain more") {
  Scenario scenario = without_levers();
  hold(scenario, Lever::reconciliation, 1);
  const Parameters& p = scenario.parameters;
  const BeliefTables t = tables(scenario);
  for (const std::uint16_t start : std::array<std::uint16_t, 3>{5000, 30000, 60000}) {
    const double before = tau(start);
    const auto gain = [&](const Encounters& met) { return (tau(next_trust(t, start, met)) - before) / (1 - before); };
    CHECK(std::abs(gain({}) - p.trust_t_36) < 1e-4);
    Encounters refugee;
    refugee.refugee = true;
    refugee.visits = 2;
    CHECK(std::abs(gain(refugee) - (2 * p.trust_t_vis + p.trust_t_36_refugee)) < 1e-4);
  }
}

TEST_CASE("reconciliation with average visits takes trust half the way to 1 in 89 years for refugees, 161 for others") {
  // The page's figures follow from .076 and .080 visits a year: about v0, what a person visits at trust one half.
  const Parameters& p = baseline().parameters;
  const auto visits = [&](double half_life, double reconciliation) {
    return (1 - std::pow(0.5, 1 / half_life) - reconciliation) / p.trust_t_vis;
  };
  CHECK(std::abs(visits(89, p.trust_t_36_refugee) - 0.076) < 0.004);
  CHECK(std::abs(visits(161, p.trust_t_36) - 0.08) < 0.004);
}

TEST_CASE("the community pulls trust towards its mean, at psi_com of the distance") {
  const BeliefTables t = tables(without_levers());
  const double pull = baseline().parameters.trust_psi_com;
  CHECK(static_cast<double>(t.t_community) == doctest::Approx(pull));
  for (const std::uint16_t mean : std::array<std::uint16_t, 3>{10000, 30000, 50000}) {
    CHECK(update_trust(t, 30000, {}, t.t_community, mean, 0) ==
          doctest::Approx(30000 + pull * (mean - 30000)).epsilon(1e-4));
  }
}

TEST_CASE("consultation moves members only: up where it is answered, down where it is not") {
  Scenario scenario = without_levers();
  hold(scenario, Lever::consultation, 0.8);
  Encounters member;
  member.association = true;
  const auto change = [&](double response, const Encounters& met) {
    scenario.parameters.trust_consult_response = response;
    return (next_trust(tables(scenario), 30000, met) - 30000) / trust_scale / scenario.parameters.trust_t_consult / 0.8;
  };
  CHECK(change(1, member) == doctest::Approx(1).epsilon(0.01));
  CHECK(change(0.5, member) == doctest::Approx(0.5).epsilon(0.01));
  CHECK(change(0.499, member) == doctest::Approx(-0.501).epsilon(0.01));
  CHECK(change(0, member) == doctest::Approx(-1).epsilon(0.01));
  CHECK(change(1, {}) == 0);
  CHECK(change(0, {}) == 0);
}

TEST_CASE("broken promises cost trust a year: of experts for Resolution 57, of everyone for the rest") {
  Scenario scenario = without_levers();
  LeverSchedule broken;
  broken.announced = broken.enacted = broken.promised = 2010;
  broken.delivered = last_year + 1;
  Encounters expert;
  expert.expert = true;
  broken.value.fill(1);
  lever(scenario, Lever::tax) = broken;
  const double loss = scenario.parameters.trust_t_break;
  const auto lost = [&](const Encounters& met) { return 0.5 - tau(next_trust(tables(scenario), 32767, met)); };
  CHECK(std::abs(lost(expert) - loss) < 3e-5);
  CHECK(std::abs(lost({})) < 3e-5);
  lever(scenario, Lever::visa) = broken;
  CHECK(std::abs(lost({}) - loss) < 3e-5);
  CHECK(std::abs(lost(expert) - 2 * loss) < 3e-5);
}

TEST_CASE("giving up costs t_bad of trust, never below 0; a dated shock moves everybody") {
  Scenario scenario = without_levers();
  const BeliefTables t = tables(scenario);
  CHECK(tau(lose_trust(t, 40000)) == doctest::Approx(tau(40000) - scenario.parameters.trust_t_bad).epsilon(1e-4));
  CHECK(lose_trust(t, 100) == 0);
  scenario.tables.macro.trust_shock[year_index(year)] = -0.1;
  CHECK(tau(next_trust(tables(scenario), 40000, {})) == doctest::Approx(tau(40000) - 0.1).epsilon(1e-4));
  CHECK(next_trust(tables(scenario), 2000, {}) == 0);
  scenario.tables.macro.trust_shock[year_index(year)] = 0.7;
  CHECK(next_trust(tables(scenario), 60000, {}) == 65535);
}

TEST_CASE("trust reverts to where it began by t_rev of the distance, and not at all by default") {
  Scenario scenario = without_levers();
  CHECK(static_cast<double>(tables(scenario).t_revert) == 0);
  scenario.parameters.trust_t_rev = 0.03;
  const BeliefTables t = tables(scenario);
  CHECK(revert_trust(t, 50000, 30000) == doctest::Approx(50000 - 0.03 * 20000).epsilon(1e-4));
  CHECK(revert_trust(t, 10000, 30000) == doctest::Approx(10000 + 0.03 * 20000).epsilon(1e-4));
  CHECK(revert_trust(t, 30000, 30000) == 30000);
}

TEST_CASE("no rise of trust is larger where trust is higher") {
  Scenario scenario = without_levers();
  hold(scenario, Lever::reconciliation, 1);
  const BeliefTables t = tables(scenario);
  Encounters visitor;
  visitor.visits = 3;
  int last = 65535;
  for (int trust = 0; trust <= 65000; trust += 5000) {
    const int rise = next_trust(t, static_cast<std::uint16_t>(trust), visitor) - trust;
    CHECK(rise <= last);
    CHECK(rise > 0);
    last = rise;
  }
}

TEST_CASE("the visit stock is .8 of itself and the visits of the year, rounded down, capped near 8") {
  CHECK(update_visit_stock(0, 1) == 32);
  CHECK(update_visit_stock(32, 0) == 25);
  CHECK(update_visit_stock(100, 2) == 80 + 64);
  CHECK(update_visit_stock(255, 4) == 255);
  std::uint8_t stock = 255;
  for (int i = 0; i < 40; ++i) stock = update_visit_stock(stock, 0);
  CHECK(stock == 0);
}

TEST_CASE("attachment follows language, visits and association at its rate, and does not stick") {
  const BeliefTables t = tables(without_levers());
  const auto after = [&](int years, std::uint8_t from, std::uint32_t language, std::uint8_t stock, bool member) {
    double mean = 0;
    for (std::uint32_t run = 0; run < 256; ++run) {
      std::uint8_t a = from;
      for (int i = 0; i < years; ++i) {
        a = update_attachment(t, a, language, stock, member, static_cast<std::uint32_t>(i) * 89 + run);
      }
      mean += a / 256.0;
    }
    return mean / attachment_scale;
  };
  CHECK(after(1, 100, 3, 0, false) ==
        doctest::Approx(100 / 255.0 + baseline().parameters.community_attachment_rate * (1.0 / 3 - 100 / 255.0))
            .epsilon(5e-3));
  CHECK(after(60, 0, 3, 96, true) == doctest::Approx(1).epsilon(0.01));
  CHECK(after(60, 255, 0, 0, false) == doctest::Approx(0).epsilon(0.01).scale(1));
  CHECK(after(60, 0, 3, 48, false) == doctest::Approx((1 + 0.5) / 3).epsilon(0.02));
  CHECK(after(60, 200, 3, 200, true) == doctest::Approx(1).epsilon(0.01));  // more than three visits count as three
}
