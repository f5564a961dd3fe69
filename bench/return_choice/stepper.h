// Steps return-choice: the screen finds candidates, their uniform between the hazard with no and with all neighbours
// returned sends the few in between to look at their neighbours. The answer is that of the full evaluation.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "parallel/blocks.h"
#include "return_choice/hazards.h"

namespace homeward::yardstick {

struct Settings {
  std::uint32_t agents = 1000000;
  int steps = 20;
  int threads = 1;
  std::uint64_t seed = 1;
  Ties ties = Ties::stored;
};

// Returns of a step by 4 host + skill.
using Returns = std::array<std::int64_t, hosts * skills>;

class Stepper {
 public:
  // Draws everybody. Throws RunError where memory cannot be had.
  explicit Stepper(const Settings& settings);
  Stepper(Stepper&&) noexcept;
  ~Stepper();
  // Everybody as at the beginning.
  void start_again();
  // The next step; at most settings.steps of them.
  Returns step();
  std::int64_t returned() const;
  const World& world() const { return world_; }
  const Places& places() const { return places_; }
  int now() const { return now_; }
  std::size_t bytes() const;

 private:
  struct Scratch;
  void step_block(std::size_t block, Scratch& scratch);
  void look_up_ties(std::size_t first, std::size_t undecided, Scratch& scratch) const;

  Settings settings_;
  Places places_;
  Hazards hazards_;
  World world_;
  Workers workers_;
  std::vector<Scratch> scratch_;  // by worker
  int now_ = 0;
};

}  // namespace homeward::yardstick
