#include "policy/home_year.h"

#include <algorithm>
#include <string_view>

#include "base/exact_math.h"

namespace homeward {
namespace {

// Levers of Resolution 57 type concern the eligible; all others concern everyone.
bool concerns_eligible(const LeverRow& row) { return row.path.starts_with("resolution_57."); }

// A lever's value as an intensity, for broken promises: 1 at the top of its plausible range.
double as_intensity(const LeverRow& row, double value) {
  return std::clamp(row.high > 0 ? value / row.high : value, 0.0, 1.0);
}

void apply_dates(const Scenario& scenario, HomeYear& home) {
  const std::vector<LeverRow>& rows = lever_rows();
  for (std::size_t lever = 0; lever < lever_count; ++lever) {
    const LeverSchedule& schedule = scenario.levers[lever];
    const double value = schedule.value[year_index(home.year)];
    if (home.year >= schedule.delivered) home.delivered[lever] = value;
    if (home.year >= schedule.enacted) home.enacted[lever] = value;
    if (home.year < schedule.announced || home.year >= schedule.delivered) continue;
    const double promise = schedule.value[year_index(std::min(std::max(schedule.delivered, home.year), last_year))];
    home.promised[lever] = promise;
    if (home.year >= schedule.promised) {
      (concerns_eligible(rows[lever]) ? home.broken_for_eligible : home.broken_for_all) +=
          as_intensity(rows[lever], promise);
    }
  }
}

// Months by stage under a set of lever strengths.
std::array<double, stage_count> stage_months(const Parameters& p, const std::array<double, lever_count>& strength,
                                             double legal_certainty, double trend, bool fast_track) {
  const auto lever = [&](Lever which) { return strength[static_cast<std::size_t>(which)]; };
  const double fast = fast_track ? 1 - p.pipeline_cut_fast * lever(Lever::fast_track) : 1;
  std::array<double, stage_count> months{
      p.pipeline_d_papers * (1 - lever(Lever::cut_papers)) * (1 - p.pipeline_cut_legal * legal_certainty) *
          (1 - p.pipeline_cut_visa * lever(Lever::visa)),
      p.pipeline_d_residence * (1 - lever(Lever::cut_residence)),
      p.pipeline_d_recognition * (1 - lever(Lever::cut_recognition)) * fast,
      p.pipeline_d_position * (1 - lever(Lever::cut_position)) * fast,
      p.pipeline_d_licence * (1 - lever(Lever::cut_licence)) *
          (1 - p.pipeline_cut_sandbox * lever(Lever::sandbox)),
      p.pipeline_d_relocation * (1 - lever(Lever::cut_relocation)) *
          (1 - p.pipeline_cut_housing * lever(Lever::housing)),
  };
  for (double& month : months) month *= trend;
  return months;
}

double redtape_index(const Parameters& p, const std::array<double, stage_count>& months) {
  const double base = p.pipeline_d_papers + p.pipeline_d_residence + p.pipeline_d_recognition +
                      p.pipeline_d_position + p.pipeline_d_licence + p.pipeline_d_relocation;
  double sum = 0;
  for (const double month : months) sum += month;
  return sum / base;
}

double legal_certainty(const Parameters& p, const std::array<double, lever_count>& strength) {
  const auto lever = [&](Lever which) { return strength[static_cast<std::size_t>(which)]; };
  return std::clamp(p.legal_weight_visa * lever(Lever::visa) + p.legal_weight_nationality * lever(Lever::nationality) +
                        p.legal_weight_housing * lever(Lever::housing),
                    0.0, 1.0);
}

double tax_gain(const Parameters& p, double intensity) {
  const double tax = p.fiscal_tax_home - intensity * (p.fiscal_tax_home - p.fiscal_tax_special);
  return intensity == 0 ? 0 : exact_log((1 - tax) / (1 - p.fiscal_tax_home));
}

double top_gain(double share) { return share == 0 ? 0 : exact_log(1 + share); }

}  // namespace

void require_sound_economy(const Scenario& scenario) {
  constexpr double most = 3.9;
  Faults faults;
  for (const HomeYear& home : home_years(scenario)) {
    if (home.pay_index < most && home.pay_index > -most) continue;
    faults.add({{scenario.file, 0, 0},
                "policy.pay_growth and economy.home_growth",
                "pay at home leaves its range by " + std::to_string(home.year),
                "Real pay may change by a factor of 50 at most against 2004",
                "Let it grow less, or for fewer years"});
    break;
  }
  if (scenario.parameters.fiscal_tax_special > scenario.parameters.fiscal_tax_home) {
    faults.add({{scenario.file, 0, 0},
                "parameters.fiscal.tax_special",
                "it is above parameters.fiscal.tax_home",
                "The tax lever would raise the tax",
                "Give a rate at or below it"});
  }
  faults.raise_if_any();
}

std::vector<HomeYear> home_years(const Scenario& scenario) {
  const Parameters& p = scenario.parameters;
  const Macro& macro = scenario.tables.macro;
  std::vector<HomeYear> years;
  double pay_index = 0;
  double pay_index_2024 = 0;
  for (int year = first_year; year <= last_year; ++year) {
    const std::size_t t = year_index(year);
    HomeYear home;
    home.year = year;
    apply_dates(scenario, home);
    home.legal_certainty = legal_certainty(p, home.delivered);

    const double table_growth = macro.home_growth[t];
    home.pay_growth = (table_growth == table_growth ? table_growth : p.macro_home_growth) +
                      home.lever(Lever::pay_growth) / 100;
    if (year > first_year) pay_index += home.pay_growth;
    home.pay_index = pay_index;
    if (year == 2024) pay_index_2024 = pay_index;

    home.redtape_trend =
        std::max(p.pipeline_rt_floor, 1 + p.pipeline_rt_trend * (year - first_year)) + macro.redtape_offset[t];
    home.months = stage_months(p, home.delivered, home.legal_certainty, home.redtape_trend, false);
    home.months_fast_track = stage_months(p, home.delivered, home.legal_certainty, home.redtape_trend, true);
    home.redtape_index = redtape_index(p, home.months);
    std::array<double, lever_count> with_promises = home.delivered;
    for (std::size_t lever = 0; lever < lever_count; ++lever) {
      with_promises[lever] = std::max(with_promises[lever], home.promised[lever]);
    }
    home.redtape_promised = redtape_index(
        p, stage_months(p, with_promises, legal_certainty(p, with_promises), home.redtape_trend, false));

    home.tax_gain = tax_gain(p, home.lever(Lever::tax));
    home.tax_gain_promised = tax_gain(p, home.promised[static_cast<std::size_t>(Lever::tax)]);
    home.top_gain = top_gain(home.lever(Lever::pay));
    home.top_gain_promised = top_gain(home.promised[static_cast<std::size_t>(Lever::pay)]);
    home.tax_for_graduates = scenario.levers[static_cast<std::size_t>(Lever::tax)].option == "graduates";
    home.top_for_all = scenario.levers[static_cast<std::size_t>(Lever::pay)].option == "all";
    home.posts = home.lever(Lever::posts);

    home.attention_offset = macro.attention_offset[t];
    home.contract_home_offset = macro.contract_home_offset[t];
    home.visits_multiplier = macro.visits_multiplier[t];
    home.experts_multiplier = macro.experts_multiplier[t];
    home.ecosystem = macro.ecosystem[t];
    home.trust_shock = macro.trust_shock[t];
    home.network_members = macro.network_members[t] + home.lever(Lever::network);
    for (std::size_t e = 0; e < 4; ++e) home.home_premium[e] = scenario.tables.home_premium[e];
    years.push_back(home);
  }
  for (std::size_t t = 1; t < years.size(); ++t) years[t].enacted_before = years[t - 1].enacted;
  for (HomeYear& home : years) {
    for (std::size_t e = 0; e < 4; ++e) {
      const double premium = e >= 2 ? p.choice_prem_fx : p.choice_prem_low;
      home.home_pay_usd[e] =
          p.fiscal_wage_base * exact_exp(home.pay_index - pay_index_2024 + home.home_premium[e] + premium);
    }
  }
  return years;
}

}  // namespace homeward
