// The sections of a comparison: the answer, what differs, who they are, which lever earned it, at what price.
#pragma once
#include <vector>

#include "report/markup.h"
#include "report/report_input.h"
#include "report/run_figures.h"

namespace homeward {

// One sentence an alternative, with its interval, and a table of other measures.
void put_comparison_answer(Markup& page, const ReportInput& input);
void put_comparison_sections(Markup& page, const ReportInput& input, const std::vector<SectionFigure>& figures);

}  // namespace homeward
