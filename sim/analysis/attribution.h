// Who earned the difference: Shapley values over the levers, or groups of levers, in which two scenarios differ.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/twins.h"

namespace homeward {

enum class AttributionMode { none, groups, levers };

// One player of the game: what it stands for is taken from the alternative when it plays.
struct Player {
  std::string name;  // YAML path: policy.resolution_57, policy.red_tape.position; `other` for all that is no lever
  std::vector<Lever> levers;
  bool rest = false;  // parameters, economy, hosts, tables
  // data: the fitted facts inform the effect; prior: they do not; mixed: some of its levers; not told for `other`.
  std::string informed_by;
};

// Up to this many players every coalition is run; beyond it permutations are drawn.
inline constexpr std::size_t most_exact_players = 6;

std::vector<Player> players_of(const Timeline& base, const Timeline& alt, AttributionMode mode, int to_year);

using Coalition = std::uint32_t;  // players by bit
// The base with what the players of the coalition stand for taken from the alternative; no cubes.
Scenario coalition_scenario(const Scenario& base, const Scenario& alt, const std::vector<Player>& players,
                            Coalition coalition);

// The coalitions that a replicate must run, base and alternative themselves left out; sorted. Beyond most_exact_players
// they follow from permutations drawn for the replicate (each with its reverse), keyed by its seed.
class Game {
 public:
  Game(std::size_t players, std::uint64_t replicate_seed);
  bool exact() const { return players_ <= most_exact_players; }
  std::size_t players() const { return players_; }
  const std::vector<Coalition>& coalitions() const { return coalitions_; }

  using Value = std::function<double(Coalition)>;
  // By player. They sum to value(all) - value(none), up to rounding.
  std::vector<double> shapley(const Value& value) const;
  // By pair, (0,1), (0,2) ... : the Shapley interaction index (Grabisch and Roubens 1999); empty unless exact.
  std::vector<double> interactions(const Value& value) const;

 private:
  Coalition all() const { return (Coalition{1} << players_) - 1; }

  std::size_t players_;
  std::vector<std::vector<std::size_t>> orders_;  // where not exact
  std::vector<Coalition> coalitions_;
};

}  // namespace homeward
