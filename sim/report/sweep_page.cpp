#include "report/sweep_page.h"

#include <algorithm>
#include <cmath>

#include "report/csv.h"
#include "report/effects_page.h"
#include "report/exploration.h"
#include "report/page_parts.h"
#include "report/scatter_chart.h"
#include "report/sweep_points.h"

namespace homeward {
namespace {

using Section = SectionFigure::Section;

constexpr std::size_t most_axes = 24;    // figures
constexpr std::size_t most_points = 2000;  // rows of the table on the page

// Settled returns where the sweep has them, else its first measure.
std::size_t main_measure(const SweepPoints& sweep) {
  const auto found = std::find(sweep.measures.begin(), sweep.measures.end(), "returns_settled");
  return found == sweep.measures.end() ? 0 : static_cast<std::size_t>(found - sweep.measures.begin());
}

std::string name_of(const SweepPoints& sweep, const SweepPoints::Point& point) {
  std::string name = "point " + point.number;
  if (sweep.scenarios.size() > 1) name += " of " + point.scenario;
  for (std::size_t i = 0; i < sweep.axes.size(); ++i) name += '\n' + sweep.axes[i] + ": " + point.values[i];
  return name;
}

std::optional<double> low_of(const Estimate& value) {
  return value.half_width ? std::optional<double>(value.mean - *value.half_width) : std::nullopt;
}
std::optional<double> high_of(const Estimate& value) {
  return value.half_width ? std::optional<double>(value.mean + *value.half_width) : std::nullopt;
}

// Across an axis of the design, or across the scenarios where `axis` is none of them.
Figure figure_of(const SweepPoints& sweep, std::size_t axis, std::size_t measure) {
  const bool by_scenario = axis >= sweep.axes.size();
  const std::string across = by_scenario ? "scenario" : sweep.axes[axis];
  ScatterChart chart;
  chart.id = "sweep-" + std::to_string(axis + 1);
  chart.title = sweep.measures[measure] + " in " + std::to_string(sweep.year) + " by " + across;
  chart.x_title = across;
  chart.y_title = sweep.units[measure];
  chart.colours = sweep.scenarios;
  if (sweep.replicates > 1) chart.caption = "Whiskers: 95 % intervals over replicates.";
  chart.data.columns = {"scenario", "point", across, "mean", "lo95", "hi95"};
  chart.table.push_back({"point", across, sweep.measures[measure]});
  std::vector<double> numbers;
  const bool numeric = !by_scenario && axis_numbers(sweep, axis, numbers);
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    const SweepPoints::Point& point = sweep.points[i];
    const Estimate& value = point.measures[measure];
    if (!std::isfinite(value.mean)) continue;
    const std::string& word = by_scenario ? point.scenario : point.values[axis];
    double x = 0;
    if (numeric) {
      x = numbers[i];
    } else {
      auto found = std::find(chart.x_words.begin(), chart.x_words.end(), word);
      if (found == chart.x_words.end()) found = chart.x_words.insert(chart.x_words.end(), word);
      x = static_cast<double>(found - chart.x_words.begin());
    }
    const auto colour = std::find(sweep.scenarios.begin(), sweep.scenarios.end(), point.scenario);
    chart.points.push_back({name_of(sweep, point), x, value.mean, {}, {}, low_of(value), high_of(value),
                            static_cast<std::size_t>(colour - sweep.scenarios.begin()), false});
    chart.data.rows.push_back({point.scenario, point.number, word, cell_text(value.mean), cell_text(low_of(value)),
                               cell_text(high_of(value))});
    if (i < most_points) {
      chart.table.push_back({sweep.scenarios.size() > 1 ? point.scenario + ' ' + point.number : "point " + point.number,
                             word, interval_for_people(value.mean, low_of(value), high_of(value))});
    }
  }
  if (chart.x_words.size() > 4) chart.caption += " Numbers across: the values in the order of the table.";
  return draw(chart);
}

void put_answer(Markup& page, const SweepPoints& sweep) {
  const std::size_t measure = main_measure(sweep);
  const SweepPoints::Point *least = nullptr, *most = nullptr;
  for (const SweepPoints::Point& point : sweep.points) {
    const double mean = point.measures[measure].mean;
    if (!std::isfinite(mean)) continue;
    if (least == nullptr || mean < least->measures[measure].mean) least = &point;
    if (most == nullptr || mean > most->measures[measure].mean) most = &point;
  }
  page.open("p", {{"class", "lead"}});
  if (least == nullptr) {
    page.text("No run of this sweep defines " + sweep.measures[measure] + '.').close("p").line();
    return;
  }
  const auto value = [&](const SweepPoints::Point& point) {
    const Estimate& one = point.measures[measure];
    return interval_for_people(one.mean, low_of(one), high_of(one));
  };
  page.text("Over the " + std::to_string(sweep.points.size()) + " points of this sweep " + sweep.measures[measure] + " in " +
            std::to_string(sweep.year) + " goes from ");
  page.element("strong", number_for_people(least->measures[measure].mean)).text(" to ");
  page.element("strong", number_for_people(most->measures[measure].mean));
  page.text(' ' + sweep.units[measure] + '.').close("p").line();
  std::vector<std::vector<std::string>> rows{{"where", sweep.measures[measure] + ", 95 % interval"}};
  for (const std::string& axis : sweep.axes) rows[0].push_back(axis);
  for (const auto& [word, point] : {std::pair{"least, point ", least}, std::pair{"most, point ", most}}) {
    std::vector<std::string> row{word + point->number + " of " + point->scenario, value(*point)};
    row.insert(row.end(), point->values.begin(), point->values.end());
    rows.push_back(std::move(row));
  }
  put_table(page, "Least and most", rows);
  page.element("p",
               sweep.replicates > 1
                   ? "Intervals are over " + std::to_string(sweep.replicates) +
                         " replicates of a point, Monte Carlo only. The spread over points is that of the design: it "
                         "is the "
                         "uncertainty of the result only where the design draws what is uncertain, as it is uncertain."
                   : "One replicate a point: there are no intervals, and chance is part of every difference between "
                     "points.",
               {{"class", "note"}});
}

void put_points(Markup& page, const SweepPoints& sweep) {
  std::vector<std::vector<std::string>> rows{{"point", "scenario"}};
  for (const std::string& axis : sweep.axes) rows[0].push_back(axis);
  for (std::size_t i = 0; i < sweep.measures.size(); ++i) rows[0].push_back(sweep.measures[i] + ", " + sweep.units[i]);
  for (std::size_t i = 0; i < sweep.points.size() && i < most_points; ++i) {
    const SweepPoints::Point& point = sweep.points[i];
    std::vector<std::string> row{point.number, point.scenario};
    row.insert(row.end(), point.values.begin(), point.values.end());
    for (const Estimate& value : point.measures) {
      row.push_back(interval_for_people(value.mean, low_of(value), high_of(value)));
    }
    rows.push_back(std::move(row));
  }
  std::string title = "All points in " + std::to_string(sweep.year);
  if (sweep.points.size() > most_points) title = "The first " + std::to_string(most_points) + " points; merged.csv "
                                                                                              "has all";
  put_folded_table(page, title, title, rows);
}

}  // namespace

