// Ties stay in their range, are the same every time, and nobody's move when a child is born.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "population/synthesis.h"
#include "population/ties.h"
#include "unit/population/everybody.h"
#include "unit/population/small_world.h"

using namespace homeward;

namespace {

Population made(double scale = 1) {
  SynthesisSettings settings;
  settings.scale = scale;
  settings.block_slots = 1000;
  Population population = synthesise(homeward::testing::small_world(), settings);
  population.columns = homeward::testing::everybody(population);  // by ordinal, whoever will come included
  return population;
}

}  // namespace

TEST_CASE("family and community ties stay in the community, others among the exogenous") {
  const Population population = made();
  const Layout& layout = population.layout;
  const Ties ties(1, layout);
  std::size_t families = 0, persons = 0, same_class = 0, any_class = 0;
  for (const Block& block : layout.blocks) {
    const std::size_t host = layout.host_first_community[static_cast<std::size_t>(block.host)];
    const std::uint32_t host_first = layout.community_first_ordinal[host];
    const std::uint32_t host_end =
        layout.community_first_ordinal[layout.host_first_community[static_cast<std::size_t>(block.host) + 1]];
    for (std::uint32_t k = 0; k < block.exogenous; k += 7) {
      const std::uint32_t slot = block.first_slot + k;
      const std::uint32_t ordinal = block.first_ordinal + k;
      const auto of = ties.of(population.columns, block, slot);
      const std::size_t community = host + population.columns.community[slot];
      for (std::size_t tie = 0; tie < 6; ++tie) {
        CHECK(of[tie] >= layout.community_first_ordinal[community]);
        CHECK(of[tie] < layout.community_first_ordinal[community + 1]);
      }
      const auto near = [&](std::uint32_t other) { return std::abs(int(other) - int(ordinal)) <= 3; };
      CHECK(near(of[0]));
      CHECK(near(of[1]));
      CHECK(near(of[2]));
      CHECK(of[6] >= host_first);
      CHECK(of[6] < host_end);
      CHECK(of[7] < layout.exogenous);
      ++persons;
      if (of[0] != ordinal && of[1] != ordinal && of[2] != ordinal) ++families;
      // The professional tie, place for place, is of the same class more often than chance has it.
      const auto block_of = std::find_if(layout.blocks.begin(), layout.blocks.end(), [&](const Block& candidate) {
        return of[6] - candidate.first_ordinal < candidate.exogenous;
      });
      const std::uint32_t other = block_of->first_slot + (of[6] - block_of->first_ordinal);
      const auto class_at = [&](std::uint32_t at) { return traits::ClassField::get(population.columns.traits[at]); };
      same_class += class_at(other) == class_at(slot) ? 1 : 0;
      // What chance has: anybody of the host.
      any_class += class_at(block.first_slot + static_cast<std::uint32_t>(mix(slot) % block.exogenous)) == class_at(slot) ? 1 : 0;
    }
  }
  CHECK(families > persons * 9 / 10);
  CHECK(same_class > any_class * 5 / 4);
}

TEST_CASE("family ties are mutual") {
  const Population population = made();
  const Ties ties(1, population.layout);
  const Block& block = population.layout.blocks.front();
  for (std::uint32_t k = 0; k < block.exogenous; ++k) {
    const auto mine = ties.of(population.columns, block, block.first_slot + k);
    for (std::size_t tie = 0; tie < 3; ++tie) {
      if (mine[tie] == block.first_ordinal + k) continue;
      const auto theirs = ties.of(population.columns, block, block.first_slot + (mine[tie] - block.first_ordinal));
      CHECK(std::find(theirs.begin(), theirs.begin() + 3, block.first_ordinal + k) != theirs.begin() + 3);
    }
  }
}

TEST_CASE("a child and a grandchild share the ties of the ancestor, and move nobody's ties") {
  const homeward::Scenario scenario = homeward::testing::small_world();
  Population population = made();
  const Ties ties(1, population.layout);
  const ArrivalDraws draws(scenario, 1);
  const Block& block = population.layout.blocks.front();
  const std::uint32_t mother = block.first_slot + 5, cousin = block.first_slot + 6;
  const auto before = ties.of(population.columns, block, cousin);
  const auto of_mother = ties.of(population.columns, block, mother);
  const std::uint32_t child = block.first_slot + block.exogenous, grandchild = child + 1;
  draws.draw_newborn(population.columns, child, mother, block.host, 2010);
  draws.draw_newborn(population.columns, grandchild, child, block.host, 2040);
  CHECK(is_exogenous(population.columns, mother));
  CHECK(!is_exogenous(population.columns, child));
  CHECK(!is_exogenous(population.columns, grandchild));
  CHECK(ties.of(population.columns, block, child) == of_mother);
  CHECK(ties.of(population.columns, block, grandchild) == of_mother);
  CHECK(ties.of(population.columns, block, cousin) == before);
  CHECK(ties.of(population.columns, block, mother) == of_mother);
}

TEST_CASE("hashed ties reach a community evenly") {
  const Population population = made();
  const Layout& layout = population.layout;
  const Ties ties(1, layout);
  const Block& block = layout.blocks.front();
  const std::uint32_t size = layout.community_first_ordinal[1];
  double lower = 0, draws = 0;
  for (std::uint32_t k = 0; k < block.exogenous; ++k) {
    const std::uint32_t slot = block.first_slot + k;
    const std::size_t community = population.columns.community[slot];
    const std::uint32_t first = layout.community_first_ordinal[community];
    const std::uint32_t count = layout.community_first_ordinal[community + 1] - first;
    if (count % 2 != 0) continue;
    const auto of = ties.of(population.columns, block, slot);
    for (std::size_t tie = 3; tie < 6; ++tie) {
      lower += of[tie] - first < count / 2 ? 1 : 0;
      draws += 1;
    }
  }
  REQUIRE(size > 0);
  REQUIRE(draws > 300);
  // Binomial: six standard deviations, false-positive rate 2e-9.
  CHECK(std::abs(lower / draws - 0.5) < 6 * 0.5 / std::sqrt(draws));
}
