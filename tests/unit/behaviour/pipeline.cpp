// The procedures: the monthly law, the order of stages, the month of entry, and whether the true offer is taken.
#include "behaviour/pipeline.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "unit/behaviour/random_person.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

struct World {
  Scenario scenario = without_levers();
  int year = 2015;
  HomeYear home() const { return in_year(scenario, year); }
  PipelineTables tables() const { return build_pipeline_tables(scenario, home()); }
  Utilities utilities() const { return build_utilities(scenario, home(), scenario.tables.groups[0], 0); }

  // The probability to take the offer, by bisection on the scripted draw.
  double takes(const Person& person, bool won_post = false) const {
    const PipelineTables t = tables();
    const Utilities u = utilities();
    std::uint64_t low = 0, high = std::uint64_t{1} << 32;
    while (high - low > 1) {
      const std::uint64_t middle = (low + high) / 2;
      (takes_offer(t, u, person, won_post, static_cast<std::uint32_t>(middle)) ? low : high) = middle;
    }
    return static_cast<double>(high) * 0x1p-32;
  }
};

// Somebody whose belief about pay at home is `error` ln points below the truth.
Person applicant(const World& world, double error = 0) {
  Person person = researcher();
  person.sector = Sector::ict;
  person.pay_belief = static_cast<std::int16_t>(std::lround((world.home().pay_index - error) * pay_belief_scale));
  return person;
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

TEST_CASE("in a month a stage ends with 1 / max(1, D_k), and who goes on gives up with h_ab (1 + h_rt r_t)") {
  World world;
  hold(world.scenario, Lever::fast_track, 1);
  for (const int year : {2004, 2015, 2045}) {
    world.year = year;
    const HomeYear home = world.home();
    const PipelineTables t = world.tables();
    for (std::size_t k = 0; k < 6; ++k) {
      CHECK(t.completes[0][k] / 4294967296.0 == doctest::Approx(1 / std::max(1.0, home.months[k])).epsilon(1e-6));
      CHECK(t.completes[1][k] / 4294967296.0 ==
            doctest::Approx(1 / std::max(1.0, home.months_fast_track[k])).epsilon(1e-6));
    }
    const Parameters& p = world.scenario.parameters;
    CHECK(t.abandons / 4294967296.0 ==
          doctest::Approx(p.pipeline_h_ab * (1 + p.pipeline_h_rt * home.redtape_trend)).epsilon(1e-6));
  }
}

TEST_CASE("a stage of less than a month takes one month for certain") {
  World world;
  hold(world.scenario, Lever::cut_residence, 0.8);
  CHECK(world.home().months[1] < 1);
  CHECK(world.tables().completes[0][1] == 0xffffffffu);
}

TEST_CASE("stages come in their order, those not asked are passed over, 6 is home") {
  const std::array<bool, 6> all{true, true, true, true, true, true}, some{false, true, false, false, true, false};
  for (int stage = -1; stage < 6; ++stage) CHECK(next_stage(all, stage) == stage + 1);
  CHECK(next_stage(some, -1) == 1);
  CHECK(next_stage(some, 1) == 4);
  CHECK(next_stage(some, 4) == 6);
}

TEST_CASE("no calendar month shares its draws with another, in any year") {
  std::set<std::uint32_t> times;
  for (int year = first_year; year <= last_year; ++year) {
    for (int month = 0; month <= 12; ++month) times.insert(pipeline_time(year, month));
  }
  CHECK(times.size() == 13 * 42);
}

TEST_CASE("the month of entry is one of twelve and is keyed by person and year") {
  const Stream stream(4, Purpose::pipeline);
  std::array<int, 13> seen{};
  for (std::uint64_t key = 0; key < 2400; ++key) {
    const int month = entry_month(stream, mix(key), 2020);
    REQUIRE(month >= 1);
    REQUIRE(month <= 12);
    CHECK(month == entry_month(stream, mix(key), 2020));
    ++seen[static_cast<std::size_t>(month)];
  }
  for (std::size_t month = 1; month <= 12; ++month) CHECK(seen[month] > 120);
}

TEST_CASE("the offer is taken by the commit equation: what is delivered, and the error of the belief about pay") {
  World world;
  const Parameters& p = world.scenario.parameters;
  for (const double error : {-0.2, 0.0, 0.27, 0.6}) {
    CHECK(world.takes(applicant(world, error)) ==
          doctest::Approx(logistic(p.pipeline_c_commit + p.choice_b_pay * error)).epsilon(2e-3));
  }
  hold(world.scenario, Lever::tax, 1);
  hold(world.scenario, Lever::pay, 0.5);
  const double tax = std::log(0.9 / 0.8), top = std::log(1.5);
  CHECK(world.takes(applicant(world)) ==
        doctest::Approx(logistic(p.pipeline_c_commit + p.pipeline_b_commit * tax)).epsilon(2e-3));
  CHECK(world.takes(applicant(world), true) ==
        doctest::Approx(logistic(p.pipeline_c_commit + p.pipeline_b_commit * (tax + top))).epsilon(2e-3));
  lever(world.scenario, Lever::pay).option = "all";
  CHECK(world.takes(applicant(world)) ==
        doctest::Approx(logistic(p.pipeline_c_commit + p.pipeline_b_commit * (tax + top))).epsilon(2e-3));
}

TEST_CASE("programmes move the eligible only, and a promise moves nobody at the commit step") {
  World world;
  hold(world.scenario, Lever::tax, 1);
  Person other = applicant(world);
  other.education = Education::tertiary;
  Person old = applicant(world);
  old.age = 60;
  const double usual = World{}.takes(applicant(world));
  CHECK(world.takes(other) == usual);
  CHECK(world.takes(old) == usual);
  CHECK(world.takes(applicant(world)) > usual);
  LeverSchedule& tax = lever(world.scenario, Lever::tax);
  tax.announced = 2010;
  tax.enacted = 2012;
  tax.delivered = tax.promised = 2030;
  CHECK(world.takes(applicant(world)) == usual);
}

TEST_CASE("the usual pessimist, six years of growth behind, takes a package worth .28 ln points 40 % more often") {
  // Del Carpio et al. 2016: +40 % of holders of an offer. The tax cut alone (.11) gives +16 %.
  World world;
  const double lag = 6 * world.home().pay_growth;
  const double base = world.takes(applicant(world, lag));
  World package = world;
  package.scenario.parameters.fiscal_tax_special = 1 - 0.8 * std::exp(0.28);
  hold(package.scenario, Lever::tax, 1);
  CHECK(package.takes(applicant(world, lag)) / base == doctest::Approx(1.40).epsilon(0.01));
  package.scenario.parameters.fiscal_tax_special = 1 - 0.8 * std::exp(0.11);
  CHECK(package.takes(applicant(world, lag)) / base == doctest::Approx(1.16).epsilon(0.01));
}

TEST_CASE("a faster stage with the same draws ends in the same month or earlier") {
  World slow_world, fast_world;
  hold(fast_world.scenario, Lever::cut_papers, 0.4);
  const PipelineTables slow = slow_world.tables(), fast = fast_world.tables();
  const Stream stream(2, Purpose::pipeline);
  for (std::uint64_t key = 0; key < 3000; ++key) {
    const auto month_of = [&](std::uint32_t completes) {
      for (int month = 1; month <= 240; ++month) {
        const Words words = stream.words(mix(key), pipeline_time(2015 + (month - 1) / 12, 1 + (month - 1) % 12));
        if (words[0] < completes) return month;
      }
      return 241;
    };
    CHECK(month_of(fast.completes[0][0]) <= month_of(slow.completes[0][0]));
  }
}
