// A small made-up diaspora in code: two host groups, three hosts, all classes, for the tests of synthesis.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include "scenario/scenario.h"

namespace homeward::testing {

inline void add_shares(Tables& tables, const std::string& attribute, const std::string& profile,
                       std::initializer_list<std::pair<const char*, double>> shares) {
  for (const auto& [category, share] : shares) tables.attributes.push_back({attribute, profile, category, share});
}

inline void add_attributes(Tables& t) {
  add_shares(t, "female", "all", {{"female", 0.52}});
  add_shares(t, "female", "contract", {{"female", 0.38}});
  add_shares(t, "education", "all", {{"primary", 0.32}, {"secondary", 0.44}, {"tertiary", 0.17}, {"advanced", 0.07}});
  add_shares(t, "education", "student", {{"tertiary", 0.66}, {"advanced", 0.34}});
  add_shares(t, "education", "remote_valley", {{"primary", 0.9}, {"secondary", 0.1}});
  add_shares(t, "science", "all", {{"tertiary", 0.3}, {"advanced", 0.45}});
  add_shares(t, "sector_science", "all", {{"research", 0.5}, {"ict", 0.35}, {"health", 0.15}});
  add_shares(t, "sector_other", "all", {{"business", 0.2}, {"manufacturing", 0.3}, {"services", 0.3}, {"none", 0.2}});
  add_shares(t, "sector_other", "student", {{"study", 1}});
  add_shares(t, "eldest", "female", {{"eldest", 0}});
  add_shares(t, "eldest", "male", {{"eldest", 0.45}});
  add_shares(t, "partner", "all", {{"none", 0.35}, {"co_national", 0.6}, {"at_home", 0.05}});
  add_shares(t, "partner", "contract", {{"none", 0.85}, {"at_home", 0.15}});
  add_shares(t, "partner", "marriage", {{"host_born", 1}});
  add_shares(t, "child", "all", {{"child", 0.65}});
  add_shares(t, "parent", "all", {{"home", 0.85}});
  add_shares(t, "parent", "host_born", {{"home", 0}});
  add_shares(t, "naturalised", "all", {{"naturalised", 0}});
  add_shares(t, "naturalised", "refugee", {{"naturalised", 1}});
  add_shares(t, "naturalised", "g15", {{"naturalised", 1}});
  add_shares(t, "naturalised", "host_born", {{"naturalised", 1}});
  add_shares(t, "naturalised", "family", {{"naturalised_after_8", 0.75}});
  add_shares(t, "language", "all", {{"3", 1}});
  add_shares(t, "language", "g15", {{"1", 0.4}, {"2", 0.6}});
  add_shares(t, "language", "host_born", {{"0", 0.65}, {"1", 0.35}});
}

inline void add_stock(Tables& t, int group, MigrantClass c, Generation g, std::initializer_list<double> by_age_from_0) {
  int age_group = 0;
  for (const double persons : by_age_from_0) {
    if (persons > 0) t.stocks.push_back({group, c, g, age_group, persons});
    ++age_group;
  }
}

// Stock: 40,000 persons of origin in group 0 (hosts AAA .7, BBB .3), 6,000 in group 1 (host CCC, attribute profile
// remote_valley); arrivals of family, students and contract workers.
inline Scenario small_world() {
  Scenario scenario;
  Parameters& p = scenario.parameters;
  p.community_size = 100;
  p.community_association_initial = 0.08;
  p.trust_start_refugee = 0.3;
  p.trust_start_g15 = 0.42;
  p.trust_start_g2 = 0.48;
  p.trust_start_family = 0.55;
  p.trust_start_other = 0.68;
  p.trust_start_sd = 0.18;
  p.belief_lag_growth = 0.047;
  p.belief_lag_share = 0.6;
  p.belief_lag_refugee = 22;
  p.belief_lag_g15 = 14;
  p.belief_lag_other = 8;
  p.belief_redtape0_refugee = 1.05;
  p.belief_redtape0 = 0.9;
  p.belief_redtape0_sd = 0.12;
  p.demography_girls_share = 0.488;
  p.temporary_term_short_share = 0.4;
  p.temporary_term_short = 3;
  p.temporary_term_long = 5;
  p.temporary_renew_years = 3;

  Tables& t = scenario.tables;
  HostGroup coast, valley;
  coast.code = "coast";
  valley.code = "valley";
  valley.attribute_profile = "remote_valley";
  for (HostGroup* group : {&coast, &valley}) {
    group->arrivals_multiplier.fill(1);
    t.groups.push_back(*group);
  }
  t.hosts.push_back({"AAA", "AA", "Alpha", 0, 0.7});
  t.hosts.push_back({"BBB", "BB", "Beta", 0, 0.3});
  t.hosts.push_back({"CCC", "CC", "Gamma", 1, 1.0});
  add_attributes(t);

  using C = MigrantClass;
  using G = Generation;
  add_stock(t, 0, C::refugee, G::g1, {0, 0, 0, 0, 0, 0, 0, 900, 2000, 2100, 2000, 1900, 1800, 1300});
  add_stock(t, 0, C::family, G::g1, {0, 0, 0, 0, 900, 1500, 1500, 1500, 1500, 1500, 1500, 1000, 500, 100});
  add_stock(t, 0, C::family, G::g15, {0, 0, 0, 800, 1200, 1200, 1200, 1200, 400});
  add_stock(t, 0, C::host_born, G::g2, {2200, 2000, 1800, 1700, 1400, 900});
  add_stock(t, 0, C::student, G::g1, {0, 0, 0, 50, 250, 200});
  add_stock(t, 1, C::contract, G::g1, {0, 0, 0, 0, 600, 600, 600, 300});
  add_stock(t, 1, C::family, G::g1, {0, 0, 0, 0, 300, 600, 600, 600, 500, 400, 300, 200});
  add_stock(t, 1, C::host_born, G::g2, {200, 200});

  t.ages_2004 = {{"refugee", {38, 40, 1.1}}, {"family", {22, 45, 1}},  {"student", {19, 10, 1}},
                 {"contract", {20, 18, 1}},  {"g15", {16, 26, 1}},     {"host_born", {0, 28, 0.9}}};
  t.ages_at_arrival = {{"family", {8, 50, 1.2}}, {"student", {18, 8, 1}}, {"contract", {19, 14, 1}}};
  t.arrival_years = {{"refugee", {1975, 18, 2, 14}}, {"family", {2003, -18, 1, 16}}, {"student", {2004, -4, 1}},
                     {"contract", {2004, -3.5, 1}},  {"g15", {0, 10, 1}}};
  for (auto& by_group : t.arrivals) by_group.assign(t.groups.size(), YearSeries{});
  t.arrivals[code(C::family)][0].fill(600.4);
  t.arrivals[code(C::student)][0].fill(250);
  t.arrivals[code(C::contract)][1].fill(300.7);
  return scenario;
}

}  // namespace homeward::testing
