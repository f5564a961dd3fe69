// The census and the places in cubes, several people to an instruction (Highway), and their readable twins.
#include "observation/census.h"

#include <algorithm>

#include "behaviour/person.h"
#include "observation/dimensions.h"
#include "observation/measure_table.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "observation/census.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "population/columns-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

CensusSums TakeCensus(const BlockReport& report, std::uint16_t* codes) {
  return portable::take_census(report, codes);
}
void FindCells(const BlockReport& report, const CellTerms& terms, std::uint32_t* cells) {
  portable::find_cells(report, terms, cells);
}

#else

HWY_INLINE std::int64_t Total(V32 sums) {
  const D64 d;
  const V64 even = hn::And(hn::BitCast(d, sums), hn::Set(d, 0xffffffffu));
  const V64 odd = hn::ShiftRight<32>(hn::BitCast(d, sums));
  return static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d, hn::Add(even, odd))));
}

CensusSums TakeCensus(const BlockReport& report, std::uint16_t* codes) {
  // Status and legal lie in the state word as in the code.
  static_assert(PersonCode::index(Status::returned, Legal::dual, false, false, false) ==
                (state::StatusField::set(0, code(Status::returned)) | state::LegalField::set(0, code(Legal::dual))));
  const Columns& columns = *report.columns;
  const std::uint32_t first = report.block->first_slot;
  const auto newest_adult = static_cast<std::uint32_t>(std::max(0, report.year - birth_year_base - 18));
  const hn::Rebind<std::uint16_t, D32> narrow;
  CensusSums sums;
  std::size_t adults = 0, contract = 0, settled = 0, later = 0;
  // Lanes of 32 bits hold 65,536 people of the largest trust each: summed up long before.
  constexpr std::uint32_t stretch = 65536;
  for (std::uint32_t begin = 0; begin < report.used; begin += stretch) {
    const std::uint32_t end = std::min(report.used, begin + stretch);
    V32 trust = hn::Zero(du), belief = hn::Zero(du);
    for (std::uint32_t i = begin; i < end; i += static_cast<std::uint32_t>(Wide())) {
      const std::uint32_t s = first + i;
      const V32 now = hn::LoadU(du, columns.state + s);
      const V32 fixed = Widen(columns.traits + s);
      const V32 status = Get<state::StatusField>(now);
      const M32 adult = hn::Not(hn::Gt(Widen(columns.birth + s), U(newest_adult)));
      const M32 advanced = Is(Get<traits::EducationField>(fixed), code(Education::advanced));
      V32 person = hn::Or(hn::And(now, U(63)), hn::ShiftLeft<6>(Get<state::NetworkField>(now)));
      person = hn::Or(person, hn::IfThenElseZero(advanced, U(1u << 7)));
      person = hn::Or(person, hn::IfThenElseZero(adult, U(1u << 8)));
      hn::StoreU(hn::DemoteTo(narrow, hn::BitCast(di, person)), narrow, codes + i);
      const M32 counted = hn::And(hn::And(adult, IsAbroad(status)), hn::FirstN(du, end - i));
      adults += hn::CountTrue(du, counted);
      trust = hn::Add(trust, hn::IfThenElseZero(counted, Widen(columns.trust + s)));
      // Shifted to be positive.
      const VI pay = hn::PromoteTo(di, hn::LoadU(hn::Rebind<std::int16_t, D32>(), columns.pay_belief + s));
      belief = hn::Add(belief, hn::IfThenElseZero(counted, hn::Add(hn::BitCast(du, pay), U(32768))));
      const M32 on_contract = Is(status, code(Status::contract));
      const M32 sends = hn::And(counted, hn::Not(Is(status, code(Status::student))));
      const M32 early = Below(Get<traits::GenerationField>(fixed), code(Generation::g2));
      contract += hn::CountTrue(du, hn::And(sends, on_contract));
      settled += hn::CountTrue(du, hn::And(sends, hn::And(early, hn::Not(on_contract))));
      later += hn::CountTrue(du, hn::And(sends, hn::Not(hn::Or(early, on_contract))));
    }
    sums.trust += Total(trust);
    sums.pay_belief += Total(belief);
  }
  sums.adults_abroad = static_cast<std::int64_t>(adults);
  sums.pay_belief -= sums.adults_abroad * 32768;
  sums.remitters = {static_cast<std::int64_t>(contract), static_cast<std::int64_t>(settled),
                    static_cast<std::int64_t>(later)};
  return sums;
}

