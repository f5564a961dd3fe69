#include "base/fixed_point.h"

namespace homeward {

LogisticTable::LogisticTable() {
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const double x = -16.0 + static_cast<double>(i) / 128;
    points_[i] = static_cast<std::uint32_t>(exact_logistic(x) * 4294967295.0);
  }
}

const LogisticTable& logistic_table() {
  static const LogisticTable table;
  return table;
}

const std::array<std::int16_t, 4096>& fine_normal_steps() {
  static const std::array<std::int16_t, 4096> steps = [] {
    std::array<std::int16_t, 4096> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
      const double quantile = exact_normal_quantile((static_cast<double>(i) + 0.5) / 4096);
      table[i] = static_cast<std::int16_t>(to_utility(quantile));
    }
    return table;
  }();
  return steps;
}

const std::array<float, 256>& normal_steps() {
  static const std::array<float, 256> steps = [] {
    std::array<double, 256> quantiles{};
    double squares = 0;
    for (std::size_t i = 0; i < 128; ++i) {
      quantiles[i] = exact_normal_quantile((static_cast<double>(i) + 0.5) / 256);
      quantiles[255 - i] = -quantiles[i];
      squares += 2 * quantiles[i] * quantiles[i];
    }
    const double variance = squares / 256;
    const double scale = exact_exp(-0.5 * exact_log(variance));
    std::array<float, 256> table{};
    for (std::size_t i = 0; i < 256; ++i) table[i] = static_cast<float>(quantiles[i] * scale);
    return table;
  }();
  return steps;
}

}  // namespace homeward
