// Contract workers and graduates of the engine go home, renew, settle and overstay in the shares of their pages; first
// permits run their terms; returnees leave again by their hazard. 11 comparisons.
#include <doctest/doctest.h>

#include <cmath>

#include "statistical/bounds.h"
#include "unit/behaviour/handmade_world.h"
#include "unit/behaviour/random_person.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr int year = 2016;
constexpr std::uint32_t persons = 40000;

Scenario without_return() {
  Scenario scenario = quiet(without_levers());
  scenario.parameters.choice_k0 = -20;  // who settles does not leave in the same year
  return scenario;
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// One worker or student many times over; the permit ends this year.
void fill(HandmadeWorld& world, Status status, MigrantClass migrant_class, Education education) {
  Columns& c = world.columns();
  for (const std::uint32_t s : world.slots()) {
    c.traits[s] = traits::pack(Sex::male, Generation::g1, migrant_class, education, Sector::services, 8, false);
    std::uint32_t now = state::StatusField::set(0, code(status));
    c.state[s] = state::LegalField::set(now, code(Legal::temporary));
    c.birth[s] = static_cast<std::uint8_t>(year - 27 - birth_year_base);
    c.arrival[s] = static_cast<std::uint8_t>(year - 3 - birth_year_base);
    c.year[s] = static_cast<std::uint8_t>(year - birth_year_base);
    c.trust[s] = 40000;
    c.pay_belief[s] = 3000;
    c.redtape_belief[s] = 26000;
  }
}

double pay_gap(const Scenario& scenario, const HostGroup& group, std::size_t education) {
  const HomeYear home = in_year(scenario, year);
  return 3000 / 8192.0 + home.home_premium[education] - group.ln_wage[education][year_index(year)] -
         scenario.parameters.choice_pay_position * wage_position(8);
}

}  // namespace

TEST_CASE("at the end of a permit workers go home, renew, overstay and settle as the page says") {  // 3 comparisons
  const Scenario scenario = without_return();
  const Parameters& p = scenario.parameters;
  for (const char* name : {"japan", "taiwan", "korea"}) {
    CAPTURE(name);
    HandmadeWorld world(scenario, {scenario.tables.group_index(name)}, persons,
                        70 + static_cast<std::uint64_t>(name[0]));
    fill(world, Status::contract, MigrantClass::contract, Education::secondary);
    world.start();
    const YearSeen seen = world.step(year);
    std::vector<std::int64_t> counts(4);
    int wrong_terms = 0;
    for (const std::uint32_t s : world.slots()) {
      const std::uint32_t now = world.now().state[s];
      const auto status = static_cast<Status>(state::StatusField::get(now));
      const bool irregular = state::LegalField::get(now) == code(Legal::irregular);
      ++counts[status == Status::empty ? 0 : status == Status::settled ? 3 : irregular ? 2 : 1];
      const double until = world.now().year[s] + birth_year_base;
      const double runs = irregular ? p.temporary_irregular_years : p.temporary_renew_years;
      wrong_terms += status == Status::contract && until != year + runs ? 1 : 0;
    }
    CHECK(wrong_terms == 0);
    CHECK(counts[0] == seen.count(Event::return_contract));

    const HostGroup& group = world.group(0);
    const double logit = p.temporary_kc +
                         p.temporary_kc_gap * (pay_gap(scenario, group, 1) + p.temporary_kc_gap_centre) +
                         p.temporary_kc_trust * (40000 / 65535.0 - 0.5) + group.contract_home_offset[year_index(year)] +
                         in_year(scenario, year).contract_home_offset;
    double home = 0;  // over the lasting attachment, standard normal
    for (int step = 0; step < 4096; ++step) {
      const double eta = exact_normal_quantile((step + 0.5) / 4096);
      home += logistic(logit + p.temporary_kc_taste * p.choice_sigma_eta * eta) / 4096;
    }
    const auto law = [&](double goes, double renews) {
      const double stays = (1 - goes) * (1 - renews);
      return std::vector<double>{persons * goes, persons * (1 - goes) * renews, persons * stays * group.irregular_share,
                                 persons * stays * (1 - group.irregular_share)};
    };
    CHECK(fit_tail(counts, law(home, p.temporary_renew)) > false_positive_rate);
    // Planted: forgetting that attachment spreads the logit; 3 points of renewal.
    CHECK(fit_tail(counts, law(home + 0.02, p.temporary_renew)) < false_positive_rate);
    CHECK(fit_tail(counts, law(home, p.temporary_renew + 0.03)) < false_positive_rate);
  }
}

