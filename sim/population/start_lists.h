// Who of the stock of 2004 and of all arrivals is kept at a scale: what takes longest in synthesis, and what all futures
// of a seed share.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "population/inflow.h"
#include "population/raked_stock.h"

namespace homeward {

// The stock of a host, by raking cell and ordinal within the cell.
struct RankedStock {
  std::vector<std::uint32_t> first_rank;  // [cells + 1], after thinning
  std::vector<std::uint64_t> keys;        // by rank
};

// Those who arrive at one host in a few years.
struct ArrivalList {
  int host = 0, from = 0, to = 0;
  std::vector<std::uint64_t> keys;  // by year, class and ordinal
  std::vector<std::uint32_t> kept;  // [years x classes]
};

struct StartLists {
  std::vector<RankedStock> stock;  // [hosts]
  std::vector<MarginFit> fit;      // before thinning, over all hosts
  std::vector<ArrivalList> arrivals;  // by host and years
  std::size_t bytes() const;
};

// The latest lists are kept for the process where they are small, as at 1/20, so that points of a sweep and alternatives
// of a comparison do not draw the same lots again. From any thread; the same for any number of threads.
std::shared_ptr<const StartLists> start_lists(const Scenario& scenario, const SynthesisSettings& settings,
                                              const Inflow& inflow, const RakedStock& raked);
// How often lists were made in this process.
std::size_t start_lists_made();

}  // namespace homeward
