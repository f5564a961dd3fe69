#include "report/report_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/fault.h"
#include "report/data_package.h"
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

void add_report(Batch& batch, const std::string& manifest, const Presentation& shown, const std::string& folder) {
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

void add_data_package(Batch& batch, const std::string& name, const std::string& title, const std::string& folder) {
  std::vector<PackagedTable> tables;
  for (std::size_t i = 0; i < batch.names().size(); ++i) {
    if (!batch.names()[i].ends_with(".csv")) continue;
    batch.files()[i].finish();
    std::ifstream in(batch.files()[i].temporary(), std::ios::binary);
    std::string header;
    if (!std::getline(in, header)) throw RunError("cannot read " + batch.files()[i].temporary());
    tables.push_back({batch.names()[i], header});
  }
  WholeFile& package = batch.add("datapackage.json", (fs::path(folder) / "datapackage.json").string());
  package.write(data_package_json(name, title, tables));
}

ReportInput read_report_input(const std::string& folder, const Presentation& shown) {
  const auto path_of = [&](const std::string& name) { return (fs::path(folder) / name).string(); };
  const std::string manifest = path_of("manifest.json"), note = path_of("sweep.json");
  std::error_code error;
  if (!fs::exists(manifest, error) && fs::is_regular_file(note, error)) {
    const std::string merged = path_of("merged.csv");
    if (!fs::is_regular_file(merged, error)) {
      throw InputError(Fault{{folder, 0, 0}, "", "is a sweep without merged.csv", "",
                             "Run `homeward sweep merge` on it first"});
    }
    ReportInput input{read_sweep_record(text_of(note), note), {}, {}};
    input.tables.emplace("merged.csv", ResultTable(text_of(merged), merged));
    const std::string effects = path_of("effects.csv");
    if (fs::is_regular_file(effects, error)) input.tables.emplace("effects.csv", ResultTable(text_of(effects), effects));
    return input;
  }
  if (folder.find('\0') != std::string::npos || !fs::is_regular_file(manifest, error)) {
    throw InputError(Fault{{folder, 0, 0}, "", "holds no manifest.json, so it is no folder of results", "",
                           "Name the folder that `homeward run` wrote"});
  }
  ReportInput input{read_record(text_of(manifest), manifest), {}, shown.land};
  for (const std::string& name : report_tables()) {
    if (fs::is_regular_file(path_of(name), error)) {
      input.tables.emplace(name, ResultTable(text_of(path_of(name)), path_of(name)));
    } else if (std::find(input.record.files.begin(), input.record.files.end(), name) != input.record.files.end()) {
      throw InputError(Fault{{path_of(name), 0, 0}, "", "is no file, though manifest.json names it", "",
                             "The folder was changed since; run the scenario again"});
    }
  }
  return input;
}

void add_report(Batch& batch, const ReportInput& input, const std::string& folder, Figures figures) {
  const std::vector<SectionFigure> drawn = report_figures(input);
  const auto add = [&](const std::string& name) -> WholeFile& {
    return batch.add(name, (fs::path(folder) / name).string());
  };
  add("report.html").write(report_page(input, drawn));
  if (figures == Figures::left_out) return;
  for (const SectionFigure& one : drawn) {
    add("figure-" + one.figure.id + ".svg").write(svg_file(one.figure));
    add("figure-" + one.figure.id + ".csv").write(csv_of(one.figure.data));
  }
}

}  // namespace homeward