TEST_CASE("graduates go home in the share of their page") {  // 2 comparisons
  const Scenario scenario = without_return();
  const Parameters& p = scenario.parameters;
  for (const Education education : {Education::tertiary, Education::advanced}) {
    HandmadeWorld world(scenario, {scenario.tables.group_index("usa")}, persons, 80 + code(education));
    fill(world, Status::student, MigrantClass::student, education);
    world.start();
    const YearSeen seen = world.step(year);
    CHECK(seen.count(Event::graduated) == persons);
    const double logit =
        p.temporary_ks +
        p.choice_b_pay * (pay_gap(scenario, world.group(0), code(education)) + p.choice_prem_fx + p.choice_pay_centre) +
        p.temporary_ks_trust * (40000 / 65535.0 - p.temporary_ks_trust_centre) -
        p.temporary_ks_redtape * (26000 / 32768.0 - p.temporary_ks_redtape_centre);
    CHECK(binomial_tail(seen.count(Event::return_student), persons, logistic(logit)) > false_positive_rate);
    CHECK(binomial_tail(seen.count(Event::return_student), persons, logistic(logit + 0.2)) < false_positive_rate);
  }
}

TEST_CASE("first permits run three or five years, studies three, four or five alike") {  // 2 comparisons
  const Scenario scenario = without_return();
  const Parameters& p = scenario.parameters;
  for (const MigrantClass migrant_class : {MigrantClass::contract, MigrantClass::student}) {
    HandmadeWorld world(scenario, {scenario.tables.group_index("japan")}, persons, 90 + code(migrant_class));
    world.arrive(year, migrant_class);
    world.start();
    const YearSeen seen = world.step(year);
    CHECK(seen.count(Event::arrival) == persons);
    std::vector<std::int64_t> terms(3);
    for (const std::uint32_t s : world.slots()) {
      const int term = world.now().year[s] + birth_year_base - year;
      REQUIRE(term >= 3);
      REQUIRE(term <= 5);
      ++terms[static_cast<std::size_t>(term - 3)];
    }
    const bool worker = migrant_class == MigrantClass::contract;
    const auto law = [&](double short_share) {
      return worker ? std::vector<double>{persons * short_share, 0, persons * (1 - short_share)}
                    : std::vector<double>{persons * short_share, persons / 3.0, persons * (2.0 / 3 - short_share)};
    };
    const double share = worker ? p.temporary_term_short_share : 1.0 / 3;
    if (worker) CHECK(terms[1] == 0);
    CHECK(fit_tail(terms, law(share)) > false_positive_rate);
    CHECK(fit_tail(terms, law(share + 0.02)) < false_positive_rate);
  }
}

TEST_CASE("returnees leave again by the hazard of their page, with and without an offer in hand") {  // 4 comparisons
  Scenario scenario = without_return();
  scenario.parameters.returnee_h_re = baseline().parameters.returnee_h_re;
  const Parameters& p = scenario.parameters;
  for (const bool offer : {false, true}) {
    for (const Legal legal : {Legal::resident, Legal::naturalised}) {
      CAPTURE(offer);
      HandmadeWorld world(scenario, {0}, 3 * persons, 95 + code(legal) + (offer ? 10u : 0u));
      fill(world, Status::returned, MigrantClass::family, Education::secondary);
      for (const std::uint32_t s : world.slots()) {
        std::uint32_t now = world.columns().state[s];
        now = state::LegalField::set(state::ModeField::set(now, code(Mode::wage)), code(legal));
        world.columns().state[s] = state::OfferFirstField::set(now, offer ? 1 : 0);
        world.columns().year[s] = static_cast<std::uint8_t>(year - 1 - birth_year_base);
      }
      world.start();
      const std::int64_t left = world.step(year).count(Event::re_emigration);
      double shortfall = 0;
      for (int step = 0; step < 4096; ++step) {
        const double e = p.returnee_shortfall_sd * exact_normal_quantile((step + 0.5) / 4096);
        shortfall += std::exp(std::max(0.0, -e)) / 4096;
      }
      const double hazard = p.returnee_h_re * p.returnee_early_mult * (offer ? 1 : shortfall) *
                            (legal == Legal::naturalised ? p.returnee_foreign_mult : p.returnee_national_mult);
      CHECK(binomial_tail(left, 3 * persons, hazard) > false_positive_rate);
      CHECK(binomial_tail(left, 3 * persons, 1.12 * hazard) < false_positive_rate);
    }
  }
}
