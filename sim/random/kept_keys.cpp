#include "random/kept_keys.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "random/kept_keys.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "random/streams.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

std::size_t ListKept(std::uint64_t origin, std::uint32_t first, std::uint32_t count, std::uint64_t salt,
                     std::uint64_t limit, std::uint64_t* keys) {
  std::size_t kept = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t key = mix(origin ^ (std::uint64_t{first} + i));
    keys[kept] = key;
    kept += mix(salt ^ key) >> 32 < limit ? 1 : 0;
  }
  return kept;
}

#else

namespace hn = hwy::HWY_NAMESPACE;
using Keys = hn::ScalableTag<std::uint64_t>;
using Key = hn::Vec<Keys>;

// As mix() of random/streams.h.
HWY_INLINE Key Mix(Key x) {
  x = hn::Add(x, hn::Set(Keys(), 0x9e3779b97f4a7c15ull));
  // One instruction with AVX-512, three products of 32 bits elsewhere.
  x = hn::Mul(hn::Xor(x, hn::ShiftRight<30>(x)), hn::Set(Keys(), 0xbf58476d1ce4e5b9ull));
  x = hn::Mul(hn::Xor(x, hn::ShiftRight<27>(x)), hn::Set(Keys(), 0x94d049bb133111ebull));
  return hn::Xor(x, hn::ShiftRight<31>(x));
}

std::size_t ListKept(std::uint64_t origin, std::uint32_t first, std::uint32_t count, std::uint64_t salt,
                     std::uint64_t limit, std::uint64_t* keys) {
  const Keys d;
  const hn::RebindToSigned<Keys> signed_d;
  const std::size_t lanes = hn::Lanes(d);
  const Key from = hn::Set(d, origin), salted = hn::Set(d, salt), numbers = hn::Iota(d, 0);
  const auto below = hn::Set(signed_d, static_cast<std::int64_t>(limit));
  HWY_ALIGN std::uint64_t lane_keys[hn::MaxLanes(d)];
  std::uint8_t lane_kept[hn::MaxLanes(d)];  // a bit each; room for any width
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; i += lanes) {
    const Key key = Mix(hn::Xor(from, hn::Add(numbers, hn::Set(d, std::uint64_t{first} + i))));
    const Key lot = hn::ShiftRight<32>(Mix(hn::Xor(salted, key)));
    // Below 2^33, so the comparison of signed numbers, which every instruction set has, is the same.
    auto keep = hn::RebindMask(d, hn::Lt(hn::BitCast(signed_d, lot), below));
    if (i + lanes > count) keep = hn::And(keep, hn::FirstN(d, count - i));
    if (hn::AllFalse(d, keep)) continue;
    if (hn::AllTrue(d, keep)) {
      hn::StoreU(key, d, keys + kept);
      kept += lanes;
      continue;
    }
    // One by one: g++ 12 copies the whole table of Highway's Compress to the stack each time.
    hn::Store(key, d, lane_keys);
    hn::StoreMaskBits(d, keep, lane_kept);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      keys[kept] = lane_keys[lane];
      kept += lane_kept[lane / 8] >> (lane % 8) & 1;
    }
  }
  return kept;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace homeward {
namespace {
HWY_EXPORT(ListKept);
}

std::size_t list_kept_keys(std::uint64_t origin, std::uint32_t first, std::uint32_t count, std::uint64_t salt,
                           std::uint64_t limit, std::uint64_t* keys) {
  return HWY_DYNAMIC_DISPATCH(ListKept)(origin, first, count, salt, limit, keys);
}

}  // namespace homeward
#endif  // HWY_ONCE
