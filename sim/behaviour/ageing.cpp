#include "behaviour/ageing.h"

#include <algorithm>
#include <stdexcept>

#include "base/fixed_point.h"

namespace homeward {
namespace {

template <typename Schedule>
const Schedule& schedule_named(const std::vector<Schedule>& schedules, const std::string& code_name) {
  for (const Schedule& schedule : schedules) {
    if (schedule.code == code_name) return schedule;
  }
  throw std::out_of_range("no schedule named " + code_name);
}

void fill_deaths(LifeTables& out, const Tables& tables, const HostGroup& group, int year) {
  const MortalitySchedule& schedule = schedule_named(tables.mortality, group.mortality);
  for (std::size_t sex = 0; sex < 2; ++sex) {
    for (std::size_t age = 0; age < 128; ++age) {
      const double rate = schedule.rate[sex][year_index(year)][std::min<std::size_t>(age, 110)];
      out.death[sex][age] = age >= 120 ? 0xffffffffu : word_threshold(1 - exact_exp(-rate));
    }
  }
}

void fill_births(LifeTables& out, const Parameters& p, const FertilitySchedule& schedule) {
  const std::array<double, 3> family{p.demography_birth_single, p.demography_birth_partnered,
                                     p.demography_birth_temporary};
  const int gap = round_to_int(p.demography_father_gap);
  for (std::size_t kind = 0; kind < 3; ++kind) {
    for (int age = 0; age < 128; ++age) {
      const auto rate = [&](int woman) {
        if (woman < 0 || woman >= 60) return 0.0;
        return schedule.births[static_cast<std::size_t>(woman)] * p.demography_asfr_mult * family[kind];
      };
      out.birth[kind][static_cast<std::size_t>(age)] = word_threshold(rate(age));
      out.fathering[kind][static_cast<std::size_t>(age)] = word_threshold(rate(age - gap));
    }
  }
}

}  // namespace

LifeTables build_life_tables(const Scenario& scenario, const HomeYear& home, const HostGroup& group,
                             double network_join, double invited_member, double invited_other) {
  const Parameters& p = scenario.parameters;
  LifeTables out;
  fill_deaths(out, scenario.tables, group, home.year);
  fill_births(out, p, schedule_named(scenario.tables.fertility, group.fertility));
  out.union_rate = half_threshold(p.demography_union_rate);
  out.union_host_born = half_threshold(p.demography_union_host_born);
  out.partner_joins = half_threshold(p.demography_partner_joins);
  for (std::size_t age = 0; age < 128; ++age) {
    out.child_clears[age] = half_threshold(age >= 50 ? p.demography_child_clears_old : p.demography_child_clears);
    out.parent_ends[age] = half_threshold(age < 40   ? p.demography_parent_ends_young
                                          : age < 55 ? p.demography_parent_ends_mid
                                                     : p.demography_parent_ends_old);
  }
  out.parent_illness = half_threshold(p.demography_parent_illness);
  out.naturalise = word_threshold(p.demography_naturalise *
                                  std::max(p.demography_naturalise_floor, group.dual_tolerance));
  out.naturalise_years = round_to_int(p.demography_naturalise_years);
  out.dual = word_threshold(p.demography_dual * home.lever(Lever::nationality));
  out.job_loss = half_threshold(group.job_loss[year_index(home.year)]);
  const double join = p.community_association_join * group.association_density *
                      (1 + home.lever(Lever::associations));
  out.association_join = {word_threshold(join), word_threshold(join * p.community_association_visit)};
  out.changes_law[code(Legal::resident)] = out.naturalise;
  out.changes_law[code(Legal::naturalised)] = out.dual;
  out.association_leave = word_threshold(p.community_association_leave);
  for (std::uint32_t z = 0; z < 16; ++z) {
    out.savings_step[z] = half_threshold(
        std::min(p.community_target_cap,
                 p.community_target_step * exact_exp(p.community_target_position * wage_position(z))));
  }
  out.language_gain = word_threshold(p.lever_lang_gain * home.lever(Lever::language));
  out.network_join = word_threshold(network_join);
  out.invited = {word_threshold(invited_other), word_threshold(invited_member)};
  return out;
}

}  // namespace homeward
