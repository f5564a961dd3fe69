// Utilities as integers at 1/4096 of a logit, and the logistic and normal laws as tables over them: sums of terms are
// exact in any order, and a decision is a comparison of integers.
#pragma once
#include <array>
#include <cstdint>

#include "base/exact_math.h"

namespace homeward {

inline constexpr double utility_scale = 4096.0;

// Nearest integer, halves away from zero; saturates far outside any utility.
constexpr std::int32_t round_to_int(double x) {
  if (x >= 1e9) return 1000000000;
  if (x <= -1e9) return -1000000000;
  return static_cast<std::int32_t>(x < 0 ? x - 0.5 : x + 0.5);
}
constexpr std::int32_t to_utility(double logits) { return round_to_int(logits * utility_scale); }

// A coefficient times a fixed-point variable, both integers: (coefficient at 1/65536) * variable >> shift.
constexpr std::int32_t scaled(std::int64_t coefficient_q16, std::int64_t variable, int shift) {
  return static_cast<std::int32_t>((coefficient_q16 * variable) >> shift);
}
constexpr std::int32_t to_q16(double x) { return round_to_int(x * 65536.0); }

// The logistic law of a utility as a threshold for a 32-bit word, by linear interpolation between 4,097 points of
// [-16, 16]; largest error below 1e-6 absolute, see tests/unit/base.
class LogisticTable {
 public:
  LogisticTable();
  // P = 1 / (1 + exp(-utility / 4096)) as a threshold: a uniform 32-bit word is below it with probability P.
  std::uint32_t threshold(std::int32_t utility) const {
    constexpr std::int32_t limit = 16 * 4096 - 1;
    const std::int32_t bounded = utility < -limit ? -limit : utility > limit ? limit : utility;
    const auto offset = static_cast<std::uint32_t>(bounded + 16 * 4096);
    const std::uint32_t point = offset >> 5;
    const std::uint32_t fraction = offset & 31;
    const std::uint32_t low = points_[point];
    const std::uint32_t high = points_[point + 1];
    return low + static_cast<std::uint32_t>((std::uint64_t{high - low} * fraction) >> 5);
  }

  // At least threshold(utility), with one look into the table: for screens.
  std::uint32_t at_most(std::int32_t utility) const {
    constexpr std::int32_t limit = 16 * 4096 - 1;
    const std::int32_t bounded = utility < -limit ? -limit : utility > limit ? limit : utility;
    return points_[static_cast<std::size_t>((bounded + 16 * 4096) >> 5) + 1];
  }
  const std::uint32_t* points() const { return points_.data(); }

 private:
  std::array<std::uint32_t, 4097> points_{};
};
const LogisticTable& logistic_table();

// The standard normal law at 1/4096 in 4,096 equally likely steps: indexed by 12 random bits.
const std::array<std::int16_t, 4096>& fine_normal_steps();

// The standard normal law in 256 equally likely steps, scaled to variance 1: indexed by 8 random bits.
const std::array<float, 256>& normal_steps();

}  // namespace homeward
