// What stock measures and cubes ask of everybody is the same on every instruction set as one by one.
#include "observation/census.h"

#include <doctest/doctest.h>

#include <bit>

#include "observation/measure_table.h"
#include "support/instruction_sets.h"
#include "unit/engine/random_block.h"

using namespace homeward;
using namespace homeward::testing;
using homeward::test::on_every_instruction_set;

namespace {

constexpr int year = 2033;

BlockReport report_of(const RandomBlock& block) {
  BlockReport report;
  report.block = &block.block;
  report.year = block.year;
  report.columns = &block.columns;
  report.used = block.used;
  return report;
}

void check_census(const RandomBlock& block) {
  std::vector<std::uint16_t> fast(block.used + census_padding), slow(block.used + census_padding);
  const CensusSums sums = take_census(report_of(block), fast.data());
  const CensusSums expected = portable::take_census(report_of(block), slow.data());
  CHECK(sums.adults_abroad == expected.adults_abroad);
  CHECK(sums.trust == expected.trust);
  CHECK(sums.pay_belief == expected.pay_belief);
  CHECK(sums.remitters == expected.remitters);
  fast.resize(block.used);
  slow.resize(block.used);
  CHECK(fast == slow);
}

template <typename FieldType>
CellTerms::TraitTerm term(std::uint32_t stride) {
  constexpr int shift = std::countr_zero(FieldType::mask);
  return {shift, static_cast<std::uint32_t>(FieldType::mask) >> shift, stride};
}

}  // namespace

TEST_CASE("the census counts and codes people as one by one") {
  on_every_instruction_set([] {
    for (const std::uint32_t used : block_sizes()) {
      CAPTURE(used);
      check_census(RandomBlock(used, year, used + 1));
    }
  });
}

TEST_CASE("the census of more people of the highest trust than 32 bits can add up") {
  RandomBlock block(70001, year, 8);
  double trust = 0;
  for (std::uint32_t s = 64; s < 64 + block.used; ++s) {
    block.columns.trust[s] = 65535;
    block.columns.pay_belief[s] = 32767;
    block.columns.birth[s] = 80;
    block.columns.state[s] = state::StatusField::set(block.columns.state[s], code(Status::settled));
    trust += 65535;
  }
  on_every_instruction_set([&] {
    check_census(block);
    std::vector<std::uint16_t> codes(block.used + census_padding);
    const CensusSums sums = take_census(report_of(block), codes.data());
    CHECK(sums.adults_abroad == 70001);
    CHECK(static_cast<double>(sums.trust) == trust);
    CHECK(sums.pay_belief == std::int64_t{70001} * 32767);
  });
}

TEST_CASE("codes say of everybody what the columns say") {
  const RandomBlock block(3000, year, 5);
  std::vector<std::uint16_t> codes(block.used + census_padding);
  take_census(report_of(block), codes.data());
  std::size_t wrong = 0;
  for (std::uint32_t i = 0; i < block.used; ++i) {
    const Person person = person_at(block.columns, 64 + i, year);
    const PersonCode code_of = PersonCode::of(codes[i]);
    wrong += code_of.status != person.status || code_of.legal != person.legal || code_of.network != person.network ||
             code_of.advanced != (person.education == Education::advanced) || code_of.adult != (person.age >= 18);
  }
  CHECK(wrong == 0);
}

TEST_CASE("everybody falls in the same cell of a cube, by any dimensions") {
  const std::vector<CellTerms> cubes{
      {},
      {{term<traits::SexField>(1)}, 0, 0},
      {{term<traits::ClassField>(2), term<traits::GenerationField>(14), term<traits::SexField>(1)}, 0, 0},
      {{}, 1, 0},
      {{}, 0, 1},
      {{term<traits::EducationField>(6 * 18 * 8), term<traits::SectorField>(6 * 18)}, 6, 1}};
  on_every_instruction_set([&] {
    for (const std::uint32_t used : block_sizes()) {
      CAPTURE(used);
      const RandomBlock block(used, year, used + 2);
      for (std::size_t c = 0; c < cubes.size(); ++c) {
        CAPTURE(c);
        std::vector<std::uint32_t> fast(block.used + census_padding), slow(block.used + census_padding);
        find_cells(report_of(block), cubes[c], fast.data());
        portable::find_cells(report_of(block), cubes[c], slow.data());
        std::size_t different = 0;
        for (std::size_t i = 0; i < block.used; ++i) different += block.living(i) && fast[i] != slow[i] ? 1 : 0;
        CHECK(different == 0);
      }
    }
  });
}
