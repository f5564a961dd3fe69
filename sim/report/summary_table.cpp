// From replicates to rows, from rows to text.
#include "report/summary_table.h"

#include <limits>

#include "base/categories.h"
#include "observation/measures.h"
#include "report/csv.h"

namespace homeward {
namespace {

// "lo95,hi95", both empty where there is no interval.
std::string bounds(const Estimate& value) {
  if (!value.half_width) return ",";
  return cell_text(value.mean - *value.half_width) + ',' + cell_text(value.mean + *value.half_width);
}

}  // namespace

std::vector<SummaryLine> summary_lines(const Replicates& replicates, int from_year, int to_year) {
  std::vector<SummaryLine> lines;
  std::vector<double> values(static_cast<std::size_t>(replicates.size()));
  Estimate undefined;
  undefined.mean = std::numeric_limits<double>::quiet_NaN();
  for (int year = from_year; year <= to_year; ++year) {
    for (std::size_t measure = 0; measure < measure_rows().size(); ++measure) {
      for (int i = 0; i < replicates.size(); ++i) {
        values[static_cast<std::size_t>(i)] = replicates.result(i).totals[measure][year_index(year)];
      }
      lines.push_back({year, measure, estimate(values).value_or(undefined)});
    }
  }
  return lines;
}

std::vector<PipelineLine> pipeline_lines(const Replicates& replicates, int from_year, int to_year) {
  std::vector<PipelineLine> lines;
  const auto persons = [&](std::int64_t agents) {
    return static_cast<double>(agents) * replicates.result(0).weight / replicates.size();
  };
  for (int year = from_year; year <= to_year; ++year) {
    for (std::size_t stage = 0; stage < stage_names.size(); ++stage) {
      StageCount sum;
      std::vector<double> months;
      for (int i = 0; i < replicates.size(); ++i) {
        const StageCount& count = replicates.result(i).pipeline[year_index(year)][stage];
        sum.entered += count.entered;
        sum.completed += count.completed;
        sum.abandoned += count.abandoned;
        if (count.completed > 0) {
          months.push_back(static_cast<double>(count.months) / static_cast<double>(count.completed));
        }
      }
      lines.push_back({year, stage, persons(sum.entered), persons(sum.completed), persons(sum.abandoned),
                       estimate(months)});
    }
  }
  return lines;
}

std::string summary_csv(const std::vector<SummaryLine>& lines) {
  std::string text = "year,measure,unit,mean,sd,lo95,hi95,replicates\n";
  for (const SummaryLine& line : lines) {
    const MeasureRow& measure = measure_rows()[line.measure];
    text += std::to_string(line.year) + ',' + field_text(measure.name) + ',' + field_text(measure.unit) + ',' +
            cell_text(line.value.mean) + ',' + cell_text(line.value.sd) + ',' + bounds(line.value) + ',' +
            std::to_string(line.value.count) + '\n';
  }
  return text;
}

std::string pipeline_csv(const std::vector<PipelineLine>& lines) {
  std::string text = "year,stage,entered,completed,abandoned,mean_months,lo95,hi95\n";
  for (const PipelineLine& line : lines) {
    text += std::to_string(line.year) + ',' + std::string(stage_names[line.stage]) + ',' +
            cell_text(line.entered) + ',' + cell_text(line.completed) + ',' + cell_text(line.abandoned) + ',';
    text += line.months ? cell_text(line.months->mean) + ',' + bounds(*line.months) : ",,";
    text += '\n';
  }
  return text;
}

}  // namespace homeward
