// A table that Homeward wrote, read back from its text: columns by name, cells as text or number.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace homeward {

class ResultTable {
 public:
  // Throws InputError where the text is not such a table: the folder may have been edited since.
  ResultTable(std::string_view text, std::string file);

  std::size_t rows() const { return header_.empty() ? 0 : cells() / header_.size() - 1; }
  const std::vector<std::string>& header() const { return header_; }
  bool has(std::string_view column) const;
  // Throws InputError where there is no such column.
  std::size_t column(std::string_view name) const;
  std::string_view text(std::size_t row, std::size_t column) const {
    return cell((row + 1) * header_.size() + column);
  }
  // NaN where the cell is empty. Throws InputError where it holds no number.
  double number(std::size_t row, std::size_t column) const;
  int integer(std::size_t row, std::size_t column) const;

 private:
  std::size_t cells() const { return ends_.size(); }
  std::string_view cell(std::size_t index) const {
    const std::size_t start = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(start, ends_[index] - start);
  }
  [[noreturn]] void refuse(std::size_t row, std::string problem) const;

  std::string file_, bytes_;
  std::vector<std::uint32_t> ends_;  // of each cell in bytes_, the header's first
  std::vector<std::string> header_;
};

}  // namespace homeward
