// The page of a sweep: how far the answer moves, and along which axis.
#pragma once
#include <string>
#include <vector>

#include "report/markup.h"
#include "report/report_input.h"
#include "report/run_figures.h"

namespace homeward {

// Empty where the folder has no merged.csv.
std::vector<SectionFigure> sweep_figures(const ReportInput& input);
// What a reader may choose from: axes and measures of every point.
std::string explore_sweep(const ReportInput& input);

void put_sweep_sections(Markup& page, const ReportInput& input, const std::vector<SectionFigure>& figures);
void put_sweep_record(Markup& page, const RunRecord& record);

}  // namespace homeward
