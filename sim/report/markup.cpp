#include "report/markup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace homeward {
namespace {

std::string digits_of(double value, int decimals) {
  std::array<char, 400> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals).ptr;
  return std::string(digits.data(), end);
}

std::string fixed_text(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  if (std::abs(value) * scale < 1e15) value = std::round(value * scale) / scale;  // halves go up, as on the terminal
  std::string text = digits_of(value, decimals);
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

struct Unit {
  double size;
  const char* name;
};

Unit unit_of(double value) {
  const double size = std::abs(value);
  return size >= 1e9 ? Unit{1e9, " billion"} : size >= 1e8 ? Unit{1e6, " million"} : Unit{1, ""};
}

// Of a number alone, in its unit.
int decimals_of(double value, const Unit& unit) {
  const double size = std::abs(value);
  if (unit.size > 1) return unit.size >= 1e9 && size < 100 ? 1 : 0;
  return size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 || size == 0 ? 2 : 4;
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
  const Unit unit = unit_of(value);
  return with_commas(fixed_text(value / unit.size, decimals_of(value / unit.size, unit))) + unit.name;
}

IntervalWords interval_words(double mean, const std::optional<double>& low, const std::optional<double>& high, Sign sign) {
  const auto with_sign = [&](std::string digits) {
    const bool zero = digits.find_first_of("123456789") == std::string::npos;
    if (zero && digits.front() == '-') digits.erase(0, 1);
    const bool plus = sign == Sign::always && !zero && digits.front() != '-';
    return (plus ? "+" : "") + with_commas(std::move(digits));
  };
  const bool bounded = low && high && std::isfinite(*low) && std::isfinite(*high);
  if (!std::isfinite(mean)) return {"not defined", ""};
  const Unit unit = unit_of(mean);
  int decimals = decimals_of(mean / unit.size, unit);
  if (!bounded) return {with_sign(fixed_text(mean / unit.size, decimals)) + unit.name, ""};
  if (*high > *low) {  // two digits of the half width
    decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10((*high - *low) / 2 / unit.size))), 0, 6);
  }
  std::array<std::string, 3> texts;
  const std::array values{mean, *low, *high};
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = digits_of(values[i] / unit.size, decimals);
  const auto all_end_in = [&](char c) {
    return std::all_of(texts.begin(), texts.end(), [&](const std::string& text) { return text.back() == c; });
  };
  while (decimals > 0 && (all_end_in('0') || all_end_in('.'))) {
    const bool done = all_end_in('.');
    for (std::string& text : texts) text.pop_back();
    if (done) break;
  }
  return {with_sign(texts[0]) + unit.name, with_sign(texts[1]) + " to " + with_sign(texts[2]) + unit.name};
}

std::string interval_for_people(double mean, const std::optional<double>& low, const std::optional<double>& high) {
  const IntervalWords words = interval_words(mean, low, high);
  return words.bounds.empty() ? words.mean : words.mean + " (" + words.bounds + ")";
}

}  // namespace homeward
