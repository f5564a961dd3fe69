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
    const Figures figures = options.figures ? Figures::written : Figures::left_out;
    Batch batch;
    if (input.find("merged.csv") == nullptr) {
      ResultFolder target(folder, OtherContent::refused);
      add_report(batch, input, folder, figures);
      target.add(batch);
    } else {  // a sweep's folder has no marker: many processes use it at once
      add_report(batch, input, folder, figures);
      for (WholeFile& file : batch.files()) file.finish();
      for (WholeFile& file : batch.files()) file.commit();
      sync_folder(folder);
    }
    return batch.names();
  });
}

}  // namespace homeward::v1
