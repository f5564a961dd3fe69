// Philox4x32-10 (Salmon et al. 2011) over lanes: one person in each 64-bit lane, two vectors in flight.
#include "random/batch.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "random/batch.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
// No vectors: fill_words() takes everybody one by one.
void FillVectors(std::uint64_t, const std::uint64_t*, std::size_t, std::uint32_t, std::uint32_t, std::uint64_t*,
                 std::uint64_t*) {}
std::size_t CountLanes() { return 0; }
#else

using D64 = hn::ScalableTag<std::uint64_t>;
using D32 = hn::Repartition<std::uint32_t, D64>;
using V64 = hn::Vec<D64>;

// Four counter words, each in the low half of a 64-bit lane; the upper halves may hold rubbish.
struct Counter {
  V64 c0, c1, c2, c3;
};

HWY_INLINE V64 product(V64 a, V64 b) {
  const D32 d32;
  return hn::MulEven(hn::BitCast(d32, a), hn::BitCast(d32, b));
}

HWY_INLINE void round(Counter& c, V64 m0, V64 m1, V64 k0, V64 k1) {
  const V64 p0 = product(c.c0, m0);
  const V64 p1 = product(c.c2, m1);
  const V64 n0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), c.c1), k0);
  const V64 n2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), c.c3), k1);
  c = {n0, p1, n2, p0};
}

HWY_INLINE void store(const Counter& c, V64 low_half, std::uint64_t* low, std::uint64_t* high) {
  const D64 d;
  hn::StoreU(hn::Or(hn::And(c.c0, low_half), hn::ShiftLeft<32>(c.c1)), d, low);
  hn::StoreU(hn::Or(hn::And(c.c2, low_half), hn::ShiftLeft<32>(c.c3)), d, high);
}

// Whole vectors only; `count` is a multiple of the number of lanes.
void FillVectors(std::uint64_t key, const std::uint64_t* people, std::size_t count, std::uint32_t time,
                 std::uint32_t draw, std::uint64_t* low, std::uint64_t* high) {
  const D64 d;
  const std::size_t lanes = hn::Lanes(d);
  const V64 m0 = hn::Set(d, 0xD2511F53u), m1 = hn::Set(d, 0xCD9E8D57u);
  const V64 low_half = hn::Set(d, 0xffffffffu);
  const V64 at = hn::Set(d, time), nth = hn::Set(d, draw);
  std::size_t i = 0;
  for (; i < count; i += 2 * lanes) {
    const bool pair = i + lanes < count;
    const std::size_t j = pair ? i + lanes : i;
    const V64 a_people = hn::LoadU(d, people + i), b_people = hn::LoadU(d, people + j);
    Counter a{a_people, hn::ShiftRight<32>(a_people), at, nth};
    Counter b{b_people, hn::ShiftRight<32>(b_people), at, nth};
    auto k0 = static_cast<std::uint32_t>(key);
    auto k1 = static_cast<std::uint32_t>(key >> 32);
    for (int r = 0; r < 10; ++r) {
      const V64 v0 = hn::Set(d, k0), v1 = hn::Set(d, k1);
      round(a, m0, m1, v0, v1);
      round(b, m0, m1, v0, v1);
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    store(a, low_half, low + i, high + i);
    store(b, low_half, low + j, high + j);
  }
}

std::size_t CountLanes() { return hn::Lanes(D64()); }
#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace homeward {
namespace {
HWY_EXPORT(FillVectors);
HWY_EXPORT(CountLanes);
}  // namespace

void fill_words(const Stream& stream, const std::uint64_t* people, std::size_t count, std::uint32_t time,
                std::uint32_t draw, std::uint64_t* low, std::uint64_t* high) {
  const std::size_t lanes = HWY_DYNAMIC_DISPATCH(CountLanes)();
  const std::size_t whole = lanes == 0 ? 0 : count / lanes * lanes;
  if (whole > 0) HWY_DYNAMIC_DISPATCH(FillVectors)(stream.key(), people, whole, time, draw, low, high);
  for (std::size_t i = whole; i < count; ++i) {
    const Words words = stream.words(people[i], time, draw);
    low[i] = words[0] | std::uint64_t{words[1]} << 32;
    high[i] = words[2] | std::uint64_t{words[3]} << 32;
  }
}

const char* instruction_set() { return hwy::TargetName(hwy::SupportedTargets() & -hwy::SupportedTargets()); }

}  // namespace homeward
#endif  // HWY_ONCE
