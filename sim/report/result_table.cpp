#include "report/result_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/fault.h"

namespace homeward {

ResultTable::ResultTable(std::string_view text, std::string file) : file_(std::move(file)) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) refuse(0, "is too long to read back");
  bytes_.reserve(text.size());
  std::size_t line = 1, in_line = 0;
  const auto end_cell = [&] {
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    ++in_line;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      for (++at;; ++at) {
        if (at >= text.size()) refuse(line, "a quote is not closed");
        if (text[at] == '"' && (at + 1 >= text.size() || text[at + 1] != '"')) break;
        if (text[at] == '"') ++at;
        bytes_ += text[at];
      }
      ++at;
    } else {
      const std::size_t end = std::min(text.find_first_of(",\n", at), text.size());
      bytes_ += text.substr(at, end - at);
      at = end;
    }
    const char separator = at < text.size() ? text[at] : '\n';
    if (separator != ',' && separator != '\n') refuse(line, "text follows a closed quote");
    end_cell();
    if (separator == '\n') {
      if (header_.empty()) {
        for (std::size_t i = 0; i < in_line; ++i) header_.emplace_back(cell(i));
      }
      if (in_line != header_.size()) {
        refuse(line, "has " + std::to_string(in_line) + " cells, the header " + std::to_string(header_.size()));
      }
      in_line = 0;
      ++line;
    } else if (at + 1 == text.size()) {
      refuse(line, "ends in the middle of a line");
    }
    ++at;
  }
  if (header_.empty()) refuse(1, "is empty");
}

bool ResultTable::has(std::string_view column) const {
  return std::find(header_.begin(), header_.end(), column) != header_.end();
}

std::size_t ResultTable::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found == header_.end()) refuse(1, "has no column '" + std::string(name) + "'");
  return static_cast<std::size_t>(found - header_.begin());
}

double ResultTable::number(std::size_t row, std::size_t column) const {
  const std::string_view cell = text(row, column);
  if (cell.empty()) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  // Of the size of a number that a run can write: nothing else has a place in a figure.
  constexpr double largest = 1e18;
  if (error != std::errc() || end != cell.data() + cell.size() || !(std::fabs(value) <= largest)) {
    refuse(row + 2, "'" + std::string(cell.substr(0, 60)) + "' in column '" + header_[column] + "' is no number");
  }
  return value;
}

int ResultTable::integer(std::size_t row, std::size_t column) const {
  const std::string_view cell = text(row, column);
  int value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) {
    refuse(row + 2, "'" + std::string(cell.substr(0, 60)) + "' in column '" + header_[column] + "' is no whole number");
  }
  return value;
}

void ResultTable::refuse(std::size_t line, std::string problem) const {
  throw InputError(Fault{{file_, static_cast<int>(line), line == 0 ? 0 : 1}, "", std::move(problem), "",
                         "Run the command that wrote it again"});
}

}  // namespace homeward
