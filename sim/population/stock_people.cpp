#include "population/stock_people.h"

#include <algorithm>
#include <boost/random/uniform_01.hpp>
#include <cmath>
#include <map>

#include "parallel/blocks.h"
#include "population/integerise.h"

namespace homeward {
namespace {

constexpr std::uint32_t family_size = 4;

// Years by which beliefs lag at most in 2004: refugees are time-locked longest.
double longest_lag(const Parameters& parameters, Profile profile) {
  switch (profile) {
    case Profile::refugee: return parameters.belief_lag_refugee;
    case Profile::g15:
    case Profile::host_born: return parameters.belief_lag_g15;
    default: return parameters.belief_lag_other;
  }
}

std::vector<std::uint32_t> whole_persons(const GroupStock& stock, const Host& host, const Stream& stream) {
  double total = 0;
  for (Eigen::Index cell = 0; cell < stock.weights.size(); ++cell) total += stock.weights[cell];
  const auto persons = static_cast<std::uint64_t>(std::floor(total * host.share + 0.5));
  KeyedEngine engine(stream, text_key(host.iso3), 0);
  const double start = boost::random::uniform_01<double>()(engine);
  return truncate_replicate_sample(stock.weights, persons, start);
}

}  // namespace

StockPeople::StockPeople(const Scenario& scenario, const SynthesisSettings& settings, const Inflow& inflow)
    : scenario_(scenario),
      stream_(settings.seed, Purpose::synthesis),
      raked_(raked_stock(scenario.tables, settings.threads)),
      hosts_(scenario.tables.hosts.size()) {
  const Stream integerise(settings.seed, Purpose::integerise);
  std::vector<std::vector<std::uint32_t>> persons(hosts_.size());
  for_each_block(hosts_.size(), settings.threads, [&](std::size_t h) {
    const Host& row = scenario_.tables.hosts[h];
    const GroupStock& stock = raked_->groups[static_cast<std::size_t>(row.group)];
    persons[h] = whole_persons(stock, row, integerise);
    Ranked& host = hosts_[h];
    host.first_rank.reserve(stock.cells.size() + 1);
    host.first_rank.push_back(0);
    std::uint64_t sum = 0;
    for (const std::uint32_t count : persons[h]) sum += count;
    // Every list needs room for the whole cell.
    const std::uint32_t largest = persons[h].empty() ? 0 : *std::max_element(persons[h].begin(), persons[h].end());
    const double kept_at_most = static_cast<double>(sum) * std::min(1.0, 1.1 * settings.scale);
    host.keys.resize(static_cast<std::size_t>(kept_at_most) + largest + kept_keys_padding);
    std::size_t kept = 0;
    const std::uint64_t host_key = inflow.host_key(static_cast<int>(h));
    for (std::size_t cell = 0; cell < stock.cells.size(); ++cell) {
      const std::uint32_t count = persons[h][cell];
      if (count > 0) {
        const std::uint64_t origin = initial_origin(host_key, stock.cells[cell].number());
        const std::size_t room = kept + count + kept_keys_padding;
        if (host.keys.size() < room) host.keys.resize(2 * room);
        kept += inflow.thinning().list_kept(origin, 0, count, host.keys.data() + kept);
      }
      host.first_rank.push_back(static_cast<std::uint32_t>(kept));
    }
    host.keys.resize(kept);
  });
  add_fit(persons);
}

void StockPeople::add_fit(const std::vector<std::vector<std::uint32_t>>& persons) {
  std::map<std::string, std::size_t> place;
  std::vector<double> missed;
  for (std::size_t group = 0; group < raked_->groups.size(); ++group) {
    std::vector<Margin> margins = raked_->groups[group].margins;
    margins.push_back(generation_by_age(raked_->groups[group]));
    for (const Margin& margin : margins) {
      const auto [found, added] = place.emplace(margin.name, fit_.size());
      if (added) {
        fit_.push_back({margin.name, 0, 0});
        missed.push_back(0);
      }
      for (std::size_t h = 0; h < persons.size(); ++h) {
        const Host& host = scenario_.tables.hosts[h];
        if (static_cast<std::size_t>(host.group) != group) continue;
        Eigen::ArrayXd whole(static_cast<Eigen::Index>(persons[h].size()));
        for (std::size_t cell = 0; cell < persons[h].size(); ++cell) {
          whole[static_cast<Eigen::Index>(cell)] = static_cast<double>(persons[h][cell]);
        }
        const Eigen::ArrayXd sums = margin_sums(whole, margin);
        for (Eigen::Index bin = 0; bin < sums.size(); ++bin) {
          const double target = margin.target[bin] * host.share;
          fit_[found->second].target += target;
          missed[found->second] += std::abs(sums[bin] - target);
        }
      }
    }
  }
  for (std::size_t k = 0; k < fit_.size(); ++k) {
    fit_[k].standardised_absolute_error = fit_[k].target > 0 ? missed[k] / fit_[k].target : 0;
  }
}

std::uint32_t StockPeople::persons(int host) const {
  return static_cast<std::uint32_t>(hosts_[static_cast<std::size_t>(host)].keys.size());
}

std::uint32_t StockPeople::persons(int host, std::uint32_t community, std::uint32_t communities) const {
  const std::uint32_t all = persons(host);
  if (all == 0) return 0;
  const std::uint32_t families = (all + family_size - 1) / family_size;
  const std::uint32_t dealt = families / communities + (community < families % communities ? 1 : 0);
  const bool has_last = community == (families - 1) % communities;
  return dealt * family_size - (has_last ? families * family_size - all : 0);
}

Newcomer StockPeople::newcomer_of(const StockCellCode& cell) const {
  const Parameters& parameters = scenario_.parameters;
  Newcomer newcomer;
  newcomer.migrant_class = cell.migrant_class;
  newcomer.generation = cell.generation;
  newcomer.year = stock_year;
  newcomer.sex = static_cast<int>(cell.sex);
  newcomer.education = static_cast<int>(cell.education);
  newcomer.naturalised = static_cast<int>(cell.naturalised);
  newcomer.redtape_mean = cell.profile() == Profile::refugee ? parameters.belief_redtape0_refugee
                                                             : parameters.belief_redtape0;
  return newcomer;
}

void StockPeople::fill(Columns& columns, const Block& block, std::uint32_t communities,
                       const std::vector<std::uint32_t>& first_slot, const Attributes& attributes) const {
  const Ranked& host = hosts_[static_cast<std::size_t>(block.host)];
  const int group = scenario_.tables.hosts[static_cast<std::size_t>(block.host)].group;
  const std::vector<StockCellCode>& cells = raked_->groups[static_cast<std::size_t>(group)].cells;
  const Parameters& parameters = scenario_.parameters;
  const double missed_growth = parameters.belief_lag_growth * parameters.belief_lag_share;
  const std::uint64_t all = host.keys.size();
  const std::uint32_t end = std::min(block.first_community + block.communities, communities);

  // Round by round of the deal: the families that fall to this block are neighbours in rank.
  for (std::uint64_t round = 0;; ++round) {
    std::uint64_t rank = (round * communities + block.first_community) * family_size;
    if (rank >= all || block.first_community >= end) break;
    std::size_t cell = static_cast<std::size_t>(
        std::upper_bound(host.first_rank.begin(), host.first_rank.end(), rank) - host.first_rank.begin()) - 1;
    Newcomer newcomer = newcomer_of(cells[cell]);
    for (std::uint32_t community = block.first_community; community < end; ++community) {
      auto place = static_cast<std::uint32_t>(round) * family_size;
      std::uint32_t slot = first_slot[community - block.first_community] + place;
      for (std::uint32_t member = 0; member < family_size && rank < all; ++member, ++rank, ++slot, ++place) {
        if (rank >= host.first_rank[cell + 1]) {
          while (rank >= host.first_rank[cell + 1]) ++cell;
          newcomer = newcomer_of(cells[cell]);
        }
        const StockCellCode& kind = cells[cell];
        const std::uint64_t key = host.keys[rank];
        // Draws of this engine are those of time 1; the attributes use time 0.
        KeyedEngine engine(stream_, key, 1);
        const Profile profile = kind.profile();
        const StockLaws::Years years =
            raked_->laws.draw(profile, kind.age_group, kind.cohort, kind.naturalised, engine);
        newcomer.birth = years.birth;
        newcomer.arrival = years.arrival;
        const double longest = longest_lag(parameters, profile);
        const int since = years.arrival == 0 ? years.birth : years.arrival;
        newcomer.pay_belief = -missed_growth * std::min(static_cast<double>(first_year - since), longest);
        columns.key[slot] = key;
        columns.community[slot] = static_cast<std::uint16_t>(community);
        columns.place[slot] = static_cast<std::uint16_t>(place);
        attributes.fill(columns, slot, group, newcomer);
      }
    }
  }
}

}  // namespace homeward
