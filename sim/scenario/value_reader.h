// Values of a scenario, read with their unit and range; every wrong one becomes a fault that names both.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "scenario/scenario.h"
#include "scenario/series.h"
#include "scenario/yaml_document.h"

namespace homeward {

// What a number may be. Outside low-high a run must be forced, outside hard_low-hard_high it is wrong.
struct NumberRange {
  std::string unit;
  double low = 0, high = 0, hard_low = 0, hard_high = 0;
  std::string path;  // of the lever or parameter that is noted as forced
};

class ValueReader {
 public:
  // `whole`: the document is the result of inheritance, so that what is missing is a fault.
  ValueReader(Faults& faults, std::vector<std::string>& forced, bool force_range, bool whole)
      : faults_(faults), forced_(forced), force_range_(force_range), whole_(whole) {}

  bool whole() const { return whole_; }
  void fault(const Place& place, const std::string& path, std::string problem, std::string reason = "",
             std::string remedy = "");
  // "expected a map of levers, found a list", or what else is wrong with a value of the wrong kind.
  void wrong_kind(const YamlEntry& entry, const std::string& path, const std::string& expected = "a text");
  void unknown_key(const YamlEntry& entry, const std::string& path, const std::vector<std::string>& known,
                   std::string remedy = "");

  std::optional<double> number(const YamlEntry& entry, const std::string& path, const NumberRange& range);
  // A number (from 2004 on) or a map year -> number.
  std::optional<YearValues> year_values(const YamlEntry& entry, const std::string& path, const NumberRange& range);
  std::optional<int> year(const YamlEntry& entry, const std::string& path, bool never_allowed = false);
  std::optional<std::string> word(const YamlNode& node, const Place& place, const std::string& path,
                                  const std::vector<std::string>& words, const std::string& what);
  std::optional<std::string> text(const YamlEntry& entry, const std::string& path, const std::string& expected = "a text");

  // A lever in each of its forms. Neutral schedules are all alike: with option, all else default.
  std::optional<LeverSchedule> lever(const YamlEntry& entry, const std::string& path, const LeverRow& row);

 private:
  std::optional<double> checked(double value, const Place& place, const std::string& path, const NumberRange& range);

  Faults& faults_;
  std::vector<std::string>& forced_;
  bool force_range_, whole_;
};

// The words of a lever's option, the default first; empty where it takes none.
std::vector<std::string> option_words(const LeverRow& row);
LeverSchedule neutral_schedule(const LeverRow& row);

}  // namespace homeward
