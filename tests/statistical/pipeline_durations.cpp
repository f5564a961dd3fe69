// Procedures take as long as the page says: geometric months with mean max(1, D_k), competing with giving up, entered
// in any month alike. 22 comparisons.
#include <doctest/doctest.h>

#include <cmath>

#include "behaviour/pipeline.h"
#include "statistical/bounds.h"
#include "unit/behaviour/handmade_world.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

constexpr std::uint32_t persons = 60000;
constexpr int years = 30;

// Months of every stage the same in all years, nobody gives up, every offer is taken.
Scenario steady(double months, double abandon) {
  Scenario scenario = quiet(without_levers());
  Parameters& p = scenario.parameters;
  for (double Parameters::*stage : {&Parameters::pipeline_d_papers, &Parameters::pipeline_d_residence,
                                    &Parameters::pipeline_d_recognition, &Parameters::pipeline_d_position,
                                    &Parameters::pipeline_d_licence, &Parameters::pipeline_d_relocation}) {
    p.*stage = months;
  }
  p.pipeline_rt_trend = 0;
  scenario.tables.macro.redtape_offset.fill(0);
  p.pipeline_h_ab = abandon;
  p.pipeline_h_rt = 0;
  p.pipeline_c_commit = 20;
  p.choice_k0 = -20;  // nobody enters anew
  return scenario;
}

// Everybody is at the start of `stage` on 1 January 2004, on a way home that asks for it.
void place_all(HandmadeWorld& world, Stage stage) {
  const Mode mode = stage == Stage::licence ? Mode::entrepreneur : Mode::wage;
  for (const std::uint32_t s : world.slots()) {
    Columns& c = world.columns();
    c.traits[s] =
        traits::pack(Sex::male, Generation::g1, MigrantClass::family, Education::tertiary, Sector::services, 8, false);
    std::uint32_t now = state::StatusField::set(0, code(Status::preparing));
    now = state::LegalField::set(now, code(stage == Stage::papers ? Legal::naturalised : Legal::resident));
    now = state::StageField::set(now, code(stage));
    now = state::ModeField::set(now, code(mode));
    now = state::OfferFirstField::set(now, mode == Mode::wage ? 1 : 0);
    c.state[s] = now;
    c.birth[s] = static_cast<std::uint8_t>(1965 - birth_year_base);
    c.arrival[s] = static_cast<std::uint8_t>(1995 - birth_year_base);
    c.trust[s] = 32768;
    c.redtape_belief[s] = 32768;
  }
}

struct Passed {
  StageCount stage;                  // of all years
  std::vector<std::int64_t> by_year;  // completed
};
Passed pass(const Scenario& scenario, Stage stage, std::uint64_t seed) {
  HandmadeWorld world(scenario, {0}, persons, seed);
  place_all(world, stage);
  world.start();
  Passed passed;
  for (int year = first_year; year < first_year + years; ++year) {
    const StageCount count = world.step(year).pipeline[code(stage)];
    passed.by_year.push_back(count.completed);
    passed.stage.completed += count.completed;
    passed.stage.abandoned += count.abandoned;
    passed.stage.months += count.months;
  }
  return passed;
}

// Tail of the mean months of those who passed, geometric with this mean.
double mean_tail(const StageCount& count, double mean) {
  const auto n = static_cast<double>(count.completed);
  return normal_tail((static_cast<double>(count.months) / n - mean) / std::sqrt(mean * (mean - 1) / n));
}
// Tail of the years in which they passed, a chance of `monthly` a month.
double years_tail(const Passed& passed, double monthly) {
  std::vector<double> expected;
  const double left_after_year = std::pow(1 - monthly, 12);
  for (std::size_t year = 0; year < passed.by_year.size(); ++year) {
    expected.push_back(static_cast<double>(passed.stage.completed) * std::pow(left_after_year, year) *
                       (1 - left_after_year));
  }
  return fit_tail(passed.by_year, expected);
}

}  // namespace

TEST_CASE("in the engine every stage takes geometric months with mean D_k") {  // 2 comparisons a stage: 12
  const double months = 16;
  const Scenario scenario = steady(months, 0);
  for (std::uint8_t k = 0; k < 6; ++k) {
    CAPTURE(stage_names[k]);
    const Passed passed = pass(scenario, static_cast<Stage>(k), 100 + k);
    REQUIRE(passed.stage.completed == persons);
    CHECK(mean_tail(passed.stage, months) > false_positive_rate);
    CHECK(years_tail(passed, 1 / months) > false_positive_rate);
    // Planted: 5 % longer, and the rule of an earlier version, 1 - exp(-1 / D), half a month longer.
    CHECK(mean_tail(passed.stage, 1.05 * months) < false_positive_rate);
    CHECK(mean_tail(passed.stage, 1 / (1 - std::exp(-1 / months))) < false_positive_rate);
    CHECK(years_tail(passed, 1 / (1.07 * months)) < false_positive_rate);
  }
}

