// Two scenarios are compared by what the engine reads of them, not by how they are written.
#include "analysis/common_past.h"

#include <algorithm>
#include <bit>

#include "policy/lever_parameters.h"

namespace homeward {
namespace {

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a + 0.0) == std::bit_cast<std::uint64_t>(b + 0.0); }

template <typename Array>
bool same_numbers(const Array& a, const Array& b) {
  return std::equal(std::begin(a), std::end(a), std::begin(b), std::end(b), same);
}

bool is_in_force(const HomeYear& home, Lever lever) {
  const auto l = static_cast<std::size_t>(lever);
  return home.delivered[l] != 0 || home.enacted[l] != 0 || home.promised[l] != 0;
}

// Whether a lever in force has a parameter that differs.
bool parameters_differ(const Timeline& a, const Timeline& b, int year, Lever lever) {
  if (!is_in_force(a.home(year), lever) && !is_in_force(b.home(year), lever)) return false;
  const Parameters &x = a.scenario().parameters, &y = b.scenario().parameters;
  return std::any_of(lever_parameters().begin(), lever_parameters().end(), [&](const LeverParameter& row) {
    return !same(x.*row.member, y.*row.member) &&
           std::find(row.levers.begin(), row.levers.end(), lever) != row.levers.end();
  });
}

bool same_home(const HomeYear& a, const HomeYear& b) {
  if (!same_numbers(a.delivered, b.delivered) || !same_numbers(a.enacted, b.enacted) ||
      !same_numbers(a.enacted_before, b.enacted_before) || !same_numbers(a.promised, b.promised)) {
    return false;
  }
  // A scope says nothing while its lever is not in force.
  if (is_in_force(a, Lever::tax) && a.tax_for_graduates != b.tax_for_graduates) return false;
  if (is_in_force(a, Lever::pay) && a.top_for_all != b.top_for_all) return false;
  constexpr double HomeYear::*numbers[] = {&HomeYear::broken_for_all,     &HomeYear::broken_for_eligible,
                                           &HomeYear::legal_certainty,    &HomeYear::pay_index,
                                           &HomeYear::pay_growth,         &HomeYear::redtape_trend,
                                           &HomeYear::redtape_index,      &HomeYear::redtape_promised,
                                           &HomeYear::tax_gain,           &HomeYear::tax_gain_promised,
                                           &HomeYear::top_gain,           &HomeYear::top_gain_promised,
                                           &HomeYear::posts,              &HomeYear::attention_offset,
                                           &HomeYear::contract_home_offset, &HomeYear::visits_multiplier,
                                           &HomeYear::experts_multiplier, &HomeYear::ecosystem,
                                           &HomeYear::trust_shock,        &HomeYear::network_members};
  for (const auto number : numbers) {
    if (!same(a.*number, b.*number)) return false;
  }
  return same_numbers(a.months, b.months) && same_numbers(a.months_fast_track, b.months_fast_track) &&
         same_numbers(a.home_premium, b.home_premium) && same_numbers(a.home_pay_usd, b.home_pay_usd);
}

bool same_hosts(const Tables& a, const Tables& b, int year) {
  const std::size_t t = year_index(year);
  for (std::size_t g = 0; g < a.groups.size(); ++g) {
    const HostGroup &x = a.groups[g], &y = b.groups[g];
    if (!same(x.contract_home_offset[t], y.contract_home_offset[t]) || !same(x.hostility[t], y.hostility[t]) ||
        !same(x.job_loss[t], y.job_loss[t])) {
      return false;
    }
    for (std::size_t e = 0; e < x.ln_wage.size(); ++e) {
      if (!same(x.ln_wage[e][t], y.ln_wage[e][t])) return false;
    }
  }
  return true;
}

std::string set_of(const std::string& path) {
  const std::size_t end = path.rfind('/');
  const std::size_t start = end == std::string::npos ? end : path.rfind('/', end - 1);
  return start == std::string::npos ? path : path.substr(start + 1);
}

bool same_files(const Tables& a, const Tables& b) {
  return std::equal(a.files.begin(), a.files.end(), b.files.begin(), b.files.end(),
                    [](const TableFile& x, const TableFile& y) {
                      return x.sha256 == y.sha256 && set_of(x.path) == set_of(y.path);
                    });
}

}  // namespace

