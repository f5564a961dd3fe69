// The trust a person starts with: a function of profile and key alone, so that reversion can find it again.
#pragma once
#include <array>
#include <cstdint>

#include "population/columns.h"
#include "population/profile.h"
#include "random/streams.h"
#include "scenario/parameters.h"

namespace homeward {

// tau_0 = mean of the profile + N(0, trust.start_sd), cut to [.02, .98] (docs/theory, initial draws).
class TrustStart {
 public:
  TrustStart(const Parameters& parameters, std::uint64_t seed);

  // In units of trust_scale.
  std::uint16_t operator()(std::uint64_t key, Profile profile) const { return of_word(word(key), profile); }
  std::uint32_t word(std::uint64_t key) const { return stream_.words(key, 0, 1)[0]; }
  std::uint16_t of_word(std::uint32_t word, Profile profile) const { return steps_[code(profile)][word >> 24]; }
  const Stream& stream() const { return stream_; }
  std::uint16_t operator()(std::uint64_t key, std::uint16_t traits) const {
    return (*this)(key, profile_of(traits));
  }

 private:
  Stream stream_;  // purpose taste, draw 1
  std::array<std::array<std::uint16_t, 256>, profile_count> steps_{};
};

}  // namespace homeward
