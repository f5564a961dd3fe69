// Who is tied to whom: eight ties a person to exogenous persons, so that one more birth moves nobody's ties.
//
// 3 family: the persons dealt next to each other (groups of four counted from the start of the community).
// 3 community: every community draws three distances, and its people are tied to those who live that many places on,
// around in a circle. 1 professional: every community draws a sister community in its host, and people are tied place
// for place; communities are dealt in the order of class, age and education, so the same place is often the same
// trade. 1 transnational: the same with a sister community anywhere.
// A child shares the ties of its nearest exogenous ancestor on the mother's side. A tie to oneself stands for none.
// Ties depend on communities and places only: a whole community's are found at once.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "population/columns.h"
#include "population/layout.h"
#include "random/streams.h"

namespace homeward {

inline constexpr std::size_t tie_count = 8;

// Not born here during the run.
inline bool is_exogenous(const Columns& columns, std::uint32_t slot) {
  return state::SharesPlaceField::get(columns.state[slot]) == 0;
}

// 32 bits onto [0, count) without a division.
constexpr std::uint32_t spread(std::uint32_t bits, std::uint32_t count) {
  return static_cast<std::uint32_t>((std::uint64_t{bits} * count) >> 32);
}

class Ties {
 public:
  Ties(std::uint64_t seed, const Layout& layout)
      : layout_(layout), salt_(mix(Stream(seed, Purpose::ties).key())) {
    // Hosts by key, so that ties do not depend on the order of the rows of the host table.
    const std::size_t hosts = layout.host_first_community.empty() ? 0 : layout.host_first_community.size() - 1;
    for (std::size_t host = 0; host < hosts; ++host) by_key_.push_back(host);
    std::sort(by_key_.begin(), by_key_.end(), [&](std::size_t a, std::size_t b) { return key_of(a) < key_of(b); });
    upto_.push_back(0);
    for (const std::size_t host : by_key_) {
      upto_.push_back(upto_.back() + layout.host_first_community[host + 1] - layout.host_first_community[host]);
    }
    reaches_.reserve(upto_.back());
    for (std::size_t host = 0; host < hosts; ++host) {
      for (std::size_t c = layout.host_first_community[host]; c < layout.host_first_community[host + 1]; ++c) {
        const std::uint32_t count = layout.community_first_ordinal[c + 1] - layout.community_first_ordinal[c];
        reaches_.push_back({professional_sister(host, c), transnational_sister(host, c), distances_of(host, c, count)});
      }
    }
  }

  // Ordinals of the eight ties of the person in `slot` of `block`: family 0-2, community 3-5, professional 6,
  // transnational 7; the person's own (for a child: the ancestor's) stands for none.
  std::array<std::uint32_t, tie_count> of(const Columns& columns, const Block& block, std::uint32_t slot) const {
    const std::size_t community =
        layout_.host_first_community[static_cast<std::size_t>(block.host)] + columns.community[slot];
    const std::uint32_t first = layout_.community_first_ordinal[community];
    const std::uint32_t count = layout_.community_first_ordinal[community + 1] - first;

    std::array<std::uint32_t, tie_count> ties{};
    const std::uint32_t place = columns.place[slot];
    const std::uint32_t ordinal = first + place;
    for (std::uint32_t k = 0; k < 3; ++k) {
      const std::uint32_t other = (place & ~3u) | ((place + 1 + k) & 3u);
      ties[k] = other < count ? first + other : ordinal;
    }
    const Reach& from = reach(community);
    for (std::uint32_t k = 0; k < 3; ++k) ties[3 + k] = first + (place + from.distances[k]) % count;
    const std::array<Sister, 2> sisters{from.professional, from.transnational};
    for (std::size_t k = 0; k < 2; ++k) {
      ties[6 + k] = sisters[k].count > 0 ? sisters[k].first + place % sisters[k].count : ordinal;
    }
    return ties;
  }

  // The ordinals of a sister community; none where a community drew itself.
  struct Sister {
    std::uint32_t first = 0, count = 0;
  };
  struct Reach {
    Sister professional, transnational;
    // How far along the circle of the community's people the three community ties of a member are: 1 .. people - 1, 0
    // where the member is alone.
    std::array<std::uint32_t, 3> distances{};
  };
  const Reach& reach(std::size_t community) const { return reaches_[community]; }

 private:
  std::array<std::uint32_t, 3> distances_of(std::size_t host, std::size_t community, std::uint32_t count) const {
    const std::uint64_t bits = identity(host, community);
    const std::uint32_t most = count > 1 ? count - 1 : 0;
    const std::uint32_t one = most > 0 ? 1 : 0;
    return {one + spread(static_cast<std::uint32_t>(bits), most),
            one + spread(static_cast<std::uint32_t>(bits >> 32), most),
            one + spread(static_cast<std::uint32_t>(mix(bits)), most)};
  }
  Sister professional_sister(std::size_t host, std::size_t community) const {
    const std::uint32_t first = layout_.host_first_community[host];
    const std::uint32_t count = layout_.host_first_community[host + 1] - first;
    return sister(community, first + spread(static_cast<std::uint32_t>(mix(identity(host, community), 1)), count));
  }
  Sister transnational_sister(std::size_t host, std::size_t community) const {
    const std::uint32_t drawn = spread(static_cast<std::uint32_t>(mix(identity(host, community), 2)), upto_.back());
    const auto after = std::upper_bound(upto_.begin(), upto_.end(), drawn);
    const auto rank = static_cast<std::size_t>(after - upto_.begin()) - 1;
    return sister(community, layout_.host_first_community[by_key_[rank]] + drawn - upto_[rank]);
  }

  std::uint64_t key_of(std::size_t host) const {
    return host < layout_.host_keys.size() ? layout_.host_keys[host] : mix(host);
  }
  std::uint64_t identity(std::size_t host, std::size_t community) const {
    return mix(salt_, key_of(host), community - layout_.host_first_community[host]);
  }
  Sister sister(std::size_t community, std::uint32_t drawn) const {
    if (drawn == community) return {};
    const std::uint32_t first = layout_.community_first_ordinal[drawn];
    return {first, layout_.community_first_ordinal[drawn + 1] - first};
  }

  const Layout& layout_;
  std::uint64_t salt_;
  std::vector<std::size_t> by_key_;   // hosts
  std::vector<Reach> reaches_;        // [communities]
  std::vector<std::uint32_t> upto_;   // communities of the hosts before, in that order; all of them at the end
};

}  // namespace homeward
