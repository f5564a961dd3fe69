#include "scenario/csv.h"

#include <algorithm>
#include <set>

#include "scenario/number.h"
#include "scenario/text_file.h"

namespace homeward {

CsvText::CsvText(std::string text, std::string file, Faults& faults) : text_(std::move(text)), file_(std::move(file)) {
  if (!check_characters(text_, TextKind::csv, file_, faults)) return;
  if (text_.find_first_not_of(" \t\n") == std::string::npos) {
    faults.add({{file_, 0, 0}, "", "the table is empty", "It needs a line of column names and its rows", ""});
    return;
  }
  std::vector<Cell> line;
  std::size_t at = 0;
  if (!read_line(at, line, faults)) return;
  std::set<std::string_view> names;
  bool unique = true;
  for (const Cell& cell : line) {
    header_.emplace_back(cell.text);
    header_offsets_.push_back(cell.offset);
    if (!names.insert(cell.text).second) {
      unique = false;
      fault(cell.offset, "column '" + shown(cell.text) + "' stands twice in the header", "", "Keep one of the two",
            faults);
    }
  }
  if (!unique) return;

  while (at < text_.size() && fault_count_ < most_faults) {
    const std::size_t start = at;
    line.clear();
    if (!read_line(at, line, faults)) continue;
    if (line.size() != header_.size()) {
      if (line.size() == 1 && line[0].text.empty()) {
        fault(start, "blank line", "Every line of a table is a row", "Remove it", faults);
      } else {
        fault(start, "ragged row: " + std::to_string(line.size()) + (line.size() == 1 ? " cell" : " cells"),
              "The header names " + std::to_string(header_.size()) + " columns",
              "Check for missing or extra commas, and quote cells that contain commas", faults);
      }
      continue;
    }
    if (cells_.size() + line.size() > most_cells) {
      fault(start, "more than " + std::to_string(most_cells) + " cells", "No table needs that many",
            "Check that it is the file you meant", faults);
      return;
    }
    rows_.push_back(cells_.size());
    cells_.insert(cells_.end(), line.begin(), line.end());
  }
  readable_ = fault_count_ < most_faults;
}

bool CsvText::read_line(std::size_t& at, std::vector<Cell>& line, Faults& faults) {
  bool fine = true;
  for (;;) {
    Cell cell{{}, at};
    if (at < text_.size() && text_[at] == '"') {
      fine = read_quoted(at, cell, faults) && fine;
    } else {
      const std::size_t end = std::min(text_.find_first_of(",\n", at), text_.size());
      cell.text = std::string_view(text_).substr(at, end - at);
      at = end;
      const std::size_t quote = cell.text.find('"');
      if (quote != std::string_view::npos) {
        fine = false;
        fault(cell.offset + quote, "a quote within a cell", "A cell with quotes must be quoted as a whole",
              "Write \"say \"\"so\"\"\" for say \"so\"", faults);
      }
    }
    if (line.size() == most_columns) {
      fault(cell.offset, "more than " + std::to_string(most_columns) + " columns", "No table needs that many",
            "Check that it is the file you meant", faults);
      at = std::min(text_.find('\n', at), text_.size() - 1) + 1;
      return false;
    }
    line.push_back(cell);
    if (at >= text_.size()) return fine;
    const char separator = text_[at++];
    if (separator == '\n') return fine;
  }
}

bool CsvText::read_quoted(std::size_t& at, Cell& cell, Faults& faults) {
  const std::size_t start = ++at;
  bool doubled = false;
  for (;;) {
    const std::size_t quote = text_.find('"', at);
    if (quote == std::string::npos) {
      fault(cell.offset, "the quote is never closed", "The rest of the table would become one cell", "Close the quote",
            faults);
      at = text_.size();
      return false;
    }
    at = quote + 1;
    if (at < text_.size() && text_[at] == '"') {
      doubled = true;
      ++at;
      continue;
    }
    cell.text = std::string_view(text_).substr(start, quote - start);
    break;
  }
  if (doubled) {
    std::string& plain = unquoted_.emplace_back();
    for (std::size_t i = 0; i < cell.text.size(); ++i) {
      plain += cell.text[i];
      if (cell.text[i] == '"') ++i;
    }
    cell.text = plain;
  }
  if (at < text_.size() && text_[at] != ',' && text_[at] != '\n') {
    fault(at, "text after a closing quote", "A quoted cell ends at its quote", "Double the quotes inside a cell",
          faults);
    at = std::min(text_.find_first_of(",\n", at), text_.size());
    return false;
  }
  return true;
}

Place CsvText::place(std::size_t row, std::size_t column) const { return place_at(cells_[rows_[row] + column].offset); }

Place CsvText::header_place(std::size_t column) const { return place_at(header_offsets_[column]); }

Place CsvText::place_at(std::size_t offset) const {
  if (line_starts_.empty()) {
    line_starts_.push_back(0);
    for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
      line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    }
  }
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::size_t start = *(next - 1);
  Place place = place_of(std::string_view(text_).substr(start, offset - start), offset - start, file_);
  place.line = static_cast<int>(next - line_starts_.begin());
  return place;
}

void CsvText::fault(std::size_t offset, std::string problem, std::string reason, std::string remedy, Faults& faults) {
  if (++fault_count_ > most_faults) return;
  faults.add({place_at(offset), "", std::move(problem), std::move(reason), std::move(remedy)});
}

}  // namespace homeward
