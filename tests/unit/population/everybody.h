// Everyone who is or will be there as synthesis knows them, one after another by ordinal.
#pragma once
#include <doctest/doctest.h>

#include "population/synthesis.h"

namespace homeward::testing {

// Whoever has ordinal block.first_ordinal + k is in slot block.first_slot + k: the stock with all columns, of those who
// will come key, community, place, class and year of arrival, and an empty state.
inline Columns everybody(const Population& population) {
  const Layout& layout = population.layout;
  const Columns& columns = population.columns;
  Columns all(layout.slots);
  const auto slot_of = [&](const Block& block, std::uint16_t community, std::uint16_t place) {
    const std::size_t c = layout.host_first_community[static_cast<std::size_t>(block.host)] + community;
    REQUIRE(community - block.first_community < block.communities);
    REQUIRE(place < layout.community_first_ordinal[c + 1] - layout.community_first_ordinal[c]);
    return block.first_slot + layout.community_first_ordinal[c] + place - block.first_ordinal;
  };
  for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
    const Block& block = layout.blocks[b];
    std::uint32_t people = 0;
    for (std::uint32_t s = block.first_slot; s < block.first_slot + block.stock; ++s, ++people) {
      REQUIRE(state::StatusField::get(columns.state[s]) != code(Status::empty));
      const std::uint32_t to = slot_of(block, columns.community[s], columns.place[s]);
      REQUIRE(all.key[to] == 0);
      all.key[to] = columns.key[s];
      all.state[to] = columns.state[s];
      all.traits[to] = columns.traits[s];
      all.community[to] = columns.community[s];
      all.place[to] = columns.place[s];
      all.trust[to] = columns.trust[s];
      all.pay_belief[to] = columns.pay_belief[s];
      all.redtape_belief[to] = columns.redtape_belief[s];
      all.birth[to] = columns.birth[s];
      all.arrival[to] = columns.arrival[s];
      all.year[to] = columns.year[s];
      all.months[to] = columns.months[s];
      all.visit_stock[to] = columns.visit_stock[s];
      all.attachment[to] = columns.attachment[s];
    }
    const Entrants& entrants = *population.entrants;
    for (int year = first_year; year <= last_year; ++year) {
      const Entrants::Range range = entrants.of(b, year);
      for (std::uint32_t at = range.first; at < range.end; ++at, ++people) {
        const std::uint32_t to = slot_of(block, entrants.community[at], entrants.place[at]);
        REQUIRE(all.key[to] == 0);
        all.key[to] = entrants.key[at];
        all.traits[to] = traits::ClassField::set(0, code(entrants.migrant_class[at]));
        all.community[to] = entrants.community[at];
        all.place[to] = entrants.place[at];
        all.arrival[to] = static_cast<std::uint8_t>(year - birth_year_base);
      }
    }
    REQUIRE(people == block.exogenous);  // with one key a place: nobody is missing
  }
  return all;
}

}  // namespace homeward::testing
