// Every lever at full strength moves the outcome that it names, in the direction that its page claims.
//
// Pairs of runs with one seed: 1/100 of the diaspora, 2004 to 2024, the lever from 2004 on at the upper end of its
// plausible range, against no policy at all. Bounds are at most half of the effect seen when the test was written.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <memory>

#include "support/baseline.h"
#include "support/census.h"
#include "support/compare.h"

using namespace homeward;
using namespace homeward::test;

namespace {

constexpr int until = 2024;

struct World {
  ReplicateResult result;
  std::unique_ptr<Census> census = std::make_unique<Census>();

  double sum(std::string_view measure) const { return total(result, measure, first_year, until); }
  double last(std::string_view measure) const { return total(result, measure, until); }
  double months(Stage stage) const {
    StageCount all;
    for (const auto& year : result.pipeline) {
      all.months += year[code(stage)].months;
      all.completed += year[code(stage)].completed;
    }
    return static_cast<double>(all.months) / static_cast<double>(all.completed);
  }
  // Returns through the pipeline from an education on, in one mode.
  double returns(Education from, Mode mode) const {
    std::int64_t count = 0;
    for (int year = first_year; year <= until; ++year) {
      for (std::size_t e = code(from); e < 4; ++e) count += result.cubes[0].at(year, 0, e * 5 + code(mode));
    }
    return static_cast<double>(count);
  }
  // Researchers with an advanced degree who begin the procedures for a wage.
  double researchers() const {
    std::int64_t count = 0;
    for (int year = first_year; year <= until; ++year) {
      count += result.cubes[1].at(year, 0, (code(Education::advanced) * 8 + code(Sector::research)) * 5);
    }
    return static_cast<double>(count);
  }
};

Scenario no_policy() {
  Scenario scenario = small_baseline(100);
  without_policy(scenario);
  scenario.outputs = {{{"returns_settled"}, {"education", "mode"}},
                      {{"intending"}, {"education", "sector", "mode"}}};
  return scenario;
}

World live(const Scenario& scenario) {
  World world;
  world.result = watched_replicate(scenario, run_settings(11, 1, until), *world.census);
  return world;
}

using Outcome = std::function<double(const World&)>;
struct Claim {
  std::string what;
  Outcome of;
  double factor;  // above 1: with the lever it is more than this times what it is without; below 1: less
};

Outcome sum(const char* measure) {
  return [measure](const World& w) { return w.sum(measure); };
}
Outcome last(const char* measure) {
  return [measure](const World& w) { return w.last(measure); };
}
Outcome months(Stage stage) {
  return [stage](const World& w) { return w.months(stage); };
}
Outcome returns(Education from, Mode mode) {
  return [=](const World& w) { return w.returns(from, mode); };
}

void check_claims(const Scenario& without, const World& base, Lever lever, const std::string& option,
                  const std::vector<Claim>& claims) {
  CAPTURE(std::string(row_of(lever).path));
  CAPTURE(option);
  Scenario scenario = without;
  lever_of(scenario, lever) = from_year(lever, first_year, row_of(lever).high, option);
  const World with = live(scenario);
  for (const Claim& claim : claims) {
    CAPTURE(claim.what);
    const double before = claim.of(base), after = claim.of(with);
    CAPTURE(before);
    CAPTURE(after);
    CHECK(std::isfinite(after));
    CHECK((claim.factor >= 1 ? after > before * claim.factor : after < before * claim.factor));
  }
  // No lever changes arrivals.
  CHECK(with.sum("arrivals") == base.sum("arrivals"));
  // No lever that pays money moves attention: nobody more or less in the first year, before anybody has come home.
  const bool money = row_of(lever).group == "money";
  if (money) CHECK(total(with.result, "attentive", first_year) == total(base.result, "attentive", first_year));
}

void check_claims(Lever lever, const std::vector<Claim>& claims, const std::string& option = "") {
  static const Scenario without = no_policy();
  static const World base = live(without);
  check_claims(without, base, lever, option, claims);
}

}  // namespace

TEST_CASE("levers of law and relations") {
  check_claims(Lever::reconciliation, {{"trust", last("mean_trust"), 1.02}});
  check_claims(Lever::nationality,
               {{"dual nationals", [](const World& w) { return w.census->in(until).dual.load(); }, 1},
                {"months of papers", months(Stage::papers), 0.9},
                {"returns", sum("returns_settled"), 1.05}});
  check_claims(Lever::visa, {{"visits", sum("visits"), 1.1},
                             {"months of papers", months(Stage::papers), 0.75},
                             {"returns", sum("returns_settled"), 1.08}});
  check_claims(Lever::housing, {{"returns as entrepreneurs", returns(Education::primary, Mode::entrepreneur), 1.25},
                                {"returns in retirement", returns(Education::primary, Mode::retire), 1.15},
                                {"months of relocation", months(Stage::relocation), 0.85}});
  check_claims(Lever::language, {{"language of the second generation",
                                  [](const World& w) { return w.census->in(until).lessons.load(); }, 1.4}});
  check_claims(Lever::events, {{"belief lag", last("mean_belief_lag"), 0.96},
                               {"errors about red tape",
                                [](const World& w) { return w.census->in(until).redtape_error.load(); }, 0.98},
                               {"attention of guests",
                                [](const World& w) { return total(w.result, "attentive", first_year); }, 1}});
  check_claims(Lever::consultation, {{"trust", last("mean_trust"), 1.005}});
  check_claims(Lever::associations,
               {{"members", [](const World& w) { return w.census->in(until).associations.load(); }, 1.25}});
}

