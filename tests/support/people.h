// Who is where: a slot names a person inside one year only, so whoever follows a person across years looks the key up.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>

#include "engine/simulation.h"

namespace homeward::test {

inline std::optional<std::uint32_t> find_slot(const Simulation& simulation, std::uint64_t key) {
  const Population& population = simulation.population();
  for (std::size_t b = 0; b < population.layout.blocks.size(); ++b) {
    const std::uint32_t first = population.layout.blocks[b].first_slot;
    for (std::uint32_t s = first; s < first + simulation.slots_used(b); ++s) {
      if (population.columns.key[s] == key) return s;
    }
  }
  return std::nullopt;
}

// Of a person who lives in the model or left it in the last year.
inline std::uint32_t slot_of(const Simulation& simulation, std::uint64_t key) {
  const std::optional<std::uint32_t> slot = find_slot(simulation, key);
  if (!slot) throw std::logic_error("nobody in the columns has this key");
  return *slot;
}

// `empty` of whoever left the model, in whatever year.
inline Status status_of(const Simulation& simulation, std::uint64_t key) {
  const std::optional<std::uint32_t> slot = find_slot(simulation, key);
  if (!slot) return Status::empty;
  return static_cast<Status>(state::StatusField::get(simulation.population().columns.state[*slot]));
}

// The key of the mother of a child born in the run, from what both keys are; nullopt where she left in earlier years.
inline std::optional<std::uint64_t> mother_of(const Simulation& simulation, std::uint64_t child) {
  const Population& population = simulation.population();
  const int born = birth_year_base + population.columns.birth[slot_of(simulation, child)];
  for (std::size_t b = 0; b < population.layout.blocks.size(); ++b) {
    const std::uint32_t first = population.layout.blocks[b].first_slot;
    for (std::uint32_t s = first; s < first + simulation.slots_used(b); ++s) {
      if (child_key(population.columns.key[s], born) == child) return population.columns.key[s];
    }
  }
  return std::nullopt;
}

// For populations made by hand: nobody will come.
inline std::shared_ptr<const Entrants> nobody_arrives(const Layout& layout) {
  Entrants entrants;
  entrants.first.assign(layout.blocks.size() * (static_cast<std::size_t>(year_count) + 1), 0);
  return std::make_shared<const Entrants>(std::move(entrants));
}

}  // namespace homeward::test
