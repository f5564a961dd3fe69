// Formatting without locales.
#include "text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace homeward::cli {
namespace {

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return count;
}

// Bytes of the character at `at` where it is no letter but turns, hides or ends text: C1 controls, marks and overrides of
// direction, zero-width characters, separators of lines. 0 for all others.
std::size_t hidden_character(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at), second = byte(at + 1), third = byte(at + 2);
  if (first == 0xc2 && second >= 0x80 && second <= 0x9f) return 2;  // U+0080..9F
  if (first == 0xd8 && second == 0x9c) return 2;                    // U+061C
  if (first == 0xe2 && second == 0x80 && ((third >= 0x8b && third <= 0x8f) || (third >= 0xa8 && third <= 0xae))) return 3;
  if (first == 0xe2 && second == 0x81 && third >= 0xa0 && third <= 0xaf) return 3;  // U+2060..6F
  return first == 0xef && second == 0xbb && third == 0xbf ? 3 : 0;                  // U+FEFF
}

}  // namespace

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = columns(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string grouped(double value) {
  if (!std::isfinite(value)) return "not defined";
  if (std::abs(value) >= 1e18) return plain(value);
  const auto whole = static_cast<long long>(std::llround(value));
  std::string digits = std::to_string(whole < 0 ? -whole : whole);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return whole < 0 ? '-' + digits : digits;
}

std::string plain(double value) {
  std::array<char, 64> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return std::string(digits.data(), end);
}

std::string brief(double value) {
  if (!std::isfinite(value) || std::abs(value) >= 1000) return grouped(value);
  if (value != 0 && std::abs(value) >= 1e-6) {
    // Halves go up, away from 0, as in grouped() and in the report.
    const double scale = std::pow(10.0, 2 - std::floor(std::log10(std::abs(value))));
    value = std::round(value * scale) / scale;
    if (std::abs(value) >= 1000) return grouped(value);
  }
  std::array<char, 64> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general, 3).ptr;
  return std::string(digits.data(), end);
}

std::string shell_quoted(std::string_view word) {
  constexpr std::string_view harmless =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
  if (!word.empty() && word.find_first_not_of(harmless) == std::string_view::npos) return std::string(word);
  std::string result = "'";
  for (const char c : word) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      result += c;
    }
  }
  return result + '\'';
}

std::string printable(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string result;
  std::size_t hidden = 0;  // bytes of such a character that are still to come
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (hidden == 0) hidden = hidden_character(text, at);
    if (hidden > 0 || byte < 0x20 || byte == 0x7f) {
      result += "\\x";
      result += hex[byte >> 4];
      result += hex[byte & 15];
      if (hidden > 0) --hidden;
    } else {
      result += text[at];
    }
  }
  return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    text = blank == std::string_view::npos ? "" : text.substr(blank + 1);
    if (!lines.back().empty() && columns(lines.back()) + 1 + columns(word) > width) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

std::string scale_text(double scale) {
  const double inverse = 1 / scale;
  if (std::abs(inverse - std::round(inverse)) < 1e-9 * inverse) return "1:" + grouped(inverse);
  return plain(scale);
}

std::string seconds_text(double seconds) {
  if (seconds < 9.95) return brief(std::round(seconds * 10) / 10) + " s";
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 120) return std::to_string(whole) + " s";
  if (whole < 7200) return std::to_string(whole / 60) + " min";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

}  // namespace homeward::cli
