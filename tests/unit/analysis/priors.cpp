// Drawn parameters: in their ranges, keyed to their path, left alone where the scenario sets them.
#include "analysis/priors.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace homeward;

namespace {

ParameterRow row(const std::string& path, double value, double low, double high) {
  ParameterRow result;
  result.path = path;
  result.value = value;
  result.low = result.hard_low = low;
  result.high = result.hard_high = high;
  return result;
}

Scenario sample() {
  Scenario scenario;
  scenario.tables.parameters = {row("choice.k0", -3, -5, -2), row("choice.b_pay", 1.3, 0.5, 1.8),
                                row("belief.l0", 0.05, 0.05, 0.05), row("trust.t_36", 0.004, 0, 0.01)};
  scenario.parameters.choice_k0 = -3;
  scenario.parameters.choice_b_pay = 1.3;
  scenario.parameters.belief_l0 = 0.05;
  scenario.parameters.trust_t_36 = 0.004;
  return scenario;
}

}  // namespace

TEST_CASE("every parameter with a range is drawn inside it, the same way twice") {
  const Scenario scenario = sample();
  for (int replicate = 0; replicate < 200; ++replicate) {
    const auto drawn = draw_parameters(scenario, 7, replicate);
    REQUIRE(drawn.size() == 3);  // belief.l0 has no range
    for (const DrawnParameter& parameter : drawn) {
      CHECK(parameter.value > parameter.low);
      CHECK(parameter.value < parameter.high);
    }
    CHECK(draw_parameters(scenario, 7, replicate)[1].value == drawn[1].value);
    CHECK(draw_parameters(scenario, 8, replicate)[1].value != drawn[1].value);
  }
}

TEST_CASE("a parameter's draw does not depend on its neighbours") {
  Scenario fewer = sample();
  fewer.tables.parameters.erase(fewer.tables.parameters.begin());
  CHECK(draw_parameters(fewer, 7, 3)[0].value == draw_parameters(sample(), 7, 3)[1].value);
}

TEST_CASE("what the scenario sets is kept") {
  Scenario scenario = sample();
  scenario.parameters.choice_b_pay = 1.0;
  const auto drawn = draw_parameters(scenario, 7, 0);
  CHECK(drawn.size() == 2);
  CHECK(parameters_set(scenario) == std::vector<std::string>{"choice.b_pay"});
  const Parameters result = with_drawn(scenario.parameters, drawn);
  CHECK(result.choice_b_pay == 1.0);
  CHECK(result.choice_k0 == drawn[0].value);
}

// False-positive rate: the mean of 4,000 uniforms is off by 5 standard errors (.0228) with probability 6e-7.
TEST_CASE("draws are uniform") {
  const Scenario scenario = sample();
  double sum = 0;
  for (int replicate = 0; replicate < 4000; ++replicate) {
    const DrawnParameter k0 = draw_parameters(scenario, 11, replicate)[0];
    sum += (k0.value - k0.low) / (k0.high - k0.low);
  }
  CHECK(std::abs(sum / 4000 - 0.5) < 0.0228);
}

TEST_CASE("a drawn special tax is never above the one it replaces, and what the scenario sets stays") {
  Parameters parameters;
  parameters.fiscal_tax_home = 0.2;
  parameters.fiscal_tax_special = 0.1;
  const DrawnParameter low_home{"fiscal.tax_home", 0.12, 0.1, 0.3}, high_special{"fiscal.tax_special", 0.18, 0, 0.2};
  CHECK(with_drawn(parameters, {low_home, high_special}).fiscal_tax_special == 0.12);
  CHECK(with_drawn(parameters, {high_special}).fiscal_tax_special == 0.18);
  parameters.fiscal_tax_special = 0.15;
  const Parameters kept = with_drawn(parameters, {low_home});
  CHECK(kept.fiscal_tax_special == 0.15);
  CHECK(kept.fiscal_tax_home == 0.15);
}
