#include "return_choice/stepper.h"

#include <algorithm>
#include <bit>

#include "random/batch.h"
#include "return_choice/screen.h"

namespace homeward::yardstick {

// Somebody whose uniform lies between the hazards with no and with all neighbours returned.
struct Undecided {
  double u, odds;
  std::uint16_t agent;  // within the block
};

// A worker's own room; aligned so that no two workers write to one cache line. Lists have room for everybody.
struct alignas(128) Stepper::Scratch {
  std::array<std::uint8_t, block_agents> first_bits;
  std::array<std::uint16_t, block_agents + list_padding> may_change, oldest_now;
  std::array<std::uint64_t, block_agents> people, low, high;
  std::array<Undecided, block_agents> undecided;
  std::array<std::uint32_t, block_agents * neighbours> seen;
  std::array<std::uint16_t, block_agents> returns, leavers;
  std::array<std::int64_t, 256> count;  // by code of the place
  int has_fetched = -1;                 // the step whose status bits are at hand
};

// Half of what the bits were was written by other processors: asking for all at once is quicker than missing one by one.
constexpr std::size_t most_fetched_bits = std::size_t{6} << 20;  // three quarters of a megabyte

Stepper::Stepper(const Settings& settings)
    : settings_(settings),
      hazards_(places_, settings.steps),
      world_(settings.agents, settings.seed, settings.ties),
      workers_(settings.threads),
      scratch_(static_cast<std::size_t>(std::max(1, settings.threads))) {
  populate(world_, places_, workers_, Renew::people_and_ties);
}

Stepper::Stepper(Stepper&&) noexcept = default;
Stepper::~Stepper() = default;

void Stepper::start_again() {
  populate(world_, places_, workers_, Renew::people);
  now_ = 0;
}

Returns Stepper::step() {
  for (Scratch& scratch : scratch_) scratch.count.fill(0);
  workers_.for_each_block(world_.blocks,
                          [&](std::size_t block, std::size_t worker) { step_block(block, scratch_[worker]); });
  std::swap(world_.returned, world_.returned_next);
  ++now_;
  Returns returns{};
  for (const Scratch& scratch : scratch_) {
    for (const std::uint8_t code : places_.code_of) returns[places_.place_of[code]] += scratch.count[code];
  }
  return returns;
}

// The neighbours of the undecided, eight each, to scratch.seen; their status is asked for where it may be far away.
void Stepper::look_up_ties(std::size_t first, std::size_t undecided, Scratch& s) const {
  if (world_.neighbour) {
    const std::uint32_t* ties = &world_.neighbour[first * neighbours];
    for (std::size_t c = 0; c < undecided; ++c) {
      std::copy_n(ties + std::size_t{s.undecided[c].agent} * neighbours, neighbours, &s.seen[c * neighbours]);
    }
  } else {
    for (std::size_t c = 0; c < undecided; ++c) s.people[c] = first + s.undecided[c].agent;
    draw_ties(world_, s.people.data(), undecided, s.low.data(), s.high.data(), s.seen.data());
  }
  if (world_.agents <= most_fetched_bits) return;
  for (std::size_t k = 0; k < undecided * neighbours; ++k) __builtin_prefetch(&world_.returned[s.seen[k] / 64]);
}

void Stepper::step_block(std::size_t block, Scratch& s) {
  const Hazards::Step& hazards = hazards_.steps[static_cast<std::size_t>(now_)];
  const std::size_t first = block * block_agents;
  const int now = now_;
  if (s.has_fetched != now && world_.agents <= most_fetched_bits) {
    for (std::size_t i = 0; i < world_.agents; i += 512) __builtin_prefetch(&world_.returned[i / 64]);
    s.has_fetched = now;
  }
  ScreenPass found{&world_, &hazards, now, block, s.first_bits.data(), s.may_change.data(), s.oldest_now.data()};
  screen(found);
  // The last block is not full.
  const std::size_t there = std::min(block_agents, world_.agents - first);
  while (found.changing > 0 && s.may_change[found.changing - 1] >= there) --found.changing;
  while (found.oldest > 0 && s.oldest_now[found.oldest - 1] >= there) --found.oldest;

  // The block's own columns, so that a write to one is not taken for a write to all.
  const std::uint8_t* place = &world_.place[first];
  std::uint8_t* birth = &world_.birth[first];
  std::uint8_t* since = &world_.since[first];
  const std::uint64_t* was_home = &world_.returned[first / 64];
  std::uint64_t* is_home = &world_.returned_next[first / 64];

  for (std::size_t c = 0; c < found.changing; ++c) s.people[c] = first + s.may_change[c];
  fill_words(world_.dice, s.people.data(), found.changing, static_cast<std::uint32_t>(now), other_bits, s.low.data(),
             s.high.data());

  // Written always and counted where true: no branch that nobody could foresee. Ties are asked for as soon as it is known
  // that they will be read.
  std::size_t undecided = 0, returns = 0, leavers = 0, asked = 0;
  const double all_peers = hazards_.peers[neighbours];
  const std::uint32_t* ties = world_.neighbour ? &world_.neighbour[first * neighbours] : nullptr;
  for (std::size_t c = 0; c < found.changing; ++c) {
    const std::uint16_t i = s.may_change[c];
    const double u = uniform40(s.first_bits[i], static_cast<std::uint32_t>(s.low[c]));
    const double odds = hazards.place[place[i]] * hazards_.age[modulo(now - birth[i])] *
                        hazards_.tenure[modulo(now - since[i])];
    const std::size_t home = was_home[i / 64] >> (i % 64) & 1;
    const std::size_t surely = within(u, odds), perhaps = within(u, odds * all_peers), leaves = u < leaves_again;
    s.returns[returns] = i;
    returns += surely & ~home;
    s.undecided[undecided] = {u, odds, i};
    undecided += (perhaps - surely) & ~home;
    s.leavers[leavers] = i;
    leavers += leaves & home;
    if (c % 16 == 15 && ties != nullptr) {
      for (; asked < undecided; ++asked) __builtin_prefetch(ties + std::size_t{s.undecided[asked].agent} * neighbours);
    }
  }
  look_up_ties(first, undecided, s);
  for (std::size_t c = 0; c < undecided; ++c) {
    const Undecided& one = s.undecided[c];
    std::size_t peers = 0;
    for (std::size_t k = c * neighbours; k < (c + 1) * neighbours; ++k) {
      peers += world_.returned[s.seen[k] / 64] >> (s.seen[k] % 64) & 1;
    }
    s.returns[returns] = one.agent;
    returns += within(one.u, one.odds * hazards_.peers[peers]) ? 1 : 0;
  }

  // What was read is done with: write.
  std::copy_n(was_home, block_agents / 64, is_home);
  const auto flip = [&](std::uint16_t i) {
    is_home[i / 64] ^= std::uint64_t{1} << (i % 64);
    since[i] = modulo(now);
  };
  for (std::size_t c = 0; c < returns; ++c) {
    flip(s.returns[c]);
    ++s.count[place[s.returns[c]]];
  }
  for (std::size_t c = 0; c < leavers; ++c) flip(s.leavers[c]);
  for (std::size_t c = 0; c < found.oldest; ++c) {
    const std::uint16_t i = s.oldest_now[c];
    is_home[i / 64] &= ~(std::uint64_t{1} << (i % 64));
    birth[i] = modulo(now + 1 - starts_anew_at);
    since[i] = modulo(now + 1);
  }
}

std::int64_t Stepper::returned() const {
  std::int64_t sum = 0;
  const std::size_t whole = world_.agents / 64;
  for (std::size_t k = 0; k < whole; ++k) sum += std::popcount(world_.returned[k]);
  for (std::size_t i = whole * 64; i < world_.agents; ++i) sum += bit(world_.returned.data(), i) ? 1 : 0;
  return sum;
}

std::size_t Stepper::bytes() const {
  const std::size_t people = world_.blocks * block_agents;
  return people * 3 + people / 4 + (world_.neighbour ? std::size_t{world_.agents} * neighbours * 4 : 0);
}

}  // namespace homeward::yardstick
