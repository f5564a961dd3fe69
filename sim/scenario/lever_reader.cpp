// A lever in each of its forms (number, year map, dated promise) as one schedule over the years.
#include <algorithm>

#include "scenario/inheritance.h"
#include "scenario/keys.h"
#include "scenario/number.h"
#include "scenario/value_reader.h"

namespace homeward {
namespace {

struct Dates {
  std::optional<int> announced, enacted, delivered, promised;
  bool any() const { return announced || enacted || delivered || promised; }
};

std::optional<int> first_active_year(const YearSeries& value) {
  for (int year = first_year; year <= last_year; ++year) {
    if (value[year_index(year)] != 0) return year;
  }
  return std::nullopt;
}

// The dates that were not given. Without any, the value's own first year is announcement, enactment and delivery.
void settle_dates(LeverSchedule& schedule, const Dates& dates, int first_active) {
  schedule.dated = dates.any();
  if (dates.enacted) {
    schedule.enacted = *dates.enacted;
  } else if (dates.delivered && *dates.delivered <= last_year) {
    schedule.enacted = *dates.delivered;
  } else {
    schedule.enacted = std::max(first_active, dates.announced.value_or(first_active));
  }
  schedule.delivered = dates.delivered.value_or(schedule.enacted);
  // What is there already cannot be announced any more.
  const int latest = schedule.delivered;
  schedule.announced = std::min(dates.announced.value_or(std::min(schedule.enacted, latest)), latest);
  const bool never = schedule.delivered > last_year;
  schedule.promised = dates.promised.value_or(never ? schedule.enacted + 1 : schedule.delivered);
}

}  // namespace

std::vector<std::string> option_words(const LeverRow& row) {
  std::vector<std::string> words;
  for (std::size_t start = 0; start < row.options.size();) {
    const std::size_t end = std::min(row.options.find('|', start), row.options.size());
    words.emplace_back(row.options.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

LeverSchedule neutral_schedule(const LeverRow& row) {
  LeverSchedule schedule;
  const std::vector<std::string> words = option_words(row);
  if (!words.empty()) schedule.option = words.front();
  return schedule;
}

std::optional<LeverSchedule> ValueReader::lever(const YamlEntry& entry, const std::string& path, const LeverRow& row) {
  const NumberRange range{std::string(row.unit), row.low, row.high, row.hard_low, row.hard_high, path};
  LeverSchedule schedule = neutral_schedule(row);
  const YamlNode& node = entry.value;
  Dates dates;
  std::optional<YearValues> values;
  if (!node.is_map() || is_year_map(node)) {
    if (!node.is_map() && !node.is_scalar()) {
      wrong_kind(entry, path,
                 "a number, a map of years or {announced, enacted, delivered, value} (" + range.unit + ")");
      return std::nullopt;
    }
    values = year_values(entry, path, range);
    if (!values) return std::nullopt;
  } else {
    std::vector<std::string> known = key_names(lever_keys());
    if (!row.scope_key.empty()) known.emplace_back(row.scope_key);
    bool fine = true;
    for (const YamlEntry& one : node.entries) {
      const std::string one_path = path + "." + shown(one.key);
      const auto date = [&](std::optional<int>& into, bool never_allowed) {
        into = year(one, one_path, never_allowed);
        fine = fine && into;
      };
      if (const KeyRow<LeverKey>* key = find_key(lever_keys(), one.key)) {
        switch (key->key) {
          case LeverKey::announced: date(dates.announced, false); break;
          case LeverKey::enacted: date(dates.enacted, false); break;
          case LeverKey::delivered: date(dates.delivered, true); break;
          case LeverKey::promised: date(dates.promised, false); break;
          case LeverKey::value:
            values = year_values(one, one_path, range);
            fine = fine && values;
            break;
        }
      } else if (!row.scope_key.empty() && one.key == row.scope_key) {
        const std::optional<std::string> option =
            word(one.value, one.value.place, one_path, option_words(row), std::string(row.scope_key));
        fine = fine && option;
        if (option) schedule.option = *option;
      } else {
        fine = false;
        const bool is_year = !one.key.empty() && one.key.find_first_not_of("0123456789") == std::string::npos;
        unknown_key(one, one_path, known, is_year ? "Write the years below 'value:' where there are other keys" : "");
      }
    }
    if (!fine || !whole()) return std::nullopt;
    if (!values) {
      fault(node.place, path, "'value' is missing", "It says how strong the lever is (" + range.unit + ")",
            "Add 'value:'");
      return std::nullopt;
    }
  }

  schedule.value = linear_after(*values, YearSeries{});
  const std::optional<int> first_active = first_active_year(schedule.value);
  if (!first_active) return neutral_schedule(row);
  settle_dates(schedule, dates, *first_active);
  if (schedule.enacted > schedule.delivered) {
    fault(node.place, path, "delivered before it is enacted",
          std::to_string(schedule.delivered) + " comes before " + std::to_string(schedule.enacted),
          "Let 'delivered' be the year of 'enacted' or later");
    return std::nullopt;
  }
  return schedule;
}

}  // namespace homeward
