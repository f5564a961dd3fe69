// A block of random people for what looks at everybody at once.
#pragma once
#include <vector>

#include "engine/kernels.h"
#include "population/layout.h"
#include "unit/behaviour/random_person.h"

namespace homeward::testing {

// `used` people of seven communities from slot 64 on, one in ten of whom left this year. Behind them, slots are empty but
// for what the people who moved or died left there.
struct RandomBlock {
  static constexpr std::uint32_t communities = 7, people_a_community = 300;
  static constexpr std::uint16_t first_community = 11;

  RandomBlock(std::uint32_t people, int in_year, std::uint64_t from_seed)
      : used(people), year(in_year), seed(from_seed), columns(64 + people + kernel_padding + 64) {
    block.first_slot = 64;
    block.first_community = first_community;
    block.communities = communities;
    block.exogenous = communities * people_a_community;
    PersonDraws draws(seed);
    for (std::uint32_t s = 64; s < 64 + used + kernel_padding; ++s) {
      draws.settle(columns, s, year);
      const auto code_of = [&](int y) { return static_cast<std::uint8_t>(y - birth_year_base); };
      columns.key[s] = draws.word();
      columns.community[s] = static_cast<std::uint16_t>(first_community + draws.below(communities));
      columns.place[s] = static_cast<std::uint16_t>(draws.below(people_a_community));
      if (draws.chance(0.3)) columns.birth[s] = code_of(year - static_cast<int>(draws.below(31)));
      if (columns.arrival[s] != 0 && columns.arrival[s] < columns.birth[s]) columns.arrival[s] = columns.birth[s];
      std::uint32_t now = columns.state[s];
      const auto status = static_cast<Status>(draws.chance(0.1) ? 0 : 1 + draws.below(5));
      const bool temporary = status == Status::contract || status == Status::student;
      now = state::StatusField::set(now, code(s < 64 + used ? status : Status::empty));
      now = state::LegalField::set(now, draws.below(5));
      now = state::BadStoryField::set(now, status == Status::settled && draws.chance(0.1) ? 1 : 0);
      now = state::SharesPlaceField::set(now, draws.below(2));
      now = state::ModeField::set(now, draws.below(4));
      columns.state[s] = now;
      const bool has_been_home = status == Status::returned || state::BadStoryField::get(now) != 0;
      if (temporary) columns.year[s] = code_of(year - 1 + static_cast<int>(draws.below(4)));
      if (has_been_home) columns.year[s] = code_of(year - static_cast<int>(draws.below(9)));
      columns.visit_stock[s] = static_cast<std::uint8_t>(draws.below(256));
      columns.attachment[s] = static_cast<std::uint8_t>(draws.below(256));
    }
  }
  BlockColumns pointers() const { return columns_from(columns, block.first_slot); }
  Status status(std::size_t i) const {
    return static_cast<Status>(state::StatusField::get(columns.state[block.first_slot + i]));
  }
  bool living(std::size_t i) const { return status(i) != Status::empty; }
  bool abroad(std::size_t i) const { return living(i) && status(i) != Status::returned; }

  // The same people again, for a pass that changes them.
  RandomBlock again() const { return {used, year, seed}; }

  std::uint32_t used;
  int year;
  std::uint64_t seed;
  Columns columns;
  Block block;
};

// Below, at and past several vectors.
inline const std::vector<std::uint32_t>& block_sizes() {
  static const std::vector<std::uint32_t> sizes{0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1000, 5003};
  return sizes;
}

}  // namespace homeward::testing
