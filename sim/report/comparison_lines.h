// What a comparison says, as rows with intervals: contrasts, ledger, attribution, cost, frontier, horizon.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison.h"

namespace homeward {

struct ContrastLine {
  std::size_t alt = 0;
  int year = 0;
  std::string measure, unit;
  std::optional<PairedDifference> value;  // empty where the measure is not defined
};

// `returns` by the definition, then measure_rows(); by alternative, year, measure.
std::vector<ContrastLine> contrast_lines(const Comparison& comparison, ReturnsDefinition definition, int from_year,
                                         int to_year);
// Flows summed from the first year that differs to each later one; by alternative, measure, year.
struct CumulativeLine {
  std::size_t alt = 0;
  int from_year = 0, to_year = 0;
  std::string measure, unit;
  std::optional<PairedDifference> value;
};
std::vector<CumulativeLine> cumulative_lines(const Comparison& comparison, ReturnsDefinition definition, int to_year);
// One measure (or `returns`) summed over years; empty where it is unknown or not defined.
std::optional<PairedDifference> contrast_of(const Comparison& comparison, std::size_t alt, const std::string& measure,
                                            ReturnsDefinition definition, int from_year, int to_year);

enum class SmallLedgerCells { pooled, shown };
struct LedgerLine {
  std::size_t alt = 0;
  int year = 0;
  std::string host, migrant_class, generation, education;  // `other` where pooled
  Category category{};
  double base_returns = 0, alt_returns = 0;  // persons, means over replicates
  Estimate difference;                       // alt - base
};
// By alternative, year, place, category. Small cells are pooled first within their host, then over all; the last rows of
// a year name all eight categories.
std::vector<LedgerLine> ledger_lines(const Comparison& comparison, const Scenario& base, int from_year, int to_year,
                                     SmallLedgerCells small);
// A category over all cells and years: persons in the alternative, or in the base where the alternative has none.
Estimate ledger_total(const Comparison& comparison, std::size_t alt, Category category);

struct AttributionLine {
  std::size_t alt = 0;
  std::string measure, lever, other;  // other: of an interaction
  Estimate value;
  std::string informed_by;
};
std::vector<AttributionLine> attribution_lines(const Comparison& comparison);
std::vector<AttributionLine> interaction_lines(const Comparison& comparison);

struct CostLine {
  std::size_t alt = 0;
  std::string lever;                 // path, or `all`
  bool claimed_by_returnees = true;  // otherwise claimants and what follows from them are not defined
  bool defined = true;               // false: no year of return is three years before the end
  bool costed = true;                // false: spending is not defined, since the tables give no price
  double claimants = 0, additional = 0, retained = 0, usd = 0;
  std::optional<double> deadweight;       // share of claimants
  std::optional<Ratio> usd_per_additional;  // empty where the retained are not distinct from 0
  Estimate usd_interval, retained_interval;
};
// Levers that differ, cost more or less than in the base or are claimed, then `all`; by alternative.
std::vector<CostLine> cost_lines(const Comparison& comparison, const std::vector<Scenario>& scenarios);

// What differs without a price in the tables: paths of levers, and `other` for what is no lever.
std::vector<std::string> not_costed(const Comparison& comparison, const std::vector<Scenario>& scenarios, std::size_t alt);

// A line of the public purse, USD of 2025, discounted, alternative less base: spend, income_tax, net.
struct FiscalLine {
  std::size_t alt = 0;
  std::string item;
  Estimate usd;
};
// None where an alternative has no price, or no year of return is three years before the end.
std::vector<FiscalLine> fiscal_lines(const Comparison& comparison, const std::vector<Scenario>& scenarios);

// A package that another one, or doing nothing, beats: no dearer and no fewer retained.
struct FrontierLine {
  std::size_t alt = 0;
  CostLine cost;
  std::optional<std::size_t> dominated_by;  // another alternative
  bool beaten_by_base = false;
  bool sure = false;  // both paired intervals say so
};
// What is not costed in full beats nothing, nor is it beaten. `scenarios`: the base, then the alternatives.
std::vector<FrontierLine> frontier_lines(const Comparison& comparison, const std::vector<Scenario>& scenarios);

struct SpendLine {
  std::size_t alt = 0;
  std::string lever;
  int year = 0;
  double usd = 0;
};
std::vector<SpendLine> spend_lines(const Comparison& comparison, int from_year, int to_year);

struct HorizonLine {
  std::size_t alt = 0;
  int seen_in = 0, to_year = 0;
  double additional = 0, early = 0;  // persons, means over replicates
  std::optional<Ratio> early_share;
};
std::vector<HorizonLine> horizon_lines(const Comparison& comparison, int to_year);

}  // namespace homeward
