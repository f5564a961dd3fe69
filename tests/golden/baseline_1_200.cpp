// A 1/200 run of the baseline, seed 1, bit for bit: whatever the threads and the blocks, and as it was reviewed.
#include <doctest/doctest.h>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "analysis/model_version.h"
#include "scenario/sha256.h"
#include "support/baseline.h"
#include "support/compare.h"
#include "support/instruction_sets.h"

using namespace homeward;
using namespace homeward::test;

namespace {

const std::string folder = std::string(HOMEWARD_SOURCE_DIR) + "/tests/golden/";
constexpr std::array<int, 6> years{2004, 2010, 2019, 2025, 2035, 2045};

ReplicateResult run(int threads, std::uint32_t block_slots) {
  ReplicateSettings settings = run_settings(1, 1.0 / 200);
  settings.threads = threads;
  settings.block_slots = block_slots;
  return simulate_replicate(baseline(), settings);
}

// The shortest text that reads back as the same bits.
std::string exactly(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

std::string table_of(const ReplicateResult& result) {
  std::ostringstream text;
  text << "measure";
  for (const int year : years) text << ',' << year;
  text << '\n';
  for (std::size_t m = 0; m < measure_rows().size(); ++m) {
    text << measure_rows()[m].name;
    for (const int year : years) text << ',' << exactly(result.totals[m][year_index(year)]);
    text << '\n';
  }
  return text.str();
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the baseline is what was reviewed") {
  const std::string table = table_of(run(1, 8192));
  // Only tests/golden/update sets this.
  if (std::getenv("HOMEWARD_GOLDEN_WRITE") != nullptr) std::ofstream(folder + "baseline_1_200.csv") << table;
  const std::string golden = content_of(folder + "baseline_1_200.csv");
  std::istringstream expected(golden), found(table);
  std::string expected_line, found_line;
  while (std::getline(expected, expected_line)) {
    std::getline(found, found_line);
    CHECK(found_line == expected_line);
  }
  CHECK_MESSAGE(table == golden, "where the model was changed on purpose: tests/golden/update \"REASON\"");
}

TEST_CASE("every golden table has its reason") {
  // A line of tests/golden/README.md names the model version and the fingerprint of the table that is there now.
  const std::string print = sha256(content_of(folder + "baseline_1_200.csv")).substr(0, 16);
  const std::string mark = "| " + std::to_string(model_version) + " | `" + print + "` | ";
  const std::string readme = content_of(folder + "README.md");
  CAPTURE(mark);
  const std::size_t line = readme.find(mark);
  REQUIRE_MESSAGE(line != std::string::npos, "update the table with tests/golden/update \"REASON\"");
  CHECK(readme.find('\n', line) - line - mark.size() > 20);
}

TEST_CASE("threads and blocks change no bit") {
  const ReplicateResult one = run(1, 8192);
  struct Machine {
    int threads;
    std::uint32_t block_slots;
  };
  for (const Machine& machine : {Machine{1, 512}, {2, 8192}, {2, 512}, {7, 8192}, {7, 512}}) {
    CAPTURE(machine.threads);
    CAPTURE(machine.block_slots);
    CHECK(first_difference(one, run(machine.threads, machine.block_slots)) == "");
  }
}

TEST_CASE("instruction sets change no bit") {
  const ReplicateResult widest = run(1, 8192);
  on_every_instruction_set([&] { CHECK(first_difference(widest, run(2, 8192)) == ""); });
}
