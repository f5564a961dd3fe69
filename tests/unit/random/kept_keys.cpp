// Listing the kept keys of many numbers gives those of each alone, on every instruction set this machine has.
#include "random/kept_keys.h"

#include <doctest/doctest.h>
#include <hwy/targets.h>

#include <vector>

#include "random/streams.h"

using namespace homeward;

namespace {

struct TargetsRestored {
  ~TargetsRestored() { hwy::SetSupportedTargetsForTest(0); }
};

std::vector<std::uint64_t> one_by_one(std::uint64_t origin, std::uint32_t first, std::uint32_t count,
                                      std::uint64_t salt, std::uint64_t limit) {
  std::vector<std::uint64_t> keys;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t key = mix(origin ^ (std::uint64_t{first} + i));
    if (mix(salt ^ key) >> 32 < limit) keys.push_back(key);
  }
  return keys;
}

}  // namespace

TEST_CASE("list_kept_keys equals one by one on every instruction set, for any count and limit") {
  const TargetsRestored restored;
  constexpr std::uint64_t untouched = 0x5555aaaa5555aaaaull;
  std::size_t tested = 0;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    CAPTURE(hwy::TargetName(target));
    for (const std::uint64_t limit : {std::uint64_t{0}, std::uint64_t{1} << 26, std::uint64_t{1} << 31,
                                      (std::uint64_t{1} << 32) - 1, std::uint64_t{1} << 32}) {
      for (std::uint32_t count = 0; count < 70; ++count) {
        const std::uint64_t origin = mix(count, limit), salt = mix(origin);
        const std::uint32_t first = count % 3 == 0 ? 0xffffffffu - count : 5 * count;
        std::vector<std::uint64_t> keys(count + kept_keys_padding + 1, untouched);
        const std::size_t kept = list_kept_keys(origin, first, count, salt, limit, keys.data());
        const std::vector<std::uint64_t> expected = one_by_one(origin, first, count, salt, limit);
        REQUIRE(kept == expected.size());
        CHECK(keys.back() == untouched);
        keys.resize(kept);
        CHECK((keys == expected));
      }
    }
    const std::vector<std::uint64_t> expected = one_by_one(1, 0, 100000, 2, std::uint64_t{1} << 28);
    std::vector<std::uint64_t> keys(100000 + kept_keys_padding);
    keys.resize(list_kept_keys(1, 0, 100000, 2, std::uint64_t{1} << 28, keys.data()));
    CHECK((keys == expected));
    CHECK(keys.size() > 5000);
    ++tested;
  }
  CHECK(tested > 0);
}
