#include "scenario/value_reader.h"

#include <algorithm>

#include "scenario/inheritance.h"
#include "scenario/number.h"

namespace homeward {
namespace {

std::string span(double low, double high, const std::string& unit) {
  return number_text(low) + " to " + number_text(high) + (unit.empty() ? "" : " (" + unit + ")");
}

std::string found_text(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::list:
      return "a list";
    case YamlNode::Kind::map:
      return node.entries.empty() ? "an empty map" : "a map";
    case YamlNode::Kind::null:
      return "nothing";
    default:
      return (node.quoted ? "the text '" : "'") + shown(node.text) + "'";
  }
}

std::string years_reason() {
  return "The simulated years are " + std::to_string(first_year) + " to " + std::to_string(last_year);
}

}  // namespace

void ValueReader::fault(const Place& place, const std::string& path, std::string problem, std::string reason,
                        std::string remedy) {
  faults_.add({place, path, std::move(problem), std::move(reason), std::move(remedy)});
}

void ValueReader::wrong_kind(const YamlEntry& entry, const std::string& path, const std::string& expected) {
  const YamlNode& node = entry.value;
  if (node.kind == YamlNode::Kind::broken) return;
  if (node.kind == YamlNode::Kind::null) {
    const bool colon = entry.key.find(':') != std::string::npos;
    fault(node.place, path, "the value is missing", "Expected " + expected,
          colon ? "Write a space after the colon" : "Write one, or remove the key");
    return;
  }
  fault(node.place, path, "expected " + expected + ", found " + found_text(node));
}

void ValueReader::unknown_key(const YamlEntry& entry, const std::string& path, const std::vector<std::string>& known,
                              std::string remedy) {
  if (remedy.empty()) remedy = did_you_mean(entry.key, known);
  if (remedy.empty() && entry.key.find(':') != std::string::npos) remedy = "Write a space after the colon";
  if (remedy.empty() && !known.empty() && known.size() <= 12) {
    remedy = "Known here: ";
    for (const std::string& word : known) remedy += (word == known.front() ? "" : ", ") + word;
  }
  fault(entry.key_place, path, "unknown key", "", remedy);
}

std::optional<double> ValueReader::checked(double value, const Place& place, const std::string& path,
                                           const NumberRange& range) {
  if (value < range.hard_low || value > range.hard_high) {
    fault(place, path, number_text(value) + " is out of range",
          "Allowed is " + span(range.hard_low, range.hard_high, range.unit), "");
    return std::nullopt;
  }
  if (value >= range.low && value <= range.high) return value;
  if (!force_range_) {
    fault(place, path, number_text(value) + " is outside the plausible range",
          "That is " + span(range.low, range.high, range.unit),
          "Pass --force-range to run it all the same; every page will say so");
    return std::nullopt;
  }
  if (std::find(forced_.begin(), forced_.end(), range.path) == forced_.end()) forced_.push_back(range.path);
  return value;
}

std::optional<double> ValueReader::number(const YamlEntry& entry, const std::string& path, const NumberRange& range) {
  const YamlNode& node = entry.value;
  const std::string expected = "a number" + (range.unit.empty() ? "" : " (" + range.unit + ")");
  if (!node.is_scalar()) {
    wrong_kind(entry, path, expected);
    return std::nullopt;
  }
  if (node.quoted) {
    fault(node.place, path, "expected " + expected + ", found the text '" + shown(node.text) + "'",
          "Quotes make it a text", "Remove the quotes");
    return std::nullopt;
  }
  const NumberReading reading = read_number(node.text);
  if (!reading.value) {
    fault(node.place, path, "expected " + expected + ", found '" + shown(node.text) + "'", reading.reason,
          reading.remedy);
    return std::nullopt;
  }
  return checked(*reading.value, node.place, path, range);
}

std::optional<YearValues> ValueReader::year_values(const YamlEntry& entry, const std::string& path,
                                                   const NumberRange& range) {
  const YamlNode& node = entry.value;
  if (node.is_scalar()) {
    const std::optional<double> value = number(entry, path, range);
    if (!value) return std::nullopt;
    return YearValues{{first_year, *value}};
  }
  if (!node.is_map() || node.entries.empty()) {
    wrong_kind(entry, path,
               "a number or a map of years to numbers" + (range.unit.empty() ? "" : " (" + range.unit + ")"));
    return std::nullopt;
  }
  YearValues values;
  bool fine = true;
  int before = 0;
  for (const YamlEntry& one : node.entries) {
    const std::string one_path = path + "." + shown(one.key);
    const std::optional<std::uint64_t> year = read_unsigned(one.key);
    if (!year) {
      fine = false;
      fault(one.key_place, one_path, "not a year", "A map of years to numbers holds nothing else",
            is_year_map(node) ? "" : "Write the years as 2027, 2030");
      continue;
    }
    if (*year < static_cast<std::uint64_t>(first_year) || *year > static_cast<std::uint64_t>(last_year)) {
      fine = false;
      fault(one.key_place, one_path, "a year outside the simulation", years_reason(), "");
      continue;
    }
    const int given = static_cast<int>(*year);
    if (given <= before) {
      fine = false;
      fault(one.key_place, one_path, "the years are out of order",
            std::to_string(given) + " comes after " + std::to_string(before), "Write them in rising order");
    }
    before = std::max(before, given);
    const std::optional<double> value = number(one, one_path, range);
    fine = fine && value;
    if (value) values[given] = *value;
  }
  if (!fine) return std::nullopt;
  return values;
}

std::optional<int> ValueReader::year(const YamlEntry& entry, const std::string& path, bool never_allowed) {
  const YamlNode& node = entry.value;
  const std::string expected = never_allowed ? "a year or 'never'" : "a year";
  if (!node.is_scalar()) {
    wrong_kind(entry, path, expected);
    return std::nullopt;
  }
  if (never_allowed && node.text == "never") return last_year + 1;
  const std::optional<std::uint64_t> value = node.quoted ? std::nullopt : read_unsigned(node.text);
  if (!value) {
    fault(node.place, path, "expected " + expected + ", found '" + shown(node.text) + "'");
    return std::nullopt;
  }
  if (*value < static_cast<std::uint64_t>(first_year) || *value > static_cast<std::uint64_t>(last_year)) {
    fault(node.place, path, shown(node.text) + " is a year outside the simulation", years_reason(),
          never_allowed ? "Write 'never' for what does not come" : "");
    return std::nullopt;
  }
  return static_cast<int>(*value);
}

std::optional<std::string> ValueReader::word(const YamlNode& node, const Place& place, const std::string& path,
                                             const std::vector<std::string>& words, const std::string& what) {
  if (node.kind == YamlNode::Kind::broken) return std::nullopt;
  if (!node.is_scalar()) {
    fault(place, path, "expected a " + what + ", found " + found_text(node));
    return std::nullopt;
  }
  if (std::find(words.begin(), words.end(), node.text) != words.end()) return node.text;
  std::string remedy = did_you_mean(node.text, words);
  if (remedy.empty() && words.size() <= 12) {
    for (const std::string& one : words) remedy += (remedy.empty() ? "Known here: " : ", ") + one;
  }
  fault(node.place, path, "unknown " + what + " '" + shown(node.text) + "'", "", remedy);
  return std::nullopt;
}

std::optional<std::string> ValueReader::text(const YamlEntry& entry, const std::string& path,
                                             const std::string& expected) {
  if (!entry.value.is_scalar()) {
    wrong_kind(entry, path, expected);
    return std::nullopt;
  }
  return entry.value.text;
}

}  // namespace homeward
