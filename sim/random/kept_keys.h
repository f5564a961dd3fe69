// Which of many keys are kept: the mix of a key with a salt falls below a limit. Several keys to an instruction.
#pragma once
#include <cstddef>
#include <cstdint>

namespace homeward {

// Room that list_kept_keys() needs in `keys` beyond `count`.
inline constexpr std::size_t kept_keys_padding = 8;

// For the numbers first .. first + count - 1 in order, the keys mix(origin ^ number) of those that are kept:
// mix(salt ^ key) >> 32 < limit, where limit is at most 2^32. Returns how many. The same on every instruction set.
std::size_t list_kept_keys(std::uint64_t origin, std::uint32_t first, std::uint32_t count, std::uint64_t salt,
                           std::uint64_t limit, std::uint64_t* keys);

}  // namespace homeward
