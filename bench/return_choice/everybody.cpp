#include "return_choice/everybody.h"

#include <algorithm>

namespace homeward::yardstick {

Everybody::Everybody(std::uint32_t agents, std::uint64_t seed)
    : dice_(seed, Purpose::social),
      // Only the beginning is taken over: nobody has stepped.
      agents_(unpacked(Stepper({agents, 0, 1, seed, Ties::drawn}))) {}

Returns Everybody::step() {
  std::vector<bool> before;
  for (const Agent& agent : agents_) before.push_back(agent.returned);
  Returns returns{};
  for (std::size_t i = 0; i < agents_.size(); ++i) {
    Agent& agent = agents_[i];
    const auto time = static_cast<std::uint32_t>(now_);
    const std::uint32_t first = dice_.words(i / 16, time, first_bits)[i % 16 / 4] >> (8 * (i % 4)) & 255;
    const double u = uniform40(first, dice_.words(i, time, other_bits)[0]);
    if (!agent.returned) {
      const auto peers = std::count_if(agent.nearest.begin(), agent.nearest.end(),
                                       [&](std::uint32_t other) { return before[other]; });
      if (u < return_hazard(agent.host, agent.skill, now_, agent.age, agent.tenure, static_cast<int>(peers))) {
        agent.returned = true;
        agent.tenure = 0;
        ++returns[static_cast<std::size_t>(skills * agent.host + agent.skill)];
      }
    } else if (u < leaves_again) {
      agent.returned = false;
      agent.tenure = 0;
    }
    ++agent.age;
    // An event of this step counts from now on, as tenure 1 in the next.
    ++agent.tenure;
    if (agent.age > oldest) {
      agent.age = starts_anew_at;
      agent.tenure = 0;
      agent.returned = false;
    }
  }
  ++now_;
  return returns;
}

std::int64_t Everybody::returned() const {
  return std::count_if(agents_.begin(), agents_.end(), [](const Agent& agent) { return agent.returned; });
}

std::vector<Agent> unpacked(const Stepper& stepper) {
  const World& world = stepper.world();
  std::vector<Agent> agents;
  for (std::uint32_t i = 0; i < world.agents; ++i) {
    const int place = stepper.places().place_of[world.place[i]];
    Agent agent{place / skills, place % skills, modulo(stepper.now() - world.birth[i]),
                modulo(stepper.now() - world.since[i]), bit(world.returned.data(), i), {}};
    if (world.neighbour) {
      std::copy_n(&world.neighbour[std::size_t{i} * neighbours], neighbours, agent.nearest.begin());
    } else {
      agent.nearest = draw_ties(world, i);
    }
    agents.push_back(agent);
  }
  return agents;
}

}  // namespace homeward::yardstick
