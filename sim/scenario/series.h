// From values given for some years to a value for every year.
#pragma once
#include <map>

#include "base/years.h"

namespace homeward {

using YearValues = std::map<int, double>;

// Linear between the years given; before the first as `before` has it, after the last held.
YearSeries linear_after(const YearValues& given, const YearSeries& before);
// Linear between the years given, held before the first and after the last. `given` is not empty.
YearSeries linear_held(const YearValues& given);
// Each value holds from its year on; 0 before the first.
YearSeries steps(const YearValues& given);

}  // namespace homeward
