// Counter-based random numbers: every draw is a pure function of (seed, purpose | person, year, draw).
//
// As the number of threads, blocks or cluster tasks changes, and as people are added or removed, nobody's draws
// change. Philox4x32-10 (Salmon et al. 2011) by Random123; the 64-bit Philox key mixes seed and purpose, the 128-bit
// counter holds the 64-bit lineage key of the person, the year and the number of the draw.
#pragma once
#include <Random123/philox.h>

#include <array>
#include <cstdint>
#include <limits>

namespace homeward {

// Why a number is drawn. Appending a purpose changes no other stream; never reorder.
enum class Purpose : std::uint32_t {
  thinning = 1,  // who is kept at scale < 1
  synthesis,     // attributes at the start or at arrival
  integerise,    // truncate-replicate-sample
  community,     // community of an arrival
  ties,          // who is tied to whom
  taste,         // persistent tastes: home attachment, offer first, province, initial trust
  life,          // death, birth, union, parents
  status,        // naturalisation, association, savings, language
  social,        // visits, noise of beliefs, the decision, expert visits
  choice_mode,   // Gumbel draws of the modes
  permit,        // contract end and graduation
  pipeline,      // one block a calendar month
  posts,         // lottery among equals in merit
  returnee,      // re-emigration
  events,        // invitations
  newborn,       // attributes of a child
  priors,        // --draw-priors
  replicate,     // seed of a replicate
  rounding,      // stochastic rounding of quotas
  design,        // points of a sweep
};

using Words = std::array<std::uint32_t, 4>;

// A bijective mix of 64 bits (the finaliser of SplitMix64, Steele et al. 2014).
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) { return mix(mix(a) ^ b); }
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b, std::uint64_t c) { return mix(mix(a, b), c); }

// The streams of one purpose in one run.
class Stream {
 public:
  constexpr Stream(std::uint64_t seed, Purpose purpose)
      : key_(mix(seed, static_cast<std::uint64_t>(purpose))) {}
  // The stream that has this key().
  static constexpr Stream of_key(std::uint64_t key) { return Stream(key); }

  // The four words of draw `draw` of a person in a year (or a calendar month: year * 16 + month).
  Words words(std::uint64_t person, std::uint32_t time, std::uint32_t draw = 0) const {
    const philox4x32_ctr_t counter{{static_cast<std::uint32_t>(person), static_cast<std::uint32_t>(person >> 32),
                                    time, draw}};
    const philox4x32_key_t key{{static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)}};
    const philox4x32_ctr_t out = philox4x32(counter, key);
    return {out.v[0], out.v[1], out.v[2], out.v[3]};
  }
  std::uint64_t key() const { return key_; }

 private:
  explicit constexpr Stream(std::uint64_t key) : key_(key) {}
  std::uint64_t key_;
};

// A uniform random bit generator over one keyed stream, for Boost.Random's distributions in synthesis and for rare
// events. Each (purpose, person, time) has an engine of its own, so a distribution may consume as many words as it
// likes without moving anybody else's.
class KeyedEngine {
 public:
  using result_type = std::uint32_t;
  KeyedEngine(const Stream& stream, std::uint64_t person, std::uint32_t time)
      : stream_(stream), person_(person), time_(time) {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() {
    if (next_ == 4) {
      words_ = stream_.words(person_, time_, block_++);
      next_ = 0;
    }
    return words_[next_++];
  }

 private:
  Stream stream_;
  std::uint64_t person_;
  std::uint32_t time_;
  std::uint32_t block_ = 0;
  std::size_t next_ = 4;
  Words words_{};
};

// A word as a uniform double in (0, 1), never 0 or 1.
constexpr double uniform(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }

// The threshold of a probability: `word < threshold(p)` has probability p (p clamped to [0, 1], to 2^-32).
// Returned in 64 bits so that p = 1 is certain.
constexpr std::uint64_t threshold(double probability) {
  if (!(probability > 0)) return 0;
  if (probability >= 1) return std::uint64_t{1} << 32;
  return static_cast<std::uint64_t>(probability * 0x1p32);
}

}  // namespace homeward
