#include "scenario/overrides.h"

namespace homeward {

const std::vector<EconomyRow>& economy_rows() {
  static const std::vector<EconomyRow> rows{
      {"home_growth", "ln points a year", -1, 1, &Macro::home_growth, true, "{2027: 0.05, 2031: 0.03}",
       "Growth of real wages at home; where the table leaves it empty the parameter macro.home_growth holds."},
      {"attention_offset", "logit", -10, 10, &Macro::attention_offset, false, "{2027: 0.2, 2030: 0}",
       "Added to everyone's attention to return."},
      {"contract_home_offset", "logit", -10, 10, &Macro::contract_home_offset, false, "{2027: 0.3}",
       "Added to the inclination of contract workers to go home when their permit ends."},
      {"visits_multiplier", "factor", 0, 100, &Macro::visits_multiplier, false, "{2027: 0.5, 2029: 1}",
       "Multiplies visits."},
      {"experts_multiplier", "factor", 0, 100, &Macro::experts_multiplier, false, "{2027: 2}",
       "Multiplies expert visits."},
      {"ecosystem", "index", 0, 1, &Macro::ecosystem, false, "{2027: 0.4, 2035: 0.8}",
       "How ready the home country is for start-ups."},
      {"trust_shock", "trust", -1, 1, &Macro::trust_shock, false, "{2027: -0.05, 2028: 0}",
       "Added to everyone's trust in that year."},
      {"network_members", "new members a year", 0, 1e6, &Macro::network_members, false, "{2027: 50}",
       "New members of the innovation network, as history has them."},
      {"redtape_offset", "index", -5, 5, &Macro::redtape_offset, false, "{2027: 0.1}",
       "Added to the trend of the red-tape index."},
  };
  return rows;
}

const std::vector<HostShockRow>& host_shock_rows() {
  static const std::vector<HostShockRow> rows{
      {"contract_home_offset", "logit", -10, 10, &HostGroup::contract_home_offset, "{2027: 0.3}",
       "Added to the inclination of contract workers to go home when their permit ends."},
      {"hostility", "index", 0, 1, &HostGroup::hostility, "{2027: 0.6, 2030: 0.2}",
       "Hostility towards migrants there."},
      {"job_loss", "probability a year", 0, 1, &HostGroup::job_loss, "{2027: 0.05, 2029: 0}",
       "Chance of an adult to lose the job."},
      {"wage_shift", "ln points", -10, 10, nullptr, "{2027: -0.1}",
       "Added to the ln wage of every education."},
      {"arrivals_multiplier", "factor", 0, 100, &HostGroup::arrivals_multiplier, "{2027: 0.5, 2030: 1}",
       "Multiplies arrivals."},
  };
  return rows;
}

void apply_economy(Macro& macro, const EconomyRow& row, const YearValues& given) {
  macro.*row.series = linear_after(given, macro.*row.series);
}

void apply_host_shock(HostGroup& group, const HostShockRow& row, const YearValues& given) {
  if (row.series != nullptr) {
    group.*row.series = linear_after(given, group.*row.series);
    return;
  }
  const YearSeries shift = linear_after(given, YearSeries{});
  for (YearSeries& ln_wage : group.ln_wage) {
    for (std::size_t t = 0; t < ln_wage.size(); ++t) ln_wage[t] += shift[t];
  }
}

}  // namespace homeward
