// Reading the columns several people at once: to be included by Highway sources once a target, between
// HWY_BEFORE_NAMESPACE and HWY_AFTER_NAMESPACE like any -inl header.
#if defined(HOMEWARD_COLUMNS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef HOMEWARD_COLUMNS_INL_H
#undef HOMEWARD_COLUMNS_INL_H
#else
#define HOMEWARD_COLUMNS_INL_H
#endif

#include <hwy/highway.h>

#include "population/columns.h"
#include "random/philox-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

using DI = hn::RebindToSigned<D32>;
using DF = hn::RebindToFloat<D32>;
using VI = hn::Vec<DI>;
using VF = hn::Vec<DF>;
using M32 = hn::Mask<D32>;
const D32 du;
const DI di;
const DF df;

HWY_INLINE V32 U(std::uint32_t value) { return hn::Set(du, value); }
HWY_INLINE VF F(float value) { return hn::Set(df, value); }
HWY_INLINE std::size_t Wide() { return hn::Lanes(du); }

template <class Narrow>
HWY_INLINE V32 Widen(const Narrow* from) {
  return hn::PromoteTo(du, hn::LoadU(hn::Rebind<Narrow, D32>(), from));
}
template <class FieldType>
HWY_INLINE V32 Get(V32 word) {
  constexpr std::uint32_t mask = FieldType::mask;
  constexpr int shift = __builtin_ctz(mask);
  return hn::ShiftRight<shift>(hn::And(word, U(mask)));
}
HWY_INLINE M32 Is(V32 value, std::uint32_t what) { return hn::Eq(value, U(what)); }
HWY_INLINE M32 Below(V32 a, V32 b) { return hn::Lt(a, b); }
HWY_INLINE M32 Below(V32 a, std::uint32_t b) { return hn::Lt(a, U(b)); }
HWY_INLINE V32 Low16(V32 word) { return hn::And(word, U(0xffffu)); }
HWY_INLINE V32 High16(V32 word) { return hn::ShiftRight<16>(word); }
HWY_INLINE V32 Look(const std::uint32_t* table, V32 index) {
  return hn::GatherIndex(du, table, hn::BitCast(di, index));
}
HWY_INLINE VF Look(const float* table, V32 index) { return hn::GatherIndex(df, table, hn::BitCast(di, index)); }
// The same in a table of 16 x Parts entries, which fits the registers of the widest vectors; index below its size.
template <int Parts, typename Value>
HWY_INLINE auto LookSmall(const Value* table, V32 index) -> decltype(Look(table, index)) {
  const hn::Repartition<Value, D32> d;
#if HWY_TARGET <= HWY_AVX3
  // Two registers at once, which Highway 1.0 has no name for.
  if constexpr (Parts % 2 == 0) {
    const auto of_two = [&](int part) {
      const auto low = hn::BitCast(du, hn::LoadU(d, table + 16 * part));
      const auto high = hn::BitCast(du, hn::LoadU(d, table + 16 * (part + 1)));
      return V32{_mm512_permutex2var_epi32(low.raw, index.raw, high.raw)};
    };
    V32 found = of_two(0);
    for (int part = 2; part < Parts; part += 2) {
      const auto here = hn::Gt(index, U(static_cast<std::uint32_t>(16 * part - 1)));
      found = hn::IfThenElse(here, of_two(part), found);
    }
    return hn::BitCast(d, found);
  }
#endif
  if (Wide() != 16) return Look(table, index);
  const auto within = hn::IndicesFromVec(d, hn::And(index, U(15)));
  auto found = hn::TableLookupLanes(hn::LoadU(d, table), within);
  for (int part = 1; part < Parts; ++part) {
    const auto here = hn::RebindMask(d, hn::Gt(index, U(static_cast<std::uint32_t>(16 * part - 1))));
    found = hn::IfThenElse(here, hn::TableLookupLanes(hn::LoadU(d, table + 16 * part), within), found);
  }
  return found;
}
// The whole part of values within 32 bits, without the care for others that ConvertTo takes.
HWY_INLINE VI Truncate(VF value) {
#if HWY_TARGET <= HWY_AVX3
  return VI{_mm512_cvttps_epi32(value.raw)};
#elif HWY_TARGET == HWY_AVX2
  return VI{_mm256_cvttps_epi32(value.raw)};
#else
  return hn::ConvertTo(di, value);
#endif
}
HWY_INLINE VF ToFloat(V32 value) { return hn::ConvertTo(df, hn::BitCast(di, value)); }
HWY_INLINE VF Choose(M32 mask, VF yes, VF no) { return hn::IfThenElse(hn::RebindMask(df, mask), yes, no); }
HWY_INLINE VF OrZero(M32 mask, VF yes) { return hn::IfThenElseZero(hn::RebindMask(df, mask), yes); }

HWY_INLINE M32 IsAbroad(V32 status) {
  return hn::And(hn::Ne(status, hn::Zero(du)), Below(status, code(Status::returned)));
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#endif  // HOMEWARD_COLUMNS_INL_H
