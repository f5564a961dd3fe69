// Every key of a scenario other than the levers: what is read, and the fault of each wrong one.
#include <doctest/doctest.h>

#include <cmath>

#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

TEST_CASE("defaults of an almost empty scenario") {
  const TemporaryFolder folder;
  const Scenario scenario = load(folder, "name: Nothing\n");
  CHECK(scenario.name == "Nothing");
  CHECK(scenario.seed == 1);
  CHECK(scenario.replicates == 4);
  CHECK(scenario.outputs.empty());
  CHECK(scenario.parameters.choice_b_pay == 1.3);
  CHECK(scenario.levers.size() == vocabulary().levers.size());
  CHECK(scenario.tables.folder == fixture_tables());
  CHECK(folder.local(scenario.file) == "x.yaml");
}

TEST_CASE("unknown keys name the nearest known one") {
  const TemporaryFolder folder;
  CHECK(faults_of(folder,
                  "polcy: 1\npolicy:\n  red_tape:\n    recogniton: 0.3\n    tax: 1\n  red_tap: {}\n  money.tax: "
                  "1\nparameters:\n  choise: {}\n  choice: {b_pai: 1}\n  b_pay: 1\n  choice.mu: 1\neconomy: "
                  "{home_grwth: 0}\n") ==
        "x.yaml:1:1: polcy: unknown key. Did you mean 'policy'?\n"
        "x.yaml:4:5: policy.red_tape.recogniton: unknown key. Did you mean 'recognition'?\n"
        "x.yaml:5:5: policy.red_tape.tax: unknown key. Did you mean 'policy.money.tax'?\n"
        "x.yaml:6:3: policy.red_tap: unknown key. Did you mean 'red_tape'?\n"
        "x.yaml:7:3: policy.money.tax: unknown key. Write it as nested maps, a line for each word of the path.\n"
        "x.yaml:9:3: parameters.choise: unknown key. Did you mean 'choice'?\n"
        "x.yaml:10:12: parameters.choice.b_pai: unknown key. Did you mean 'b_pay'?\n"
        "x.yaml:11:3: parameters.b_pay: unknown key. Did you mean 'parameters.choice.b_pay'?\n"
        "x.yaml:12:3: parameters.choice.mu: unknown key. Write it nested: 'choice: {mu: ...}'.\n"
        "x.yaml:13:11: economy.home_grwth: unknown key. Did you mean 'home_growth'?");
}

TEST_CASE("a claim or a plan in place of a scenario is one fault, which names the verb that takes it") {
  const TemporaryFolder folder;
  CHECK(faults_of(folder, "claim: More\ncompare: [a, b]\nmeasure: returns\n") ==
        "x.yaml:1:1: claim: this file is a claim, not a scenario. `homeward compare --claim FILE` judges it.");
  CHECK(faults_of(folder, "scenarios: {a: b}\ndesign: []\n") ==
        "x.yaml:2:1: design: this file is a plan, not a scenario. `homeward sweep FILE` runs it.");
}

TEST_CASE("wrong kinds of values") {
  const TemporaryFolder folder;
  CHECK(faults_of(folder,
                  "seed: -1\nreplicates: 100001\nname: [a]\nnote:\noutputs: {a: 1}\nhosts: [a]\nparameters: "
                  "3\neconomy: x\npolicy:\ntables: {a: 1}\n") ==
        "x.yaml:1:7: seed: expected a whole number from 0 to 18446744073709551615, found '-1'.\n"
        "x.yaml:2:13: replicates: expected a whole number from 1 to 100000, found '100001'.\n"
        "x.yaml:3:7: name: expected a text, found a list.\n"
        "x.yaml:4:1: note: the value is missing. Expected a text. Write one, or remove the key.\n"
        "x.yaml:5:10: outputs: expected a list of {measures: [...], by: [...]}, found a map.\n"
        "x.yaml:6:8: hosts: expected a map of countries or groups, found a list.\n"
        "x.yaml:7:13: parameters: expected a map of groups of parameters, found '3'.\n"
        "x.yaml:8:10: economy: expected a map of columns of the macro table, found 'x'.\n"
        "x.yaml:9:1: policy: the value is missing. Expected a map of levers. Write one, or remove the key.\n"
        "x.yaml:10:9: tables: expected the path of a folder, found a map.");
  CHECK(faults_of(folder, "") == "x.yaml: the file is empty. A scenario holds at least 'extends: baseline.yaml'.");
  CHECK(faults_of(folder, "- a\n") ==
        "x.yaml:1:1: not a map of keys. A scenario is a map: 'policy:', 'parameters:' and so on. Write 'key: value'.");
}

