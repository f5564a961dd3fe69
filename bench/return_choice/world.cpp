#include "return_choice/world.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "base/fault.h"
#include "random/batch.h"

namespace homeward::yardstick {
namespace {

__extension__ using Wide = unsigned __int128;

// Below `limit`, uniform to 2^-64.
std::uint32_t below(std::uint64_t word, std::uint32_t limit) {
  return static_cast<std::uint32_t>(Wide{word} * limit >> 64);
}
std::uint32_t below(std::uint32_t word, std::uint32_t limit) {
  return static_cast<std::uint32_t>(std::uint64_t{word} * limit >> 32);
}

void populate_block(World& world, const Places& places, std::size_t block) {
  const std::size_t first = block * block_agents;
  const std::uint64_t share = threshold(returned_at_start);
  for (std::size_t i = first; i < first + block_agents; i += 64) {
    std::uint64_t bits = 0;
    for (std::size_t k = 0; k < 64; ++k) {
      const Words words = world.start.words(i + k, 0);
      world.place[i + k] = places.code_of[below(words[0], hosts * skills)];
      const auto age = static_cast<int>(below(words[1], oldest - youngest + 1)) + youngest;
      const auto tenure = static_cast<int>(below(words[2], longest_tenure + 1));
      world.birth[i + k] = modulo(-age);
      world.since[i + k] = modulo(-tenure);
      bits |= std::uint64_t{words[3] < share} << k;
    }
    world.returned[i / 64] = bits;
    world.returned_next[i / 64] = bits;
  }
}

void draw_ties_of_block(World& world, std::size_t block) {
  constexpr std::size_t chunk = 256;
  std::array<std::uint64_t, chunk> people, low, high;
  const std::size_t first = block * block_agents;
  const std::size_t last = std::min<std::size_t>(world.agents, first + block_agents);
  for (std::size_t i = first; i < last; i += chunk) {
    const std::size_t count = std::min(chunk, last - i);
    for (std::size_t k = 0; k < count; ++k) people[k] = i + k;
    draw_ties(world, people.data(), count, low.data(), high.data(), &world.neighbour[i * neighbours]);
  }
}

std::size_t blocks_of(std::uint32_t agents) { return (agents + block_agents - 1) / block_agents; }

}  // namespace

void* reserve_memory(std::size_t bytes) {
  if (bytes == 0) return nullptr;
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    throw RunError("no memory for the agents: " + std::to_string(bytes >> 20) + " MiB (" + std::strerror(errno) +
                   "). Take fewer --agents, or --ties drawn.");
  }
  madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

void release_memory(void* memory, std::size_t bytes) { munmap(memory, bytes); }

Places::Places() {
  std::array<int, 16> members{};
  for (int host = 0; host < hosts; ++host) {
    for (int skill = 0; skill < skills; ++skill) {
      const auto group = static_cast<std::size_t>(wage_class(host, skill) / 2);
      const auto place = static_cast<std::uint8_t>(skills * host + skill);
      const auto code = static_cast<std::uint8_t>(group << 4 | static_cast<std::size_t>(members[group]++));
      code_of[place] = code;
      place_of[code] = place;
    }
  }
  if (*std::max_element(members.begin(), members.end()) > 16) throw RunError("more than 16 places share a wage class");
}

World::World(std::uint32_t number, std::uint64_t seed, Ties ties)
    : agents(number),
      blocks(blocks_of(number)),
      dice(seed, Purpose::social),
      start(seed, Purpose::synthesis),
      nets(seed, Purpose::ties),
      place(blocks * block_agents),
      birth(blocks * block_agents),
      since(blocks * block_agents),
      returned(blocks * block_agents / 64),
      returned_next(blocks * block_agents / 64),
      neighbour(ties == Ties::stored ? std::size_t{number} * neighbours : 0) {}

void populate(World& world, const Places& places, const Workers& workers, Renew what) {
  workers.for_each_block(world.blocks, [&](std::size_t block, std::size_t) {
    populate_block(world, places, block);
    if (what == Renew::people_and_ties && world.neighbour) draw_ties_of_block(world, block);
  });
}

void draw_ties(const World& world, const std::uint64_t* people, std::size_t count, std::uint64_t* low,
               std::uint64_t* high, std::uint32_t* ties) {
  for (std::uint32_t draw = 0; draw < neighbours / 2; ++draw) {
    fill_words(world.nets, people, count, 0, draw, low, high);
    for (std::size_t k = 0; k < count; ++k) {
      ties[k * neighbours + 2 * draw] = below(low[k], world.agents);
      ties[k * neighbours + 2 * draw + 1] = below(high[k], world.agents);
    }
  }
}

std::array<std::uint32_t, neighbours> draw_ties(const World& world, std::uint32_t agent) {
  const std::uint64_t person = agent;
  std::uint64_t low = 0, high = 0;
  std::array<std::uint32_t, neighbours> ties{};
  draw_ties(world, &person, 1, &low, &high, ties.data());
  return ties;
}

}  // namespace homeward::yardstick
