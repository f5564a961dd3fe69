// The tables of a diaspora as plain values: what scenarios/data/*/table.csv say, checked and cross-referenced.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/categories.h"
#include "base/declaration.h"
#include "base/years.h"

namespace homeward {

// hosts: a country of residence; it inherits the model's data from its group.
struct Host {
  std::string iso3, iso2, name;
  int group = 0;     // index into Tables::groups
  double share = 0;  // share of its group's stock and inflows; sums to 1 within a group
};

// host_groups: the 21 groups that carry data.
struct HostGroup {
  std::string code, name;
  double stock_2004 = 0;        // persons of home origin, before synthesis_factor
  double synthesis_factor = 1;  // stock as synthesised / stock_2004
  double dual_tolerance = 0;    // 0..1
  double association_density = 0;
  double visit_multiplier = 1;
  double remittance_multiplier = 1;
  double irregular_share = 0;     // of contract workers who neither go home nor renew; the rest settle
  std::string attribute_profile;  // row key of `attributes` that overrides the class profile; may be empty
  std::string mortality;          // schedule code in `mortality`, or "gompertz"
  std::string fertility;          // schedule code in `fertility`
  // ln real wage relative to the home secondary wage of 2004, by education and year (wages)
  std::array<YearSeries, 4> ln_wage{};
  // host_years, held from the year given
  YearSeries contract_home_offset{};  // logit
  YearSeries hostility{};             // 0..1
  YearSeries job_loss{};              // probability a year
  YearSeries arrivals_multiplier{};   // 1 unless a scenario says otherwise
};

// stocks: persons abroad at the start of 2004 in a cell of the margin class x generation x age group of a group.
struct StockCell {
  int group = 0;
  MigrantClass migrant_class{};
  Generation generation{};
  int age_group = 0;  // 0..17
  double persons = 0;
};

// attributes: the share of a category for a profile, conditional draws (docs/theory/synthesis.md).
// attribute: female | education | science_primary .. | parents | partner | ... ; see scenarios/data/attributes.
struct AttributeShare {
  std::string attribute, profile, category;
  double share = 0;
};

// arrival_ages, arrival_cohorts: x = base + span * u^power, u uniform.
struct PowerLaw {
  double base = 0, span = 0, power = 1;
  double min_age = 0;  // arrival_years: nobody arrives younger than this
};

struct MortalitySchedule {
  std::string code;
  // deaths per person-year by sex, year and single age 0..110
  std::array<std::vector<std::array<float, 111>>, 2> rate;
};

struct FertilitySchedule {
  std::string code;
  std::array<double, 60> births{};  // per woman-year by age
};

struct Province {
  std::string code, name;
  double share = 0;  // of origins
  std::string role;  // capital_south | capital_north | ""
};

// macro: the home country and the world, by year.
struct Macro {
  YearSeries home_growth{};           // real wage growth; NaN where the parameter macro.home_growth holds
  YearSeries attention_offset{};      // logit
  YearSeries contract_home_offset{};  // logit
  YearSeries visits_multiplier{};
  YearSeries experts_multiplier{};
  YearSeries ecosystem{};        // 0..1, for k_ent
  YearSeries trust_shock{};      // added to everyone's trust
  YearSeries network_members{};  // new members a year as history
  YearSeries redtape_offset{};   // added to the trend of the red-tape index
};

// costs: what a unit of a lever costs, USD of 2025.
struct UnitCost {
  std::string lever, unit;
  double usd = 0;
};

// policy_history: what was in force by the end of 2025, and when.
struct PolicyEvent {
  std::string lever;
  int year = 0;
  int ramp_years = 0;
  double added = 0;
  std::string event;
};

struct TableFile {
  std::string path;    // as opened
  std::string sha256;  // of the bytes
};

struct Tables {
  std::string folder;
  std::vector<HostGroup> groups;
  std::vector<Host> hosts;
  std::vector<StockCell> stocks;
  // inflows x destinations: persons arriving by class (code), host group and year
  std::array<std::vector<YearSeries>, 7> arrivals;  // [class][group]
  std::array<double, 4> home_premium{};             // ln, by education
  std::vector<AttributeShare> attributes;
  std::map<std::string, PowerLaw> ages_2004;        // by profile; uniform draws behind `stocks`
  std::map<std::string, PowerLaw> ages_at_arrival;  // by class name
  std::map<std::string, PowerLaw> arrival_years;    // of the 2004 stock, by profile
  std::vector<MortalitySchedule> mortality;
  std::vector<FertilitySchedule> fertility;
  std::vector<Province> provinces;
  Macro macro;
  std::vector<UnitCost> costs;
  std::vector<PolicyEvent> policy_history;
  std::vector<ParameterRow> parameters;
  std::vector<TableFile> files;

  int group_index(const std::string& code) const;  // -1 where there is none
  int host_index(const std::string& iso3) const;
  // The share of a category, profile first, then "all"; throws std::out_of_range where neither has it.
  double share(const std::string& attribute, const std::string& profile, const std::string& category) const;
  bool has_share(const std::string& attribute, const std::string& profile, const std::string& category) const;
};

}  // namespace homeward
