// Synthesis step by step: rake and integerise the stock, count everyone who will come, lay out blocks, place, draw.
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

// Arrivals are counted and placed in tasks of one host and a few years.
constexpr int task_years = 6;
constexpr int tasks_a_host = (year_count + task_years - 1) / task_years;

struct ArrivalTask {
  int host = 0, from = 0, to = 0;
  std::vector<std::uint32_t> place;  // [communities]: first how many, then the slot of the next one
  std::vector<std::uint32_t> by_year;
};

std::vector<ArrivalTask> count_arrivals(const Scenario& scenario, const SynthesisSettings& settings,
                                        const Inflow& inflow) {
  std::vector<ArrivalTask> tasks(scenario.tables.hosts.size() * static_cast<std::size_t>(tasks_a_host));
  for_each_block(tasks.size(), settings.threads, [&](std::size_t t) {
    ArrivalTask& task = tasks[t];
    task.host = static_cast<int>(t / static_cast<std::size_t>(tasks_a_host));
    task.from = first_year + static_cast<int>(t % static_cast<std::size_t>(tasks_a_host)) * task_years;
    task.to = std::min(task.from + task_years - 1, last_year);
    task.place.assign(inflow.communities(task.host, last_year), 0);
    task.by_year.assign(static_cast<std::size_t>(task_years), 0);
    inflow.for_each_arrival(task.host, task.from, task.to,
                            [&](MigrantClass, int year, std::uint64_t, std::uint32_t community) {
                              ++task.place[community];
                              ++task.by_year[static_cast<std::size_t>(year - task.from)];
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
    std::vector<std::uint32_t>& of_host = sizes[static_cast<std::size_t>(task.host)];
    for (std::size_t c = 0; c < of_host.size(); ++c) of_host[c] += task.place[c];
  }
  return sizes;
}

// The slot of the first person of every community, by global number.
std::vector<std::uint32_t> first_slots(const Layout& layout) {
  std::vector<std::uint32_t> slots(layout.host_first_community.back(), 0);
  for (const Block& block : layout.blocks) {
    const std::size_t first = layout.host_first_community[static_cast<std::size_t>(block.host)] + block.first_community;
    for (std::size_t c = first; c < first + block.communities; ++c) {
      slots[c] = block.first_slot + (layout.community_first_ordinal[c] - block.first_ordinal);
    }
  }
  return slots;
}

// Turns the counts of the tasks into slots: in a community the stock comes first, then the tasks by year.
void reserve_slots(const StockPeople& stock, const Inflow& inflow, const Layout& layout,
                   const std::vector<std::uint32_t>& first_slot, std::vector<ArrivalTask>& tasks) {
  std::vector<std::uint32_t> next;
  for (ArrivalTask& task : tasks) {
    if (task.from == first_year) {
      const std::uint32_t with_stock = inflow.communities(task.host, stock_year);
      const std::size_t first = layout.host_first_community[static_cast<std::size_t>(task.host)];
      next.resize(task.place.size());
      for (std::uint32_t c = 0; c < next.size(); ++c) {
        next[c] = first_slot[first + c] + (c < with_stock ? stock.persons(task.host, c, with_stock) : 0);
      }
    }
    for (std::size_t c = 0; c < next.size(); ++c) {
      const std::uint32_t count = task.place[c];
      task.place[c] = next[c];
      next[c] += count;
    }
  }
}

void append(const Scenario& scenario, const SynthesisSettings& settings, const Attributes& attributes,
            const std::vector<std::uint32_t>& first_slot, Population& population) {
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
    if (block->exogenous + block->appended >= block->capacity) throw RunError("extra person: the block is full");
    const std::uint32_t slot = block->first_slot + block->exogenous + block->appended++;
    columns.key[slot] = initial_key(text_key(person.host), 0xffffffffu, ordinal++);
    columns.community[slot] = static_cast<std::uint16_t>(person.community);
    columns.link[slot] = first_slot[community];
    Newcomer newcomer;
    newcomer.migrant_class = person.migrant_class;
    newcomer.generation = person.migrant_class == MigrantClass::host_born ? Generation::g2 : Generation::g1;
    newcomer.year = stock_year;
    newcomer.birth = person.birth_year;
    newcomer.arrival = newcomer.generation == Generation::g2 ? 0 : stock_year;
    newcomer.redtape_mean = scenario.parameters.belief_redtape0;
    attributes.fill(columns, slot, scenario.tables.hosts[static_cast<std::size_t>(host)].group, newcomer);
    ++population.stock[static_cast<std::size_t>(host)];
  }
}

}  // namespace

Population synthesise(const Scenario& scenario, const SynthesisSettings& settings) {
  const std::size_t hosts = scenario.tables.hosts.size();
  const Attributes attributes(scenario, settings.seed);
  const Inflow inflow(scenario, settings);
  const StockPeople stock(scenario, settings, inflow);
  std::vector<ArrivalTask> tasks = count_arrivals(scenario, settings, inflow);

  Population population;
  population.fit = stock.fit();
  population.layout = lay_out(community_sizes(stock, inflow, tasks, hosts), settings.block_slots);
  for (const Host& host : scenario.tables.hosts) population.layout.host_keys.push_back(text_key(host.iso3));
  const Layout& layout = population.layout;
  population.columns = Columns(layout.slots);
  Columns& columns = population.columns;
  for (std::size_t h = 0; h < hosts; ++h) population.stock.push_back(stock.persons(static_cast<int>(h)));
  population.arrivals.assign(static_cast<std::size_t>(year_count) * hosts, 0);
  for (const ArrivalTask& task : tasks) {
    for (int year = task.from; year <= task.to; ++year) {
      population.arrivals[year_index(year) * hosts + static_cast<std::size_t>(task.host)] =
          task.by_year[static_cast<std::size_t>(year - task.from)];
    }
  }

  const std::vector<std::uint32_t> first_slot = first_slots(layout);
  reserve_slots(stock, inflow, layout, first_slot, tasks);
  for_each_block(tasks.size(), settings.threads, [&](std::size_t t) {
    ArrivalTask& task = tasks[t];
    inflow.for_each_arrival(task.host, task.from, task.to,
                            [&](MigrantClass migrant_class, int year, std::uint64_t key, std::uint32_t community) {
                              const std::uint32_t slot = task.place[community]++;
                              columns.key[slot] = key;
                              columns.traits[slot] = traits::ClassField::set(0, code(migrant_class));
                              columns.arrival[slot] = static_cast<std::uint8_t>(year - birth_year_base);
                            });
  });

  for_each_block(layout.blocks.size(), settings.threads, [&](std::size_t b) {
    const Block& block = layout.blocks[b];
    const std::size_t first = layout.host_first_community[static_cast<std::size_t>(block.host)] + block.first_community;
    const auto begin = first_slot.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<std::uint32_t> of_block(begin, begin + static_cast<std::ptrdiff_t>(block.communities));
    stock.fill(columns, block, inflow.communities(block.host, stock_year), of_block, attributes);
    for (std::uint32_t c = 0; c < block.communities; ++c) {
      const std::uint32_t end = layout.community_first_ordinal[first + c + 1];
      std::fill_n(columns.community + of_block[c], end - layout.community_first_ordinal[first + c],
                  static_cast<std::uint16_t>(block.first_community + c));
    }
  });
  append(scenario, settings, attributes, first_slot, population);
  return population;
}

}  // namespace homeward
