// Exact weights for few players; for many, mean contributions over drawn orders.
#include "analysis/attribution.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "policy/lever_parameters.h"
#include "random/streams.h"

namespace homeward {
namespace {

// About this many coalitions a replicate are run where not all are.
constexpr std::size_t sampled_coalitions = 64;

std::string_view group_of(std::string_view path) { return path.substr(0, path.find('.')); }

std::string informed_by(const std::vector<Lever>& levers) {
  std::size_t data = 0;
  for (const Lever lever : levers) data += lever_rows()[static_cast<std::size_t>(lever)].informed_by == "data" ? 1 : 0;
  return data == levers.size() ? "data" : data == 0 ? "prior" : "mixed";
}

double factorial(std::size_t n) {
  double product = 1;
  for (std::size_t k = 2; k <= n; ++k) product *= static_cast<double>(k);
  return product;
}

}  // namespace

std::vector<Player> players_of(const Timeline& base, const Timeline& alt, AttributionMode mode, int to_year) {
  std::vector<Player> players;
  if (mode == AttributionMode::none) return players;
  for (const Lever lever : differing_levers(base, alt, first_year, to_year)) {
    const std::string_view path = lever_rows()[static_cast<std::size_t>(lever)].path;
    const std::string name = "policy." + std::string(mode == AttributionMode::groups ? group_of(path) : path);
    if (players.empty() || players.back().name != name) players.push_back({name, {}, false, ""});
    players.back().levers.push_back(lever);
  }
  for (Player& player : players) player.informed_by = informed_by(player.levers);
  const Scenario rest = all_but_levers(base.scenario(), alt.scenario());
  if (first_difference(base, Timeline(rest)) <= to_year) players.push_back({"other", {}, true, ""});
  return players;
}

Scenario coalition_scenario(const Scenario& base, const Scenario& alt, const std::vector<Player>& players,
                            Coalition coalition) {
  Scenario scenario = base;
  scenario.outputs.clear();
  for (std::size_t i = 0; i < players.size(); ++i) {
    if ((coalition >> i & 1) == 0 || !players[i].rest) continue;
    scenario.parameters = all_but_levers(base, alt).parameters;
    scenario.tables = alt.tables;
  }
  for (std::size_t i = 0; i < players.size(); ++i) {
    if ((coalition >> i & 1) == 0) continue;
    for (const Lever lever : players[i].levers) {
      scenario.levers[static_cast<std::size_t>(lever)] = alt.levers[static_cast<std::size_t>(lever)];
      for (const LeverParameter& row : lever_parameters()) {
        if (std::find(row.levers.begin(), row.levers.end(), lever) == row.levers.end()) continue;
        scenario.parameters.*row.member = alt.parameters.*row.member;
      }
    }
  }
  return scenario;
}

Game::Game(std::size_t players, std::uint64_t replicate_seed) : players_(players) {
  if (players < 2) return;
  if (exact()) {
    for (Coalition c = 1; c < all(); ++c) coalitions_.push_back(c);
    return;
  }
  const std::size_t pairs = std::max<std::size_t>(1, sampled_coalitions / (2 * (players - 1)));
  const Stream stream(replicate_seed, Purpose::replicate);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    std::vector<std::pair<std::uint64_t, std::size_t>> ranked;
    for (std::size_t i = 0; i < players; ++i) {
      const Words words = stream.words(i, static_cast<std::uint32_t>(pair), 1);
      ranked.emplace_back(std::uint64_t{words[0]} << 32 | words[1], i);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::size_t> order;
    for (const auto& one : ranked) order.push_back(one.second);
    orders_.push_back(order);
    std::reverse(order.begin(), order.end());
    orders_.push_back(order);
  }
  for (const auto& order : orders_) {
    Coalition held = 0;
    for (std::size_t k = 0; k + 1 < order.size(); ++k) coalitions_.push_back(held |= Coalition{1} << order[k]);
  }
  std::sort(coalitions_.begin(), coalitions_.end());
  coalitions_.erase(std::unique(coalitions_.begin(), coalitions_.end()), coalitions_.end());
}

std::vector<double> Game::shapley(const Value& value) const {
  std::vector<double> shares(players_, 0.0);
  if (!exact()) {
    for (const auto& order : orders_) {
      Coalition held = 0;
      double before = value(0);
      for (const std::size_t player : order) {
        const double after = value(held |= Coalition{1} << player);
        shares[player] += after - before;
        before = after;
      }
    }
    for (double& share : shares) share /= static_cast<double>(orders_.size());
    return shares;
  }
  for (std::size_t i = 0; i < players_; ++i) {
    for (Coalition c = 0; c <= all(); ++c) {
      if ((c >> i & 1) != 0) continue;
      const auto size = static_cast<std::size_t>(std::popcount(c));
      const double weight = factorial(size) * factorial(players_ - size - 1) / factorial(players_);
      shares[i] += weight * (value(c | Coalition{1} << i) - value(c));
    }
  }
  return shares;
}

std::vector<double> Game::interactions(const Value& value) const {
  std::vector<double> list;
  if (!exact()) return list;
  for (std::size_t i = 0; i < players_; ++i) {
    for (std::size_t j = i + 1; j < players_; ++j) {
      const Coalition one = Coalition{1} << i, other = Coalition{1} << j;
      double sum = 0;
      for (Coalition c = 0; c <= all(); ++c) {
        if ((c & (one | other)) != 0) continue;
        const auto size = static_cast<std::size_t>(std::popcount(c));
        const double weight = factorial(size) * factorial(players_ - size - 2) / factorial(players_ - 1);
        sum += weight * (value(c | one | other) - value(c | one) - value(c | other) + value(c));
      }
      list.push_back(sum);
    }
  }
  return list;
}

}  // namespace homeward
