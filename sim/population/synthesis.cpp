// Synthesis step by step: rake and integerise the stock, count everyone who will come, lay out blocks, list those who
// will come, draw the stock.
#include "population/synthesis.h"

#include <algorithm>

#include "base/fault.h"
#include "parallel/blocks.h"
#include "population/attributes.h"
#include "population/inflow.h"
#include "population/stock_people.h"
#include "population/ties.h"

namespace homeward {
namespace {

constexpr std::size_t class_count = migrant_class_names.size();

// Those who arrive at one host in a few years find their places together.
struct ArrivalTask {
  const ArrivalList* list = nullptr;
  std::vector<std::uint32_t> place;  // [communities]: first how many, then the place of the next one
  std::vector<std::uint32_t> next;   // [blocks of the host]: where in the list of entrants the next one goes
};

// Calls visit(class, year, key, community) for everyone of a list.
template <typename Visit>
void for_each_arrival(const ArrivalList& list, const Inflow& inflow, Visit visit) {
  const std::uint64_t* key = list.keys.data();
  for (std::size_t at = 0; at < list.kept.size(); ++at) {
    const int year = list.from + static_cast<int>(at / class_count);
    for (std::uint32_t k = 0; k < list.kept[at]; ++k, ++key) {
      visit(static_cast<MigrantClass>(at % class_count), year, *key, inflow.community_of(*key, list.host, year));
    }
  }
}

std::vector<ArrivalTask> count_arrivals(const StartLists& lists, int threads, const Inflow& inflow) {
  std::vector<ArrivalTask> tasks(lists.arrivals.size());
  for_each_block(tasks.size(), threads, [&](std::size_t t) {
    ArrivalTask& task = tasks[t];
    task.list = &lists.arrivals[t];
    task.place.assign(inflow.communities(task.list->host, last_year), 0);
    for_each_arrival(*task.list, inflow, [&](MigrantClass, int, std::uint64_t, std::uint32_t community) {
      ++task.place[community];
    });
  });
  return tasks;
}

// Persons by host and community, stock and arrivals.
std::vector<std::vector<std::uint32_t>> community_sizes(const StockPeople& stock, const Inflow& inflow,
                                                        const std::vector<ArrivalTask>& tasks, std::size_t hosts) {
  std::vector<std::vector<std::uint32_t>> sizes(hosts);
  for (std::size_t h = 0; h < hosts; ++h) {
    const int host = static_cast<int>(h);
    sizes[h].assign(inflow.communities(host, last_year), 0);
    const std::uint32_t with_stock = inflow.communities(host, stock_year);
    for (std::uint32_t c = 0; c < with_stock; ++c) sizes[h][c] = stock.persons(host, c, with_stock);
  }
  for (const ArrivalTask& task : tasks) {
    std::vector<std::uint32_t>& of_host = sizes[static_cast<std::size_t>(task.list->host)];
    for (std::size_t c = 0; c < of_host.size(); ++c) of_host[c] += task.place[c];
  }
  return sizes;
}

// Which block every community lives in, by global number.
std::vector<std::uint32_t> blocks_of(const Layout& layout) {
  std::vector<std::uint32_t> block_of(layout.host_first_community.back(), 0);
  for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
    const Block& block = layout.blocks[b];
    const std::size_t first = layout.host_first_community[static_cast<std::size_t>(block.host)] + block.first_community;
    std::fill_n(block_of.begin() + static_cast<std::ptrdiff_t>(first), block.communities, static_cast<std::uint32_t>(b));
  }
  return block_of;
}

void count_stock(const StockPeople& stock, const Inflow& inflow, Layout& layout) {
  for (Block& block : layout.blocks) {
    const std::uint32_t with_stock = inflow.communities(block.host, stock_year);
    const std::uint32_t end = std::min(block.first_community + block.communities, with_stock);
    for (std::uint32_t c = block.first_community; c < end; ++c) {
      block.stock += stock.persons(block.host, c, with_stock);
    }
  }
}

// Turns the counts of the tasks into places, where the stock of a community comes first, then the tasks by year; and into
// ranges of the list of entrants, block by block and in a block by year.
void reserve_places(const StockPeople& stock, const Inflow& inflow, const Layout& layout,
                    std::vector<ArrivalTask>& tasks) {
  const std::vector<std::uint32_t> block_of = blocks_of(layout);
  std::vector<std::uint32_t> entrants_before{0};
  for (const Block& block : layout.blocks) {
    entrants_before.push_back(entrants_before.back() + block.exogenous - block.stock);
  }
  std::vector<std::uint32_t> place, next;
  std::size_t first_block = 0;
  for (ArrivalTask& task : tasks) {
    const std::size_t first = layout.host_first_community[static_cast<std::size_t>(task.list->host)];
    if (task.place.empty()) continue;  // nobody ever lives there
    if (task.list->from == first_year) {
      const std::uint32_t with_stock = inflow.communities(task.list->host, stock_year);
      place.assign(task.place.size(), 0);
      for (std::uint32_t c = 0; c < std::min<std::size_t>(place.size(), with_stock); ++c) {
        place[c] = stock.persons(task.list->host, c, with_stock);
      }
      first_block = block_of[first];
      next.clear();
      for (std::size_t b = first_block; b < layout.blocks.size() && layout.blocks[b].host == task.list->host; ++b) {
        next.push_back(entrants_before[b]);
      }
    }
    task.next = next;
    for (std::size_t c = 0; c < place.size(); ++c) {
      const std::uint32_t count = task.place[c];
      task.place[c] = place[c];
      place[c] += count;
      next[block_of[first + c] - first_block] += count;
    }
  }
}

Entrants list_entrants(const Inflow& inflow, const Layout& layout, const SynthesisSettings& settings,
                       std::vector<ArrivalTask>& tasks) {
  const std::vector<std::uint32_t> block_of = blocks_of(layout);
  std::size_t all = 0;
  for (const Block& block : layout.blocks) all += block.exogenous - block.stock;
  Entrants entrants;
  entrants.key = std::make_unique_for_overwrite<std::uint64_t[]>(all);
  entrants.community = std::make_unique_for_overwrite<std::uint16_t[]>(all);
  entrants.place = std::make_unique_for_overwrite<std::uint16_t[]>(all);
  entrants.migrant_class = std::make_unique_for_overwrite<MigrantClass[]>(all);
  constexpr std::size_t stride = static_cast<std::size_t>(year_count) + 1;
  entrants.first.assign(layout.blocks.size() * stride, 0);
  for_each_block(tasks.size(), settings.threads, [&](std::size_t t) {
    ArrivalTask& task = tasks[t];
    if (task.place.empty()) return;
    const std::uint32_t* blocks = block_of.data() + layout.host_first_community[static_cast<std::size_t>(task.list->host)];
    for_each_arrival(*task.list, inflow, [&](MigrantClass migrant_class, int year, std::uint64_t key,
                                       std::uint32_t community) {
      const std::size_t block = blocks[community];
      const std::uint32_t at = task.next[block - blocks[0]]++;
      entrants.key[at] = key;
      entrants.community[at] = static_cast<std::uint16_t>(community);
      entrants.place[at] = static_cast<std::uint16_t>(task.place[community]++);
      entrants.migrant_class[at] = migrant_class;
      ++entrants.first[block * stride + year_index(year) + 1];
    });
  });
  std::uint32_t before = 0;
  for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
    entrants.first[b * stride] = before;
    for (std::size_t y = 1; y < stride; ++y) before = entrants.first[b * stride + y] += before;
  }
  return entrants;
}

