// Every measure and dimension, one row each; what a scenario's outputs: and summary.csv may name.
#pragma once
#include <cstddef>
#include <vector>

#include "base/declaration.h"
#include "scenario/scenario.h"

namespace homeward {

const std::vector<MeasureRow>& measure_rows();  // in the order of summary.csv
// In the order of flows.csv's columns: host, origin_province, class, generation, education, sector, age_group, sex,
// mode, duration_group. Words of host and origin_province come from the tables.
std::vector<DimensionRow> dimension_rows();
// What one unit of a cube's integers is, e.g. 1 person, 1/2 person-year.
double raw_unit(std::string_view measure);
std::vector<std::string> dimension_words(std::string_view dimension, const Tables& tables);

}  // namespace homeward
