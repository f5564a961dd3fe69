// Plans, their designs, and the map from the number of a run to its point: pure, and kept when a plan grows.
#include "analysis/sweep.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "../scenario/support.h"
#include "observation/measures.h"
#include "policy/levers.h"

namespace homeward {
namespace {

const Vocabulary& shipped_vocabulary() {
  static const Vocabulary words{lever_rows(), measure_rows(), dimension_rows()};
  return words;
}

// A plan in a folder of its own, beside it a scenario that extends the shipped baseline.
class PlanFolder {
 public:
  PlanFolder() {
    folder_.write("base.yaml", "extends: " HOMEWARD_SOURCE_DIR "/scenarios/baseline.yaml\n");
    folder_.write("other.yaml", "extends: base.yaml\npolicy: {resolution_57: {pay: {2027: 1}}}\n");
  }
  SweepPlan plan(const std::string& text) const {
    return read_sweep_plan(folder_.write("plan.yaml", text), shipped_vocabulary(), {});
  }
  std::string faults(const std::string& text) const {
    try {
      const Sweep sweep(plan(text));
      sweep.keys({}, 1, [] { return true; });
    } catch (const InputError& error) {
      return folder_.local(error.what());
    }
    return "";
  }
  std::vector<Sweep::KeyedRun> keys(const std::string& text) const {
    const Sweep sweep(plan(text));
    return sweep.keys({}, 1, [] { return true; });
  }
  std::string write(const std::string& name, const std::string& text) const { return folder_.write(name, text); }

