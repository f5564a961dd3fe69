// Truncate-replicate-sample (Lovelace & Ballas 2013): real weights of cells become whole persons without bias.
#pragma once
#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace homeward {

// Whole persons a cell, `total` of them, when `weights` are scaled to sum to `total`. Every cell gets the whole part
// of its weight; what remains goes to cells by systematic sampling, with probability equal to their fraction.
// start: one uniform draw in [0, 1).
std::vector<std::uint32_t> truncate_replicate_sample(const Eigen::ArrayXd& weights, std::uint64_t total,
                                                     double start);

}  // namespace homeward
