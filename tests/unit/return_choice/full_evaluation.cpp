// The screens of return-choice change nothing: step by step, agent by agent, the answer is that of evaluating everybody
// as the specification reads, for any ties, threads and instruction set.
#include <doctest/doctest.h>
#include <hwy/targets.h>

#include <string>
#include <vector>

#include "random/batch.h"
#include "return_choice/everybody.h"
#include "return_choice/screen.h"

using namespace homeward;
using namespace homeward::yardstick;

namespace {

// Three blocks, the last one not full and no multiple of 64.
constexpr std::uint32_t some_agents = 2 * block_agents + 1234 + 5;
constexpr int some_steps = 90;  // everybody grows old at least once

// What a screen finds in a block.
struct Screened {
  std::vector<std::uint8_t> first_bits;
  std::vector<std::uint16_t> may_change, oldest_now;
  bool operator==(const Screened&) const = default;

  ScreenPass pass(const World& world, const Hazards::Step& hazards, int step, std::size_t block) {
    first_bits.assign(block_agents, 0);
    may_change.assign(block_agents + list_padding, 0);
    oldest_now.assign(block_agents + list_padding, 0);
    return {&world, &hazards, step, block, first_bits.data(), may_change.data(), oldest_now.data()};
  }
  void cut(const ScreenPass& pass) {
    may_change.resize(pass.changing);
    oldest_now.resize(pass.oldest);
  }
};

struct TargetsRestored {
  ~TargetsRestored() { hwy::SetSupportedTargetsForTest(0); }
};

}  // namespace

TEST_CASE("return-choice: screened first equals everybody evaluated") {
  std::vector<Stepper> fast;
  fast.reserve(2);
  fast.emplace_back(Settings{some_agents, some_steps, 1, 7, Ties::stored});
  fast.emplace_back(Settings{some_agents, some_steps, 3, 7, Ties::drawn});
  Everybody slow(some_agents, 7);
  std::int64_t returns = 0;
  for (int t = 0; t < some_steps; ++t) {
    const Returns expected = slow.step();
    for (const std::int64_t count : expected) returns += count;
    for (Stepper& stepper : fast) {
      REQUIRE(stepper.step() == expected);
      CHECK(stepper.returned() == slow.returned());
      if (t % 10 == 0 || t + 1 == some_steps) {
        CHECK((unpacked(stepper) == slow.agents()));
      }
    }
  }
  CHECK(returns > some_agents / 2);
}

TEST_CASE("return-choice: the answer does not depend on the instruction set") {
  const TargetsRestored restored;
  Screened fast, slow;
  const Places places;
  const Hazards hazards(places, 20);
  std::vector<Agent> expected;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    const std::string name = instruction_set();
    CAPTURE(name);
    Stepper stepper(Settings{some_agents, 20, 2, 11, Ties::stored});
    for (int t = 0; t < 20; ++t) {
      const auto step = static_cast<std::size_t>(t);
      for (std::size_t block = 0; block < stepper.world().blocks; ++block) {
        ScreenPass pass = fast.pass(stepper.world(), hazards.steps[step], t, block);
        screen(pass);
        fast.cut(pass);
        ScreenPass one_by_one = slow.pass(stepper.world(), hazards.steps[step], t, block);
        portable::screen(one_by_one);
        slow.cut(one_by_one);
        CHECK((fast == slow));
      }
      stepper.step();
    }
    if (expected.empty()) expected = unpacked(stepper);
    CHECK((unpacked(stepper) == expected));
  }
  CHECK_FALSE(expected.empty());
}

TEST_CASE("return-choice: starting again gives the same answer") {
  Stepper stepper(Settings{some_agents, 20, 2, 3, Ties::stored});
  const Returns first = stepper.step();
  stepper.step();
  stepper.start_again();
  CHECK(stepper.step() == first);
  CHECK_FALSE(Stepper(Settings{some_agents, 20, 2, 4, Ties::stored}).step() == first);
}