TEST_CASE("levers of money") {
  check_claims(Lever::pay,
               {{"returns to a wage", returns(Education::advanced, Mode::wage), 1.5},
                {"students", sum("returns_student"), 1.08}},
               "all");
  check_claims(Lever::tax,
               {{"graduates to a wage", returns(Education::tertiary, Mode::wage), 1.05},
                {"students", sum("returns_student"), 1.05}},
               "graduates");
  check_claims(Lever::tax, {{"students", sum("returns_student"), 1.01}}, "experts");
  check_claims(Lever::funding, {{"researchers begin", [](const World& w) { return w.researchers(); }, 1.1}});
  check_claims(Lever::posts, {{"posts given", [](const World& w) { return w.census->in(until).posts.load(); }, 1},
                              {"months of the position", months(Stage::position), 0.98}});
}

TEST_CASE("pay of funded posts works through the posts") {
  Scenario with_posts = no_policy();
  lever_of(with_posts, Lever::posts) = from_year(Lever::posts, first_year, row_of(Lever::posts).high);
  const World base = live(with_posts);
  check_claims(with_posts, base, Lever::pay, "posts",
               {{"returns to a wage", returns(Education::advanced, Mode::wage), 1.3}});

  // Without posts there is nobody who could get it.
  Scenario no_posts = no_policy();
  const World without = live(no_posts);
  lever_of(no_posts, Lever::pay) = from_year(Lever::pay, first_year, row_of(Lever::pay).high, "posts");
  CHECK(first_difference(without.result, live(no_posts).result) == "");
}

TEST_CASE("levers of procedures") {
  check_claims(Lever::fast_track,
               {{"months of recognition", months(Stage::recognition), 0.96},
                {"months of the position", months(Stage::position), 0.97}});
  check_claims(Lever::sandbox, {{"months of the licence", months(Stage::licence), 0.75},
                                {"entrepreneurs", returns(Education::primary, Mode::entrepreneur), 1.25}});
  check_claims(Lever::short_visits, {{"expert visits", sum("expert_visits"), 1.5}});
  check_claims(Lever::network, {{"members", last("network_members"), 1.5},
                                {"attention", sum("attentive"), 1.04},
                                {"expert visits", sum("expert_visits"), 2}});
  for (std::size_t k = 0; k < stage_count; ++k) {
    const auto lever = static_cast<Lever>(static_cast<std::size_t>(Lever::cut_papers) + k);
    check_claims(lever, {{"months of the stage", months(static_cast<Stage>(k)), 0.85},
                         {"beliefs about red tape",
                          [](const World& w) { return w.census->in(until).redtape_belief.load(); }, 0.98},
                         {"returns", sum("returns_settled"), 1.01}});
  }
}

TEST_CASE("the campaign acts where a_camp is not 0") {
  Scenario silent = no_policy();
  const World none = live(silent);
  lever_of(silent, Lever::campaign) = from_year(Lever::campaign, first_year, 1);
  const World unheard = live(silent);
  CHECK(difference_of_pipelines(none.result, unheard.result) == "");
  CHECK(difference_of_cubes(none.result, unheard.result) == "");
  CHECK(unheard.sum("attentive") == none.sum("attentive"));
  CHECK(unheard.sum("spending") > 0);

  Scenario heard = no_policy();
  heard.parameters.attention_a_camp = 0.5;
  const World base = live(heard);
  check_claims(heard, base, Lever::campaign, "",
               {{"attention", sum("attentive"), 1.25}, {"returns", sum("returns_settled"), 1.2}});
}

TEST_CASE("consultation that is not answered costs trust") {
  Scenario unanswered = no_policy();
  unanswered.parameters.trust_consult_response = 0.2;
  const World base = live(unanswered);
  check_claims(unanswered, base, Lever::consultation, "", {{"trust", last("mean_trust"), 0.99}});
}

TEST_CASE("pay convergence brings people home, and beliefs lag behind it") {
  check_claims(Lever::pay_growth, {{"returns", sum("returns_settled"), 1.08},
                                   {"students", sum("returns_student"), 1.12},
                                   {"belief lag", last("mean_belief_lag"), 1.3}});
}

TEST_CASE("short visits stand instead of returns: they change nothing else") {
  Scenario scenario = no_policy();
  const World base = live(scenario);
  lever_of(scenario, Lever::short_visits) = from_year(Lever::short_visits, first_year, 1);
  const World with = live(scenario);
  CHECK(difference_of_pipelines(base.result, with.result) == "");
  CHECK(difference_of_cubes(base.result, with.result) == "");
  for (const MeasureRow& row : measure_rows()) {
    if (row.name == "expert_visits" || row.name == "spending") continue;
    CAPTURE(std::string(row.name));
    CHECK(with.sum(row.name) == base.sum(row.name));
  }
}
