// The stock of the tables, raked group by group: what every run with the same tables shares, whatever its seed.
#pragma once
#include <memory>
#include <vector>

#include "base/kept.h"
#include "population/stock.h"
#include "population/stock_laws.h"

namespace homeward {

struct RakedStock {
  StockLaws laws;
  std::vector<GroupStock> groups;        // as Tables::groups
  std::vector<Margin> generation_by_age; // [groups], for the fit
  std::size_t bytes() const;
};

// Everything in the tables that raking reads.
void add_raking_input(const Tables& tables, ByteKey& key);

// Rakes every group once; its hosts share the result, scaled by their share. The latest results are kept for the
// process, so that further replicates and points of a sweep do not rake the same numbers again. From any thread.
std::shared_ptr<const RakedStock> raked_stock(const Tables& tables, int threads);
// How often stocks were raked in this process.
std::size_t stocks_raked();

}  // namespace homeward
