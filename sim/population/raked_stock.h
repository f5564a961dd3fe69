// The stock of the tables, raked group by group: what every run with the same tables shares, whatever its seed.
#pragma once
#include <memory>
#include <vector>

#include "population/stock.h"
#include "population/stock_laws.h"

namespace homeward {

struct RakedStock {
  StockLaws laws;
  std::vector<GroupStock> groups;  // as Tables::groups
};

// Rakes every group once; its hosts share the result, scaled by their share. The latest result is kept for the process,
// so that further replicates and points of a sweep do not rake the same numbers again. May be called from any thread.
std::shared_ptr<const RakedStock> raked_stock(const Tables& tables, int threads);

}  // namespace homeward
