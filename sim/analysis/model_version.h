// The number of the model: stored replicates are keyed by it, and a changed golden result forces it up.
#pragma once

namespace homeward {

inline constexpr int model_version = 1;

}  // namespace homeward
