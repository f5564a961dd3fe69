// The screen in vectors (Highway, the widest instruction set of the machine), operation for operation its twin in
// return_choice/screen_portable.cpp.
#include "return_choice/screen.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "return_choice/screen_vector.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "random/philox-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward::yardstick {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void Screen(ScreenPass& pass) { portable::screen(pass); }

#else

namespace hn = hwy::HWY_NAMESPACE;
using homeward::HWY_NAMESPACE::Counter;
using homeward::HWY_NAMESPACE::D64;
using homeward::HWY_NAMESPACE::Philox;
using homeward::HWY_NAMESPACE::V64;
using D8 = hn::Repartition<std::uint8_t, D64>;
using V8 = hn::Vec<D8>;

// Sixteen bytes of each lane's draw, lane by lane: first the even lanes, then the odd ones.
struct Bytes {
  V8 even, odd;
};
HWY_INLINE Bytes BytesOf(const Counter& c) {
  const D64 d;
  const D8 d8;
  const V64 low_half = hn::Set(d, 0xffffffffu);
  const V64 low = hn::Or(hn::And(c.c0, low_half), hn::ShiftLeft<32>(c.c1));
  const V64 high = hn::Or(hn::And(c.c2, low_half), hn::ShiftLeft<32>(c.c3));
  return {hn::BitCast(d8, hn::InterleaveLower(low, high)), hn::BitCast(d8, hn::InterleaveUpper(d, low, high))};
}

struct Bounds {
  V8 by_group[tenure_from.size()];
  V8 now, oldest;
};

// A bit an agent of the block.
struct Found {
  alignas(64) std::uint64_t changing[block_agents / 64];
  alignas(64) std::uint64_t oldest[block_agents / 64];
};

// Lists the set bits, four at a time whether they are there or not: few words have more.
HWY_INLINE std::size_t List(const std::uint64_t* bits, std::uint16_t* list) {
  constexpr std::uint64_t top = std::uint64_t{1} << 63;  // some bit must be set
  std::size_t count = 0;
  for (std::size_t k = 0; k < block_agents / 64; ++k) {
    std::uint64_t left = bits[k];
    const auto all = static_cast<std::size_t>(hwy::PopCount(left));
    for (std::size_t done = 0;; done += 4) {
      for (std::size_t j = 0; j < 4; ++j) {
        list[count + done + j] = static_cast<std::uint16_t>(64 * k + hwy::Num0BitsBelowLS1Bit_Nonzero64(left | top));
        left &= left - 1;
      }
      if (done + 4 >= all) break;
    }
    count += all;
  }
  return count;
}

HWY_INLINE void ScreenVector(const ScreenPass& pass, const Bounds& most, V8 bits, std::size_t k, Found& found) {
  const D8 d8;
  const World& world = *pass.world;
  const std::size_t i = pass.block * block_agents + k;
  hn::StoreU(bits, d8, pass.first_bits + k);
  const V8 group = hn::ShiftRight<4>(hn::LoadU(d8, world.place.data() + i));
  const V8 tenure = hn::And(hn::Sub(most.now, hn::LoadU(d8, world.since.data() + i)), hn::Set(d8, std::uint8_t{127}));
  V8 bound = hn::TableLookupBytes(most.by_group[0], group);
  for (std::size_t c = 1; c < tenure_from.size(); ++c) {
    const auto shorter = hn::Lt(tenure, hn::Set(d8, static_cast<std::uint8_t>(tenure_from[c])));
    bound = hn::IfThenElse(shorter, bound, hn::TableLookupBytes(most.by_group[c], group));
  }
  const auto* home = reinterpret_cast<const std::uint8_t*>(world.returned.data()) + i / 8;
  bound = hn::IfThenElse(hn::LoadMaskBits(d8, home), hn::Set(d8, leaving_bound), bound);
  hn::StoreMaskBits(d8, hn::Lt(bits, bound), reinterpret_cast<std::uint8_t*>(found.changing) + k / 8);
  const auto oldest = hn::Eq(hn::LoadU(d8, world.birth.data() + i), most.oldest);
  hn::StoreMaskBits(d8, oldest, reinterpret_cast<std::uint8_t*>(found.oldest) + k / 8);
}

void Screen(ScreenPass& pass) {
  const D64 d;
  const D8 d8;
  const std::size_t lanes = hn::Lanes(d), bytes = hn::Lanes(d8);
  Bounds most;
  Found found;
  for (std::size_t c = 0; c < tenure_from.size(); ++c) {
    most.by_group[c] = hn::LoadDup128(d8, pass.hazards->bound[c].data());
  }
  most.now = hn::Set(d8, modulo(pass.step));
  most.oldest = hn::Set(d8, modulo(pass.step - oldest));
  const std::uint64_t key = pass.world->dice.key();
  const auto time = static_cast<std::uint32_t>(pass.step);
  // Even lanes draw for the first half of the groups of sixteen, odd ones for the second, so that the bytes come out
  // in the order of the people.
  const V64 number = hn::Iota(d, std::uint64_t{0});
  const V64 odd = hn::And(number, hn::Set(d, std::uint64_t{1}));
  const V64 order = hn::Add(hn::ShiftRight<1>(number), hn::IfThenElseZero(hn::Eq(odd, hn::Set(d, std::uint64_t{1})),
                                                                           hn::Set(d, std::uint64_t{lanes / 2})));
  for (std::size_t k = 0; k < block_agents; k += 4 * bytes) {
    const V64 first = hn::Add(order, hn::Set(d, std::uint64_t{(pass.block * block_agents + k) / 16}));
    Counter a, b;
    Philox(key, time, first_bits, first, hn::Add(first, hn::Set(d, std::uint64_t{lanes})), a, b);
    const Bytes early = BytesOf(a), late = BytesOf(b);
    ScreenVector(pass, most, early.even, k, found);
    ScreenVector(pass, most, early.odd, k + bytes, found);
    ScreenVector(pass, most, late.even, k + 2 * bytes, found);
    ScreenVector(pass, most, late.odd, k + 3 * bytes, found);
  }
  pass.changing = List(found.changing, pass.may_change);
  pass.oldest = List(found.oldest, pass.oldest_now);
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward::yardstick
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace homeward::yardstick {
namespace {
HWY_EXPORT(Screen);
}
void screen(ScreenPass& pass) { HWY_DYNAMIC_DISPATCH(Screen)(pass); }
}  // namespace homeward::yardstick
#endif  // HWY_ONCE
