// The span of simulated years, and a value for each of them.
#pragma once
#include <array>
#include <cstddef>

namespace homeward {

inline constexpr int first_year = 2004;
inline constexpr int last_year = 2045;
inline constexpr int year_count = last_year - first_year + 1;
// Beyond this year results are stamped as extrapolation.
inline constexpr int extrapolation_year = 2035;

constexpr std::size_t year_index(int year) { return static_cast<std::size_t>(year - first_year); }

// One value for each year 2004..2045, indexed by year_index().
template <typename Value>
using PerYear = std::array<Value, static_cast<std::size_t>(year_count)>;
using YearSeries = PerYear<double>;

}  // namespace homeward
