// What the passes over everybody share: ages, draws and lists of people, several people at once. To be included by
// Highway sources once a target, between HWY_BEFORE_NAMESPACE and HWY_AFTER_NAMESPACE like any -inl header.
#if defined(HOMEWARD_PASSES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef HOMEWARD_PASSES_INL_H
#undef HOMEWARD_PASSES_INL_H
#else
#define HOMEWARD_PASSES_INL_H
#endif

#include <hwy/highway.h>

#include "engine/kernels.h"
#include "population/columns-inl.h"
#include "random/philox-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

// Ages are never negative for people who are there; the difference wraps for empty slots, which are masked.
HWY_INLINE V32 AgeOf(const BlockColumns& block, std::size_t i, int year) {
  return hn::Sub(U(static_cast<std::uint32_t>(year - birth_year_base)), Widen(block.birth + i));
}

// Without a branch, for lists that somebody in most vectors is on.
HWY_INLINE void Add(IndexList& list, M32 who, std::size_t i) {
#if HWY_TARGET > HWY_AVX3
  if (hn::AllFalse(du, who)) return;  // compressing takes many instructions here
#endif
  const V32 index = hn::Iota(du, static_cast<std::uint32_t>(i));
  // Compressed in a register and stored whole: compressing stores are slow on some processors.
  hn::StoreU(hn::Compress(index, who), du, list.at + list.count);
  list.count += hn::CountTrue(du, who);
}
HWY_INLINE void AddRarely(IndexList& list, M32 who, std::size_t i) {
  if (!hn::AllFalse(du, who)) Add(list, who, i);
}

// Adds people and words of theirs.
template <std::size_t Count, class... Drawn>
HWY_INLINE void Add(DrawnList<Count>& list, M32 who, std::size_t i, Drawn... drawn) {
  static_assert(sizeof...(Drawn) == Count);
#if HWY_TARGET > HWY_AVX3
  if (hn::AllFalse(du, who)) return;  // compressing takes many instructions here
#endif
  const V32 index = hn::Iota(du, static_cast<std::uint32_t>(i));
  hn::StoreU(hn::Compress(index, who), du, list.at + list.count);
  std::size_t word = 0;
  (hn::StoreU(hn::Compress(drawn, who), du, list.word[word++] + list.count), ...);
  list.count += hn::CountTrue(du, who);
}

HWY_INLINE VF Clip(VF value, float low, float high) { return hn::Min(hn::Max(value, F(low)), F(high)); }

struct Draw {
  V32 w0, w1, w2, w3;
};
HWY_INLINE Draw DrawWords(std::uint64_t stream, std::uint32_t time, const std::uint64_t* keys) {
  const D64 d;
  Counter a, b;
  Philox(stream, time, 0, hn::LoadU(d, keys), hn::LoadU(d, keys + hn::Lanes(d)), a, b);
  const auto join = [](V64 low, V64 high) {
    return hn::ConcatEven(du, hn::BitCast(du, high), hn::BitCast(du, low));
  };
  return {join(a.c0, b.c0), join(a.c1, b.c1), join(a.c2, b.c2), join(a.c3, b.c3)};
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#endif  // HOMEWARD_PASSES_INL_H
