#include "population/stock_people.h"

#include <algorithm>

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

}  // namespace

StockPeople::StockPeople(const Scenario& scenario, std::uint64_t seed, const RakedStock& raked,
                         const std::vector<RankedStock>& hosts)
    : scenario_(scenario), stream_(seed, Purpose::synthesis), raked_(raked), hosts_(hosts) {}

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
  const RankedStock& host = hosts_[static_cast<std::size_t>(block.host)];
  const int group = scenario_.tables.hosts[static_cast<std::size_t>(block.host)].group;
  const std::vector<StockCellCode>& cells = raked_.groups[static_cast<std::size_t>(group)].cells;
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
            raked_.laws.draw(profile, kind.age_group, kind.cohort, kind.naturalised, engine);
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
