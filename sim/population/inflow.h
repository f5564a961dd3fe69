// Who arrives: how many of each class at each host in each year, their keys, and the community each joins.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "population/synthesis.h"
#include "random/kept_keys.h"

namespace homeward {

// Keeps a person at scale < 1. A person kept at a scale is kept at every larger one.
class Thinning {
 public:
  Thinning(std::uint64_t seed, double scale)
      : salt_(mix(Stream(seed, Purpose::thinning).key())), limit_(threshold(scale)) {}
  // The keys mix(origin ^ ordinal) that are kept, in order of the ordinals; see random/kept_keys.h.
  std::size_t list_kept(std::uint64_t origin, std::uint32_t first, std::uint32_t count, std::uint64_t* keys) const {
    return list_kept_keys(origin, first, count, salt_, limit_, keys);
  }

 private:
  std::uint64_t salt_;
  std::uint64_t limit_;
};

class Inflow {
 public:
  Inflow(const Scenario& scenario, const SynthesisSettings& settings);

  // Persons of a class who arrive at a host in a year, before thinning. The tables' number times the scenario's
  // arrivals_multiplier, rounded up or down by a draw keyed by host, class and year, so that the mean is exact, more
  // is never fewer, and no host's rounding depends on another's.
  std::uint32_t persons(int host, MigrantClass migrant_class, int year) const;

  // C_h(t): communities of a host in a year, one per community.size persons of the tables (stock and arrivals so far,
  // times scale), never of the simulated or the scenario's numbers. year = stock_year for the stock alone.
  std::uint32_t communities(int host, int year) const {
    return communities_[static_cast<std::size_t>(host)][static_cast<std::size_t>(year - first_year + 1)];
  }

  // Calls visit(class, year, key, community) for everyone who is kept and arrives at `host` in the years
  // [from, to], by year, class and ordinal.
  template <typename Visit>
  void for_each_arrival(int host, int from, int to, Visit visit) const {
    constexpr std::uint32_t chunk = 4096;
    const auto keys = std::make_unique_for_overwrite<std::uint64_t[]>(chunk + kept_keys_padding);
    const std::uint64_t host_key = host_keys_[static_cast<std::size_t>(host)];
    for (int year = from; year <= to; ++year) {
      const std::uint64_t pace = communities(host, year);
      for (std::size_t c = 0; c < migrant_class_names.size(); ++c) {
        const auto migrant_class = static_cast<MigrantClass>(c);
        const std::uint32_t count = persons(host, migrant_class, year);
        const std::uint64_t origin = arrival_origin(migrant_class, host_key, year);
        for (std::uint32_t first = 0; first < count; first += std::min(chunk, count - first)) {
          const std::size_t kept = thinning_.list_kept(origin, first, std::min(chunk, count - first), keys.get());
          for (std::size_t k = 0; k < kept; ++k) {
            const std::uint64_t hash = mix(community_salt_ ^ keys[k]) >> 32;
            visit(migrant_class, year, keys[k], static_cast<std::uint32_t>((hash * pace) >> 32));
          }
        }
      }
    }
  }

  const Thinning& thinning() const { return thinning_; }
  std::uint64_t host_key(int host) const { return host_keys_[static_cast<std::size_t>(host)]; }

 private:
  const Scenario& scenario_;
  Thinning thinning_;
  Stream rounding_;
  std::uint64_t community_salt_;
  std::vector<std::uint64_t> host_keys_;
  std::vector<std::array<std::uint32_t, static_cast<std::size_t>(year_count) + 1>> communities_;
};

}  // namespace homeward
