// From the files of a folder to a report and back into files: when a run writes them, and when they are read again.
#pragma once
#include <string>

#include "report/output_folder.h"
#include "report/report_input.h"
#include "scenario/presentation.h"

namespace homeward {

// Finishes the files of a batch and adds report.html, made of what they hold, as it would be made from the folder.
// `manifest`: its text, times or not. Throws RunError.
void add_report(Batch& batch, const std::string& manifest, const Presentation& shown, const std::string& folder);

// Finishes the files of a batch and adds datapackage.json, which describes every CSV among them.
void add_data_package(Batch& batch, const std::string& name, const std::string& title, const std::string& folder);

// What a folder of results, or of a merged sweep, holds. Throws InputError where it is none, or a table was changed.
ReportInput read_report_input(const std::string& folder, const Presentation& shown);

enum class Figures { left_out, written };
// report.html, and with Figures::written figure-NAME.svg and figure-NAME.csv of every figure.
void add_report(Batch& batch, const ReportInput& input, const std::string& folder, Figures figures);

}  // namespace homeward
