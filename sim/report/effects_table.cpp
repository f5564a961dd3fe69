#include "report/effects_table.h"

#include "analysis/sweep_effects.h"
#include "observation/measures.h"
#include "report/csv.h"
#include "report/merged_table.h"

namespace homeward {

std::uint64_t write_effects(WholeFile& out, const Sweep& sweep, const std::vector<Sweep::KeyedRun>& runs,
                            const StoreIndex& store) {
  out.write("alt,year,measure,unit,span,mean,sd,p05,p25,p50,p75,p95,positive,chance_sd,points\n");
  const MergedChoice choice = merged_choice(sweep.plan());
  std::uint64_t rows = 0;
  for_each_effect(sweep, runs, store, choice.measures, choice.years, [&](const EffectSpread& effect) {
    const MeasureRow& row = measure_rows()[effect.measure];
    const bool summed = effect.span == EffectSpread::Span::by;
    std::string unit(row.unit);
    constexpr std::string_view yearly = " a year";
    if (summed && unit.ends_with(yearly)) unit.resize(unit.size() - yearly.size());
    std::string line = field_text(sweep.plan().scenarios[effect.alt].label) + ',' + std::to_string(effect.year) + ',' +
                       field_text(row.name) + ',' + field_text(unit) + ',' + (summed ? "by" : "in") + ',' +
                       cell_text(effect.mean) + ',' + cell_text(effect.sd);
    for (const double value : effect.quantiles) line += ',' + cell_text(value);
    line += ',' + cell_text(effect.positive) + ',' + cell_text(effect.chance_sd) + ',' + std::to_string(effect.points);
    out.write(line + '\n');
    ++rows;
  });
  return rows;
}

}  // namespace homeward
