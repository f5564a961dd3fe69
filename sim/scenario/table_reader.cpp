#include "scenario/table_reader.h"

#include <algorithm>
#include <stdexcept>

#include "base/declaration.h"
#include "base/years.h"
#include "scenario/number.h"
#include "scenario/sha256.h"
#include "scenario/text_file.h"

namespace homeward {

std::string TableRow::text(std::string_view column) const {
  return std::string(table_.csv_->cell(index_, table_.column(column)));
}

std::string TableRow::required_text(std::string_view column) {
  std::string value = text(column);
  if (value.empty()) fault(column, "the cell is empty", "", "Fill it in");
  return value;
}

double TableRow::number(std::string_view column, double low, double high) {
  const std::string_view cell = table_.csv_->cell(index_, table_.column(column));
  const NumberReading reading = read_number(cell);
  if (!reading.value) {
    fault(column, "'" + shown(cell) + "' is not a number", reading.reason, reading.remedy);
    return 0;
  }
  if (*reading.value < low || *reading.value > high) {
    fault(column, number_text(*reading.value) + " is out of range",
          "Allowed is " + number_text(low) + " to " + number_text(high));
    return 0;
  }
  return *reading.value;
}

int TableRow::integer(std::string_view column, int low, int high) {
  const double value = number(column, low, high);
  const int whole = static_cast<int>(value);
  if (value != whole) {
    fault(column, number_text(value) + " is not a whole number", "", "Write a whole number");
    return low;
  }
  return whole;
}

int TableRow::year(std::string_view column) {
  const int value = integer(column, first_year, last_year);
  return bad_ ? first_year : value;
}

std::size_t TableRow::word(std::string_view column, const std::vector<std::string>& words, std::string_view what) {
  const std::string_view cell = table_.csv_->cell(index_, table_.column(column));
  const auto found = std::find(words.begin(), words.end(), cell);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  fault(column, "unknown " + std::string(what) + " '" + shown(cell) + "'", "", did_you_mean(cell, words));
  return 0;
}

void TableRow::fault(std::string_view column, std::string problem, std::string reason, std::string remedy) {
  bad_ = true;
  table_.fault_at(place(column), std::string(column), std::move(problem), std::move(reason), std::move(remedy));
}

void TableRow::key(const std::vector<std::string_view>& columns) {
  std::string joined;
  for (const std::string_view column : columns) {
    joined += table_.csv_->cell(index_, table_.column(column));
    joined += '\n';
  }
  const auto [earlier, first] = table_.keys_.emplace(joined, index_);
  if (first) return;
  const Place before = table_.csv_->place(earlier->second, table_.column(columns.front()));
  fault(columns.front(), "this row repeats the key of line " + std::to_string(before.line), "", "Keep one of the two");
}

Place TableRow::place(std::string_view column) const { return table_.csv_->place(index_, table_.column(column)); }

TableReader::TableReader(const std::string& folder, const std::string& set, std::vector<std::string> columns,
                         std::vector<TableFile>& files, Faults& faults, const std::string& prefix)
    : file_(path_beside(folder + "/", set + "/table.csv")), faults_(faults) {
  std::optional<std::string> text = read_text_file(file_, TextKind::csv, {}, faults);
  if (!text) return;
  files.push_back({file_, sha256(*text)});
  read(std::move(*text), std::move(columns), prefix);
}

TableReader::TableReader(std::string text, const std::string& file, std::vector<std::string> columns, Faults& faults,
                         const std::string& prefix)
    : file_(file), faults_(faults) {
  read(std::move(text), std::move(columns), prefix);
}

void TableReader::read(std::string text, std::vector<std::string> columns, const std::string& prefix) {
  csv_.emplace(std::move(text), file_, faults_);
  if (!csv_->readable()) return;
  check_columns(std::move(columns), prefix);
  if (!readable_) return;
  if (csv_->row_count() == 0) fault("the table has no rows", "", "Fill it in");
  check_provenance();
}

void TableReader::check_columns(std::vector<std::string> columns, const std::string& prefix) {
  columns.insert(columns.end(), {"basis", "source"});
  std::vector<std::string> known = columns;
  known.push_back("note");
  readable_ = true;
  for (std::size_t i = 0; i < csv_->header().size(); ++i) {
    const std::string& name = csv_->header()[i];
    columns_.emplace(name, i);
    if (!prefix.empty() && name.rfind(prefix, 0) == 0) {
      prefixed_.push_back(name);
    } else if (std::find(known.begin(), known.end(), name) == known.end()) {
      readable_ = false;
      std::string remedy = did_you_mean(name, known);
      if (remedy.empty()) remedy = "Remove it";
      fault_at(csv_->header_place(i), shown(name), "unknown column", "", remedy);
    }
  }
  for (const std::string& name : columns) {
    if (columns_.count(name) != 0) continue;
    readable_ = false;
    std::string all;
    for (const std::string& one : columns) all += (all.empty() ? "" : ", ") + one;
    fault_at({file_, 1, 1}, name, "missing column", "The table needs " + all, "");
  }
}

void TableReader::check_provenance() {
  const std::size_t basis_column = column("basis");
  const std::size_t source_column = column("source");
  const std::vector<std::string> words(std::begin(basis_names), std::end(basis_names));
  for (std::size_t i = 0; i < row_count(); ++i) {
    const std::string_view basis = csv_->cell(i, basis_column);
    if (std::find(words.begin(), words.end(), basis) == words.end()) row(i).word("basis", words, "basis");
    if (csv_->cell(i, source_column).empty()) {
      row(i).fault("source", "no source", "Every number says where it comes from",
                   "Name the source, or what it assumes");
    }
  }
}

std::size_t TableReader::column(std::string_view name) const {
  const auto found = columns_.find(name);
  if (found == columns_.end()) throw std::logic_error("column not declared: " + std::string(name));
  return found->second;
}

void TableReader::fault(std::string problem, std::string reason, std::string remedy) {
  fault_at({file_, 0, 0}, "", std::move(problem), std::move(reason), std::move(remedy));
}

void TableReader::fault_at(const Place& place, std::string path, std::string problem, std::string reason,
                           std::string remedy) {
  if (++fault_count_ > CsvText::most_faults) return;
  faults_.add({place, std::move(path), std::move(problem), std::move(reason), std::move(remedy)});
}

}  // namespace homeward
