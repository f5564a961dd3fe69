// One keyed uniform a parameter and replicate.
#include "analysis/priors.h"

#include <algorithm>

#include "population/synthesis.h"
#include "random/streams.h"

namespace homeward {
namespace {

double Parameters::*member_of(const std::string& path) {
  for (const ParameterMember& binding : parameter_members()) {
    if (binding.path == path) return binding.member;
  }
  return nullptr;
}

bool set_by_scenario(const Scenario& scenario, const ParameterRow& row) {
  const auto member = member_of(row.path);
  return member != nullptr && scenario.parameters.*member != row.value;
}

}  // namespace

std::vector<std::string> parameters_set(const Scenario& scenario) {
  std::vector<std::string> paths;
  for (const ParameterRow& row : scenario.tables.parameters) {
    if (set_by_scenario(scenario, row)) paths.push_back(row.path);
  }
  return paths;
}

std::vector<DrawnParameter> draw_parameters(const Scenario& scenario, std::uint64_t seed, int replicate) {
  const Stream stream(seed, Purpose::priors);
  std::vector<DrawnParameter> drawn;
  for (const ParameterRow& row : scenario.tables.parameters) {
    if (!(row.low < row.high) || member_of(row.path) == nullptr || set_by_scenario(scenario, row)) continue;
    const double share = uniform(stream.words(text_key(row.path), static_cast<std::uint32_t>(replicate))[0]);
    drawn.push_back({row.path, row.low + share * (row.high - row.low), row.low, row.high});
  }
  return drawn;
}

Parameters with_drawn(const Parameters& parameters, const std::vector<DrawnParameter>& drawn) {
  Parameters result = parameters;
  for (const DrawnParameter& parameter : drawn) {
    if (const auto member = member_of(parameter.path)) result.*member = parameter.value;
  }
  // A special tax is never above the one it replaces; what was not drawn stays.
  const auto was_drawn = [&](const char* path) {
    return std::any_of(drawn.begin(), drawn.end(), [&](const DrawnParameter& one) { return one.path == path; });
  };
  if (was_drawn("fiscal.tax_special")) {
    result.fiscal_tax_special = std::min(result.fiscal_tax_special, result.fiscal_tax_home);
  } else if (was_drawn("fiscal.tax_home")) {
    result.fiscal_tax_home = std::max(result.fiscal_tax_special, result.fiscal_tax_home);
  }
  return result;
}

}  // namespace homeward
