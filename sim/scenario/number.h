// The one grammar of numbers in scenarios and tables: decimal, finite, no octal, no words, no separators.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace homeward {

struct NumberReading {
  std::optional<double> value;
  std::string reason;  // why there is no value; may be empty
  std::string remedy;  // what to write instead; may be empty
};

// [+-] digits [. digits] [e [+-] digits], no leading zero, within the range of a double.
// Example: read_number("1e3").value == 1000; read_number("017").value is empty.
NumberReading read_number(std::string_view text);

// Digits only, no leading zero, no exponent.
std::optional<std::uint64_t> read_unsigned(std::string_view text);

// The shortest text that reads back as the same number; -0 is 0.
std::string number_text(double value);

// A sum of many numbers, without the noise of its last places.
std::string sum_text(double sum);

// To 12 digits, so that 0.1 + 0.2 is the 0.3 that was meant.
double tidied(double value);

// At most 60 characters of a text of unknown length, for a message.
std::string shown(std::string_view text);

}  // namespace homeward
