// The figures of a run: returns over time and by whom, flows on a map, the pipeline, what the numbers lean on.
#pragma once
#include <vector>

#include "report/figure.h"
#include "report/report_input.h"

namespace homeward {

// Those that the tables at hand allow, in the order of the page. `section` groups them on it.
struct SectionFigure {
  enum class Section { time, map, pipeline, assumptions, contrast, ledger, attribution, cost, sweep, effects };
  Section section = Section::time;
  Figure figure;
};

std::vector<SectionFigure> run_figures(const ReportInput& input);

// "settled emigrants", "settled emigrants and students at graduation", ...
std::string counted(const std::string& returns);

}  // namespace homeward
