// write_report() of the promise over the report layer.
#include "homeward/report.h"

#include "api/bridge.h"
#include "homeward/scenario.h"
#include "report/report_files.h"

namespace homeward::v1 {

std::vector<std::string> write_report(const std::string& folder, const ReportOptions& options) {
  return translated([&] {
    const Presentation shown = load_presentation(options.tables.empty() ? default_tables_folder() : options.tables);
    const ReportInput input = read_report_input(folder, shown);
    ResultFolder target(folder, OtherContent::refused);
    Batch batch;
    add_report(batch, input, target, options.figures ? Figures::written : Figures::left_out);
    target.add(batch);
    return batch.names();
  });
}

}  // namespace homeward::v1
