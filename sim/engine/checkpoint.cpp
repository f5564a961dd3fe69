// Lists of plain values with their lengths, then the columns block by block.
#include "engine/checkpoint.h"

#include <bit>
#include <type_traits>

namespace homeward {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t most_values = std::uint64_t{1} << 33;

template <typename Value>
void write_list(const StateWriter& write, const std::vector<Value>& values) {
  static_assert(std::is_trivially_copyable_v<Value>);
  const std::uint64_t count = values.size();
  write({reinterpret_cast<const char*>(&count), sizeof count});
  write({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)});
}

template <typename Value>
bool read_list(const StateReader& read, std::vector<Value>& values) {
  std::uint64_t count = 0;
  if (!read(&count, sizeof count) || count > most_values) return false;
  // Grown as bytes come, so that a wrong length costs no memory.
  constexpr std::size_t step = std::size_t{1} << 20;
  values.clear();
  while (values.size() < count) {
    const std::size_t from = values.size();
    values.resize(std::min<std::size_t>(count, from + step));
    if (!read(values.data() + from, (values.size() - from) * sizeof(Value))) return false;
  }
  return true;
}

template <typename Value>
void write_array(const StateWriter& write, const std::unique_ptr<Value[]>& values, std::size_t count) {
  write({reinterpret_cast<const char*>(values.get()), count * sizeof(Value)});
}

template <typename Value>
bool read_array(const StateReader& read, std::unique_ptr<Value[]>& values, std::size_t count) {
  values = std::make_unique<Value[]>(count);
  return read(values.get(), count * sizeof(Value));
}

// Those who are still to come.
void write_entrants(const StateWriter& write, const Entrants& entrants) {
  write_list(write, entrants.first);
  const std::size_t count = entrants.first.empty() ? 0 : entrants.first.back();
  write_array(write, entrants.key, count);
  write_array(write, entrants.community, count);
  write_array(write, entrants.place, count);
  write_array(write, entrants.migrant_class, count);
}

std::shared_ptr<const Entrants> read_entrants(const StateReader& read, std::size_t blocks) {
  auto entrants = std::make_shared<Entrants>();
  if (!read_list(read, entrants->first)) return nullptr;
  if (entrants->first.size() != blocks * (static_cast<std::size_t>(year_count) + 1)) return nullptr;
  for (std::size_t i = 1; i < entrants->first.size(); ++i) {
    if (entrants->first[i] < entrants->first[i - 1]) return nullptr;
  }
  const std::size_t count = entrants->first.empty() ? 0 : entrants->first.back();
  const bool whole = read_array(read, entrants->key, count) && read_array(read, entrants->community, count) &&
                     read_array(read, entrants->place, count) && read_array(read, entrants->migrant_class, count);
  return whole ? entrants : nullptr;
}

// What the columns are laid out by must hold together before anything is read into them.
bool is_sound(const Layout& layout, const std::vector<std::uint32_t>& slots_used) {
  std::uint64_t slot = 0;
  if (layout.blocks.size() != slots_used.size() || layout.host_first_community.empty() ||
      layout.community_first_ordinal.size() != std::size_t{layout.host_first_community.back()} + 1) {
    return false;
  }
  for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
    const Block& block = layout.blocks[b];
    if (block.first_slot != slot || slots_used[b] > block.capacity) return false;
    if (block.host < 0 || static_cast<std::size_t>(block.host) + 1 >= layout.host_first_community.size()) return false;
    slot += block.capacity;
  }
  return slot == layout.slots;
}

}  // namespace

void Checkpoint::save(const Simulation& simulation, const StateWriter& write) {
  const Layout& layout = simulation.population_.layout;
  write_list(write, layout.blocks);
  write_list(write, layout.host_first_community);
  write_list(write, layout.community_first_ordinal);
  write_list(write, layout.host_keys);
  write_list(write, std::vector<std::uint32_t>{layout.exogenous, layout.slots});
  write_entrants(write, *simulation.population_.entrants);
  write_list(write, simulation.slots_used_);
  write_list(write, simulation.communities_);
  write_list(write, simulation.stories_);
  write_list(write, std::vector<Snapshot>{simulation.snapshot_});
  for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
    const std::size_t first = layout.blocks[b].first_slot, used = simulation.slots_used_[b];
    Columns::each(simulation.population_.columns, [&](const auto* column) {
      write({reinterpret_cast<const char*>(column + first), used * sizeof(*column)});
    });
  }
}

std::unique_ptr<Simulation> Checkpoint::load(const Scenario& scenario, std::uint64_t seed, const EngineSettings& settings,
                                             const StateReader& read) {
  Population population;
  Layout& layout = population.layout;
  std::vector<std::uint32_t> sizes, slots_used;
  std::vector<CommunityView> communities;
  std::vector<std::uint8_t> stories;
  std::vector<Snapshot> snapshot;
  const bool whole = read_list(read, layout.blocks) && read_list(read, layout.host_first_community) &&
                     read_list(read, layout.community_first_ordinal) && read_list(read, layout.host_keys) &&
                     read_list(read, sizes) &&
                     (population.entrants = read_entrants(read, layout.blocks.size())) != nullptr &&
                     read_list(read, slots_used) && read_list(read, communities) &&
                     read_list(read, stories) && read_list(read, snapshot);
  if (!whole || sizes.size() != 2 || snapshot.size() != 1) return nullptr;
  layout.exogenous = sizes[0];
  layout.slots = sizes[1];
  if (!is_sound(layout, slots_used)) return nullptr;
  population.columns = Columns(layout.slots);
  for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
    const std::size_t first = layout.blocks[b].first_slot, used = slots_used[b];
    bool ok = true;
    Columns::each(population.columns, [&](auto* column) { ok = ok && read(column + first, used * sizeof(*column)); });
    if (!ok) return nullptr;
  }
  auto simulation = std::make_unique<Simulation>(scenario, std::move(population), seed, settings);
  if (communities.size() != simulation->communities_.size() || stories.size() != simulation->stories_.size()) {
    return nullptr;
  }
  simulation->slots_used_ = std::move(slots_used);
  simulation->communities_ = std::move(communities);
  simulation->stories_ = std::move(stories);
  simulation->snapshot_ = snapshot[0];
  return simulation;
}

}  // namespace homeward