// The slot of the first person of every community of a block; the stock lies side by side.
std::vector<std::uint32_t> stock_slots(const StockPeople& stock, const Block& block, std::uint32_t with_stock) {
  std::vector<std::uint32_t> slots;
  std::uint32_t slot = block.first_slot;
  for (std::uint32_t c = block.first_community; c < block.first_community + block.communities; ++c) {
    slots.push_back(slot);
    if (c < with_stock) slot += stock.persons(block.host, c, with_stock);
  }
  return slots;
}

void append(const Scenario& scenario, const SynthesisSettings& settings, const Attributes& attributes,
            Population& population) {
  Layout& layout = population.layout;
  Columns& columns = population.columns;
  std::uint32_t ordinal = 0;
  for (const ExtraPerson& person : settings.extra) {
    const int host = scenario.tables.host_index(person.host);
    const auto block = std::find_if(layout.blocks.begin(), layout.blocks.end(), [&](const Block& candidate) {
      return candidate.host == host && person.community - candidate.first_community < candidate.communities;
    });
    if (host < 0 || block == layout.blocks.end()) throw RunError("extra person: no such host or community");
    const std::size_t community = layout.host_first_community[static_cast<std::size_t>(host)] + person.community;
    if (layout.community_first_ordinal[community] == layout.community_first_ordinal[community + 1]) {
      throw RunError("extra person: the community has no people to be tied to");
    }
    if (block->stock + block->appended >= block->capacity) throw RunError("extra person: the block is full");
    const std::uint32_t slot = block->first_slot + block->stock + block->appended++;
    columns.key[slot] = initial_key(text_key(person.host), 0xffffffffu, ordinal++);
    columns.community[slot] = static_cast<std::uint16_t>(person.community);
    columns.place[slot] = 0;
    Newcomer newcomer;
    newcomer.migrant_class = person.migrant_class;
    newcomer.generation = person.migrant_class == MigrantClass::host_born ? Generation::g2 : Generation::g1;
    newcomer.year = stock_year;
    newcomer.birth = person.birth_year;
    newcomer.arrival = newcomer.generation == Generation::g2 ? 0 : stock_year;
    newcomer.redtape_mean = scenario.parameters.belief_redtape0;
    attributes.fill(columns, slot, scenario.tables.hosts[static_cast<std::size_t>(host)].group, newcomer);
    columns.state[slot] = state::SharesPlaceField::set(columns.state[slot], 1);
    ++population.stock[static_cast<std::size_t>(host)];
  }
}

}  // namespace

