// Cells are found by place and put in order at the end, so that their order does not depend on that of the persons.
#include "analysis/ledger.h"

#include <algorithm>
#include <unordered_map>

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
  std::unordered_map<std::uint64_t, std::size_t> found;  // place in ledger.cells
  // Most pairs are `always` and come twice to one cell.
  std::uint64_t last_place = 0;
  std::size_t last = 0;
  const int cut = to_year - HorizonCount::years_back;
  const auto note = [&](const ReturnRecord& record, Category category, std::int64_t LedgerCell::*arm) {
    if (record.year < rules.meant_from) return;
    LedgerCell cell{record.year, record.host, record.migrant_class, record.generation, record.education, category};
    const std::uint64_t place = cell.place();
    if (place != last_place) {
      const auto [at, is_new] = found.try_emplace(place, ledger.cells.size());
      if (is_new) ledger.cells.push_back(cell);
      last_place = place;
      last = at->second;
    }
    ++(ledger.cells[last].*arm);
  };
  for_each_twin(base, alt, rules, [&](const Twin& twin) {
    if (twin.base != nullptr) note(*twin.base, twin.category, &LedgerCell::base);
    if (twin.alt == nullptr) return;
    note(*twin.alt, twin.category, &LedgerCell::alt);
    if (twin.alt->year < rules.meant_from || twin.alt->year > cut || (twin.base != nullptr && twin.base->year <= cut)) return;
    ++ledger.horizon.additional;
    if (twin.base != nullptr) ++ledger.horizon.early;
  });
  std::sort(ledger.cells.begin(), ledger.cells.end(),
            [](const LedgerCell& a, const LedgerCell& b) { return a.place() < b.place(); });
  return ledger;
}

}  // namespace homeward