 private:
  test::TemporaryFolder folder_;
};

std::vector<std::string> row(const SweepDesign& design, std::uint64_t point) {
  std::vector<std::string> texts;
  for (const AxisValue& value : design.at(point)) texts.push_back(value_text(value.value));
  return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("a grid runs over all combinations, the last axis fastest; ranges have both ends") {
  const PlanFolder folder;
  const Sweep sweep(
      folder.plan("scenarios: [base.yaml]\nreplicates: 2\ndesign:\n  - grid:\n"
                  "      policy.pay_growth: [0, {2027: 1}]\n"
                  "      policy.red_tape.papers: {from: 0.1, to: 0.3, step: 0.1}\n"));
  CHECK(sweep.points() == 6);
  CHECK(sweep.runs() == 12);
  CHECK(row(sweep.design(), 0) == Texts{"0", "0.1"});
  CHECK(row(sweep.design(), 2) == Texts{"0", "0.3"});
  CHECK(row(sweep.design(), 3) == Texts{"{2027: 1}", "0.1"});
}

TEST_CASE("designs are crossed part by part, or zipped point by point; rows come from a CSV file") {
  const PlanFolder folder;
  folder.write("points.csv", "policy.red_tape.papers,policy.red_tape.residence\n0.1,0.2\n0.3,0.4\n");
  const Sweep sweep(
      folder.plan("scenarios: base.yaml\ndesign:\n"
                  "  - zip:\n    - rows: points.csv\n    - grid: {policy.pay_growth: [1, 2]}\n"
                  "  - grid: {policy.red_tape.licence: {from: 0, to: 0.5, steps: 3}}\n"));
  REQUIRE(sweep.points() == 6);
  CHECK(row(sweep.design(), 0) == Texts{"0.1", "0.2", "1", "0"});
  CHECK(row(sweep.design(), 1) == Texts{"0.1", "0.2", "1", "0.25"});
  CHECK(row(sweep.design(), 5) == Texts{"0.3", "0.4", "2", "0.5"});
}

TEST_CASE("a prior is the declared range; a group stands for all its parameters that have one") {
  const PlanFolder folder;
  const Sweep sweep(
      folder.plan("scenarios: [base.yaml]\ndesign:\n  - sobol: {points: 32, axes: {parameters.choice.*: prior}}\n"));
  const std::vector<const PlanAxis*>& axes = sweep.design().axes();
  CHECK(axes.size() > 20);
  for (const PlanAxis* axis : axes) {
    CHECK(axis->path.starts_with("parameters.choice."));
    for (const ParameterRow& parameter : sweep.plan().scenarios[0].source->tables().parameters) {
      if ("parameters." + parameter.path == axis->path)
        CHECK((axis->from == parameter.low && axis->to == parameter.high));
    }
  }
  CHECK(sweep.keys({}, 2, [] { return true; }).size() == 32 * 4);
}

TEST_CASE("the number of a run says scenario, point and replicate, each combination once") {
  const PlanFolder folder;
  const Sweep sweep(
      folder.plan("scenarios: {a: base.yaml, b: other.yaml}\nreplicates: 3\n"
                  "design: [{grid: {policy.pay_growth: [0, 1, 2]}}]\n"));
  std::set<std::vector<std::uint64_t>> met;
  for (std::uint64_t index = 0; index < sweep.runs(); ++index) {
    const SweepRun run = sweep.run(index);
    CHECK((run.scenario * 3 + run.point) * 3 + static_cast<std::uint64_t>(run.replicate) == index);
    met.insert({run.scenario, run.point, static_cast<std::uint64_t>(run.replicate)});
  }
  CHECK(met.size() == 18);
}

TEST_CASE("keys are a pure function of the plan: the same for any shard and threads, all different") {
  const PlanFolder folder;
  const std::string text =
      "scenarios: [base.yaml, other.yaml]\nreplicates: 2\n"
      "design: [{latin_hypercube: {points: 9, axes: {parameters.choice.b_pay: prior}}}]\n";
  const std::vector<Sweep::KeyedRun> all = folder.keys(text);
  std::set<std::string> keys;
  for (const Sweep::KeyedRun& run : all) keys.insert(run.key);
  CHECK(keys.size() == 36);
  const Sweep again(folder.plan(text));
  for (int shard = 0; shard < 5; ++shard) {
    for (const Sweep::KeyedRun& run : again.keys({shard, 5}, 3, [] { return true; })) {
      CHECK(run.index % 5 == static_cast<std::uint64_t>(shard));
      CHECK(run.key == all[run.index].key);
    }
  }
}

TEST_CASE("more replicates, more points of a sequence, more levels and rows keep the keys there were") {
  const PlanFolder folder;
  const auto plan = [](int replicates, int points, const std::string& levels) {
    return "scenarios: [base.yaml]\nreplicates: " + std::to_string(replicates) +
           "\ndesign:\n  - sobol: {points: " + std::to_string(points) +
           ", axes: {parameters.choice.b_pay: prior, parameters.choice.k0: prior}}\n" +
           "  - grid: {policy.pay_growth: " + levels + "}\n";
  };
  std::set<std::string> grown;
  for (const Sweep::KeyedRun& run : folder.keys(plan(3, 8, "[0, 1, 2]"))) grown.insert(run.key);
  CHECK(grown.size() == 72);
  for (const Sweep::KeyedRun& run : folder.keys(plan(2, 4, "[0, 1]"))) CHECK(grown.contains(run.key));
  for (const Sweep::KeyedRun& run : folder.keys(plan(3, 8, "[3]"))) CHECK_FALSE(grown.contains(run.key));
}

TEST_CASE("paired points share their seed, independent ones do not") {
  const PlanFolder folder;
  const std::string text = "scenarios: [base.yaml]\ndesign: [{grid: {policy.pay_growth: [0, 1]}}]\n";
  const Sweep paired(folder.plan(text)), independent(folder.plan("seeds: independent\n" + text));
  CHECK(paired.scenario(0, 0).seed == paired.scenario(0, 1).seed);
  CHECK(independent.scenario(0, 0).seed != independent.scenario(0, 1).seed);
}

TEST_CASE("all faults of a plan are told at once, each with line and column") {
  const PlanFolder folder;
  const std::string told = folder.faults(
      "scenarios: [base.yaml, gone.yaml]\n"
      "scale: 2\n"
      "replicatse: 3\n"
      "measures: [stok]\n"
      "design:\n"
      "  - grid:\n"
      "      policy.pay_growth: []\n"
      "      pay: [1]\n"
      "  - sobol: {axes: {parameters.choice.b_pya: prior}}\n"
      "  - grids: {policy.pay_growth: [1]}\n");
  for (const char* start :
       {"plan.yaml:1:24: scenarios.gone: there is no file",
        "plan.yaml:2:8: scale:", "plan.yaml:3:1: replicatse: unknown key. Did you mean 'replicates'?",
        "plan.yaml:4:12: measures: unknown measure 'stok'. Did you mean 'stock'?",
        "plan.yaml:7:26: design[0].grid.policy.pay_growth: the list is empty",
        "plan.yaml:8:7: pay: not the path of a parameter or lever",
        "plan.yaml:9:5: design[1].sobol: 'points' is missing",
        "plan.yaml:9:20: design[1].sobol.axes.parameters.choice.b_pya: no parameter or lever is called so",
        "plan.yaml:10:5: design[2].grids: unknown key. Did you mean 'grid'?"}) {
    CAPTURE(told);
    CHECK(told.find(start) != std::string::npos);
  }
}

TEST_CASE("values of axes are checked where they stand, in a CSV file too") {
  const PlanFolder folder;
  folder.write("points.csv", "policy.red_tape.papers\n0.1\n7\n");
  const std::string told = folder.faults(
      "scenarios: [base.yaml]\ndesign:\n  - rows: points.csv\n"
      "  - grid: {policy.red_tape.recogniton: [0.1]}\n"
      "  - random: {points: 3, axes: {policy.pay_growth: {from: 0, to: 1e6}}}\n");
  CAPTURE(told);
  CHECK(told.find("plan.yaml:5:32: policy.pay_growth: 1000000 is out of range") != std::string::npos);
  CHECK(told.find("points.csv:3:1: policy.red_tape.papers: 7 is out of range") != std::string::npos);
  CHECK(told.find("plan.yaml:4:12: policy.red_tape.recogniton: unknown key. Did you mean 'recognition'?") !=
        std::string::npos);
}

TEST_CASE("what would hide another value, or cannot be zipped, is a fault") {
  const PlanFolder folder;
  CHECK(folder
            .faults("scenarios: [base.yaml]\ndesign:\n  - grid: {policy.pay_growth: [1]}\n"
                    "  - grid: {policy.pay_growth: [2]}\n")
            .find("plan.yaml:4:12: policy.pay_growth: is varied twice") != std::string::npos);
  CHECK(folder
            .faults("scenarios: [base.yaml]\ndesign:\n  - zip:\n    - grid: {policy.pay_growth: [1, 2]}\n"
                    "    - grid: {policy.red_tape.papers: [0.1]}\n")
            .find("cannot be zipped") != std::string::npos);
  CHECK(folder.faults("scenarios: [base.yaml, ./base.yaml]\n").find("two scenarios are called so") !=
        std::string::npos);
  CHECK(folder
            .faults("scenarios: [base.yaml]\nreplicates: 1000\ndesign:\n"
                    "  - random: {points: 100000, axes: {policy.pay_growth: prior}}\n")
            .find("more than 1000000 runs") != std::string::npos);
}

TEST_CASE("an axis that replaces what another varies is a fault, parts of a dated lever are not") {
  const PlanFolder folder;
  const auto told = [&](const std::string& first, const std::string& second) {
    return folder.faults("scenarios: [base.yaml]\ndesign:\n  - grid: {" + first + "}\n  - grid: {" + second + "}\n");
  };
  CHECK(told("policy.pay_growth.2027: [1]", "policy.pay_growth.2030: [1]")
            .find("plan.yaml:4:12: policy.pay_growth.2030: 'policy.pay_growth.2027' is varied too") !=
        std::string::npos);
  CHECK(told("policy.resolution_57.pay.value: [1]", "policy.resolution_57.pay.2027: [1]").find("is varied too") !=
        std::string::npos);
  CHECK(told("policy.resolution_57.pay: [1]", "policy.resolution_57.pay.value: [1]").find("is varied too") !=
        std::string::npos);
  CHECK(told("policy.resolution_57.pay.value: [1]", "policy.resolution_57.pay.enacted: [2027]") == "");
}

TEST_CASE("paths and values at fault are told together with the other faults of a plan") {
  const PlanFolder folder;
  const std::string told = folder.faults(
      "scenarios: [base.yaml]\nreplicates: none\ndesign:\n  - grid:\n"
      "      policy.red_tape.recogniton: [0.1, 0.2]\n      policy.red_tape.papers: [0.1, 7]\n"
      "  - random: {points: 3, axes: {policy.pay_growth: {from: 0, to: 1e6}}}\n");
  CAPTURE(told);
  for (const char* start : {"plan.yaml:2:13: replicates: expected a whole number",
                            "plan.yaml:5:7: policy.red_tape.recogniton: unknown key",
                            "plan.yaml:6:37: policy.red_tape.papers: 7 is out of range",
                            "plan.yaml:7:32: policy.pay_growth: 1000000 is out of range"})
    CHECK(told.find(start) != std::string::npos);
  CHECK(std::count(told.begin(), told.end(), '\n') == 3);  // four lines: each fault once
}

TEST_CASE("a point laid over a scenario is the scenario that a file with the same words makes") {
  const PlanFolder folder;
  const Sweep sweep(
      folder.plan("scenarios: [other.yaml]\ndesign:\n  - grid:\n      parameters.choice.b_pay: [1.1]\n"
                  "      policy.red_tape.papers.2028: [0.2]\n      economy.trust_shock.2030: [-0.01]\n"
                  "      hosts.usa.hostility.2029: [0.4]\n"));
  const std::string file = folder.write(
      "same.yaml",
      "extends: other.yaml\nparameters: {choice: {b_pay: 1.1}}\npolicy: {red_tape: {papers: {2028: 0.2}}}\n"
      "economy: {trust_shock: {2030: -0.01}}\nhosts: {usa: {hostility: {2029: 0.4}}}\n");
  CHECK(sweep.scenario(0, 0).hash == load_scenario(file, shipped_vocabulary(), {}).hash);
  const Sweep parameters(
      folder.plan("scenarios: [other.yaml]\ndesign: [{grid: {parameters.choice.b_pay: [1.1, 1.2]}}]\n"));
  const std::string one = folder.write("one.yaml", "extends: other.yaml\nparameters: {choice: {b_pay: 1.2}}\n");
  CHECK(parameters.scenario(0, 1).hash == load_scenario(one, shipped_vocabulary(), {}).hash);
}

TEST_CASE("a few points tell the faults of a plan of any size") {
  const PlanFolder folder;
  const Sweep sweep(
      folder.plan("scenarios: [base.yaml]\nreplicates: 1\ndesign:\n"
                  "  - grid: {policy.pay_growth: {from: 0, to: 1, steps: 100},\n"
                  "           policy.red_tape.papers: {from: 0, to: 0.5, steps: 40}}\n"
                  "  - zip:\n"
                  "    - grid: {policy.red_tape.licence: {from: 0, to: 0.5, steps: 50}}\n"
                  "    - sobol: {points: 50, axes: {parameters.choice.b_pay: prior}}\n"));
  REQUIRE(sweep.points() == 200000);
  const std::vector<std::uint64_t> points = sweep.design().telling_points(500);
  CHECK(points.size() <= 190);
  std::vector<std::set<std::string>> met(4);
  for (const std::uint64_t point : points) {
    const Texts texts = row(sweep.design(), point);
    for (std::size_t i = 0; i < 4; ++i) met[i].insert(texts[i]);
  }
  CHECK(met[0].size() == 100);
  CHECK(met[1].size() == 40);
  CHECK(met[2].size() == 50);
  CHECK(sweep.design().telling_points(20).size() <= 20);
  CHECK(sweep.design().telling_points(300000).size() == 200000);
}

TEST_CASE("contrasts name one of several scenarios; the fault says what there is") {
  const PlanFolder folder;
  const auto told = [&](const std::string& rest) { return folder.faults("scenarios: {one: base.yaml, two: other.yaml}\n" + rest); };
  CHECK(told("contrasts: one\n") == "");
  CHECK(told("contrasts: on\n").find("plan.yaml:2:12: contrasts: no scenario of this plan is called 'on'. It says with "
                                     "which of the scenarios all others are compared. Did you mean 'one'?") !=
        std::string::npos);
  CHECK(told("contrasts: [one]\n").find("plan.yaml:2:12: contrasts:") != std::string::npos);
  CHECK(folder.faults("scenarios: [base.yaml]\ncontrasts: base\n").find("plan.yaml:2:12: contrasts: there is no other") !=
        std::string::npos);
}

TEST_CASE("with contrasts all scenarios of a point and replicate are one bundle with the base's seed and in one shard") {
  const PlanFolder folder;
  folder.write("seeded.yaml", "extends: other.yaml\nseed: 77\n");
  const std::string text =
      "scenarios: {a: base.yaml, b: seeded.yaml, c: other.yaml}\nreplicates: 2\n"
      "design: [{grid: {policy.red_tape.papers: [0, 0.1, 0.2, 0.3, 0.4]}}]\n";
  const Sweep levels(folder.plan(text)), sweep(folder.plan("contrasts: c\n" + text));
  CHECK(levels.scenario(1, 0).seed == 77);
  CHECK(sweep.scenario(1, 0).seed == sweep.scenario(2, 0).seed);
  CHECK(levels.bundles() == 30);
  REQUIRE(sweep.bundles() == 10);
  for (std::uint64_t run = 0; run < sweep.runs(); ++run) {
    const SweepRun at = sweep.run(run), base = sweep.run(sweep.base_run(run));
    CHECK(base.scenario == 2);
    CHECK((base.point == at.point && base.replicate == at.replicate));
    CHECK(sweep.bundle(run) == sweep.bundle(sweep.base_run(run)));
    CHECK(levels.bundle(run) == run);
  }
  std::set<std::uint64_t> met;
  for (int shard = 0; shard < 3; ++shard) {
    for (const Sweep::KeyedRun& run : sweep.keys({shard, 3}, 2, [] { return true; })) {
      CHECK(sweep.bundle(run.index) % 3 == static_cast<std::uint64_t>(shard));
      CHECK(met.insert(run.index).second);
    }
  }
  CHECK(met.size() == 30);
  // What was done without contrasts need not be done again where the seeds were the same.
  const auto with = sweep.keys({}, 1, [] { return true; }), without = levels.keys({}, 1, [] { return true; });
  for (std::uint64_t run = 0; run < 30; ++run) CHECK((with[run].key == without[run].key) == (run < 10 || run >= 20));
}

}  // namespace
}  // namespace homeward
