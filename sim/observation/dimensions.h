// The dimensions of a cube: words, and the place of a person or event along each.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "engine/tally.h"
#include "random/streams.h"
#include "scenario/scenario.h"

namespace homeward {

enum class Dimension : std::uint8_t {
  host,
  origin_province,
  migrant_class,
  generation,
  education,
  sector,
  age_group,
  sex,
  mode,
  duration_group,
  return_province,
  count
};

// Provinces are not stored: hashed from the key, by the shares of the province table; a returnee goes to the own
// province, or to one of the two capitals (returnee.share_*).
class Provinces {
 public:
  Provinces(const Scenario& scenario, std::uint64_t seed);
  std::size_t origin(std::uint64_t key) const;
  std::size_t of_return(std::uint64_t key) const;

 private:
  Stream stream_;
  std::vector<std::uint64_t> upto_;  // cumulated thresholds
  std::uint64_t own_, south_;
  std::size_t capital_south_ = 0, capital_north_ = 0;
  std::size_t place(std::uint32_t word) const;
};

Dimension dimension_named(std::string_view name);

// Years abroad from which a duration group begins; the last age group is open.
inline constexpr std::array<int, 6> duration_from{0, 5, 10, 15, 20, 30};
inline constexpr std::uint32_t oldest_age_group = 17;

std::size_t age_group(int age);
std::size_t duration_group(int years);

struct PlaceOf {
  const Columns& columns;
  const Provinces& provinces;
  int year;
  std::size_t host;
  // mode_code: the mode's code, or 4 where there is none.
  std::size_t at(Dimension dimension, std::uint32_t slot, std::size_t mode_code) const;
};

}  // namespace homeward