TEST_CASE("a cut shortens the stage to max(1, D_k), never below a month") {  // 2 comparisons
  Scenario scenario = steady(10, 0);
  hold(scenario, Lever::cut_relocation, 0.4);
  const Passed cut = pass(scenario, Stage::relocation, 200);
  CHECK(mean_tail(cut.stage, 6) > false_positive_rate);
  CHECK(mean_tail(cut.stage, 6.3) < false_positive_rate);
  // A cut to half a month: everybody takes one month, for certain.
  scenario.parameters.pipeline_d_relocation = 1;
  const Passed least = pass(scenario, Stage::relocation, 201);
  CHECK(least.stage.completed == persons);
  CHECK(least.stage.months == persons);
  // The floor is a month, not less: at two months nobody finishes all at once.
  scenario.parameters.pipeline_d_relocation = 2 / 0.6;
  const Passed two = pass(scenario, Stage::relocation, 202);
  CHECK(mean_tail(two.stage, 2) > false_positive_rate);
  CHECK(mean_tail(two.stage, 2.1) < false_positive_rate);
}

TEST_CASE("who gives up and who passes compete month by month: the end first, then giving up") {  // 4 comparisons
  for (const double abandon : {0.02, 0.1}) {
    CAPTURE(abandon);
    const double months = 12, ends = 1 / months;
    const Passed passed =
        pass(steady(months, abandon), Stage::relocation, 300 + static_cast<std::uint64_t>(1000 * abandon));
    REQUIRE(passed.stage.completed + passed.stage.abandoned == persons);
    const double share = ends / (ends + (1 - ends) * abandon);
    CHECK(binomial_tail(passed.stage.completed, persons, share) > false_positive_rate);
    CHECK(years_tail(passed, 1 - (1 - ends) * (1 - abandon)) > false_positive_rate);
    // Planted: giving up first, then the end.
    CHECK(binomial_tail(passed.stage.completed, persons, ends * (1 - abandon) / (ends * (1 - abandon) + abandon)) <
          false_positive_rate);
    CHECK(years_tail(passed, 1.1 * (1 - (1 - ends) * (1 - abandon))) < false_positive_rate);
  }
}

TEST_CASE("month by month the draws follow the geometric law") {  // 2 comparisons
  const Stream stream(11, Purpose::pipeline);
  for (const double months : {3.0, 9.0}) {
    const PipelineTables tables = [&] {
      const Scenario scenario = steady(months, 0);
      return build_pipeline_tables(scenario, in_year(scenario, 2010));
    }();
    std::vector<std::int64_t> counts(61);
    for (std::uint64_t key = 0; key < 50000; ++key) {
      int month = 1;
      while (month <= 60 && stream.words(mix(key), pipeline_time(2010 + (month - 1) / 12, 1 + (month - 1) % 12))[0] >=
                                tables.completes[0][0]) {
        ++month;
      }
      ++counts[static_cast<std::size_t>(month - 1)];
    }
    const auto law = [&](double mean) {
      std::vector<double> expected;
      for (int month = 0; month < 60; ++month) expected.push_back(50000 * std::pow(1 - 1 / mean, month) / mean);
      expected.push_back(50000 * std::pow(1 - 1 / mean, 60));
      return expected;
    };
    CHECK(fit_tail(counts, law(months)) > false_positive_rate);
    CHECK(fit_tail(counts, law(months * 1.05)) < false_positive_rate);
  }
}

TEST_CASE("people enter in any month alike") {  // 2 comparisons
  const Stream stream(12, Purpose::pipeline);
  for (const int year : {2008, 2033}) {
    std::vector<std::int64_t> counts(12);
    for (std::uint64_t key = 0; key < 120000; ++key)
      ++counts[static_cast<std::size_t>(entry_month(stream, mix(key), year) - 1)];
    CHECK(fit_tail(counts, std::vector<double>(12, 10000)) > false_positive_rate);
    std::vector<double> tilted(12, 10000);
    for (std::size_t m = 0; m < 12; ++m) tilted[m] *= m < 6 ? 1.04 : 0.96;
    CHECK(fit_tail(counts, tilted) < false_positive_rate);
  }
}
