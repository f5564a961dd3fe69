// The ledger of one replicate: twins counted by cell, and what the horizon cuts off.
#pragma once
#include <cstdint>
#include <vector>

#include "analysis/twins.h"

namespace homeward {

// Persons, synthetic. A pair in two years counts in each arm's own year, so that the sum over categories of
// alt - base is the difference of the returns of every year and cell.
struct LedgerCell {
  int year = 0;
  std::uint16_t host = 0;
  MigrantClass migrant_class{};
  Generation generation{};
  Education education{};
  Category category{};
  std::int64_t base = 0, alt = 0;

  std::uint64_t place() const;  // orders cells: year, host, class, generation, education, category
};

// Additional returns as they look `years_back` years before the end, and what has become of them by the end.
struct HorizonCount {
  static constexpr int years_back = 5;
  std::int64_t additional = 0;  // with no counterpart in the base by then
  std::int64_t early = 0;       // of them: the counterpart came later, they were only early
};

struct Ledger {
  std::vector<LedgerCell> cells;  // by place
  HorizonCount horizon;
};

Ledger make_ledger(const ReturnBook& base, const ReturnBook& alt, const TwinRules& rules, int to_year);

}  // namespace homeward
