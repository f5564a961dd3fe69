// Any bytes as a table: never a crash, and every row that is accepted has a cell for each column.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/categories.h"
#include "scenario/table_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace homeward;
  const std::string text(reinterpret_cast<const char*>(data), size);
  Faults faults;
  TableReader table(text, "fuzz", {"group", "class", "year", "persons"}, faults, "mx_");
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    row.key({"group", "class"});
    row.required_text("group");
    row.word("class", migrant_class_names, "class");
    const int year = row.year("year");
    const double persons = row.number("persons", 0, 1e9);
    if (year < first_year || year > last_year || !(persons >= 0 && persons <= 1e9)) std::abort();
    for (const std::string& column : table.prefixed()) row.number(column, 1e-9, 10);
  }
  const CsvText csv(text, "fuzz", faults);
  for (std::size_t i = 0; i < csv.row_count(); ++i) {
    for (std::size_t column = 0; column < csv.header().size(); ++column) {
      if (csv.cell(i, column).size() > size || csv.place(i, column).line < 2) std::abort();
    }
  }
  for (const Fault& fault : faults.in_order()) to_text(fault);
  return 0;
}
