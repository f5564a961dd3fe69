#include "random/batch.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "random/batch.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "random/philox-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
// No vectors: fill_words() takes everybody one by one.
void FillVectors(std::uint64_t, const std::uint64_t*, std::size_t, std::uint32_t, std::uint32_t, std::uint64_t*,
                 std::uint64_t*) {}
std::size_t CountLanes() { return 0; }
#else

HWY_INLINE void Store(const Counter& c, std::uint64_t* low, std::uint64_t* high) {
  const D64 d;
  const V64 low_half = hn::Set(d, 0xffffffffu);
  hn::StoreU(hn::Or(hn::And(c.c0, low_half), hn::ShiftLeft<32>(c.c1)), d, low);
  hn::StoreU(hn::Or(hn::And(c.c2, low_half), hn::ShiftLeft<32>(c.c3)), d, high);
}

// Whole vectors only; `count` is a multiple of the number of lanes.
void FillVectors(std::uint64_t key, const std::uint64_t* people, std::size_t count, std::uint32_t time,
                 std::uint32_t draw, std::uint64_t* low, std::uint64_t* high) {
  const D64 d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < count; i += 2 * lanes) {
    const std::size_t j = i + lanes < count ? i + lanes : i;
    Counter a, b;
    Philox(key, time, draw, hn::LoadU(d, people + i), hn::LoadU(d, people + j), a, b);
    Store(a, low + i, high + i);
    Store(b, low + j, high + j);
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
