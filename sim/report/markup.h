// HTML and SVG as text in which nothing a user wrote can be taken for a tag; numbers as people read them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace homeward {

// With & < > " ' as entities; control characters, which HTML forbids, become spaces.
std::string escaped(std::string_view text);

// An element at a time. Attributes and texts are escaped; names of tags and attributes are the program's own.
class Markup {
 public:
  using Attributes = std::vector<std::pair<const char*, std::string>>;

  Markup& open(const char* tag, const Attributes& attributes = {});
  Markup& close(const char* tag);
  Markup& text(std::string_view text);
  // <tag>text</tag>; an empty text gives <tag></tag>.
  Markup& element(const char* tag, std::string_view text, const Attributes& attributes = {});
  // <tag/> of SVG.
  Markup& leaf(const char* tag, const Attributes& attributes);
  // Markup made elsewhere by this class.
  Markup& append(const Markup& other);
  // The program's own style sheet or script: neither escaped nor to hold a closing tag.
  Markup& raw(std::string_view own);
  Markup& line();
  const std::string& result() const { return text_; }

 private:
  std::string text_;
};

// A coordinate of a drawing: one decimal at most.
std::string coordinate(double value);

// 1234567 -> "1,234,567"; 12.34 -> "12.3"; 0.456 -> "0.46"; 15.2e9 -> "15.2 billion". "not defined" for NaN.
std::string number_for_people(double value);

// A number and its bounds, with digits enough to tell them apart: "26.78 billion", "26.68 to 26.89 billion". No bounds:
// an empty text.
struct IntervalWords {
  std::string mean, bounds;
};
enum class Sign { minus_only, always };  // always: "+120", "+100 to +140"
IntervalWords interval_words(double mean, const std::optional<double>& low, const std::optional<double>& high,
                             Sign sign = Sign::minus_only);

// "54,935 (52,940 to 56,930)", without bounds where there are none.
std::string interval_for_people(double mean, const std::optional<double>& low, const std::optional<double>& high);

}  // namespace homeward
