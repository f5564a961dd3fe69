// What policies change over the design of a sweep: effects.csv as a figure and a table.
#pragma once
#include <vector>

#include "report/markup.h"
#include "report/report_input.h"
#include "report/run_figures.h"

namespace homeward {

// Empty where the sweep asked for no contrasts.
std::vector<SectionFigure> effect_figures(const ReportInput& input);
void put_effects(Markup& page, const ReportInput& input, const std::vector<SectionFigure>& figures);

}  // namespace homeward
