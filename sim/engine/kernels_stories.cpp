// What the eight ties of everybody tell, a vector of people at once (Highway), without a branch for who has a story: the
// vector form of portable::hear_stories.
#include "engine/kernels.h"

#include <algorithm>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels_stories.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void HearStories(const StoryPass& pass) { portable::hear_stories(pass); }

#else

using D8 = hn::ScalableTag<std::uint8_t>;
using V8 = hn::Vec<D8>;
const D8 d8;

// Two bits a person: those of 32 people in a word.
constexpr std::uint32_t in_word = 32, in_turn = 64;

constexpr std::uint64_t low_people(std::uint32_t people) {
  return people >= in_word ? ~std::uint64_t{0} : (std::uint64_t{1} << (2 * people)) - 1;
}

// The stories from an ordinal on.
HWY_INLINE std::uint64_t Stories(const std::uint8_t* stories, std::uint32_t ordinal) {
  static_assert(std::endian::native == std::endian::little);
  const std::uint8_t* from = stories + ordinal / 4;
  const std::uint32_t shift = 2 * (ordinal & 3);
  std::uint64_t word = 0;
  std::memcpy(&word, from, 8);
  // The ninth byte fills up what the shift frees; shifted twice, since a shift by the whole width means nothing.
  return word >> shift | std::uint64_t{from[8]} << (63 - shift) << 1;
}

// People in a circle, from `place` on, again and again.
struct Circle {
  const std::uint8_t* stories;
  std::uint32_t first, count, place;

  HWY_INLINE std::uint64_t Next() {
    std::uint64_t bits = Stories(stories, first + place);
    std::uint32_t have = count - place;
    if (have > in_word) {
      place += in_word;
      return bits;
    }
    bits &= low_people(have);
    place = count;
    while (have < in_word) {
      place = std::min(count, in_word - have);
      bits |= (Stories(stories, first) & low_people(place)) << (2 * have);
      have += place;
    }
    if (place == count) place = 0;
    return bits;
  }
};

// What 64 people of one circle tell, two bits each, in every block of a vector.
struct Turn {
  V8 packed;
  HWY_INLINE Turn(std::uint64_t low, std::uint64_t high) {
    const hn::Repartition<std::uint64_t, D8> d64;
    packed = hn::BitCast(d8, hn::InterleaveLower(d64, hn::Set(d64, low), hn::Set(d64, high)));
  }
  HWY_INLINE explicit Turn(Circle& circle) : packed(hn::Zero(d8)) {
    const std::uint64_t low = circle.Next();
    *this = Turn(low, circle.Next());
  }
  // A byte a person, 1 good and 16 bad, of as many as a vector has bytes. four: the byte that a person's bits lie in.
  HWY_INLINE V8 Expand(V8 four) const {
    alignas(16) static constexpr std::uint8_t good_bit[16] = {1, 4, 16, 64, 1, 4, 16, 64, 1, 4, 16, 64, 1, 4, 16, 64};
    const V8 good = hn::LoadDup128(d8, good_bit);
    const V8 held = hn::TableLookupBytes(packed, four);
    return hn::Or(hn::IfThenElseZero(hn::TestBit(held, good), hn::Set(d8, 1)),
                  hn::IfThenElseZero(hn::TestBit(held, hn::Add(good, good)), hn::Set(d8, 16)));
  }
};

void HearStories(const StoryPass& shared) {
  const StoryPass pass = shared;
  alignas(64) static constexpr auto quarters = [] {
    std::array<std::uint8_t, in_turn> table{};
    for (std::uint32_t k = 0; k < in_turn; ++k) table[k] = static_cast<std::uint8_t>(k / 4);
    return table;
  }();
  alignas(16) static constexpr std::uint8_t neighbour[16] = {1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14};
  alignas(16) static constexpr std::uint8_t opposite[16] = {2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13};
  const V8 next = hn::LoadDup128(d8, neighbour), across = hn::LoadDup128(d8, opposite);
  for (std::uint32_t c = 0; c < pass.communities; ++c) {
    // Sister communities lie far away.
    constexpr std::uint32_t ahead = 8;
    if (c + ahead < pass.communities) {
      __builtin_prefetch(pass.stories + pass.reach[c + ahead].professional.first / 4);
      __builtin_prefetch(pass.stories + pass.reach[c + ahead].transnational.first / 4);
    }
    const std::uint32_t first = pass.first[c], count = pass.first[c + 1] - first;
    const Ties::Reach& reach = pass.reach[c];
    std::uint8_t* told = pass.told + (first - pass.first[0]);
    std::array<Circle, 5> circles;
    std::size_t used = 0;
    for (const std::uint32_t distance : reach.distances) {
      if (distance != 0) circles[used++] = {pass.stories, first, count, distance};  // 0: alone, no tie
    }
    for (const Ties::Sister& sister : {reach.professional, reach.transnational}) {
      if (sister.count != 0) circles[used++] = {pass.stories, sister.first, sister.count, 0};
    }
    // What is written beyond the last one is of the next community, which begins anew.
    for (std::uint32_t place = 0; place < count; place += in_turn) {
      const std::uint32_t left = count - place;
      const std::uint64_t low = Stories(pass.stories, first + place) & low_people(left);
      const std::uint64_t high =
          left > in_word ? Stories(pass.stories, first + place + in_word) & low_people(left - in_word) : 0;
      const Turn own(low, high);
      const auto take_turn = [&](std::size_t k) { return k < used ? Turn(circles[k]) : Turn(0, 0); };
      const Turn a = take_turn(0), b = take_turn(1), d = take_turn(2), e = take_turn(3), f = take_turn(4);
      for (std::uint32_t part = 0; part < in_turn && place + part < count; part += static_cast<std::uint32_t>(hn::Lanes(d8))) {
        const V8 four = hn::LoadU(d8, quarters.data() + part);
        const V8 mine = own.Expand(four);
        const V8 pair = hn::Add(mine, hn::TableLookupBytes(mine, next));
        V8 sum = hn::Sub(hn::Add(pair, hn::TableLookupBytes(pair, across)), mine);
        sum = hn::Add(sum, hn::Add(a.Expand(four), b.Expand(four)));
        sum = hn::Add(sum, hn::Add(d.Expand(four), hn::Add(e.Expand(four), f.Expand(four))));
        hn::StoreU(sum, d8, told + place + part);
      }
    }
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace homeward {
namespace {
HWY_EXPORT(HearStories);
}  // namespace

void hear_stories(const StoryPass& pass) { HWY_DYNAMIC_DISPATCH(HearStories)(pass); }

}  // namespace homeward
#endif  // HWY_ONCE