TEST_CASE("seeds and replicates") {
  const TemporaryFolder folder;
  CHECK(load(folder, "seed: 18446744073709551615\n").seed == 18446744073709551615u);
  for (const char* seed : {"18446744073709551616", "1e3", "0x10", "01", "1.0", "\"1\"", "many"}) {
    CAPTURE(seed);
    CHECK_HAS(faults_of(folder, "seed: " + std::string(seed) + "\n"), "x.yaml:1:7: seed: expected a whole number");
  }
  CHECK_HAS(faults_of(folder, "replicates: 0\n"),
            "x.yaml:1:13: replicates: expected a whole number from 1 to 100000, found '0'.");
  LoadOptions chosen = options();
  chosen.seed = 99;
  chosen.replicates = 2;
  CHECK(load(folder, "seed: 5\nreplicates: 7\n", chosen).seed == 99);
  CHECK(load(folder, "seed: 5\nreplicates: 7\n", chosen).replicates == 2);
  chosen.replicates = 0;
  CHECK(faults_of(folder, "seed: 5\n", chosen) == "--replicates: 0 is out of range. Allowed is 1 to 100000.");
}

TEST_CASE("parameters") {
  const TemporaryFolder folder;
  CHECK(load(folder, "parameters: {choice: {b_pay: 1.5}}\n").parameters.choice_b_pay == 1.5);
  CHECK(faults_of(folder, "parameters: {choice: {b_pay: 99, mu: x, k0: {2027: 1}}}\n") ==
        "x.yaml:1:30: parameters.choice.b_pay: 99 is out of range. Allowed is -10 to 10 (logit per ln point).\n"
        "x.yaml:1:38: parameters.choice.mu: expected a number (unit), found 'x'.\n"
        "x.yaml:1:45: parameters.choice.k0: expected a number (unit), found a map.");
  // Gompertz' law follows its parameters.
  const Scenario harder = load(folder, "parameters: {demography: {mort_female: 1}}\n");
  const Scenario plain = load(folder, "name: x\n");
  const auto rate = [](const Scenario& scenario) { return scenario.tables.mortality.back().rate[0][0][40]; };
  CHECK(rate(harder) == doctest::Approx(rate(plain) / 0.75));
  CHECK(harder.tables.mortality.size() == plain.tables.mortality.size());
}

TEST_CASE("economy lays years over the macro table") {
  const TemporaryFolder folder;
  const Macro macro = load(folder,
                           "economy:\n  visits_multiplier: {2021: 0.5, 2023: 1.5}\n  network_members: 250\n  "
                           "home_growth: {2027: 0.03}\n")
                          .tables.macro;
  CHECK(macro.visits_multiplier[year_index(2020)] == 0.12);
  CHECK(macro.visits_multiplier[year_index(2021)] == 0.5);
  CHECK(macro.visits_multiplier[year_index(2022)] == 1);
  CHECK(macro.visits_multiplier[year_index(2045)] == 1.5);
  CHECK(macro.network_members[0] == 250);
  CHECK(std::isnan(macro.home_growth[year_index(2026)]));
  CHECK(macro.home_growth[year_index(2027)] == 0.03);
  CHECK(faults_of(folder, "economy: {ecosystem: 2, trust_shock: {2050: 1}}\n") ==
        "x.yaml:1:22: economy.ecosystem: 2 is out of range. Allowed is 0 to 1 (index).\n"
        "x.yaml:1:39: economy.trust_shock.2050: a year outside the simulation. The simulated years are 2004 to 2045.");
}

TEST_CASE("hosts lay shocks over a group") {
  const TemporaryFolder folder;
  const Tables tables = load(folder,
                             "hosts:\n  islands: {job_loss: {2027: 0.1, 2029: 0}, arrivals_multiplier: {2030: 0.5}, "
                             "contract_home_offset: {2027: 1}}\n"
                             "  XNO: {wage_shift: {2027: -0.1, 2028: -0.1, 2029: 0}, hostility: 0.5}\n")
                            .tables;
  const HostGroup& islands = tables.groups[1];
  CHECK(islands.job_loss[year_index(2020)] == 0.02);
  CHECK(islands.job_loss[year_index(2028)] == doctest::Approx(0.05));
  CHECK(islands.job_loss[year_index(2045)] == 0);
  CHECK(islands.arrivals_multiplier[year_index(2029)] == 1);
  CHECK(islands.arrivals_multiplier[year_index(2030)] == 0.5);
  CHECK(islands.contract_home_offset[year_index(2026)] == -0.25);
  CHECK(islands.contract_home_offset[year_index(2027)] == 1);
  const HostGroup& north = tables.groups[0];
  CHECK(north.hostility[0] == 0.5);
  const YearSeries before = load(folder, "name: x\n").tables.groups[0].ln_wage[3];
  CHECK(north.ln_wage[3][year_index(2026)] == before[year_index(2026)]);
  CHECK(north.ln_wage[3][year_index(2028)] == doctest::Approx(before[year_index(2028)] - 0.1));
  CHECK(north.ln_wage[3][year_index(2030)] == before[year_index(2030)]);
}