Population synthesise(const Scenario& scenario, const SynthesisSettings& settings) {
  const std::size_t hosts = scenario.tables.hosts.size();
  const Attributes attributes(scenario, settings.seed);
  const Inflow inflow(scenario, settings);
  const std::shared_ptr<const RakedStock> raked = raked_stock(scenario.tables, settings.threads);
  const std::shared_ptr<const StartLists> lists = start_lists(scenario, settings, inflow, *raked);
  const StockPeople stock(scenario, settings.seed, *raked, lists->stock);
  std::vector<ArrivalTask> tasks = count_arrivals(*lists, settings.threads, inflow);

  Population population;
  population.fit = lists->fit;
  population.layout = lay_out(community_sizes(stock, inflow, tasks, hosts), settings.block_slots);
  for (const Host& host : scenario.tables.hosts) population.layout.host_keys.push_back(text_key(host.iso3));
  count_stock(stock, inflow, population.layout);
  const Layout& layout = population.layout;
  population.columns = Columns(layout.slots);
  Columns& columns = population.columns;
  for (std::size_t h = 0; h < hosts; ++h) population.stock.push_back(stock.persons(static_cast<int>(h)));
  population.arrivals.assign(static_cast<std::size_t>(year_count) * hosts, 0);
  for (const ArrivalList& list : lists->arrivals) {
    for (std::size_t at = 0; at < list.kept.size(); ++at) {
      const int year = list.from + static_cast<int>(at / class_count);
      population.arrivals[year_index(year) * hosts + static_cast<std::size_t>(list.host)] += list.kept[at];
    }
  }

  reserve_places(stock, inflow, layout, tasks);
  population.entrants = std::make_shared<const Entrants>(list_entrants(inflow, layout, settings, tasks));
  for_each_block(layout.blocks.size(), settings.threads, [&](std::size_t b) {
    const Block& block = layout.blocks[b];
    const std::uint32_t with_stock = inflow.communities(block.host, stock_year);
    stock.fill(columns, block, with_stock, stock_slots(stock, block, with_stock), attributes);
  });
  append(scenario, settings, attributes, population);
  return population;
}

}  // namespace homeward
