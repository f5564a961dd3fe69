// How a report looks: colours that colour-blind readers tell apart, in light and dark, on paper and on a phone.
#pragma once
#include <string>

namespace homeward {

// The style sheet of a page.
std::string page_style();
// That of a figure in a file of its own: the light colours, written out, and generic fonts.
std::string figure_style();

}  // namespace homeward
