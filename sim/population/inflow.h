// Who arrives: how many of each class at each host in each year, their keys, and the community each joins.
#pragma once
#include <array>
#include <cstdint>
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

  // Appends to `keys` those of a class who are kept and arrive at a host in a year, by ordinal. Says how many.
  std::uint32_t list_arrivals(int host, MigrantClass migrant_class, int year, std::vector<std::uint64_t>& keys) const;

  // The community that someone who arrives in a year joins.
  std::uint32_t community_of(std::uint64_t key, int host, int year) const {
    const std::uint64_t hash = mix(community_salt_ ^ key) >> 32;
    return static_cast<std::uint32_t>((hash * communities(host, year)) >> 32);
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
