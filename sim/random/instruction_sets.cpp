// Which vector instructions the processor has: what Highway's library would say, without loading it.
//
// The library of Highway 1.0 measures the clock whenever it is loaded, which takes 4 ms, as long as a short command does;
// two functions of it are all that headers and dispatch need. With later versions the library is linked.
#ifdef HOMEWARD_OWN_DISPATCH
#include <hwy/highway.h>
#include <hwy/targets.h>

#if HWY_ARCH_X86
#include <cpuid.h>
#endif

#include <atomic>
#include <cstdint>

namespace hwy {
namespace {

#if HWY_ARCH_X86
constexpr bool all_bits(std::uint32_t word, std::initializer_list<int> bits) {
  for (const int bit : bits) {
    if ((word >> bit & 1) == 0) return false;
  }
  return true;
}

// Register halves that the system saves (XCR0): 2 bits for AVX, 3 more for AVX-512.
std::uint32_t saved_registers() {
  std::uint32_t low = 0, high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

// Bits as in AMD64 Architecture Programmer's Manual, volume 3, appendix E, and Intel's manual, volume 2, CPUID; the
// groups are those that Highway's headers compile for.
std::int64_t detected_targets() {
  std::uint32_t a = 0, b = 0, c1 = 0, d = 0, b7 = 0, c7 = 0, c_extended = 0;
  if (__get_cpuid(1, &a, &b, &c1, &d) == 0) return HWY_SCALAR;
  std::int64_t targets = HWY_SCALAR;
  if (!all_bits(c1, {0, 9})) return targets;  // SSE3, SSSE3
  targets |= HWY_SSSE3;
  if (!all_bits(c1, {1, 19, 20, 25})) return targets;  // PCLMULQDQ, SSE4.1, SSE4.2, AES
  targets |= HWY_SSE4;
  if (__get_cpuid_count(7, 0, &a, &b7, &c7, &d) == 0 || __get_cpuid(0x80000001, &a, &b, &c_extended, &d) == 0) {
    return targets;
  }
  // FMA, OSXSAVE, AVX, F16C; BMI1, AVX2, BMI2; LZCNT
  if (!all_bits(c1, {12, 27, 28, 29}) || !all_bits(b7, {3, 5, 8}) || !all_bits(c_extended, {5})) return targets;
  const std::uint32_t saved = saved_registers();
  if (!all_bits(saved, {1, 2})) return targets;
  targets |= HWY_AVX2;
  // AVX-512 F, DQ, CD, BW, VL
  if (!all_bits(b7, {16, 17, 28, 30, 31}) || !all_bits(saved, {5, 6, 7})) return targets;
  targets |= HWY_AVX3;
  // VBMI, VBMI2, GFNI, VAES, VPCLMULQDQ, VNNI, BITALG, VPOPCNTDQ
  if (all_bits(c7, {1, 6, 8, 9, 10, 11, 12, 14})) targets |= HWY_AVX3_DL;
  return targets;
}
#else
std::int64_t detected_targets() { return HWY_STATIC_TARGET | HWY_SCALAR; }
#endif

std::atomic<std::int64_t>& for_test() {
  static std::atomic<std::int64_t> targets{0};
  return targets;
}

}  // namespace

std::int64_t SupportedTargets() {
  static const std::int64_t detected = detected_targets();
  const std::int64_t forced = for_test().load();
  return forced == 0 ? detected : forced;
}

void SetSupportedTargetsForTest(std::int64_t targets) {
  for_test().store(targets);
  GetChosenTarget().DeInit();
}

ChosenTarget& GetChosenTarget() {
  static ChosenTarget chosen;
  return chosen;
}

}  // namespace hwy
#endif  // HOMEWARD_OWN_DISPATCH
