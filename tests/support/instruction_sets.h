// Every instruction set that this machine has and the program was built for, one after another.
#pragma once
#include <doctest/doctest.h>
#include <hwy/targets.h>

#include <string>

#include "random/batch.h"

namespace homeward::test {

template <typename Test>
void on_every_instruction_set(const Test& test) {
  struct Restored {
    ~Restored() { hwy::SetSupportedTargetsForTest(0); }
  } restored;
  std::string tested;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    const std::string name = instruction_set();
    CAPTURE(name);
    CHECK(name == hwy::TargetName(target));
    test();
    tested += name + " ";
  }
  MESSAGE("instruction sets tested: " << tested);
  CHECK_FALSE(tested.empty());
}

}  // namespace homeward::test
