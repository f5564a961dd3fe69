#include "report/markup.h"

#include <array>
#include <charconv>
#include <cmath>

namespace homeward {
namespace {

std::string fixed_text(double value, int decimals) {
  std::array<char, 400> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals).ptr;
  std::string text(digits.data(), end);
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string with_commas(std::string text) {
  const std::size_t digits_from = text.front() == '-' ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > digits_from + 3;) text.insert(at -= 3, 1, ',');
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      default: result += (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f ? ' ' : c;
    }
  }
  return result;
}

Markup& Markup::open(const char* tag, const Attributes& attributes) {
  text_ += '<';
  text_ += tag;
  for (const auto& [name, value] : attributes) {
    text_ += ' ';
    text_ += name;
    text_ += "=\"" + escaped(value) + '"';
  }
  text_ += '>';
  return *this;
}

Markup& Markup::close(const char* tag) {
  text_ += "</";
  text_ += tag;
  text_ += '>';
  return *this;
}

Markup& Markup::text(std::string_view text) {
  text_ += escaped(text);
  return *this;
}

Markup& Markup::element(const char* tag, std::string_view text, const Attributes& attributes) {
  return open(tag, attributes).text(text).close(tag);
}

Markup& Markup::leaf(const char* tag, const Attributes& attributes) {
  open(tag, attributes);
  text_.insert(text_.size() - 1, 1, '/');
  return *this;
}

Markup& Markup::append(const Markup& other) {
  text_ += other.text_;
  return *this;
}

Markup& Markup::raw(std::string_view own) {
  text_ += own;
  return *this;
}

Markup& Markup::line() {
  text_ += '\n';
  return *this;
}

std::string coordinate(double value) { return fixed_text(value, 1); }

std::string number_for_people(double value) {
  if (!std::isfinite(value)) return "not defined";
  const double size = std::abs(value);
  if (size >= 1e9) return with_commas(fixed_text(value / 1e9, size >= 1e11 ? 0 : 1)) + " billion";
  if (size >= 1e8) return with_commas(fixed_text(value / 1e6, 0)) + " million";
  return with_commas(fixed_text(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 || size == 0 ? 2 : 4));
}

std::string interval_for_people(double mean, const std::optional<double>& low, const std::optional<double>& high) {
  std::string text = number_for_people(mean);
  if (low && high) text += " (" + number_for_people(*low) + " to " + number_for_people(*high) + ")";
  return text;
}

}  // namespace homeward
