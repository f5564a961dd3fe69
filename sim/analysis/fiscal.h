// What a policy costs in one replicate, lever by lever: claims of those who come home, whoever they are, and the rest of
// the spending, set against the returnees that it added and that are still there after three years.
#pragma once
#include <array>

#include "analysis/twins.h"
#include "observation/results.h"

namespace homeward {

inline constexpr int retained_years = 3;
inline constexpr int price_year = 2025;

// Persons are weighted; USD of price_year, discounted to it, alternative less base.
struct LeverAccount {
  double claimants = 0;   // who came home in the alternative and used the lever
  double always = 0;      // of them: in the same year as without the difference
  double additional = 0;  // of them: not in the base
  double retained = 0;    // of the additional: at home three years after the return
  double usd = 0;
};

struct FiscalAccount {
  int from_year = first_year, to_year = first_year - 1;  // years of return that are counted; none where to < from
  std::array<LeverAccount, lever_count> levers{};
  // Of all levers that differ: `additional` and `retained` are net, alternative less base.
  LeverAccount all;
  // Income tax at fiscal.tax_home of working returnees, over the claim_years after their return; alternative less base.
  double income_tax = 0;
  // Spending of the year, not discounted, alternative less base: [year][lever].
  std::vector<std::array<double, lever_count>> spending;
};

// Whether the tables give it a price.
bool is_costed(const Scenario& scenario, Lever lever);

struct FiscalArms {
  const Timeline& base;
  const Timeline& alt;
  const ReplicateResult& base_result;
  const ReplicateResult& alt_result;
  const ReturnBook& base_book;
  const ReturnBook& alt_book;
};

// Counts settled and student returnees, the two kinds that stay and may claim. Returns up to `to_year` - 3 are counted;
// what they were promised beyond the last year is counted as if they stayed.
FiscalAccount make_account(const FiscalArms& arms, int to_year);

}  // namespace homeward
