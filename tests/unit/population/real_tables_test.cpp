// The tables that ship: raking converges for every host group and the stock of 2004 comes out whole.
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "population/stock.h"
#include "population/synthesis.h"
#include "scenario/loader.h"

using namespace homeward;

namespace {

Scenario shipped() {
  Scenario scenario;
  scenario.tables = load_tables(std::string(HOMEWARD_SOURCE_DIR) + "/scenarios/data");
  for (const ParameterMember& member : parameter_members()) {
    for (const ParameterRow& row : scenario.tables.parameters) {
      if (row.path == member.path) scenario.parameters.*member.member = row.value;
    }
  }
  return scenario;
}

}  // namespace

TEST_CASE("every host group of the shipped tables rakes to its margins") {
  const Scenario scenario = shipped();
  const StockLaws laws(scenario.tables);
  for (std::size_t group = 0; group < scenario.tables.groups.size(); ++group) {
    CAPTURE(scenario.tables.groups[group].code);
    const GroupStock stock = rake_group(scenario.tables, laws, static_cast<int>(group));
    CHECK(stock.raking.error < raking_tolerance);
    CHECK(stock.raking.iterations < raking_iterations);
  }
}

TEST_CASE("the shipped stock of 2004 is met whole, margin by margin") {
  const Scenario scenario = shipped();
  double expected = 0;
  for (const StockCell& cell : scenario.tables.stocks) {
    expected += cell.persons * scenario.tables.groups[static_cast<std::size_t>(cell.group)].synthesis_factor;
  }
  SynthesisSettings settings;
  settings.scale = 0.05;
  const Population population = synthesise(scenario, settings);
  double stock = 0;
  for (const std::uint32_t persons : population.stock) stock += persons;
  // Thinned: six standard deviations of the binomial count, false-positive rate 2e-9.
  CHECK(std::abs(stock - expected * 0.05) < 6 * std::sqrt(expected * 0.05 * 0.95));
  for (const MarginFit& fit : population.fit) {
    CAPTURE(fit.margin);
    CHECK(fit.target == doctest::Approx(expected));
    CHECK(fit.standardised_absolute_error < 0.002);
  }
}
