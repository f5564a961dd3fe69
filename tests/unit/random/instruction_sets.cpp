// The instruction sets that are found agree with what the compiler's run-time library says of the processor.
#include <doctest/doctest.h>
#include <hwy/highway.h>
#include <hwy/targets.h>

using namespace hwy;

#if HWY_ARCH_X86 && defined(__GNUC__)
TEST_CASE("vector instructions are used only where the processor has them") {
  __builtin_cpu_init();
  const std::int64_t targets = SupportedTargets();
  CHECK((targets & HWY_SCALAR) != 0);
  if ((targets & HWY_SSE4) != 0) CHECK(__builtin_cpu_supports("sse4.2"));
  if ((targets & HWY_AVX2) != 0) {
    CHECK(__builtin_cpu_supports("avx2"));
    CHECK(__builtin_cpu_supports("fma"));
    CHECK(__builtin_cpu_supports("bmi2"));
  }
  if ((targets & HWY_AVX3) != 0) {
    CHECK(__builtin_cpu_supports("avx512f"));
    CHECK(__builtin_cpu_supports("avx512dq"));
    CHECK(__builtin_cpu_supports("avx512cd"));
    CHECK(__builtin_cpu_supports("avx512bw"));
    CHECK(__builtin_cpu_supports("avx512vl"));
  }
  if ((targets & HWY_AVX3_DL) != 0) CHECK(__builtin_cpu_supports("avx512vbmi2"));
}

TEST_CASE("no vector instructions of the processor are left unused") {
  __builtin_cpu_init();
  const std::int64_t targets = SupportedTargets();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) {
    CHECK((targets & HWY_AVX2) != 0);
  }
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")) {
    CHECK((targets & HWY_AVX3) != 0);
  }
}
#endif

TEST_CASE("a test can force an instruction set and give the choice back") {
  const std::int64_t before = SupportedTargets();
  SetSupportedTargetsForTest(HWY_SCALAR);
  CHECK(SupportedTargets() == HWY_SCALAR);
  SetSupportedTargetsForTest(0);
  CHECK(SupportedTargets() == before);
}
