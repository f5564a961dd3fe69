// What returns in one's surroundings tell: the peer share s, and the yearly snapshot of a community
// (docs/theory/community_and_ties.md).
#pragma once
#include <cstdint>

#include "base/fixed_point.h"
#include "scenario/parameters.h"

namespace homeward {

// The story of a person as others see it at the end of a year: two bits a person.
enum class Story : std::uint8_t { none, good, bad };

// Totals of one community at the end of a year, integers.
struct CommunityCounts {
  std::uint32_t abroad = 0;         // living persons abroad
  std::uint32_t good = 0, bad = 0;  // came home as settled or student within recent_years; left again
  std::uint64_t trust_eighth = 0;   // sum of trust >> 3
  std::uint32_t first_generation = 0;
  std::uint64_t first_trust_eighth = 0;
};

// What people of a community read in the next year.
struct CommunityView {
  std::int32_t returned = 0;      // (good - bad_weight bad) / (abroad + recent returnees), at 1/65536; may be negative
  std::uint16_t mean_trust = 0;   // scale of the trust column
  bool has_trust = false;
  bool more_bad_than_good = false;
  bool stories = false;           // anybody has one
  std::int32_t norm = 0;          // first generation's mean trust less 1/2, at 1/65536; 0 where there is none
};

inline CommunityView view_of(const CommunityCounts& counts, double bad_weight) {
  CommunityView view;
  const std::uint32_t recent = counts.good + counts.bad;
  const std::uint32_t people = counts.abroad + counts.good;  // those who left again are abroad
  if (people > 0 && recent > 0) {
    view.returned = round_to_int((counts.good - bad_weight * counts.bad) / people * 65536.0);
  }
  view.stories = recent > 0;
  view.more_bad_than_good = counts.bad > counts.good;
  if (counts.abroad > 0) {
    view.mean_trust = static_cast<std::uint16_t>(
        (counts.trust_eighth * 8 + counts.abroad * 3) / counts.abroad);
    view.has_trust = true;
  }
  if (counts.first_generation > 0) {
    const std::uint64_t mean =
        (counts.first_trust_eighth * 8 + counts.first_generation * 3) / counts.first_generation;
    view.norm = static_cast<std::int32_t>(mean) - 32768;
  }
  return view;
}

// Floats and an order of operations that the vector kernel shares.
struct PeerWeights {
  PeerWeights() = default;
  PeerWeights(double tie_share, double scale_factor, double bad_weight_factor)
      : per_tie(static_cast<float>(tie_share * 65536.0 / 8)),
        community(static_cast<float>(1 - tie_share)),
        scale(static_cast<float>(scale_factor)),
        bad_weight(static_cast<float>(bad_weight_factor)) {}
  float per_tie = 4096, community = 0.5f, scale = 20, bad_weight = 1.5f;
};

// s = min(1, scale q), q = tie_share (share of the 8 ties) + (1 - tie_share) (share of the community), floored at 0.
// At 1/65536.
// community: weights.community x returned, the same for all of a community.
inline std::int32_t peer_share(const PeerWeights& weights, int good_ties, int bad_ties, float community) {
  const float ties = static_cast<float>(good_ties) - weights.bad_weight * static_cast<float>(bad_ties);
  const float q = weights.per_tie * ties + community;
  const float s = weights.scale * q;
  return static_cast<std::int32_t>(s < 0.0f ? 0.0f : s > 65536.0f ? 65536.0f : s);
}

}  // namespace homeward
