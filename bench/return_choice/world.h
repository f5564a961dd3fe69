// The agents of return-choice as columns: 3.25 bytes each, and 32 more where their neighbours are stored.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "parallel/blocks.h"
#include "random/streams.h"
#include "return_choice/specification.h"

namespace homeward::yardstick {

// Agents of a block: whole cache lines of the status bits, so that no two threads write to one; few enough for the
// block and a worker's lists to stay in the nearest cache.
inline constexpr std::size_t block_agents = 4096;

enum class Ties {
  stored,  // 32 bytes an agent
  drawn,   // the same neighbours, drawn again whenever somebody looks at them
};

// An array that nobody has touched yet: each page belongs to the processor whose thread first writes to it. Large
// pages where the system gives them, since neighbours are read all over.
void* reserve_memory(std::size_t bytes);
void release_memory(void* memory, std::size_t bytes);
template <typename Value>
class Column {
 public:
  Column() = default;
  explicit Column(std::size_t count) : memory_(static_cast<Value*>(reserve_memory(count * sizeof(Value))), Release{count}) {}
  Value* data() const { return memory_.get(); }
  Value& operator[](std::size_t i) const { return memory_.get()[i]; }
  explicit operator bool() const { return memory_ != nullptr; }

 private:
  struct Release {
    std::size_t count = 0;
    void operator()(Value* memory) const { release_memory(memory, count * sizeof(Value)); }
  };
  std::unique_ptr<Value[], Release> memory_;
};

// Host and skill of an agent in a byte: the wage class, halved, in the upper four bits (all that the screen needs), a
// number among the places of that class in the lower four.
struct Places {
  Places();
  std::array<std::uint8_t, hosts * skills> code_of{};  // by 4 host + skill
  std::array<std::uint8_t, 256> place_of{};            // 4 host + skill, by code
};

struct World {
  World(std::uint32_t agents, std::uint64_t seed, Ties ties);

  std::uint32_t agents;
  std::size_t blocks;
  Stream dice, start, nets;
  Column<std::uint8_t> place;              // see Places
  Column<std::uint8_t> birth;              // step of birth, modulo 128: ageing writes nothing
  Column<std::uint8_t> since;              // step of the latest event, modulo 128
  Column<std::uint64_t> returned;          // a bit an agent: at the end of the step before
  Column<std::uint64_t> returned_next;     // at the end of this step
  Column<std::uint32_t> neighbour;         // [agents x 8] where ties are stored
};

// Everybody as at the beginning.
enum class Renew { people, people_and_ties };
void populate(World& world, const Places& places, const Workers& workers, Renew what);

// The eight neighbours of each of some agents, uniform among all: [count x 8]. low, high: room for `count` words.
void draw_ties(const World& world, const std::uint64_t* people, std::size_t count, std::uint64_t* low,
               std::uint64_t* high, std::uint32_t* ties);
// Of one agent.
std::array<std::uint32_t, neighbours> draw_ties(const World& world, std::uint32_t agent);

constexpr std::uint8_t modulo(int steps) { return static_cast<std::uint8_t>(steps & 127); }
inline bool bit(const std::uint64_t* bits, std::size_t i) { return (bits[i / 64] >> (i % 64) & 1) != 0; }

// The uniform of an agent and a step has 40 bits; the first eight decide for most people that nothing happens, and
// those of sixteen people come from one draw. The other 32 are drawn for whoever needs them.
inline double uniform40(std::uint32_t first, std::uint32_t rest) {
  return (static_cast<double>(std::uint64_t{first} << 32 | rest) + 0.5) * 0x1p-40;
}
inline constexpr std::uint32_t first_bits = 0, other_bits = 1;  // the number of the draw

}  // namespace homeward::yardstick
