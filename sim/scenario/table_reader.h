// One table of a folder: its columns checked against those declared, its cells read with unit, range and vocabulary.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "scenario/csv.h"
#include "scenario/tables.h"

namespace homeward {

class TableReader;

// A row under reading. After the first fault in it `bad()` holds and the row is to be skipped.
class TableRow {
 public:
  TableRow(TableReader& table, std::size_t index) : table_(table), index_(index) {}
  bool bad() const { return bad_; }

  std::string text(std::string_view column) const;
  std::string required_text(std::string_view column);
  double number(std::string_view column, double low, double high);
  int integer(std::string_view column, int low, int high);
  int year(std::string_view column);
  // The index of the cell among `words`; a fault with the nearest one where it is none of them.
  std::size_t word(std::string_view column, const std::vector<std::string>& words, std::string_view what);
  template <std::size_t size>
  std::size_t word(std::string_view column, const std::array<std::string_view, size>& words, std::string_view what) {
    return word(column, std::vector<std::string>(words.begin(), words.end()), what);
  }
  bool empty(std::string_view column) const { return text(column).empty(); }
  void fault(std::string_view column, std::string problem, std::string reason = "", std::string remedy = "");
  // A fault where an earlier row has the same key.
  void key(const std::vector<std::string_view>& columns);
  Place place(std::string_view column) const;

 private:
  TableReader& table_;
  std::size_t index_;
  bool bad_ = false;
};

class TableReader {
 public:
  // Opens FOLDER/SET/table.csv, which has `columns`, then may have `note`, then `basis` and `source`. Columns that
  // start with `prefix` (where given) are more values of the table. Notes the file in `files`.
  TableReader(const std::string& folder, const std::string& set, std::vector<std::string> columns,
              std::vector<TableFile>& files, Faults& faults, const std::string& prefix = "");
  // The same from a text; `file` is shown with faults.
  TableReader(std::string text, const std::string& file, std::vector<std::string> columns, Faults& faults,
              const std::string& prefix = "");

  // False also when so many faults were found that no more are told.
  bool readable() const { return readable_ && fault_count_ <= CsvText::most_faults; }
  std::size_t row_count() const { return readable() ? csv_->row_count() : 0; }
  TableRow row(std::size_t index) { return TableRow(*this, index); }
  // Columns that start with the prefix, in the order of the file.
  const std::vector<std::string>& prefixed() const { return prefixed_; }
  // A fault of the table as a whole.
  void fault(std::string problem, std::string reason = "", std::string remedy = "");
  void fault_at(const Place& place, std::string path, std::string problem, std::string reason, std::string remedy);

 private:
  friend class TableRow;
  void read(std::string text, std::vector<std::string> columns, const std::string& prefix);
  void check_columns(std::vector<std::string> columns, const std::string& prefix);
  void check_provenance();
  std::size_t column(std::string_view name) const;

  std::string file_;
  Faults& faults_;
  std::size_t fault_count_ = 0;
  std::optional<CsvText> csv_;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::vector<std::string> prefixed_;
  std::map<std::string, std::size_t> keys_;  // key of a row -> its index
  bool readable_ = false;
};

}  // namespace homeward
