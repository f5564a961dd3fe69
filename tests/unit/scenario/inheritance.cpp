// extends, --set and the merge of documents.
#include "scenario/inheritance.h"

#include <doctest/doctest.h>

#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

namespace {

LoadOptions with_set(const std::string& path, const std::string& value) {
  LoadOptions chosen = options();
  chosen.set.emplace_back(path, value);
  return chosen;
}

}  // namespace

TEST_CASE("maps merge, years and lists are replaced whole") {
  const TemporaryFolder folder;
  folder.write("base.yaml",
               "name: Base\nnote: kept\nseed: 7\n"
               "policy:\n  law:\n    visa: {2007: 0.25, 2015: 0.5}\n  money:\n    tax: {value: 0.5, scope: "
               "graduates}\n    posts: 20\n"
               "outputs:\n  - {measures: [stock], by: [host]}\n");
  const Scenario scenario = load(folder,
                                 "name: Child\nextends: base.yaml\n"
                                 "policy:\n  law:\n    visa: {2030: 1}\n  money:\n    tax: {announced: 2026, "
                                 "delivered: 2028}\n    posts: {2027: 5}\n"
                                 "outputs:\n  - {measures: [returns_settled]}\n");
  CHECK(scenario.name == "Child");
  CHECK(scenario.note == "kept");
  CHECK(scenario.seed == 7);
  CHECK(lever(scenario, "law.visa").value[year_index(2029)] == 0);
  CHECK(lever(scenario, "law.visa").value[year_index(2030)] == 1);
  const LeverSchedule& tax = lever(scenario, "money.tax");
  CHECK(tax.value[year_index(2026)] == 0.5);
  CHECK(tax.option == "graduates");
  CHECK(tax.delivered == 2028);
  CHECK(lever(scenario, "money.posts").value[year_index(2026)] == 0);
  REQUIRE(scenario.outputs.size() == 1);
  CHECK(scenario.outputs[0].measures == std::vector<std::string>{"returns_settled"});
}

TEST_CASE("a number replaces a dated promise, and the other way round") {
  const TemporaryFolder folder;
  folder.write("base.yaml",
               "policy:\n  law:\n    visa: {announced: 2026, delivered: 2030, value: 1}\n  money: {posts: 5}\n");
  const Scenario scenario = load(
      folder, "extends: base.yaml\npolicy:\n  law: {visa: 0.5}\n  money:\n    posts: {value: 7, delivered: 2030}\n");
  CHECK_FALSE(lever(scenario, "law.visa").dated);
  CHECK(lever(scenario, "law.visa").value[0] == 0.5);
  CHECK(lever(scenario, "money.posts").value[0] == 7);
  CHECK(lever(scenario, "money.posts").delivered == 2030);
}

TEST_CASE("chains are relative to each file") {
  const TemporaryFolder folder;
  folder.write("base.yaml", "seed: 3\nreplicates: 9\n");
  folder.write("deep/middle.yaml", "extends: ../base.yaml\nreplicates: 2\n");
  const Scenario scenario =
      load_scenario(folder.write("deep/er/x.yaml", "extends: ../middle.yaml\n"), vocabulary(), options());
  CHECK(scenario.seed == 3);
  CHECK(scenario.replicates == 2);
}

TEST_CASE("circles and endless chains are told where they close") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "name: a\nextends: b.yaml\n");
  folder.write("b.yaml", "extends: a.yaml\n");
  CHECK(faults_of(folder, "extends: a.yaml\n") ==
        "b.yaml:1:10: extends: the files extend each other in a circle. a.yaml -> b.yaml -> a.yaml. Let one of them "
        "stand on its own.");
  CHECK(faults_of(folder, "extends: ./x.yaml\n") ==
        "x.yaml:1:10: extends: the files extend each other in a circle. x.yaml -> x.yaml. Let one of them stand on its "
        "own.");
  for (int i = 0; i < 20; ++i)
    folder.write("n" + std::to_string(i) + ".yaml", "extends: n" + std::to_string(i + 1) + ".yaml\n");
  CHECK(faults_of(folder, "extends: n0.yaml\n") ==
        "n14.yaml:1:10: extends: more than 16 files extend each other. Extend a file nearer to the baseline.");
}

TEST_CASE("bases that cannot be read are told where they are named") {
  const TemporaryFolder folder;
  folder.write("baseline.yaml", "");
  std::filesystem::create_directories(folder.path("d"));
  CHECK(faults_of(folder, "name: x\nextends: basline.yaml\n") ==
        "x.yaml:2:10: extends: 'basline.yaml' does not exist. The path is relative to this file; looked for "
        "basline.yaml. Did you mean 'baseline.yaml'?");
  CHECK(faults_of(folder, "extends: e\n") ==
        "x.yaml:1:10: extends: 'e' does not exist. The path is relative to this file; looked for e.");
  CHECK(faults_of(folder, "extends: d\n") ==
        "x.yaml:1:10: extends: 'd' is a folder, not a file. Only regular files are read, so that nothing waits. Name a "
        "scenario file.");
  CHECK(faults_of(folder, "extends: [a.yaml]\n") ==
        "x.yaml:1:10: extends: not the path of a file. A scenario extends one other scenario. Write 'extends: "
        "baseline.yaml'.");
  CHECK(faults_of(folder, "extends:\n") ==
        "x.yaml:1:1: extends: not the path of a file. A scenario extends one other scenario. Write 'extends: "
        "baseline.yaml'.");
  CHECK(faults_of(folder, "extends: baseline.yaml\n") ==
        "baseline.yaml: the file is empty. A scenario holds at least 'extends: baseline.yaml'.");
  CHECK(faults_of(folder, "extends: \"a\\0b\"\n") ==
        "x.yaml:1:10: extends: the path contains a NUL byte. No file has such a name.");
}

