// The stock of 2004 of a host group as weights of cells, raked to the margins of the tables.
#pragma once
#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "population/raking.h"
#include "population/stock_laws.h"
#include "scenario/scenario.h"

namespace homeward {

// A cell of class x generation x age group x arrival cohort x education x citizenship x sex. Neighbours in this order
// are alike, which is how families are dealt.
struct StockCellCode {
  MigrantClass migrant_class{};
  Generation generation{};
  std::size_t age_group = 0, cohort = 0, education = 0, naturalised = 0, sex = 0;

  Profile profile() const { return profile_of(migrant_class, generation); }
  // Position in the full cross-classification: part of every key, so it must never change.
  std::uint32_t number() const;
};

struct GroupStock {
  std::vector<StockCellCode> cells;  // those that can hold anybody, in order of number()
  Eigen::ArrayXd weights;            // [cells], persons, synthesis factor included
  std::vector<Margin> margins;       // that were raked to
  Raking raking;
};

inline constexpr double raking_tolerance = 1e-6;
inline constexpr int raking_iterations = 200;

// Seed: the product of the laws of the tables, with structural zeros (nobody arrives before birth or the least age of
// the class, nobody is a citizen sooner than the tables say). Margins: age x sex, class x arrival cohort,
// education x class, class x generation x age, citizenship x duration. The province of origin is no margin: it is
// drawn from the key, whatever the cell, and needs no storage.
GroupStock rake_group(const Tables& tables, const StockLaws& laws, int group);

// A coarser margin to report beside the raked ones: generation x age.
Margin generation_by_age(const GroupStock& stock);

}  // namespace homeward
