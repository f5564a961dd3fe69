#include "report/report_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/fault.h"
#include "report/report_page.h"

namespace homeward {
namespace {

namespace fs = std::filesystem;

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code error;
  std::string text(static_cast<std::size_t>(fs::file_size(path, error)), '\0');
  if (error || !in.read(text.data(), static_cast<std::streamsize>(text.size()))) {
    throw RunError("cannot read " + path);
  }
  return text;
}

}  // namespace

void add_report(Batch& batch, const std::string& manifest, const Presentation& shown, const ResultFolder& folder) {
  ReportInput input{read_record(manifest, "manifest.json"), {}, shown.land};
  for (std::size_t i = 0; i < batch.names().size(); ++i) {
    const std::string& name = batch.names()[i];
    const auto& wanted = report_tables();
    if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
    batch.files()[i].finish();
    input.tables.emplace(name, ResultTable(text_of(batch.files()[i].temporary()), name));
  }
  add_report(batch, input, folder, Figures::left_out);
}

ReportInput read_report_input(const std::string& folder, const Presentation& shown) {
  const auto path_of = [&](const std::string& name) { return (fs::path(folder) / name).string(); };
  const std::string manifest = path_of("manifest.json");
  std::error_code error;
  if (folder.find('\0') != std::string::npos || !fs::is_regular_file(manifest, error)) {
    throw InputError(Fault{{folder, 0, 0}, "", "holds no manifest.json, so it is no folder of results", "",
                           "Name the folder that `homeward run` wrote"});
  }
  ReportInput input{read_record(text_of(manifest), manifest), {}, shown.land};
  for (const std::string& name : report_tables()) {
    if (fs::is_regular_file(path_of(name), error)) {
      input.tables.emplace(name, ResultTable(text_of(path_of(name)), path_of(name)));
    }
  }
  return input;
}

void add_report(Batch& batch, const ReportInput& input, const ResultFolder& folder, Figures figures) {
  const std::vector<SectionFigure> drawn = report_figures(input);
  const auto add = [&](const std::string& name) -> WholeFile& { return batch.add(name, folder.file(name)); };
  add("report.html").write(report_page(input, drawn));
  if (figures == Figures::left_out) return;
  for (const SectionFigure& one : drawn) {
    add("figure-" + one.figure.id + ".svg").write(svg_file(one.figure));
    add("figure-" + one.figure.id + ".csv").write(csv_of(one.figure.data));
  }
}

}  // namespace homeward