Timeline::Timeline(const Scenario& scenario) : scenario_(&scenario), years_(home_years(scenario)) {}

std::vector<std::string> what_parts_from_the_start(const Scenario& a, const Scenario& b) {
  std::vector<std::string> reasons;
  for (const ParameterMember& member : parameter_members()) {
    if (lever_parameter(member.member) != nullptr) continue;
    if (!same(a.parameters.*member.member, b.parameters.*member.member)) {
      reasons.push_back("parameters." + member.path + " differs");
    }
  }
  if (!same_files(a.tables, b.tables) || a.tables.groups.size() != b.tables.groups.size()) {
    reasons.emplace_back("the tables differ");
    return reasons;
  }
  for (std::size_t g = 0; g < a.tables.groups.size(); ++g) {
    if (!same_numbers(a.tables.groups[g].arrivals_multiplier, b.tables.groups[g].arrivals_multiplier)) {
      reasons.push_back("hosts." + a.tables.groups[g].code + ".arrivals_multiplier differs: everyone who will arrive " +
                        "has a place from the start, and others have ties to it");
    }
  }
  return reasons;
}

bool same_people(const Scenario& a, const Scenario& b) {
  if (!same_files(a.tables, b.tables) || a.tables.groups.size() != b.tables.groups.size()) return false;
  for (std::size_t g = 0; g < a.tables.groups.size(); ++g) {
    if (!same_numbers(a.tables.groups[g].arrivals_multiplier, b.tables.groups[g].arrivals_multiplier)) return false;
  }
  return true;
}

bool same_year(const Timeline& a, const Timeline& b, int year) {
  for (std::size_t l = 0; l < lever_count; ++l) {
    if (parameters_differ(a, b, year, static_cast<Lever>(l))) return false;
  }
  return same_home(a.home(year), b.home(year)) && same_hosts(a.scenario().tables, b.scenario().tables, year);
}

std::vector<Lever> differing_levers(const Timeline& base, const Timeline& alt, int from, int to) {
  std::vector<Lever> levers;
  for (std::size_t l = 0; l < lever_count; ++l) {
    const auto lever = static_cast<Lever>(l);
    for (int year = from; year <= to; ++year) {
      const HomeYear &a = base.home(year), &b = alt.home(year);
      const bool scope = is_in_force(b, lever) && ((lever == Lever::tax && a.tax_for_graduates != b.tax_for_graduates) ||
                                                   (lever == Lever::pay && a.top_for_all != b.top_for_all));
      if (!scope && a.delivered[l] == b.delivered[l] && a.enacted[l] == b.enacted[l] && a.promised[l] == b.promised[l] &&
          !parameters_differ(base, alt, year, lever)) {
        continue;
      }
      levers.push_back(lever);
      break;
    }
  }
  return levers;
}

Scenario all_but_levers(const Scenario& base, const Scenario& alt) {
  Scenario rest = alt;
  rest.levers = base.levers;
  for (const LeverParameter& row : lever_parameters()) rest.parameters.*row.member = base.parameters.*row.member;
  return rest;
}

int first_difference(const Timeline& a, const Timeline& b) {
  if (!what_parts_from_the_start(a.scenario(), b.scenario()).empty()) return first_year;
  int year = first_year;
  while (year <= last_year && same_year(a, b, year)) ++year;
  return year;
}

int first_year_meant_to_differ(const Timeline& a, const Timeline& b) {
  const std::vector<HostGroup> &x = a.scenario().tables.groups, &y = b.scenario().tables.groups;
  const auto parts = what_parts_from_the_start(a.scenario(), b.scenario());
  const bool by_arrivals_only = std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
    return part.find(".arrivals_multiplier ") != std::string::npos;
  });
  if (!by_arrivals_only) return first_year;
  const auto same_arrivals = [&](int year) {
    for (std::size_t g = 0; g < x.size(); ++g) {
      if (!same(x[g].arrivals_multiplier[year_index(year)], y[g].arrivals_multiplier[year_index(year)])) return false;
    }
    return true;
  };
  int year = first_year;
  while (year <= last_year && same_year(a, b, year) && same_arrivals(year)) ++year;
  return year;
}

}  // namespace homeward
