// Points in the unit cube for designs of experiments: each coordinate is a pure function of seed, axis and point.
//
// An axis is known by a key of its own (the hash of its path), so that a design's numbers on it do not depend on the
// order in which anything is computed. Points are rows: value of point p on axis a at [p * axes + a], in (0, 1).
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace homeward {

// Sobol' sequence (Boost.Random's engine, Joe and Kuo's directions) with the zero point that the engine skips, under
// Owen's nested uniform scrambling (1995) of the 32 leading bits. The first n points stay when there are more; powers
// of two are balanced.
std::vector<double> sobol_points(std::uint64_t seed, const std::vector<std::uint64_t>& axis_keys, std::size_t points);

// Latin hypercube (McKay, Beckman and Conover 1979): on each axis one point in each of `points` equal strata, placed
// at random within it. Another number of points gives other points.
std::vector<double> latin_hypercube_points(std::uint64_t seed, const std::vector<std::uint64_t>& axis_keys,
                                           std::size_t points);

// Independent uniform draws. The first n points stay when there are more.
std::vector<double> random_points(std::uint64_t seed, const std::vector<std::uint64_t>& axis_keys, std::size_t points);

}  // namespace homeward