TEST_CASE("wrong hosts") {
  const TemporaryFolder folder;
  CHECK(faults_of(folder,
                  "hosts:\n  nroth: {hostility: 1}\n  XNO: {hostilty: 1}\n  north: {hostility: 2}\n  XIA: {job_loss: "
                  "0.1}\n  zzzzzzz: {}\n  south: 3\n") ==
        "x.yaml:2:3: hosts.nroth: unknown country or group. Did you mean 'north'?\n"
        "x.yaml:3:9: hosts.XNO.hostilty: unknown key. Did you mean 'hostility'?\n"
        "x.yaml:4:3: hosts.north: 'XNO' and 'north' are the same group of countries. Keep one of the two.\n"
        "x.yaml:4:22: hosts.north.hostility: 2 is out of range. Allowed is 0 to 1 (index).\n"
        "x.yaml:5:3: hosts.XIA: XIA shares its data with other countries. It is one of 2 in the group 'islands', which "
        "a shock meets as a whole. Write 'islands'.\n"
        "x.yaml:6:3: hosts.zzzzzzz: unknown country or group. 'homeward list hosts' names them.\n"
        "x.yaml:7:10: hosts.south: expected a map of shocks, found '3'.");
}

TEST_CASE("outputs") {
  const TemporaryFolder folder;
  const std::vector<OutputCube> outputs =
      load(folder, "outputs:\n  - {by: [class, host], measures: [returns_settled, stock]}\n  - {measures: [stock]}\n")
          .outputs;
  REQUIRE(outputs.size() == 2);
  CHECK(outputs[0].measures == std::vector<std::string>{"stock", "returns_settled"});
  CHECK(outputs[0].by == std::vector<std::string>{"host", "class"});
  CHECK(outputs[1].by.empty());
  CHECK(faults_of(folder,
                  "outputs:\n  - {measures: [stok, stock, stock], by: [hosts]}\n  - {by: [host]}\n  - x\n  - "
                  "{measures: [], x: 1}\n") ==
        "x.yaml:2:17: outputs[0].measures: unknown measure 'stok'. Did you mean 'stock'?\n"
        "x.yaml:2:30: outputs[0].measures: 'stock' stands twice in the list. Keep one of the two.\n"
        "x.yaml:2:43: outputs[0].by: unknown dimension 'hosts'. Did you mean 'host'?\n"
        "x.yaml:3:5: outputs[1]: 'measures' is missing. It says what is counted. Add 'measures: [...]'.\n"
        "x.yaml:4:5: outputs[2]: expected {measures: [...], by: [...]}, found 'x'.\n"
        "x.yaml:5:16: outputs[3].measures: the list is empty. It says what is counted. Name at least one measure.\n"
        "x.yaml:5:20: outputs[3].x: unknown key. Known here: measures, by.");
}

TEST_CASE("where the tables come from") {
  const TemporaryFolder folder;
  std::filesystem::copy(fixture_tables(), folder.path("own"), std::filesystem::copy_options::recursive);
  CHECK(folder.local(load(folder, "tables: own\n").tables.folder) == "own");
  folder.write("sub/base.yaml", "tables: ../own\n");
  CHECK(folder.local(load(folder, "extends: sub/base.yaml\n").tables.folder) == "own");
  LoadOptions chosen = options();
  chosen.tables_folder = fixture_tables();
  CHECK(load(folder, "tables: nowhere\n", chosen).tables.folder == fixture_tables());
  CHECK_HAS(faults_of(folder, "name: x\ntables: nowhere\n"),
            "x.yaml:2:9: tables: 'nowhere' is not a folder of tables.");
  chosen.tables_folder = folder.path("none");
  CHECK_HAS(faults_of(folder, "name: x\n", chosen), "--tables: tables: '");
  chosen = options();
  chosen.default_tables_folder.clear();
  CHECK_HAS(faults_of(folder, "name: x\n", chosen), "'' is not a folder of tables.");
}

TEST_CASE("faults of the scenario and of the tables are told together") {
  const TemporaryFolder folder;
  std::filesystem::copy(fixture_tables(), folder.path("own"), std::filesystem::copy_options::recursive);
  std::filesystem::remove(folder.path("own/host_groups/table.csv"));
  const std::string all = faults_of(folder, "tables: own\nsead: 1\nhosts: {north: {hostility: 3}}\n");
  CHECK_HAS(
      all,
      "x.yaml:2:1: sead: unknown key. Did you mean 'seed'?\nx.yaml:3:28: hosts.north.hostility: 3 is out of range.");
  CHECK_HAS(all, "own/host_groups/table.csv: the file does not exist.");
}
