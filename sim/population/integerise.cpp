#include "population/integerise.h"

#include <cmath>

namespace homeward {

std::vector<std::uint32_t> truncate_replicate_sample(const Eigen::ArrayXd& weights, std::uint64_t total,
                                                     double start) {
  const auto cells = static_cast<std::size_t>(weights.size());
  std::vector<std::uint32_t> persons(cells, 0);
  double sum = 0;
  for (Eigen::Index cell = 0; cell < weights.size(); ++cell) sum += weights[cell];
  if (!(sum > 0) || total == 0) return persons;

  const double scale = static_cast<double>(total) / sum;
  std::vector<double> fraction(cells);
  double fractions = 0;
  std::uint64_t placed = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const double wanted = weights[static_cast<Eigen::Index>(cell)] * scale;
    const double whole = std::floor(wanted);
    persons[cell] = static_cast<std::uint32_t>(whole);
    placed += persons[cell];
    fraction[cell] = wanted - whole;
    fractions += fraction[cell];
  }
  if (placed >= total || !(fractions > 0)) return persons;

  // `rest` equally spaced points on the line of cumulated fractions; spacing is 1 but for rounding.
  const std::uint64_t rest = total - placed;
  const double spacing = fractions / static_cast<double>(rest);
  double reached = 0;
  std::uint64_t sampled = 0;
  std::size_t last = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (fraction[cell] > 0) last = cell;
    reached += fraction[cell];
    while (sampled < rest && (static_cast<double>(sampled) + start) * spacing < reached) {
      ++persons[cell];
      ++sampled;
    }
  }
  // The last point may fall on the very end of the line.
  persons[last] += static_cast<std::uint32_t>(rest - sampled);
  return persons;
}

}  // namespace homeward
