// What is in force in a year: dates and promises, legal certainty, pay, months of procedures, gains of programmes.
#include "policy/home_year.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

std::size_t index(Lever which) { return static_cast<std::size_t>(which); }

LeverSchedule promise(double value, int announced, int enacted, int delivered, int promised) {
  LeverSchedule schedule;
  schedule.value.fill(value);
  schedule.announced = announced;
  schedule.enacted = enacted;
  schedule.delivered = delivered;
  schedule.promised = promised;
  schedule.dated = true;
  return schedule;
}

constexpr int never = last_year + 1;

}  // namespace

TEST_CASE("before a measure is announced nothing is known, then it is promised, then enacted, then it acts") {
  Scenario scenario = without_levers();
  lever(scenario, Lever::tax) = promise(0.8, 2020, 2022, 2025, 2025);
  for (const HomeYear& home : home_years(scenario)) {
    CAPTURE(home.year);
    CHECK(home.delivered[index(Lever::tax)] == (home.year >= 2025 ? 0.8 : 0));
    CHECK(home.enacted[index(Lever::tax)] == (home.year >= 2022 ? 0.8 : 0));
    CHECK(home.promised[index(Lever::tax)] == (home.year >= 2020 && home.year < 2025 ? 0.8 : 0));
    CHECK((home.tax_gain > 0) == (home.year >= 2025));
    CHECK((home.tax_gain_promised > 0) == (home.year >= 2020 && home.year < 2025));
    CHECK(home.broken_for_all == 0);
    CHECK(home.broken_for_eligible == 0);
    if (home.year > first_year) CHECK(home.enacted_before[index(Lever::tax)] == (home.year >= 2023 ? 0.8 : 0));
  }
}

TEST_CASE("a promise that slips is broken from the promised year until delivery") {
  Scenario scenario = without_levers();
  lever(scenario, Lever::posts) = promise(500, 2022, 2024, 2030, 2026);  // Resolution 57: concerns the eligible
  lever(scenario, Lever::visa) = promise(0.6, 2022, 2024, 2028, 2027);   // concerns everyone
  for (const HomeYear& home : home_years(scenario)) {
    CAPTURE(home.year);
    // 500 posts are a quarter of the 2,000 at the top of the plausible range.
    CHECK(home.broken_for_eligible == (home.year >= 2026 && home.year < 2030 ? doctest::Approx(0.25)
                                                                            : doctest::Approx(0)));
    CHECK(home.broken_for_all == (home.year >= 2027 && home.year < 2028 ? doctest::Approx(0.6) : doctest::Approx(0)));
  }
}

TEST_CASE("what is never delivered never acts, costs from its enactment, and stays broken to the end") {
  Scenario scenario = without_levers();
  lever(scenario, Lever::cut_recognition) = promise(0.4, 2015, 2016, never, 2017);
  for (const HomeYear& home : home_years(scenario)) {
    CAPTURE(home.year);
    CHECK(home.lever(Lever::cut_recognition) == 0);
    CHECK(home.enacted[index(Lever::cut_recognition)] == (home.year >= 2016 ? 0.4 : 0));
    CHECK(home.promised[index(Lever::cut_recognition)] == (home.year >= 2015 ? 0.4 : 0));
    CHECK(home.broken_for_all == (home.year >= 2017 ? doctest::Approx(0.5) : doctest::Approx(0)));  // .4 of at most .8
    CHECK(home.broken_for_eligible == 0);
  }
}

TEST_CASE("broken promises add up over levers, and one lever is never more than 1") {
  Scenario scenario = without_levers();
  lever(scenario, Lever::visa) = promise(1, 2010, 2010, never, 2011);
  lever(scenario, Lever::housing) = promise(0.5, 2010, 2010, never, 2011);
  lever(scenario, Lever::pay) = promise(6, 2010, 2010, never, 2011);  // three times the plausible range
  CHECK(in_year(scenario, 2012).broken_for_all == doctest::Approx(1.5));
  CHECK(in_year(scenario, 2012).broken_for_eligible == doctest::Approx(1));
}