void FindCells(const BlockReport& report, const CellTerms& terms, std::uint32_t* cells) {
  const Columns& columns = *report.columns;
  const std::uint32_t first = report.block->first_slot;
  const V32 year = U(static_cast<std::uint32_t>(report.year - birth_year_base));
  for (std::uint32_t i = 0; i < report.used; i += static_cast<std::uint32_t>(Wide())) {
    const std::uint32_t s = first + i;
    const V32 fixed = Widen(columns.traits + s);
    const V32 birth = Widen(columns.birth + s);
    V32 cell = hn::Zero(du);
    for (const CellTerms::TraitTerm& term : terms.traits) {
      const V32 place = hn::And(hn::ShiftRightSame(fixed, term.shift), U(term.mask));
      cell = hn::Add(cell, hn::Mul(place, U(term.stride)));
    }
    if (terms.age_group != 0) {
      // A fifth of it, rounded down: 52429 / 2^18 is exact for bytes.
      const V32 age = hn::And(hn::Sub(year, birth), U(255));
      const V32 group = hn::Min(hn::ShiftRight<18>(hn::Mul(age, U(52429))), U(oldest_age_group));
      cell = hn::Add(cell, hn::Mul(group, U(terms.age_group)));
    }
    if (terms.duration_group != 0) {
      const M32 born_abroad = hn::Not(Below(Get<traits::GenerationField>(fixed), code(Generation::g2)));
      const V32 since = hn::IfThenElse(born_abroad, birth, Widen(columns.arrival + s));
      const V32 years = hn::And(hn::Sub(year, since), U(255));
      const V32 counted = hn::Min(years, hn::IfThenElse(born_abroad, U(30), U(255)));
      for (std::size_t group = 1; group < duration_from.size(); ++group) {
        const M32 reached = hn::Not(Below(counted, static_cast<std::uint32_t>(duration_from[group])));
        cell = hn::Add(cell, hn::IfThenElseZero(reached, U(terms.duration_group)));
      }
    }
    hn::StoreU(cell, du, cells + i);
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace homeward {
namespace {
HWY_EXPORT(TakeCensus);
HWY_EXPORT(FindCells);
}  // namespace

CensusSums take_census(const BlockReport& report, std::uint16_t* codes) {
  return HWY_DYNAMIC_DISPATCH(TakeCensus)(report, codes);
}
void find_cells(const BlockReport& report, const CellTerms& terms, std::uint32_t* cells) {
  HWY_DYNAMIC_DISPATCH(FindCells)(report, terms, cells);
}

namespace portable {

CensusSums take_census(const BlockReport& report, std::uint16_t* codes) {
  const Columns& columns = *report.columns;
  const int newest_adult = report.year - birth_year_base - 18;
  CensusSums sums;
  for (std::uint32_t i = 0; i < report.used; ++i) {
    const std::uint32_t s = report.block->first_slot + i;
    const std::uint32_t now = columns.state[s];
    const std::uint16_t fixed = columns.traits[s];
    const auto status = static_cast<Status>(state::StatusField::get(now));
    const bool adult = columns.birth[s] <= newest_adult;
    const bool advanced = static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced;
    codes[i] = static_cast<std::uint16_t>(PersonCode::index(status, static_cast<Legal>(state::LegalField::get(now)),
                                                            state::NetworkField::get(now) != 0, advanced, adult));
    if (!adult || status == Status::empty || status == Status::returned) continue;
    ++sums.adults_abroad;
    sums.trust += columns.trust[s];
    sums.pay_belief += columns.pay_belief[s];
    const auto generation = static_cast<Generation>(traits::GenerationField::get(fixed));
    const bool early = generation == Generation::g1 || generation == Generation::g15;
    if (status != Status::student) ++sums.remitters[status == Status::contract ? 0 : early ? 1 : 2];
  }
  return sums;
}

void find_cells(const BlockReport& report, const CellTerms& terms, std::uint32_t* cells) {
  const Columns& columns = *report.columns;
  for (std::uint32_t i = 0; i < report.used; ++i) {
    const std::uint32_t s = report.block->first_slot + i;
    const int age = (report.year - birth_year_base - columns.birth[s]) & 255;
    cells[i] = 0;
    for (const CellTerms::TraitTerm& term : terms.traits) {
      cells[i] += ((std::uint32_t{columns.traits[s]} >> term.shift) & term.mask) * term.stride;
    }
    cells[i] += static_cast<std::uint32_t>(age_group(age)) * terms.age_group;
    cells[i] += static_cast<std::uint32_t>(duration_group(duration_at(columns, s, report.year))) * terms.duration_group;
  }
}

}  // namespace portable
}  // namespace homeward
#endif  // HWY_ONCE
