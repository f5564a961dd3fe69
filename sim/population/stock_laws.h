// When the people of the start of 2004 were born and when they arrived: the joint law of age, year of arrival and
// citizenship for each profile, from which margins, structural zeros and the years within a cell follow.
#pragma once
#include <array>
#include <boost/random/discrete_distribution.hpp>
#include <cstdint>
#include <vector>

#include "population/attributes.h"
#include "population/profile.h"
#include "random/streams.h"
#include "scenario/scenario.h"

namespace homeward {

inline constexpr std::size_t age_group_count = 18;
// Five-year bands of the year of arrival, counted back from 2003; the last one is for people born abroad.
inline constexpr std::size_t cohort_count = 8;
inline constexpr std::size_t born_abroad = cohort_count - 1;

// Stocks are those of 31 December of the year before the first: a person aged a then was born in stock_year - a.
inline constexpr int stock_year = first_year - 1;

constexpr std::size_t cohort_of(int arrival) {
  if (arrival == 0) return born_abroad;
  const int band = (stock_year - arrival) / 5;
  return static_cast<std::size_t>(band < 0 ? 0 : band > 6 ? 6 : band);
}

class StockLaws {
 public:
  explicit StockLaws(const Tables& tables);

  // P(cohort, citizenship | profile, age group); sums to 1, or to 0 where the tables have no law of arrival.
  double share(Profile profile, std::size_t age_group, std::size_t cohort, std::size_t naturalised) const {
    return share_[code(profile)][age_group][cohort][naturalised];
  }

  struct Years {
    int birth = 0, arrival = 0;  // arrival 0: born abroad
  };
  // The years of one person of a cell. The cell must have a positive share.
  Years draw(Profile profile, std::size_t age_group, std::size_t cohort, std::size_t naturalised,
             KeyedEngine& engine) const;

 private:
  struct Cell {
    std::vector<Years> years;
    boost::random::discrete_distribution<int> law;
  };
  std::array<std::array<std::array<std::array<double, 2>, cohort_count>, age_group_count>, profile_count> share_{};
  std::array<std::array<std::array<std::array<Cell, 2>, cohort_count>, age_group_count>, profile_count> cells_{};
};

}  // namespace homeward