TEST_CASE("a promise is the value that will be in force at delivery, along a ramp") {
  Scenario scenario = without_levers();
  LeverSchedule& visa = lever(scenario, Lever::visa);
  visa = promise(0, 2020, 2023, 2023, 2023);
  for (int year = 2023; year <= last_year; ++year) visa.value[year_index(year)] = std::min(1.0, (year - 2022) / 4.0);
  CHECK(in_year(scenario, 2021).promised[index(Lever::visa)] == 0.25);
  CHECK(in_year(scenario, 2023).lever(Lever::visa) == 0.25);
  CHECK(in_year(scenario, 2024).lever(Lever::visa) == 0.5);
  CHECK(in_year(scenario, 2030).lever(Lever::visa) == 1);
}

TEST_CASE("legal certainty of the baseline takes the steps of history: .25, .40, .55, .75") {
  const std::vector<HomeYear> years = home_years(baseline());
  const auto L = [&](int year) { return years[year_index(year)].legal_certainty; };
  CHECK(L(2006) == 0);
  CHECK(L(2009) == doctest::Approx(0.25 + (0.10 + 0.05) / 3));  // visa exemption whole, the laws of 2009 a third
  CHECK(L(2011) == doctest::Approx(0.40));
  CHECK(L(2014) == doctest::Approx(0.40));
  CHECK(L(2017) == doctest::Approx(0.55));
  CHECK(L(2024) == doctest::Approx(0.55));
  CHECK(L(2027) == doctest::Approx(0.75));
  CHECK(L(2045) == doctest::Approx(0.75));
  for (std::size_t t = 1; t < years.size(); ++t) CHECK(years[t].legal_certainty >= years[t - 1].legal_certainty);
}

TEST_CASE("the baseline holds what the table of policy history says, ramp by ramp, and nothing else but history") {
  const std::vector<HomeYear> years = home_years(baseline());
  for (std::size_t i = 0; i < lever_count; ++i) {
    CAPTURE(lever_rows()[i].path);
    for (const HomeYear& home : years) {
      double expected = 0;
      for (const PolicyEvent& event : baseline().tables.policy_history) {
        if (event.lever != lever_rows()[i].path || home.year < event.year) continue;
        expected += event.added * std::min(1.0, (home.year - event.year + 1.0) / event.ramp_years);
      }
      CAPTURE(home.year);
      CHECK(home.delivered[i] == doctest::Approx(expected).epsilon(1e-9));
    }
  }
}

TEST_CASE("legal certainty is at most 1") {
  Scenario scenario = without_levers();
  for (const Lever which : {Lever::visa, Lever::nationality, Lever::housing}) hold(scenario, which, 1);
  CHECK(in_year(scenario, 2020).legal_certainty == doctest::Approx(1));
  scenario.parameters.legal_weight_visa = 0.9;
  CHECK(in_year(scenario, 2020).legal_certainty == 1);
}

TEST_CASE("Resolution 57 as written ramps .3, .6, 1 and stays") {
  const std::vector<HomeYear> years = home_years(load_shipped("what-if/resolution-57.yaml"));
  for (const Lever which : {Lever::pay, Lever::tax, Lever::fast_track, Lever::sandbox, Lever::short_visits}) {
    CHECK(years[year_index(2024)].lever(which) == 0);
    CHECK(years[year_index(2025)].lever(which) == doctest::Approx(0.3));
    CHECK(years[year_index(2026)].lever(which) == doctest::Approx(0.6));
    CHECK(years[year_index(2027)].lever(which) == 1);
    CHECK(years[year_index(2045)].lever(which) == 1);
  }
  CHECK(years[year_index(2030)].posts == 20);
}

