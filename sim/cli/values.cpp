// Readers of single values. std::from_chars takes no blanks, no signs, no locale.
#include "values.h"

#include <charconv>
#include <cmath>
#include <iostream>
#include <limits>

#include "text.h"

namespace homeward::cli {
namespace {

// Below this the 2004 stock is a handful of persons, and results would mean nothing.
constexpr double least_scale = 1e-5;

std::string shown(const std::string& text) {
  return "'" + (text.size() > 60 ? text.substr(0, 60) + "..." : text) + "'";
}

}  // namespace

std::optional<std::uint64_t> Values::whole(const std::string& option, const std::optional<std::string>& text,
                                           std::uint64_t low, std::uint64_t high) {
  if (!text) return std::nullopt;
  const auto value = number<std::uint64_t>(*text);
  if (value && *value >= low && *value <= high) return value;
  add(option + ": " + shown(*text) + " is not a whole number from " + std::to_string(low) + " to " +
      std::to_string(high) + ".");
  return std::nullopt;
}

double Values::scale(const std::optional<std::string>& text) {
  if (!text) return 1;
  std::optional<double> value;
  const std::size_t slash = text->find('/');
  if (slash == std::string::npos) {
    value = number<double>(*text);
  } else {
    const auto above = number<double>(std::string_view(*text).substr(0, slash));
    const auto below = number<double>(std::string_view(*text).substr(slash + 1));
    if (above && below && *below > 0) value = *above / *below;
  }
  if (value && std::isfinite(*value) && *value >= least_scale && *value <= 1) return *value;
  add("--scale: " + shown(*text) + " is not a share of persons from 1/100000 to 1. Give 1/20 or 0.05.");
  return 1;
}

std::optional<HalfWidthTarget> Values::half_width(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const std::size_t at = text->find('@');
  const std::size_t equals = text->find('=', at == std::string::npos ? 0 : at);
  if (at != std::string::npos && equals != std::string::npos && at > 0) {
    const std::string_view view(*text);
    const auto year = number<int>(view.substr(at + 1, equals - at - 1));
    const auto width = number<double>(view.substr(equals + 1));
    if (year && width && std::isfinite(*width) && *width > 0) {
      return HalfWidthTarget{text->substr(0, at), *year, *width};
    }
  }
  add("--until-halfwidth: " + shown(*text) + " is not MEASURE@YEAR=N with N above 0, as in returns@2030=50.");
  return std::nullopt;
}

Attribution Values::attribution(const std::optional<std::string>& text, Attribution otherwise) {
  if (!text) return otherwise;
  if (*text == "groups") return Attribution::groups;
  if (*text == "levers") return Attribution::levers;
  if (*text == "none") return Attribution::none;
  const std::string nearest = nearest_word(*text, {"groups", "levers", "none"});
  add("--attribution: " + shown(*text) + " is not groups, levers or none." +
      (nearest.empty() ? "" : " Did you mean '" + nearest + "'?"));
  return otherwise;
}

Returns Values::returns(const std::optional<std::string>& text) {
  if (!text || *text == "settled") return Returns::settled;
  if (*text == "students") return Returns::students;
  if (*text == "all") return Returns::all;
  const std::string nearest = nearest_word(*text, {"settled", "students", "all"});
  add("--returns: " + shown(*text) + " is not settled, students or all." +
      (nearest.empty() ? "" : " Did you mean '" + nearest + "'?"));
  return Returns::settled;
}

LoadOptions Values::load_options(const Request& request) {
  LoadOptions options;
  for (const std::string& pair : request.set) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == pair.size()) {
      add("--set: " + shown(pair) + " is not PATH=VALUE, as in policy.pay_growth=1.");
    } else {
      options.set.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
  }
  if (request.tables && request.tables->empty()) add("--tables: the name of the folder is empty.");
  options.tables = request.tables.value_or("");
  options.seed = whole("--seed", request.seed, 0, std::numeric_limits<std::uint64_t>::max());
  if (const auto replicates = whole("--replicates", request.replicates, 1, 10000)) {
    options.replicates = static_cast<int>(*replicates);
  }
  options.force_range = request.force_range;
  return options;
}

bool Values::sound(const std::string& verb) const {
  for (const std::string& problem : problems_) {
    std::cerr << "homeward " << verb << ": " << printable(problem) << '\n';
  }
  return problems_.empty();
}

}  // namespace homeward::cli
