// The figures of a comparison: what differs, who the returns are, which lever earned them, at what price.
#pragma once
#include <vector>

#include "report/report_input.h"
#include "report/run_figures.h"

namespace homeward {

// Empty where the folder has no contrast.csv.
std::vector<SectionFigure> comparison_figures(const ReportInput& input);

// What an alternative is called on the page: its name in words, else the code of the tables.
std::string alternative_name(const ReportInput& input, std::string_view alt);

// A row of contrast.csv.
struct ContrastCells {
  Figured difference;
  std::optional<Figured> relative;  // share of the base
};
std::optional<ContrastCells> contrast_at(const ReportInput& input, std::string_view alt, std::string_view measure,
                                         int year);
// The alternatives of a comparison, in the order of its table.
std::vector<std::string> alternatives_of(const ReportInput& input);

}  // namespace homeward
