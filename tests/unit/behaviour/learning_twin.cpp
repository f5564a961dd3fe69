// What the engine makes of beliefs, trust, visit stock and attachment in a year is what the equations of their pages
// give, person for person, to a unit of the column.
#include <doctest/doctest.h>

#include <cmath>

#include "unit/behaviour/handmade_world.h"
#include "unit/behaviour/random_person.h"
#include "unit/behaviour/slow_surroundings.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr int year = 2015;

// Nothing but learning happens; visits happen to all of every other host and to nobody elsewhere. No noise.
Scenario learning(const Parameters& given, bool policies) {
  Scenario scenario = quiet(without_levers());
  Parameters& p = scenario.parameters;
  for (double Parameters::*kept :
       {&Parameters::belief_l0, &Parameters::belief_l_vis, &Parameters::belief_l_peer, &Parameters::belief_l_vin,
        &Parameters::belief_l_max, &Parameters::belief_l_event, &Parameters::belief_bad_weight,
        &Parameters::belief_assoc_peer, &Parameters::belief_redtape_rate, &Parameters::trust_t_vis,
        &Parameters::trust_t_36, &Parameters::trust_t_36_refugee, &Parameters::trust_psi_com,
        &Parameters::trust_t_break, &Parameters::trust_t_consult, &Parameters::trust_consult_response,
        &Parameters::community_attachment_rate}) {
    p.*kept = given.*kept;
  }
  p.choice_k0 = -20;
  p.visits_v0 = 1000;
  for (std::size_t g = 0; g < scenario.tables.groups.size(); ++g) {
    scenario.tables.groups[g].visit_multiplier = g % 2 == 0 ? 1 : 0;
  }
  if (!policies) return scenario;
  for (const Lever which : {Lever::reconciliation, Lever::consultation, Lever::events}) hold(scenario, which, 0.7);
  // Less red tape and a tax cut were promised for 2012 and are not there.
  for (const Lever which : {Lever::cut_position, Lever::tax}) {
    LeverSchedule& promise = lever(scenario, which);
    promise.value.fill(0.5);
    promise.announced = 2010;
    promise.enacted = promise.promised = 2012;
    promise.delivered = 2030;
  }
  scenario.tables.macro.trust_shock[year_index(year)] = -0.02;
  return scenario;
}

struct Mistakes {
  int pay = 0, redtape = 0, trust = 0, visit_stock = 0, attachment = 0;
};

double clip(double x, double low, double high) { return std::min(std::max(x, low), high); }

void compare_person(const Scenario& scenario, const HomeYear& home, const Person& before, double s, int visits,
                    const Neighbourhood& circle, const Columns& now, std::uint32_t slot, Mistakes& wrong) {
  const Parameters& p = scenario.parameters;
  const double m = before.association ? p.belief_assoc_peer : 1;
  const double lambda =
      std::min(p.belief_l_max, p.belief_l0 + p.belief_l_event * home.lever(Lever::events) +
                                   (visits > 0 ? p.belief_l_vis : 0) + p.belief_l_peer * s * m +
                                   (before.network ? p.belief_l_vin : 0));
  const double pay = before.pay_belief / pay_belief_scale;
  wrong.pay += std::abs(now.pay_belief[slot] - (pay + lambda * (home.pay_index - pay)) * pay_belief_scale) > 1;

  const double tau = before.trust / trust_scale, redtape = before.redtape_belief / redtape_belief_scale;
  const double shown = home.redtape_index * (1 - tau * (1 - home.redtape_promised / home.redtape_index));
  const double b = circle.bad > circle.good ? p.belief_bad_weight : 1;
  const double step = std::min(1.0, p.belief_redtape_rate * lambda * b);
  wrong.redtape +=
      std::abs(now.redtape_belief[slot] - (redtape + step * (shown - redtape)) * redtape_belief_scale) > 1;

  const bool refugee = before.generation == Generation::g1 && before.migrant_class == MigrantClass::refugee;
  double next = tau + (p.trust_t_vis * visits +
                       (refugee ? p.trust_t_36_refugee : p.trust_t_36) * home.lever(Lever::reconciliation)) *
                          (1 - tau);
  next += p.trust_psi_com * (mean_of(circle.trust, circle.abroad) / trust_scale - tau);
  const double response = p.trust_consult_response;
  if (before.association) {
    next += p.trust_t_consult * home.lever(Lever::consultation) * (response >= 0.5 ? response : response - 1);
  }
  next += home.trust_shock - p.trust_t_break * home.broken_for_all;
  if (before.expert()) next -= p.trust_t_break * home.broken_for_eligible;
  wrong.trust += std::abs(now.trust[slot] - clip(next, 0, 1) * trust_scale) > 1;

  const double stock = std::min(255.0, std::floor(0.8 * 0 + 32.0 * visits));
  wrong.visit_stock += now.visit_stock[slot] != stock;
  const double target = (before.language / 3.0 + std::min(1.0, visits / 3.0) + before.association) / 3;
  const double attachment = p.community_attachment_rate * target * attachment_scale;  // from none
  wrong.attachment += now.attachment[slot] < attachment - 1 || now.attachment[slot] > attachment + 1;
}

}  // namespace

TEST_CASE("a year of the engine teaches everybody what the equations say: 42,000 persons, with and without policies") {
  for (const bool policies : {false, true}) {
    for (const std::uint64_t seed : {0ull, 3ull}) {
      CAPTURE(policies);
      CAPTURE(seed);
      const Scenario scenario =
          learning(seed == 0 ? baseline().parameters : drawn_parameters(baseline(), seed), policies);
      HandmadeWorld world(scenario, all_groups(scenario), 500, seed + 7);
      PersonDraws draws(seed + 8);
      for (const std::uint32_t s : world.slots()) {
        draws.settle(world.columns(), s, year);
        if (world.columns().arrival[s] == year - birth_year_base) --world.columns().arrival[s];
        const std::uint32_t kind = draws.below(40);
        std::uint32_t& now = world.columns().state[s];
        if (kind < 2) now = state::StatusField::set(now, code(Status::returned));
        if (kind == 2 || kind == 3) now = state::BadStoryField::set(now, 1);
        if (kind < 4) world.columns().year[s] = static_cast<std::uint8_t>(first_year - 1 - birth_year_base);
      }
      const Looks looks = look(world, world.columns());
      std::vector<Person> people;
      for (const std::uint32_t s : world.slots()) people.push_back(person_at(world.columns(), s, year));
      world.start();
      const Ties ties(world.seed(), world.layout());
      world.step(year);
      Mistakes wrong;
      for (std::size_t i = 0; i < people.size(); ++i) {
        if (people[i].status != Status::settled) continue;
        const std::uint32_t s = world.slots()[i];
        const double peer = slow_peer(scenario.parameters, world, world.now(), ties, looks, i) / 65536.0;
        const int visits = world.group(i).visit_multiplier > 0 ? 4 : 0;  // the most a year
        compare_person(scenario, world.home(year), people[i], peer, visits,
                       looks.circles.at({world.hosts()[i], world.now().community[s]}), world.now(), s, wrong);
      }
      CHECK(wrong.pay == 0);
      CHECK(wrong.redtape == 0);
      CHECK(wrong.trust == 0);
      CHECK(wrong.visit_stock == 0);
      CHECK(wrong.attachment == 0);
    }
  }
}
