// Philox4x32-10 over vectors (Salmon et al. 2011): one person in each 64-bit lane. To be included by Highway sources
// once a target, between HWY_BEFORE_NAMESPACE and HWY_AFTER_NAMESPACE like any -inl header.
#if defined(HOMEWARD_PHILOX_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef HOMEWARD_PHILOX_INL_H
#undef HOMEWARD_PHILOX_INL_H
#else
#define HOMEWARD_PHILOX_INL_H
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

using D64 = hn::ScalableTag<std::uint64_t>;
using D32 = hn::Repartition<std::uint32_t, D64>;
using V64 = hn::Vec<D64>;
using V32 = hn::Vec<D32>;

// Four counter words, each in the low half of a 64-bit lane; the upper halves may hold rubbish.
struct Counter {
  V64 c0, c1, c2, c3;
};

HWY_INLINE V64 PhiloxProduct(V64 a, V64 b) {
  const D32 d32;
  return hn::MulEven(hn::BitCast(d32, a), hn::BitCast(d32, b));
}

HWY_INLINE void PhiloxRound(Counter& c, V64 m0, V64 m1, V64 k0, V64 k1) {
  const V64 p0 = PhiloxProduct(c.c0, m0);
  const V64 p1 = PhiloxProduct(c.c2, m1);
  const V64 n0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), c.c1), k0);
  const V64 n2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), c.c3), k1);
  c.c0 = n0;
  c.c1 = p1;
  c.c2 = n2;
  c.c3 = p0;
}

// Two vectors of people in flight.
HWY_INLINE void Philox(std::uint64_t key, std::uint32_t time, std::uint32_t draw, V64 a_people, V64 b_people,
                       Counter& a, Counter& b) {
  const D64 d;
  const V64 m0 = hn::Set(d, 0xD2511F53u), m1 = hn::Set(d, 0xCD9E8D57u);
  const V64 at = hn::Set(d, time), nth = hn::Set(d, draw);
  a.c0 = a_people;
  a.c1 = hn::ShiftRight<32>(a_people);
  a.c2 = at;
  a.c3 = nth;
  b.c0 = b_people;
  b.c1 = hn::ShiftRight<32>(b_people);
  b.c2 = at;
  b.c3 = nth;
  auto k0 = static_cast<std::uint32_t>(key);
  auto k1 = static_cast<std::uint32_t>(key >> 32);
  for (int r = 0; r < 10; ++r) {
    const V64 v0 = hn::Set(d, k0), v1 = hn::Set(d, k1);
    PhiloxRound(a, m0, m1, v0, v1);
    PhiloxRound(b, m0, m1, v0, v1);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#endif  // HOMEWARD_PHILOX_INL_H
