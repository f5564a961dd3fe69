#include "random/point_sets.h"

#include <boost/random/sobol.hpp>
#include <numeric>
#include <utility>

#include "random/streams.h"

namespace homeward {
namespace {

// Tells the uses of an axis' stream apart: the place of `time` in Stream::words.
enum class Use : std::uint32_t { value = 1, order, place_in_stratum };

constexpr std::uint32_t number(Use use) { return static_cast<std::uint32_t>(use); }

// Each bit is flipped or not by a coin keyed to the bits above it: the tree of Owen's scrambling, computed on the way.
std::uint32_t scrambled(std::uint32_t value, std::uint64_t key) {
  std::uint32_t result = 0;
  for (std::uint32_t bit = 0; bit < 32; ++bit) {
    const std::uint64_t above = bit == 0 ? 0 : value >> (32 - bit);
    const auto coin = static_cast<std::uint32_t>(mix(key, bit, above) >> 63);
    result = result << 1 | (((value >> (31 - bit)) & 1) ^ coin);
  }
  return result;
}

}  // namespace

std::vector<double> sobol_points(std::uint64_t seed, const std::vector<std::uint64_t>& axis_keys, std::size_t points) {
  const std::size_t axes = axis_keys.size();
  const Stream stream(seed, Purpose::design);
  std::vector<double> values;
  values.reserve(points * axes);
  boost::random::sobol_engine<std::uint32_t, 32> engine(axes);
  for (std::size_t point = 0; point < points; ++point) {
    for (std::size_t axis = 0; axis < axes; ++axis) {
      const std::uint32_t raw = point == 0 ? 0 : static_cast<std::uint32_t>(engine());
      values.push_back(uniform(scrambled(raw, mix(stream.key(), axis_keys[axis]))));
    }
  }
  return values;
}

std::vector<double> latin_hypercube_points(std::uint64_t seed, const std::vector<std::uint64_t>& axis_keys,
                                           std::size_t points) {
  const std::size_t axes = axis_keys.size();
  const Stream stream(seed, Purpose::design);
  std::vector<double> values(points * axes);
  std::vector<std::size_t> strata(points);
  for (std::size_t axis = 0; axis < axes; ++axis) {
    std::iota(strata.begin(), strata.end(), std::size_t{0});
    for (std::size_t last = points; last > 1; --last) {  // Fisher and Yates
      const std::uint64_t word = stream.words(axis_keys[axis], number(Use::order), static_cast<std::uint32_t>(last))[0];
      std::swap(strata[last - 1], strata[static_cast<std::size_t>(word * last >> 32)]);
    }
    for (std::size_t point = 0; point < points; ++point) {
      const Words words =
          stream.words(axis_keys[axis], number(Use::place_in_stratum), static_cast<std::uint32_t>(point));
      values[point * axes + axis] = (static_cast<double>(strata[point]) + uniform(words[0])) /
                                    static_cast<double>(points);
    }
  }
  return values;
}

std::vector<double> random_points(std::uint64_t seed, const std::vector<std::uint64_t>& axis_keys, std::size_t points) {
  const Stream stream(seed, Purpose::design);
  std::vector<double> values;
  values.reserve(points * axis_keys.size());
  for (std::size_t point = 0; point < points; ++point) {
    for (const std::uint64_t key : axis_keys)
      values.push_back(uniform(stream.words(key, number(Use::value), static_cast<std::uint32_t>(point))[0]));
  }
  return values;
}

}  // namespace homeward
