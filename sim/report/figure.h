// A figure: a drawing, the words that say the same, and the numbers behind it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/markup.h"

namespace homeward {

// Numbers as in a CSV file; an empty cell is not defined.
struct FigureData {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

struct Figure {
  std::string id;           // of the page, and the name of its files
  std::string title;        // what it shows, with the unit
  std::string caption;      // what to know to read it
  std::string description;  // the same in words, for those who do not see it
  Markup drawing;           // the content of an svg element of width x height
  double width = 0, height = 0;
  bool wide = false;        // the full width of a page
  FigureData data;
  std::vector<std::vector<std::string>> table;  // for people: header, then rows; empty: `data` itself
  std::size_t rows_shown = 0;                   // of the table, without opening it
  std::string exploration;                      // what the page's script needs of it, or empty
};

// The svg element of a figure, with its title and description.
Markup svg_of(const Figure& figure);

// A file of its own, at journal size, with the light palette and generic fonts.
std::string svg_file(const Figure& figure);
std::string csv_of(const FigureData& data);

// A linear scale from 0 or below to at least `high`, with round steps.
struct Axis {
  Axis(double low, double high, int steps);
  double low, high, step;
  // The place of a value on a stretch from `start` (low) to `end` (high).
  double place(double value, double start, double end) const {
    return start + (value - low) / (high - low) * (end - start);
  }
};

// How wide a text is, about, in the font of the figures at 12.
double text_width(std::string_view text);

}  // namespace homeward
