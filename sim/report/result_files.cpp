#include "report/result_files.h"

namespace homeward {
namespace {

using Use = ResultFile::Use;
using Of = ResultFile::Of;

constexpr ResultFile files[] = {
    {"summary.csv", Use::drawn, Of::folder, "Every measure by year, with intervals over replicates."},
    {"flows.csv", Use::drawn, Of::folder,
     "Cells of the cubes that the scenario asks for; `all` where a dimension is summed over, `other` for "
     "pooled cells of fewer than 10 synthetic persons. All cubes share the file: choose one before adding "
     "up."},
    {"pipeline.csv", Use::drawn, Of::folder, "The stages of the procedures of return by year."},
    {"assumptions.csv", Use::drawn, Of::folder, "Parameters and levers that the run stood on."},
    {"hosts.csv", Use::drawn, Of::folder, "Countries of residence, and the home country."},
    {"priors.csv", Use::kept, Of::folder, "Parameters drawn for each replicate."},
    {"contrast.csv", Use::drawn, Of::folder, "Paired differences between alternatives and base."},
    {"ledger.csv", Use::drawn, Of::folder,
     "Returns in both worlds, person by person paired, by what became of them."},
    {"attribution.csv", Use::drawn, Of::folder, "How much of a difference is due to which lever."},
    {"interactions.csv", Use::drawn, Of::folder, "What pairs of levers do together."},
    {"cost.csv", Use::drawn, Of::folder, "Claimants, deadweight and cost of each lever."},
    {"fiscal.csv", Use::kept, Of::folder,
     "What each alternative costs the public purse, gross and net of income tax."},
    {"cumulative.csv", Use::kept, Of::folder,
     "Paired differences of flows, summed from the first year that differs to each later year."},
    {"frontier.csv", Use::drawn, Of::folder, "What each alternative costs and keeps, and which are dominated."},
    {"horizon.csv", Use::drawn, Of::folder, "Which of those that looked additional were only early."},
    {"spend.csv", Use::kept, Of::folder, "Spending by lever and year."},
    {"merged.csv", Use::drawn, Of::sweep, "The runs of a sweep in one table."},
    {"effects.csv", Use::drawn, Of::sweep, "Paired differences to the base of a sweep, spread over its design."},
    {"results.nc", Use::kept, Of::folder, ""},
    {"report.html", Use::kept, Of::folder, ""},
    {"datapackage.json", Use::kept, Of::folder, ""},
    {"manifest.json", Use::kept, Of::folder, ""},
};

}  // namespace

std::span<const ResultFile> result_files() { return files; }

}  // namespace homeward
