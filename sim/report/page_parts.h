// The pieces of a page that every section uses: tables, figures with their numbers, headings.
#pragma once
#include <string>
#include <vector>

#include "report/figure.h"
#include "report/markup.h"
#include "report/run_figures.h"

namespace homeward {

// A table that scrolls when it is larger than its place; its first column names the rows. Cells that begin with a digit
// or a sign stand to the right.
void put_table(Markup& page, const std::string& caption, const std::vector<std::vector<std::string>>& rows);
// Behind a line that opens it.
void put_folded_table(Markup& page, const std::string& summary, const std::string& caption,
                      const std::vector<std::vector<std::string>>& rows);
void put_figure(Markup& page, const Figure& figure);
// All figures of a section, in a grid; nothing where there is none.
void put_figures(Markup& page, const std::vector<SectionFigure>& figures, SectionFigure::Section section);
// A place for what a reader chooses, of which `id` names the numbers; empty without scripts.
void put_explorer(Markup& page, const std::string& id, const std::string& name);
bool has_figures(const std::vector<SectionFigure>& figures, SectionFigure::Section section);
// <section id><h2>.
void open_section(Markup& page, const char* id, const std::string& title);
void close_section(Markup& page);
// "one person in 20 simulated".
std::string scale_words(double scale);

}  // namespace homeward