std::vector<SectionFigure> sweep_figures(const ReportInput& input) {
  std::vector<SectionFigure> figures;
  const ResultTable* merged = input.find("merged.csv");
  if (merged == nullptr) return figures;
  const SweepPoints sweep = sweep_points(*merged);
  if (sweep.points.empty() || sweep.measures.empty()) return figures;
  const std::size_t measure = main_measure(sweep);
  for (std::size_t axis = 0; axis < std::min(sweep.axes.size(), most_axes); ++axis) {
    figures.push_back({Section::sweep, figure_of(sweep, axis, measure)});
  }
  if (sweep.scenarios.size() > 1) {
    figures.push_back({Section::sweep, figure_of(sweep, sweep.axes.size(), measure)});
  }
  for (SectionFigure& one : effect_figures(input)) figures.push_back(std::move(one));
  return figures;
}

std::string explore_sweep(const ReportInput& input) {
  const SweepPoints sweep = sweep_points(*input.find("merged.csv"));
  return explore_points(sweep, sweep.measures.empty() ? 0 : main_measure(sweep));
}

void put_sweep_sections(Markup& page, const ReportInput& input, const std::vector<SectionFigure>& figures) {
  const SweepPoints sweep = sweep_points(*input.find("merged.csv"));
  open_section(page, "answer", "The answer");
  if (sweep.points.empty() || sweep.measures.empty()) {
    page.element("p", "This sweep has no finished run.");
    close_section(page);
    return;
  }
  put_answer(page, sweep);
  close_section(page);
  put_effects(page, input, figures);
  open_section(page, "axes", "Along the axes");
  put_explorer(page, "chosen", "Points of the sweep");
  put_figures(page, figures, Section::sweep);
  put_points(page, sweep);
  close_section(page);
}

void put_sweep_record(Markup& page, const RunRecord& record) {
  open_section(page, "record", "Record of the sweep");
  std::vector<std::vector<std::string>> rows{{"what", "value"}};
  for (const auto& [what, value] : record.details) rows.push_back({what, value});
  if (record.details.empty()) rows.push_back({"plan", record.file});
  if (record.replicates > 0) rows.push_back({"replicates", std::to_string(record.replicates) + " a point"});
  if (!record.version.empty()) {
    rows.push_back({"scale", scale_words(record.scale)});
    rows.push_back({"last year simulated", "the year " + std::to_string(record.to_year)});
    rows.push_back({"program", "homeward " + record.version + ", revision " + record.revision + ", model version " +
                                   record.model_version});
  }
  put_table(page, "Record of the sweep", rows);
  if (!record.canonical.empty()) {
    page.open("details").element("summary", "The plan");
    page.open("pre", {{"tabindex", "0"}, {"aria-label", "The plan"}, {"role", "region"}});
    page.text(record.canonical).close("pre").close("details").line();
  }
  if (!record.tables.empty()) {
    std::vector<std::vector<std::string>> tables{{"input table", "SHA-256"}};
    for (const auto& [path, hash] : record.tables) tables.push_back({path, hash});
    put_folded_table(page, "Input tables", "Input tables", tables);
  }
  close_section(page);
}

}  // namespace homeward
