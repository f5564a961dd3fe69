// One look at everybody of a block at 31 December: what stock measures ask of a person, and sums over adults abroad.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "engine/tally.h"

namespace homeward {

struct CensusSums {
  std::int64_t adults_abroad = 0;
  std::int64_t trust = 0, pay_belief = 0;     // over adults abroad, scales of the columns
  std::array<std::int64_t, 3> remitters{};    // adults abroad: contract, first and 1.5 generation, later ones; no students
};

// Room that the census may write beyond the last person.
inline constexpr std::size_t census_padding = 64;

// codes [used + census_padding]: PersonCode::index() of every slot in use, also of the empty ones. Runs on the widest
// instruction set of the machine; the result does not depend on it.
CensusSums take_census(const BlockReport& report, std::uint16_t* codes);

// Where a person falls in a cube: a sum of terms, one a dimension, each a stride times the place along it; 0 where a
// dimension is absent.
struct CellTerms {
  struct TraitTerm {
    int shift;
    std::uint32_t mask, stride;  // of traits
  };
  std::vector<TraitTerm> traits;
  std::uint32_t age_group = 0;
  std::uint32_t duration_group = 0;
};

// cells [used + census_padding]: the cell of everybody of a block; what the empty slots get does not matter.
void find_cells(const BlockReport& report, const CellTerms& terms, std::uint32_t* cells);

namespace portable {
void find_cells(const BlockReport& report, const CellTerms& terms, std::uint32_t* cells);
CensusSums take_census(const BlockReport& report, std::uint16_t* codes);
}

}  // namespace homeward
