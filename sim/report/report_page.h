// report.html: one page that needs nothing else, in which every word of a user is text.
#pragma once
#include <string>
#include <vector>

#include "report/report_input.h"
#include "report/run_figures.h"

namespace homeward {

// The figures of whatever the tables at hand tell of: a run, a comparison, a sweep.
std::vector<SectionFigure> report_figures(const ReportInput& input);

std::string report_page(const ReportInput& input, const std::vector<SectionFigure>& figures);

}  // namespace homeward
