// The stock of 2004 as whole persons: raked weights made integer host by host, thinned, and dealt to communities in
// families of four.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "population/attributes.h"
#include "population/inflow.h"
#include "population/raked_stock.h"
#include "population/synthesis.h"

namespace homeward {

class StockPeople {
 public:
  // Integerises and thins the raked stock, host by host.
  StockPeople(const Scenario& scenario, const SynthesisSettings& settings, const Inflow& inflow);

  // Persons of a host, after thinning.
  std::uint32_t persons(int host) const;
  // The same in one of `communities` communities. Ranks (the order of cells) are cut into families of four neighbours,
  // which are dealt to the communities in turn: families are alike, communities are a cross-section of the host.
  std::uint32_t persons(int host, std::uint32_t community, std::uint32_t communities) const;

  // Fills all columns of the stock of one block; first_slot[c] is the slot of the first person of the block's community
  // c. The stock has the first places of every community, so that its families stay aligned.
  void fill(Columns& columns, const Block& block, std::uint32_t communities,
            const std::vector<std::uint32_t>& first_slot, const Attributes& attributes) const;

  // Before thinning, over all hosts.
  const std::vector<MarginFit>& fit() const { return fit_; }

 private:
  struct Ranked {
    std::vector<std::uint32_t> first_rank;  // [cells + 1], after thinning
    std::vector<std::uint64_t> keys;        // by rank
  };
  void add_fit(const std::vector<std::vector<std::uint32_t>>& persons);
  Newcomer newcomer_of(const StockCellCode& cell) const;

  const Scenario& scenario_;
  Stream stream_;
  std::shared_ptr<const RakedStock> raked_;
  std::vector<Ranked> hosts_;
  std::vector<MarginFit> fit_;
};

}  // namespace homeward
