#include "report/sweep_page.h"

#include <algorithm>
#include <cmath>

#include "report/axis_strength.h"
#include "report/csv.h"
#include "report/effects_page.h"
#include "report/exploration.h"
#include "report/page_parts.h"
#include "report/scatter_chart.h"
#include "report/sweep_points.h"

namespace homeward {
namespace {

using Section = SectionFigure::Section;

constexpr std::size_t most_axes = 6;      // figures
constexpr std::size_t most_cells = 4000;  // of the table of all points: 200 kB
constexpr std::size_t most_marks = 200;   // points that each have a mark of their own, with words and whiskers
constexpr std::size_t most_named = 8;     // axes in the words of a mark
constexpr std::size_t groups = 5;         // of points in the numbers of a figure that has more of them

// Settled returns where the sweep has them, else its first measure.
std::size_t main_measure(const SweepPoints& sweep) {
  const auto found = std::find(sweep.measures.begin(), sweep.measures.end(), "returns_settled");
  return found == sweep.measures.end() ? 0 : static_cast<std::size_t>(found - sweep.measures.begin());
}

std::string name_of(const SweepPoints& sweep, const SweepPoints::Point& point) {
  std::string name = "point " + point.number;
  if (sweep.scenarios.size() > 1) name += " of " + point.scenario;
  for (std::size_t i = 0; i < std::min(sweep.axes.size(), most_named); ++i) {
    name += '\n' + sweep.axes[i] + ": " + point.values[i];
  }
  return name;
}

std::optional<double> low_of(const Estimate& value) {
  return value.half_width ? std::optional<double>(value.mean - *value.half_width) : std::nullopt;
}
std::optional<double> high_of(const Estimate& value) {
  return value.half_width ? std::optional<double>(value.mean + *value.half_width) : std::nullopt;
}

// A measure that was swept, or its difference to the base where the sweep has differences.
std::size_t shown_measure(const SweepPoints& sweep) {
  const std::string wanted = sweep.measures[main_measure(sweep)] + ", less the base's";
  for (const std::size_t difference : sweep.differences) {
    if (sweep.measures[difference] == wanted) return difference;
  }
  return sweep.differences.empty() ? main_measure(sweep) : sweep.differences.front();
}

// Points along the axis in groups of one size (of numbers) or by word: how many, their mean, the least and the most.
std::vector<std::vector<std::string>> grouped(const ScatterChart& chart) {
  std::vector<ScatterPoint> points = chart.points;
  std::stable_sort(points.begin(), points.end(), [](const ScatterPoint& a, const ScatterPoint& b) { return a.x < b.x; });
  std::vector<std::vector<std::string>> rows{{chart.x_title, "points", "mean", "least", "most"}};
  for (std::size_t from = 0, group = 1; from < points.size(); ++group) {
    std::size_t to = std::max(from + 1, points.size() * group / groups);
    if (!chart.x_words.empty()) to = from + 1;
    while (to < points.size() && points[to].x == points[to - 1].x) ++to;  // one value is in one group
    double sum = 0, least = points[from].y, most = points[from].y;
    for (std::size_t i = from; i < to; ++i) {
      sum += points[i].y;
      least = std::min(least, points[i].y);
      most = std::max(most, points[i].y);
    }
    const double low = points[from].x, high = points[to - 1].x;
    rows.push_back({chart.x_words.empty() ? number_for_people(low) + (high > low ? " to " + number_for_people(high) : "")
                                          : chart.x_words[static_cast<std::size_t>(low)],
                    std::to_string(to - from), number_for_people(sum / static_cast<double>(to - from)),
                    number_for_people(least), number_for_people(most)});
    from = to;
  }
  return rows;
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
  const bool many = sweep.points.size() > most_marks;
  if (many) {
    chart.marks = Marks::together;
    chart.caption = "A dot a point, its mean over replicates.";
  } else if (sweep.replicates > 1) {
    chart.caption = "Whiskers: 95 % intervals over replicates.";
  }
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
    if (!many) {
      chart.table.push_back({sweep.scenarios.size() > 1 ? point.scenario + ' ' + point.number : "point " + point.number,
                             word, interval_for_people(value.mean, low_of(value), high_of(value))});
    }
  }
  if (many) chart.table = grouped(chart);
  if (chart.x_words.size() > 4) chart.caption += " Numbers across: the values in the order of the table.";
  return draw(chart);
}

// All axes where they are few; else the strongest, in the order of the design.
std::vector<std::size_t> shown_axes(const SweepPoints& sweep, std::size_t measure) {
  std::vector<std::size_t> axes;
  for (const AxisStrength& one : axis_strengths(sweep, measure)) axes.push_back(one.axis);
  if (axes.size() > most_axes) axes.resize(most_axes);
  std::sort(axes.begin(), axes.end());
  return axes;
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
  page.text("Over the " + number_for_people(static_cast<double>(sweep.points.size())) + " points of this sweep " + sweep.measures[measure] + " in " +
            std::to_string(sweep.year) + " goes from ");
  page.element("strong", number_for_people(least->measures[measure].mean)).text(" to ");
  page.element("strong", number_for_people(most->measures[measure].mean));
  page.text(' ' + sweep.units[measure] + '.').close("p").line();
  std::vector<std::vector<std::string>> rows{{"where", sweep.measures[measure] + ", 95 % interval"}};
  const std::vector<std::size_t> axes = shown_axes(sweep, measure);
  for (const std::size_t axis : axes) rows[0].push_back(sweep.axes[axis]);
  for (const auto& [word, point] : {std::pair{"least, point ", least}, std::pair{"most, point ", most}}) {
    std::vector<std::string> row{word + point->number + " of " + point->scenario, value(*point)};
    for (const std::size_t axis : axes) row.push_back(point->values[axis]);
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

void put_strengths(Markup& page, const SweepPoints& sweep, std::size_t measure) {
  if (sweep.axes.size() < 2 || sweep.points.size() < 4) return;
  const std::string what = sweep.measures[measure] + " in " + std::to_string(sweep.year);
  std::vector<std::vector<std::string>> rows{{"axis", "correlation", "of"}};
  for (const AxisStrength& one : axis_strengths(sweep, measure)) {
    std::string number = number_for_people(std::round(one.correlation * 100) / 100);
    if (one.numeric && one.correlation > 0 && number != "0") number.insert(0, 1, '+');
    rows.push_back({sweep.axes[one.axis], number, one.numeric ? "numbers" : "words"});
  }
  std::string note = "Correlation of each axis with " + what + ", within scenarios: of numbers Pearson's, from -1 to +1; of "
                     "words the correlation ratio, from 0 to 1. It shows what goes along with a straight line, over this "
                     "design, chance of the points included.";
  if (sweep.axes.size() > most_axes) {
    note += " Drawn are the " + std::to_string(most_axes) + " strongest of " + std::to_string(sweep.axes.size()) + " axes.";
  }
  page.element("p", note, {{"class", "note"}});
  const std::string title = "All " + std::to_string(sweep.axes.size()) + " axes, strongest first";
  if (sweep.axes.size() <= most_axes) {
    put_table(page, title, rows);
  } else {
    put_folded_table(page, title, title, rows);
  }
}

void put_points(Markup& page, const SweepPoints& sweep) {
  std::vector<std::vector<std::string>> rows{{"point", "scenario"}};
  for (const std::string& axis : sweep.axes) rows[0].push_back(axis);
  for (std::size_t i = 0; i < sweep.measures.size(); ++i) rows[0].push_back(sweep.measures[i] + ", " + sweep.units[i]);
  const std::size_t shown = std::min(sweep.points.size(), std::max<std::size_t>(1, most_cells / rows[0].size()));
  for (std::size_t i = 0; i < shown; ++i) {
    const SweepPoints::Point& point = sweep.points[i];
    std::vector<std::string> row{point.number, point.scenario};
    row.insert(row.end(), point.values.begin(), point.values.end());
    for (const Estimate& value : point.measures) {
      row.push_back(interval_for_people(value.mean, low_of(value), high_of(value)));
    }
    rows.push_back(std::move(row));
  }
  std::string title = "All points in " + std::to_string(sweep.year);
  if (shown < sweep.points.size()) {
    title = "The first " + std::to_string(shown) + " of " + std::to_string(sweep.points.size()) + " points in " +
            std::to_string(sweep.year) + "; merged.csv has all";
  }
  put_folded_table(page, title, title, rows);
}

}  // namespace

std::vector<SectionFigure> sweep_figures(const ReportInput& input) {
  std::vector<SectionFigure> figures;
  const ResultTable* merged = input.find("merged.csv");
  if (merged == nullptr) return figures;
  const SweepPoints sweep = sweep_points(*merged);
  if (sweep.points.empty() || sweep.measures.empty()) return figures;
  const std::size_t measure = shown_measure(sweep);
  for (const std::size_t axis : shown_axes(sweep, measure)) {
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
  if (sweep.points.empty() || sweep.measures.empty()) return "";
  return explore_points(sweep, shown_measure(sweep));
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
  put_strengths(page, sweep, shown_measure(sweep));
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