TEST_CASE("the tax gain is ln(.9/.8) at full intensity, on the way with intensity, and the top-up ln(1 + share)") {
  Scenario scenario = without_levers();
  hold(scenario, Lever::tax, 1);
  hold(scenario, Lever::pay, 0.32);
  CHECK(in_year(scenario, 2020).tax_gain == doctest::Approx(std::log(0.9 / 0.8)));
  CHECK(in_year(scenario, 2020).top_gain == doctest::Approx(std::log(1.32)));
  hold(scenario, Lever::tax, 0.5);
  CHECK(in_year(scenario, 2020).tax_gain == doctest::Approx(std::log(0.85 / 0.8)));
  scenario.parameters.fiscal_tax_special = -0.1;
  hold(scenario, Lever::tax, 1);
  CHECK(in_year(scenario, 2020).tax_gain == doctest::Approx(std::log(1.1 / 0.8)));
}

TEST_CASE("months are d_k r_t times the product of the cuts; a cut touches its own stage only") {
  const Scenario none = without_levers();
  const Parameters& p = none.parameters;
  const std::array<double, 6> d{p.pipeline_d_papers,   p.pipeline_d_residence, p.pipeline_d_recognition,
                                p.pipeline_d_position, p.pipeline_d_licence,   p.pipeline_d_relocation};
  for (const int year : {2004, 2010, 2020, 2030, 2045}) {
    const double trend = std::max(p.pipeline_rt_floor, 1 + p.pipeline_rt_trend * (year - 2004));
    for (std::size_t k = 0; k < 6; ++k) CHECK(in_year(none, year).months[k] == doctest::Approx(d[k] * trend));
    CHECK(in_year(none, year).redtape_index == doctest::Approx(trend));
  }

  struct Cut {
    Lever lever;
    std::size_t stage;
    double share;  // of the months at full strength
    bool only_fast_track;
  };
  const double legal_visa = 1 - p.pipeline_cut_legal * p.legal_weight_visa;
  for (const Cut& cut : {Cut{Lever::cut_papers, 0, 0.7, false}, Cut{Lever::cut_residence, 1, 0.7, false},
                         Cut{Lever::cut_recognition, 2, 0.7, false}, Cut{Lever::cut_position, 3, 0.7, false},
                         Cut{Lever::cut_licence, 4, 0.7, false}, Cut{Lever::cut_relocation, 5, 0.7, false},
                         Cut{Lever::visa, 0, legal_visa * (1 - p.pipeline_cut_visa), false},
                         Cut{Lever::nationality, 0, 1 - p.pipeline_cut_legal * p.legal_weight_nationality, false},
                         Cut{Lever::sandbox, 4, 1 - p.pipeline_cut_sandbox, false},
                         Cut{Lever::fast_track, 2, 1 - p.pipeline_cut_fast, true},
                         Cut{Lever::fast_track, 3, 1 - p.pipeline_cut_fast, true}}) {
    CAPTURE(lever_rows()[index(cut.lever)].path);
    Scenario scenario = none;
    hold(scenario, cut.lever, lever_rows()[index(cut.lever)].unit == "share cut" ? 0.3 : 1);
    const HomeYear home = in_year(scenario, 2004);
    CHECK(home.months_fast_track[cut.stage] == doctest::Approx(d[cut.stage] * cut.share));
    CHECK(home.months[cut.stage] == doctest::Approx(d[cut.stage] * (cut.only_fast_track ? 1 : cut.share)));
    for (std::size_t k = 0; k < 6; ++k) {
      if (cut.lever == Lever::fast_track ? k == 2 || k == 3 : k == cut.stage) continue;
      CHECK(home.months[k] == doctest::Approx(d[k]));
      CHECK(home.months_fast_track[k] == doctest::Approx(d[k]));
    }
    // The index is the same for everyone: all six stages, without the fast track.
    double sum = 0, base = 0;
    for (std::size_t k = 0; k < 6; ++k) {
      sum += home.months[k];
      base += d[k];
    }
    CHECK(home.redtape_index == doctest::Approx(sum / base));
  }
}

