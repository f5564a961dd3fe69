// The tables of a comparison as CSV text; the columns are part of the promise to users.
#pragma once
#include <string>
#include <vector>

#include "report/comparison_lines.h"

namespace homeward {

// `names`: of the alternatives, as they stand in the column alt.
using AltNames = std::vector<std::string>;

std::string contrast_csv(const std::vector<ContrastLine>& lines, const AltNames& names);
std::string ledger_csv(const std::vector<LedgerLine>& lines, const AltNames& names);
std::string attribution_csv(const std::vector<AttributionLine>& lines, const AltNames& names);
std::string interactions_csv(const std::vector<AttributionLine>& lines, const AltNames& names);
std::string cost_csv(const std::vector<CostLine>& lines, const AltNames& names);
std::string frontier_csv(const std::vector<FrontierLine>& lines, const AltNames& names);
std::string spend_csv(const std::vector<SpendLine>& lines, const AltNames& names);
std::string fiscal_csv(const std::vector<FiscalLine>& lines, const AltNames& names);
std::string cumulative_csv(const std::vector<CumulativeLine>& lines, const AltNames& names);
std::string horizon_csv(const std::vector<HorizonLine>& lines, const AltNames& names);

}  // namespace homeward
