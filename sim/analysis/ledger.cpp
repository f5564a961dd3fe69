// Cells are kept in a map by place, so that their order does not depend on that of the persons.
#include "analysis/ledger.h"

#include <map>

namespace homeward {

std::uint64_t LedgerCell::place() const {
  std::uint64_t word = static_cast<std::uint64_t>(year);
  word = word << 16 | host;
  word = word << 4 | code(migrant_class);
  word = word << 4 | code(generation);
  word = word << 4 | code(education);
  return word << 4 | code(category);
}

Ledger make_ledger(const ReturnBook& base, const ReturnBook& alt, const TwinRules& rules, int to_year) {
  Ledger ledger;
  std::map<std::uint64_t, LedgerCell> cells;
  const int cut = to_year - HorizonCount::years_back;
  const auto note = [&](const ReturnRecord& record, Category category, std::int64_t LedgerCell::*arm) {
    if (record.year < rules.from_year) return;
    LedgerCell cell{record.year, record.host, record.migrant_class, record.generation, record.education, category};
    LedgerCell& held = cells.try_emplace(cell.place(), cell).first->second;
    ++(held.*arm);
  };
  for_each_twin(base, alt, rules, [&](const Twin& twin) {
    if (twin.base != nullptr) note(*twin.base, twin.category, &LedgerCell::base);
    if (twin.alt == nullptr) return;
    note(*twin.alt, twin.category, &LedgerCell::alt);
    if (twin.alt->year > cut || (twin.base != nullptr && twin.base->year <= cut)) return;
    ++ledger.horizon.additional;
    if (twin.base != nullptr) ++ledger.horizon.early;
  });
  for (const auto& [place, cell] : cells) ledger.cells.push_back(cell);
  return ledger;
}

}  // namespace homeward
