// The words of many people at once: the same numbers as Stream::words, several people to an instruction.
#pragma once
#include <cstddef>
#include <cstdint>

#include "random/streams.h"

namespace homeward {

// words[0] | words[1] << 32 of draw `draw` of each person to low[], words[2] | words[3] << 32 to high[]. [count] each.
// Runs on the widest instruction set of the machine; the numbers do not depend on it.
void fill_words(const Stream& stream, const std::uint64_t* people, std::size_t count, std::uint32_t time,
                std::uint32_t draw, std::uint64_t* low, std::uint64_t* high);

// The instruction set in use, e.g. "AVX3_ZEN4", "AVX2", "SSE2".
const char* instruction_set();

constexpr Words words_at(const std::uint64_t* low, const std::uint64_t* high, std::size_t i) {
  return {static_cast<std::uint32_t>(low[i]), static_cast<std::uint32_t>(low[i] >> 32),
          static_cast<std::uint32_t>(high[i]), static_cast<std::uint32_t>(high[i] >> 32)};
}

}  // namespace homeward