TEST_CASE("housing cuts relocation and, through legal certainty, papers") {
  Scenario scenario = without_levers();
  hold(scenario, Lever::housing, 1);
  const Parameters& p = scenario.parameters;
  const HomeYear home = in_year(scenario, 2004);
  CHECK(home.months[5] == doctest::Approx(p.pipeline_d_relocation * (1 - p.pipeline_cut_housing)));
  CHECK(home.months[0] == doctest::Approx(p.pipeline_d_papers * (1 - p.pipeline_cut_legal * p.legal_weight_housing)));
}

TEST_CASE("the promised red-tape index is the one with every promise kept, else the index itself") {
  Scenario scenario = without_levers();
  lever(scenario, Lever::cut_position) = promise(0.5, 2010, 2012, 2020, 2020);
  Scenario kept = without_levers();
  hold(kept, Lever::cut_position, 0.5);
  for (const HomeYear& home : home_years(scenario)) {
    CAPTURE(home.year);
    const double with = in_year(kept, home.year).redtape_index;
    CHECK(home.redtape_promised == doctest::Approx(home.year >= 2010 ? with : home.redtape_index));
    CHECK(home.redtape_index ==
          doctest::Approx(home.year >= 2020 ? with : in_year(without_levers(), home.year).redtape_index));
  }
}

TEST_CASE("pay at home grows by the table, then by the parameter, and by the lever's points from its start") {
  const Scenario none = without_levers();
  const std::vector<HomeYear> base = home_years(none);
  CHECK(base[0].pay_index == 0);
  double index_so_far = 0;
  for (std::size_t t = 1; t < base.size(); ++t) {
    const double growth = none.tables.macro.home_growth[t];
    CHECK(base[t].pay_growth == (std::isnan(growth) ? none.parameters.macro_home_growth : growth));
    index_so_far += base[t].pay_growth;
    CHECK(base[t].pay_index == doctest::Approx(index_so_far));
  }
  Scenario faster = none;
  for (int year = 2026; year <= last_year; ++year) lever(faster, Lever::pay_growth).value[year_index(year)] = 1.5;
  for (const HomeYear& home : home_years(faster)) {
    const double ahead = home.pay_index - base[year_index(home.year)].pay_index;
    CHECK(ahead == doctest::Approx(home.year < 2026 ? 0 : 0.015 * (home.year - 2025)));
  }
}

TEST_CASE("pay at home in USD: the wage base of 2024 with growth and the premiums of education and return") {
  const Scenario scenario = without_levers();
  const Parameters& p = scenario.parameters;
  const std::vector<HomeYear> years = home_years(scenario);
  for (std::size_t e = 0; e < 4; ++e) {
    const double premium = e >= 2 ? p.choice_prem_fx : p.choice_prem_low;
    const double of_2024 = p.fiscal_wage_base * std::exp(scenario.tables.home_premium[e] + premium);
    CHECK(years[year_index(2024)].home_pay_usd[e] == doctest::Approx(of_2024));
    CHECK(years[year_index(2034)].home_pay_usd[e] ==
          doctest::Approx(of_2024 * std::exp(years[year_index(2034)].pay_index - years[year_index(2024)].pay_index)));
  }
}

TEST_CASE("scope and coverage are words of the scenario") {
  Scenario scenario = without_levers();
  CHECK_FALSE(in_year(scenario, 2020).tax_for_graduates);
  CHECK_FALSE(in_year(scenario, 2020).top_for_all);
  lever(scenario, Lever::tax).option = "graduates";
  lever(scenario, Lever::pay).option = "all";
  CHECK(in_year(scenario, 2020).tax_for_graduates);
  CHECK(in_year(scenario, 2020).top_for_all);
}
