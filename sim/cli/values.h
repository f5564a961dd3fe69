// From text to checked values; every fault of a command line is collected before any is told.
#pragma once
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "homeward/homeward.h"
#include "request.h"

namespace homeward::cli {

// All of a text as a number; nothing where it is anything else.
template <typename Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

class Values {
 public:
  // A whole number in low .. high, or nothing where the option is not given.
  std::optional<std::uint64_t> whole(const std::string& option, const std::optional<std::string>& text,
                                     std::uint64_t low, std::uint64_t high);
  // A fraction a/b or a decimal, above 0 and at most 1.
  double scale(const std::optional<std::string>& text);
  std::optional<HalfWidthTarget> half_width(const std::optional<std::string>& text);
  Returns returns(const std::optional<std::string>& text);
  Attribution attribution(const std::optional<std::string>& text, Attribution otherwise);
  // --set, --seed, --replicates, --tables, --force-range.
  LoadOptions load_options(const Request& request);
  void add(std::string problem) { problems_.push_back(std::move(problem)); }
  // Tells all faults on stderr; false where there are any.
  bool sound(const std::string& verb) const;

 private:
  std::vector<std::string> problems_;
};

}  // namespace homeward::cli
