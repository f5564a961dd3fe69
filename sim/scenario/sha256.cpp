#include "scenario/sha256.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__)
#define HOMEWARD_SHA_INSTRUCTIONS
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace homeward {
namespace {

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
alignas(16) constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using State = std::array<std::uint32_t, 8>;

void add_block(State& state, const unsigned char* block) {
  std::array<std::uint32_t, 64> word{};
  for (std::size_t t = 0; t < 16; ++t) {
    word[t] = static_cast<std::uint32_t>(block[4 * t]) << 24 | static_cast<std::uint32_t>(block[4 * t + 1]) << 16 |
              static_cast<std::uint32_t>(block[4 * t + 2]) << 8 | static_cast<std::uint32_t>(block[4 * t + 3]);
  }
  for (std::size_t t = 16; t < 64; ++t) {
    const std::uint32_t low = word[t - 15];
    const std::uint32_t high = word[t - 2];
    word[t] = (std::rotr(high, 17) ^ std::rotr(high, 19) ^ (high >> 10)) + word[t - 7] +
              (std::rotr(low, 7) ^ std::rotr(low, 18) ^ (low >> 3)) + word[t - 16];
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t t = 0; t < 64; ++t) {
    const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) +
                                round_constants[t] + word[t];
    const std::uint32_t second =
        (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
  }
  const State added{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
}

void add_blocks_portable(State& state, const unsigned char* data, std::size_t blocks) {
  for (std::size_t i = 0; i < blocks; ++i) add_block(state, data + 64 * i);
}

#ifdef HOMEWARD_SHA_INSTRUCTIONS
// The same with the processor's SHA instructions, four rounds at a time (Intel SHA Extensions, 2013): ten times as fast.
__attribute__((target("sha,sse4.1"))) void add_blocks_by_instruction(State& state, const unsigned char* data,
                                                                     std::size_t blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bll, 0x0405060700010203ll);
  const auto load = [](const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); };
  // The instructions want the state as a b e f and c d g h.
  const __m128i dcba = _mm_shuffle_epi32(load(state.data()), 0xb1), hgfe = _mm_shuffle_epi32(load(&state[4]), 0x1b);
  __m128i abef = _mm_alignr_epi8(dcba, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, dcba, 0xf0);
  for (; blocks > 0; --blocks, data += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i word[4];  // the last sixteen words
    for (std::size_t four = 0; four < 16; ++four) {
      __m128i& now = word[four % 4];
      if (four < 4) {
        now = _mm_shuffle_epi8(load(data + 16 * four), big_endian);
      } else {
        const __m128i two_ago = word[(four + 2) % 4], one_ago = word[(four + 3) % 4];
        now = _mm_add_epi32(_mm_sha256msg1_epu32(now, word[(four + 1) % 4]), _mm_alignr_epi8(one_ago, two_ago, 4));
        now = _mm_sha256msg2_epu32(now, one_ago);
      }
      const __m128i sum = _mm_add_epi32(now, load(&round_constants[4 * four]));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(state.data()), _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[4]), _mm_alignr_epi8(dchg, feba, 8));
}

bool has_sha_instructions() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c >> 19 & 1) == 0 || (c >> 9 & 1) == 0) return false;  // SSE4.1, SSSE3
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b >> 29 & 1) != 0;
}
#else
bool has_sha_instructions() { return false; }
#endif

void add_blocks(State& state, const unsigned char* data, std::size_t blocks, ShaBy by) {
#ifdef HOMEWARD_SHA_INSTRUCTIONS
  static const bool instructions = has_sha_instructions();
  if (by == ShaBy::what_is_fastest && instructions) return add_blocks_by_instruction(state, data, blocks);
#endif
  static_cast<void>(by);
  add_blocks_portable(state, data, blocks);
}

}  // namespace

std::string sha256(std::string_view bytes, ShaBy by) {
  // The first 32 bits of the fractional parts of the square roots of the first eight primes.
  State state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const std::size_t whole = bytes.size() / 64;
  add_blocks(state, data, whole, by);

  // The rest, a one bit, zeros, the length in bits.
  std::array<unsigned char, 128> tail{};
  const std::size_t rest = bytes.size() - 64 * whole;
  for (std::size_t i = 0; i < rest; ++i) tail[i] = data[64 * whole + i];
  tail[rest] = 0x80;
  const std::size_t tail_size = rest < 56 ? 64 : 128;
  const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
  for (std::size_t i = 0; i < 8; ++i) tail[tail_size - 1 - i] = static_cast<unsigned char>(bits >> (8 * i));
  add_blocks(state, tail.data(), tail_size / 64, by);

  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint32_t word : state) {
    for (int shift = 28; shift >= 0; shift -= 4) text += digits[(word >> shift) & 15];
  }
  return text;
}

}  // namespace homeward
