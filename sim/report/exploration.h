// What the page's own script draws on a reader's choice: numbers as JSON, beside the pictures that need no script.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "report/flow_map.h"
#include "report/line_chart.h"
#include "report/report_input.h"
#include "report/sweep_points.h"

namespace homeward {

// By the id of a figure, or of a place that put_explorer() left: JSON that sim/report/vega/page_script.js reads.
using Explorations = std::map<std::string, std::string>;

std::string explore_lines(const LineChart& chart);
// Empty where a host's years are not known.
std::string explore_map(const FlowMap& map);
// All measures of a summary, by year; of a comparison its differences.
std::string explore_measures(const ReportInput& input);
// The points of a sweep, which has some, by its axes and measures; `measure` is the one shown at first.
std::string explore_points(const SweepPoints& sweep, std::size_t measure);

// As it may stand between <script> and </script>: ASCII, nothing that markup gives a meaning.
std::string script_json(const Explorations& explorations);

}  // namespace homeward
