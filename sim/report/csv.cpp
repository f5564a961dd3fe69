// std::to_chars gives the same digits on every machine; nothing here knows a locale.
#include "report/csv.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace homeward {

std::string cell_text(double value) {
  if (!std::isfinite(value)) return "";
  if (value == 0) return "0";  // never -0
  std::array<char, 800> digits;
  constexpr double exact_below = 9007199254740992;  // 2^53: the same digits, found faster
  if (std::abs(value) < exact_below && value == std::trunc(value)) {
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::int64_t>(value)).ptr;
    return std::string(digits.data(), end);
  }
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed).ptr;
  return std::string(digits.data(), end);
}

std::string cell_text(const std::optional<double>& value) { return value ? cell_text(*value) : ""; }

std::string field_text(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace homeward
