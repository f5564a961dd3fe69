// What is only said changes no number: names, notes, outputs, the order of the rows of hosts, how many replicates.
#include <doctest/doctest.h>

#include <map>

#include "analysis/replicates.h"
#include "support/baseline.h"
#include "support/compare.h"

using namespace homeward;
using namespace homeward::test;

namespace {

const OutputCube by_host{{"stock", "arrivals", "births", "deaths", "returns_all", "visits", "intending"}, {"host"}};
const OutputCube by_host_and_class{{"stock", "returns_settled"}, {"host", "class"}};

// The values of a cube with the host first, by the host's word.
std::map<std::string, std::vector<std::int64_t>> rows_by_host(const CubeResult& cube) {
  std::map<std::string, std::vector<std::int64_t>> rows;
  const std::size_t hosts = cube.words.front().size();
  const std::size_t inner = cube.cells / hosts;
  for (int year = first_year; year <= last_year; ++year) {
    for (std::size_t m = 0; m < cube.spec.measures.size(); ++m) {
      for (std::size_t h = 0; h < hosts; ++h) {
        for (std::size_t i = 0; i < inner; ++i) rows[cube.words.front()[h]].push_back(cube.at(year, m, h * inner + i));
      }
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("a name, a note and other outputs change no number") {
  Scenario plain = small_baseline(1000);
  Scenario told = plain;
  told.name = "Another name";
  told.note = "A long note.";
  told.file = "elsewhere.yaml";
  told.outputs = {by_host, {{"person_years"}, {"duration_group", "return_province"}}};
  const ReplicateResult a = simulate_replicate(plain, run_settings(2));
  const ReplicateResult b = simulate_replicate(told, run_settings(2));
  CHECK(difference_of_totals(a, b) == "");
  CHECK(difference_of_pipelines(a, b) == "");
  CHECK(difference_of_spending(a, b) == "");

  const Scenario from_file = shipped("baseline.yaml", {{"name", "x"}, {"note", "y"}, {"outputs", "[]"}});
  CHECK(from_file.hash == baseline().hash);
  CHECK(from_file.outputs.empty());
}

TEST_CASE("hosts in another order permute the output only") {
  Scenario straight = small_baseline(1000);
  straight.outputs = {by_host, by_host_and_class};
  Scenario turned = straight;
  std::reverse(turned.tables.hosts.begin(), turned.tables.hosts.end());
  std::swap(turned.tables.hosts[3], turned.tables.hosts[40]);
  const ReplicateResult a = simulate_replicate(straight, run_settings(6));
  const ReplicateResult b = simulate_replicate(turned, run_settings(6));
  CHECK(difference_of_totals(a, b) == "");
  CHECK(difference_of_pipelines(a, b) == "");
  for (std::size_t c = 0; c < a.cubes.size(); ++c) {
    CAPTURE(c);
    const auto rows = rows_by_host(a.cubes[c]), permuted = rows_by_host(b.cubes[c]);
    CHECK(rows.size() == straight.tables.hosts.size());
    for (const auto& of_host : rows) {
      CAPTURE(of_host.first);
      CHECK((permuted.at(of_host.first) == of_host.second));
    }
  }
}

TEST_CASE("a replicate does not depend on how many are asked for") {
  Scenario scenario = small_baseline(2000);
  scenario.outputs = {by_host};
  ReplicatesPlan plan;
  plan.replicates = 4;
  const Replicates four = run_replicates(scenario, plan);
  plan.replicates = 2;
  const Replicates two = run_replicates(scenario, plan);
  REQUIRE(four.size() == 4);
  REQUIRE(two.size() == 2);
  for (int r = 0; r < 2; ++r) {
    CAPTURE(r);
    CHECK(first_difference(four.result(r), two.result(r)) == "");
    const ReplicateResult alone = simulate_replicate(scenario, run_settings(replicate_seed(scenario.seed, r)));
    CHECK(first_difference(four.result(r), alone) == "");
  }
  CHECK(first_difference(four.result(0), four.result(1)) != "");

  plan.draw_priors = true;
  const Replicates drawn_two = run_replicates(scenario, plan);
  plan.replicates = 1;
  const Replicates drawn_one = run_replicates(scenario, plan);
  CHECK(first_difference(drawn_two.result(0), drawn_one.result(0)) == "");
}
