// Numbers and words as they stand in a table: the shortest digits that give the number back, commas quoted.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace homeward {

// Decimal, without exponent; empty for NaN and infinities.
std::string cell_text(double value);
std::string cell_text(const std::optional<double>& value);

// A field as it stands between commas (RFC 4180).
std::string field_text(std::string_view text);

}  // namespace homeward
