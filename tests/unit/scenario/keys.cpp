// The keys of a scenario: rows in the order of their enums, defaults that hold, and which path was meant.
#include "scenario/keys.h"

#include <doctest/doctest.h>

#include "scenario/known_paths.h"
#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

namespace {

template <typename Key>
void check_rows(const std::vector<KeyRow<Key>>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(std::string(rows[i].name));
    CHECK(static_cast<std::size_t>(rows[i].key) == i);
    CHECK(find_key(rows, rows[i].name) == &rows[i]);
    CHECK(contains(std::string(rows[i].example), std::string(rows[i].name) + ":"));
  }
}

std::string meant_by(const std::string& key) { return remedy_for_key(key, known_paths(vocabulary().levers)); }
std::string misspelt(const std::string& key) { return remedy_for_misspelt_key(key, known_paths(vocabulary().levers)); }

}  // namespace

TEST_CASE("rows stand in the order of their keys") {
  check_rows(scenario_keys());
  check_rows(lever_keys());
  check_rows(cube_keys());
  CHECK(find_key(scenario_keys(), "sead") == nullptr);
}

TEST_CASE("defaults and ranges are those that the rows tell") {
  const TemporaryFolder folder;
  const Scenario empty = load(folder, "name: Nothing\n");
  CHECK(row_of(scenario_keys(), ScenarioKey::seed).fallback == std::to_string(empty.seed));
  CHECK(row_of(scenario_keys(), ScenarioKey::replicates).fallback == std::to_string(empty.replicates));
  for (const ScenarioKey key : {ScenarioKey::seed, ScenarioKey::replicates}) {
    const KeyText& row = row_of(scenario_keys(), key);
    const std::string line = std::string(row.name) + ": ";
    CHECK(faults_of(folder, line + std::to_string(row.low) + "\n") == "");
    CHECK(faults_of(folder, line + std::to_string(row.high) + "\n") == "");
    CHECK_HAS(faults_of(folder, line + "-1\n"), "expected " + form_text(row));
  }
  CHECK_HAS(faults_of(folder, "replicates: 100001\n"), "a whole number from 1 to 100000");
}

TEST_CASE("the end of a path is told whole") {
  CHECK(meant_by("pay_growth") == "Did you mean 'policy.pay_growth'?");
  CHECK(meant_by("money") == "Did you mean 'policy.money'?");
  CHECK(meant_by("tax") == "Did you mean 'policy.money.tax'?");
  CHECK(meant_by("scope") == "Did you mean 'policy.money.tax.scope'?");
  CHECK(meant_by("choice") == "Did you mean 'parameters.choice'?");
  CHECK(meant_by("wage_shift") == "Did you mean 'hosts.GROUP.wage_shift'?");
  CHECK(meant_by("home_growth") == "Did you mean 'parameters.macro.home_growth' or 'economy.home_growth'?");
  CHECK(meant_by("announced") == "Did you mean 'policy.LEVER.announced'?");
  CHECK(meant_by("money.tax") == "Write it as nested maps, a line for each word of the path");
  CHECK(meant_by("choice.mu") == "Write it nested: 'choice: {mu: ...}'");
  CHECK(meant_by("parameters.choice.mu") == "Write it as nested maps, a line for each word of the path");
  CHECK(meant_by("seed") == "");
  CHECK(meant_by("") == "");
  CHECK(misspelt("recogniton") == "Did you mean 'policy.red_tape.recognition'?");
  CHECK(misspelt("xyzzyxyzzy") == "");
}
