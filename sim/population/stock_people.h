// The stock of 2004 as whole persons, dealt to communities in families of four.
#pragma once
#include <cstdint>
#include <vector>

#include "population/attributes.h"
#include "population/start_lists.h"
#include "population/synthesis.h"

namespace homeward {

class StockPeople {
 public:
  StockPeople(const Scenario& scenario, std::uint64_t seed, const RakedStock& raked,
              const std::vector<RankedStock>& hosts);

  // Persons of a host, after thinning.
  std::uint32_t persons(int host) const;
  // The same in one of `communities` communities. Ranks (the order of cells) are cut into families of four neighbours,
  // which are dealt to the communities in turn: families are alike, communities are a cross-section of the host.
  std::uint32_t persons(int host, std::uint32_t community, std::uint32_t communities) const;

  // Fills all columns of the stock of one block; first_slot[c] is the slot of the first person of the block's community
  // c. The stock has the first places of every community, so that its families stay aligned.
  void fill(Columns& columns, const Block& block, std::uint32_t communities,
            const std::vector<std::uint32_t>& first_slot, const Attributes& attributes) const;

 private:
  Newcomer newcomer_of(const StockCellCode& cell) const;

  const Scenario& scenario_;
  Stream stream_;
  const RakedStock& raked_;
  const std::vector<RankedStock>& hosts_;
};

}  // namespace homeward
