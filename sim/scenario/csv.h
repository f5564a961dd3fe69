// A CSV text (RFC 4180: commas, quotes, one header line) as cells that know their place.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"

namespace homeward {

class CsvText {
 public:
  // Reads a text; its faults (ragged rows, open quotes, bytes that are no text) go to `faults`, at most most_faults.
  CsvText(std::string text, std::string file, Faults& faults);
  CsvText(const CsvText&) = delete;
  CsvText& operator=(const CsvText&) = delete;

  // The header was read; rows that do not fit it are left out. False where most_faults were found.
  bool readable() const { return readable_; }
  std::size_t row_count() const { return rows_.size(); }
  const std::vector<std::string>& header() const { return header_; }
  std::string_view cell(std::size_t row, std::size_t column) const { return cells_[rows_[row] + column].text; }
  Place place(std::size_t row, std::size_t column) const;
  Place header_place(std::size_t column) const;
  const std::string& file() const { return file_; }

  static constexpr std::size_t most_faults = 250;
  static constexpr std::size_t most_columns = 1000;
  static constexpr std::size_t most_cells = 2000000;

 private:
  struct Cell {
    std::string_view text;
    std::size_t offset = 0;
  };
  // The cells of the line at `at`, which moves behind it. False where the line is at fault.
  bool read_line(std::size_t& at, std::vector<Cell>& line, Faults& faults);
  bool read_quoted(std::size_t& at, Cell& cell, Faults& faults);
  void fault(std::size_t offset, std::string problem, std::string reason, std::string remedy, Faults& faults);
  Place place_at(std::size_t offset) const;

  std::string text_, file_;
  mutable std::vector<std::uint32_t> line_starts_;  // built when the first place is asked for
  std::deque<std::string> unquoted_;                // cells that held doubled quotes
  std::vector<std::string> header_;
  std::vector<std::size_t> header_offsets_;
  std::vector<Cell> cells_;
  std::vector<std::size_t> rows_;  // first cell of each row
  std::size_t fault_count_ = 0;
  bool readable_ = false;
};

}  // namespace homeward
