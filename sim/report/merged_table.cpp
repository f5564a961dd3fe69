#include "report/merged_table.h"

#include <algorithm>

#include "base/fault.h"
#include "observation/measures.h"
#include "report/csv.h"

namespace homeward {
namespace {

// Of every measure, with its unit, as they stand in a row.
std::vector<std::string> row_names() {
  std::vector<std::string> names;
  for (const MeasureRow& row : measure_rows()) names.push_back(field_text(row.name) + ',' + field_text(row.unit) + ',');
  return names;
}

// `base`: the run it is compared with, where there is one.
template <typename Take>
void for_each_row(const Sweep& sweep, const SweepRun& run, const StoredRun& stored, const StoredRun* base,
                  const MergedChoice& choice, const std::vector<std::string>& names, const Take& take) {
  std::string start = field_text(sweep.plan().scenarios[run.scenario].label) + ',' + std::to_string(run.point);
  for (const AxisValue& value : sweep.design().at(run.point)) start += ',' + field_text(value_text(value.value));
  start += ',' + std::to_string(run.replicate) + ',';
  for (const int year : choice.years) {
    for (const std::size_t measure : choice.measures) {
      const double value = stored.totals.at(measure).at(year_index(year));
      std::string row = start + std::to_string(year) + ',' + names[measure] + cell_text(value);
      if (sweep.plan().contrast_base) row += ',';
      if (base != nullptr) row += cell_text(value - base->totals.at(measure).at(year_index(year)));
      take(row + '\n');
    }
  }
}

}  // namespace

MergedChoice merged_choice(const SweepPlan& plan) {
  MergedChoice choice;
  const std::vector<MeasureRow>& rows = measure_rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool wanted = plan.measures.empty() || std::find(plan.measures.begin(), plan.measures.end(),
                                                           std::string(rows[i].name)) != plan.measures.end();
    if (wanted) choice.measures.push_back(i);
  }
  choice.years = plan.years;
  for (int year = first_year; plan.years.empty() && year <= plan.to_year; ++year) choice.years.push_back(year);
  return choice;
}

double merged_bytes(const Sweep& sweep, const StoredRun& run) {
  double bytes = 0;
  for_each_row(sweep, sweep.run(0), run, nullptr, merged_choice(sweep.plan()), row_names(),
               [&](const std::string& row) { bytes += static_cast<double>(row.size()); });
  return bytes;
}

MergedRows write_merged(WholeFile& out, const Sweep& sweep, const std::vector<Sweep::KeyedRun>& runs,
                        const StoreIndex& store) {
  const MergedChoice choice = merged_choice(sweep.plan());
  std::string header = "scenario,point";
  for (const PlanAxis* axis : sweep.design().axes()) header += ',' + field_text(axis->path);
  const bool contrasts = sweep.plan().contrast_base.has_value();
  out.write(header + ",replicate,year,measure,unit,value" + (contrasts ? ",difference\n" : "\n"));
  const std::vector<std::string> names = row_names();
  MergedRows count;
  for (const Sweep::KeyedRun& one : runs) {
    ++count.runs;
    const std::optional<StoredRun> stored = read_run(store, one.key);
    if (!stored) {
      if (store.done(one.key))
        throw RunError("run " + std::to_string(one.index) + " can no longer be read from " +
                       store.writers[store.find(one.key)->writer].file);
      ++count.left_out;
      continue;
    }
    std::optional<StoredRun> base;
    if (contrasts && sweep.base_run(one.index) != one.index)
      base = read_run(store, runs[static_cast<std::size_t>(sweep.base_run(one.index))].key);
    for_each_row(sweep, sweep.run(one.index), *stored, base ? &*base : nullptr, choice, names, [&](const std::string& row) {
      out.write(row);
      ++count.rows;
    });
  }
  return count;
}

}  // namespace homeward