TEST_CASE("the faults of all files are told at once, the scenario's first") {
  const TemporaryFolder folder;
  folder.write("base.yaml", "policy:\n  law: {visa: 3}\n  law: {visa: 1}\nsead: 4\n");
  CHECK(
      faults_of(folder, "policy:\n  law: {visas: 1}\n  money: {tax: 0.5, tax: 1}\nextends: base.yaml\npolicy: {}\n") ==
      "x.yaml:2:9: policy.law.visas: unknown key. Did you mean 'visa'?\n"
      "x.yaml:3:21: policy.money.tax: duplicate key. The same key stands further up in this map. Keep one of the two.\n"
      "x.yaml:5:1: policy: duplicate key. The same key stands further up in this map. Keep one of the two.\n"
      "base.yaml:2:15: policy.law.visa: 3 is out of range. Allowed is 0 to 1 (intensity).\n"
      "base.yaml:3:3: policy.law: duplicate key. The same key stands further up in this map. Keep one of the two.\n"
      "base.yaml:4:1: sead: unknown key. Did you mean 'seed'?");
}

TEST_CASE("a value that the scenario overrides is still checked in its base") {
  const TemporaryFolder folder;
  folder.write("base.yaml", "policy: {law: {visa: 3}}\n");
  CHECK(faults_of(folder, "extends: base.yaml\npolicy: {law: {visa: 1}}\n") ==
        "base.yaml:1:22: policy.law.visa: 3 is out of range. Allowed is 0 to 1 (intensity).");
}

TEST_CASE("--set lays a value over the file") {
  const TemporaryFolder folder;
  const std::string text = "policy: {law: {visa: 1}, money: {tax: {value: 0.5, scope: graduates}}}\n";
  CHECK(lever(load(folder, text, with_set("policy.law.visa", "0.25")), "law.visa").value[0] == 0.25);
  CHECK(lever(load(folder, text, with_set("policy.law.visa", "{2030: 1}")), "law.visa").value[year_index(2029)] == 0);
  CHECK(lever(load(folder, text, with_set("policy.money.tax.value", "0.75")), "money.tax").option == "graduates");
  CHECK(load(folder, text, with_set("name", "'017'")).name == "017");
  CHECK(load(folder, text, with_set("outputs", "[{measures: [stock]}]")).outputs.size() == 1);
  LoadOptions twice = with_set("seed", "1");
  twice.set.emplace_back("seed", "2");
  CHECK(load(folder, text, twice).seed == 2);
}

TEST_CASE("--set is the place of its faults") {
  const TemporaryFolder folder;
  const auto faults = [&](const std::string& path, const std::string& value) {
    return faults_of(folder, "name: x\n", with_set(path, value));
  };
  CHECK(faults("policy.law.visas", "1") ==
        "--set policy.law.visas=1: policy.law.visas: unknown key. Did you mean 'visa'?");
  CHECK(faults("policy.law.visa", "{2003: 1}") ==
        "--set policy.law.visa={2003: 1}: policy.law.visa.2003: a year outside the simulation. The simulated years are "
        "2004 to 2045.");
  CHECK(faults("policy.law.visa", "'1") ==
        "--set policy.law.visa='1: policy.law.visa: the quote ' is never closed. The rest of the file would become one "
        "text. Close the quote.");
  CHECK_HAS(faults("policy.law.visa", ""), "--set policy.law.visa=: policy.law.visa: the value is missing.");
  CHECK(faults("policy..visa", "1") ==
        "--set policy..visa=1: not the path of a value. Write --set policy.resolution_57.tax=0.5.");
  CHECK_HAS(faults("", "1"), "--set =1: not the path of a value.");
  CHECK_HAS(faults("extends", "a.yaml"), "--set extends=a.yaml: 'extends' cannot be set here.");
  CHECK_HAS(faults("name", "\xFF"), "--set (not a text): not a text.");
  CHECK_HAS(faults("seed", "1\n---\n2"), "a second document starts here.");
}

TEST_CASE("year maps are maps of digits only") {
  Faults faults;
  const auto node = [&](const std::string& text) { return *parse_yaml(text, "t", faults); };
  CHECK(is_year_map(node("{2027: 1, 2030: 2}")));
  CHECK(is_year_map(node("{\"2027\": 1}")));
  CHECK(is_year_map(node("{1: 1}")));
  CHECK_FALSE(is_year_map(node("{}")));
  CHECK_FALSE(is_year_map(node("{2027: 1, value: 2}")));
  CHECK_FALSE(is_year_map(node("[2027]")));
  CHECK(merged(node("{a: {2027: 1}}"), node("{a: {2030: 1}}")).entries[0].value.entries.size() == 1);
  CHECK(merged(node("{a: {b: 1}}"), node("{a: {c: 1}}")).entries[0].value.entries.size() == 2);
  CHECK(merged(node("{a: [1, 2]}"), node("{a: [3]}")).entries[0].value.items.size() == 1);
}
