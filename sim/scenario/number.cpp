#include "scenario/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace homeward {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// The same share as a fraction where the text before the sign is a number: 50 % is 0.5.
std::string percent_remedy(std::string_view text) {
  std::string_view digits = text.substr(0, text.size() - 1);
  while (!digits.empty() && digits.back() == ' ') digits.remove_suffix(1);
  const std::optional<double> percent = digits.empty() ? std::nullopt : read_number(digits).value;
  if (!percent) return "Write 0.1 for 10 %";
  return "Write " + sum_text(*percent / 100) + " for " + std::string(shown(digits)) + " %";
}

// Why a text that is not in the grammar is none, for the spellings that other readers take for numbers.
NumberReading refused(std::string_view text) {
  if (text.empty()) return {{}, "It is empty", "Write a number"};
  const std::string word = lower(text);
  std::string_view bare = word;
  if (bare.front() == '+' || bare.front() == '-') bare.remove_prefix(1);
  if (bare == ".inf" || bare == ".nan" || bare == "inf" || bare == "nan" || bare == "infinity") {
    return {{}, "Infinite and undefined values mean nothing here", "Write a finite number"};
  }
  for (const std::string_view boolean : {"yes", "no", "true", "false", "on", "off", "y", "n"}) {
    if (bare == boolean) return {{}, "Words for true and false are not numbers", "Write 1 or 0"};
  }
  if (bare.size() > 1 && bare[0] == '0' && (bare[1] == 'x' || bare[1] == 'o' || bare[1] == 'b')) {
    return {{}, "Hexadecimal, octal and binary numbers are not read", "Write it in decimal"};
  }
  if (bare.size() > 1 && bare[0] == '0' && is_digit(bare[1])) {
    return {{}, "A leading zero makes it octal to some readers and decimal to others", "Leave the leading zero out"};
  }
  if (!bare.empty() && bare.back() == '%') return {{}, "Percent signs are not read", percent_remedy(word)};
  const std::string sign = word.substr(0, word.size() - bare.size());
  const std::size_t comma = bare.find(',');
  if (comma != std::string_view::npos && comma > 0 && comma + 1 < bare.size() && bare.size() <= 15 &&
      std::count_if(bare.begin(), bare.end(), is_digit) + 1 == static_cast<std::ptrdiff_t>(bare.size())) {
    const std::string whole(bare.substr(0, comma));
    const std::string rest(bare.substr(comma + 1));
    const std::string decimal = "Write " + sign + whole + '.' + rest;
    if (whole == "0") return {{}, "A comma is not read", decimal};
    return {{}, "A comma is not read", decimal + " if it is a decimal comma, " + sign + whole + rest + " if not"};
  }
  if (!bare.empty() && is_digit(bare[0]) && bare.find_first_of("_,' ") != std::string_view::npos &&
      bare.find_first_not_of("0123456789_,' .") == std::string_view::npos) {
    return {{}, "Separators between digits are not read", "Write the digits without them"};
  }
  return {};
}

}  // namespace

NumberReading read_number(std::string_view text) {
  std::string_view rest = text;
  if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) rest.remove_prefix(1);
  std::size_t at = 0;
  while (at < rest.size() && is_digit(rest[at])) ++at;
  const std::size_t whole = at;
  std::size_t decimals = 0;
  if (at < rest.size() && rest[at] == '.') {
    ++at;
    while (at < rest.size() && is_digit(rest[at])) ++at, ++decimals;
  }
  if (whole + decimals == 0 || (whole > 1 && rest[0] == '0')) return refused(text);
  if (at < rest.size() && (rest[at] == 'e' || rest[at] == 'E')) {
    ++at;
    if (at < rest.size() && (rest[at] == '+' || rest[at] == '-')) ++at;
    const std::size_t exponent = at;
    while (at < rest.size() && is_digit(rest[at])) ++at;
    if (at == exponent) return refused(text);
  }
  if (at != rest.size()) return refused(text);

  double value = 0;
  const std::errc error = std::from_chars(rest.data(), rest.data() + rest.size(), value).ec;
  if (error != std::errc{} || !std::isfinite(value)) {
    const bool tiny = text.find("e-") != text.npos || text.find("E-") != text.npos || rest.front() == '0';
    return {{},
            tiny ? "It is too close to zero for a number of 64 bits" : "It is too large for a number of 64 bits",
            "Write a number of ordinary size"};
  }
  if (text.front() == '-' && value != 0) value = -value;
  return {value, "", ""};
}

std::optional<std::uint64_t> read_unsigned(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string number_text(double value) {
  char buffer[64];
  std::to_chars_result result{};
  if (std::abs(value) < 1e15 && value == std::trunc(value)) {
    result = std::to_chars(buffer, buffer + sizeof buffer, static_cast<long long>(value));
  } else {
    result = std::to_chars(buffer, buffer + sizeof buffer, value);
  }
  return {buffer, result.ptr};
}

std::string sum_text(double sum) { return number_text(std::round(sum * 1e9) / 1e9); }

double tidied(double value) {
  std::array<char, 40> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, 11).ptr;
  std::from_chars(text.data(), end, value);
  return value;
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace homeward
