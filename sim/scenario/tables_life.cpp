// Death and birth rates by age: mortality, fertility, and Gompertz' law for groups without a life table.
#include <algorithm>
#include <set>

#include "base/exact_math.h"
#include "scenario/number.h"
#include "scenario/series.h"
#include "scenario/table_reader.h"
#include "scenario/table_sets.h"

namespace homeward {
namespace {

constexpr int oldest = 110;
using Rates = std::array<double, oldest + 1>;

// Ages at which an abridged life table's rate is taken to hold. mx_a is the mean over the ages from a to the next
// column: an interval of five years or more stands at its middle, a shorter one (0; 1 to 4) is flat, since rates fall
// too fast after birth, and the open last one stands two years in, about the years left to live there.
struct AgeInterval {
  std::string column;
  double first_knot = 0, last_knot = 0;
};

std::vector<AgeInterval> age_intervals(TableReader& table) {
  std::vector<AgeInterval> intervals;
  std::vector<int> ages;
  for (const std::string& name : table.prefixed()) {
    const std::optional<std::uint64_t> age = read_unsigned(name.substr(3));
    if (!age || *age > 109 || (ages.empty() ? *age != 0 : static_cast<int>(*age) <= ages.back())) {
      table.fault("column '" + shown(name) + "' is out of place",
                  "mx_0, mx_1, mx_5 ... name the first age of each interval, in rising order", "");
      return {};
    }
    ages.push_back(static_cast<int>(*age));
    intervals.push_back({name});
  }
  if (intervals.empty()) table.fault("missing columns mx_0, mx_1, mx_5, ...", "They hold the death rates", "");
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    const bool open = i + 1 == intervals.size();
    const double end = open ? std::min(ages[i] + 4, oldest) : ages[i + 1] - 1;
    const bool flat = !open && end - ages[i] < 4;
    intervals[i].first_knot = flat ? ages[i] : 0.5 * (ages[i] + end);
    intervals[i].last_knot = flat ? end : intervals[i].first_knot;
  }
  return intervals;
}

// Log-linear in age between the knots, held after the last.
Rates by_single_age(const std::vector<AgeInterval>& intervals, const std::vector<double>& rates) {
  std::vector<std::pair<double, double>> knots;  // age, ln rate
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const double ln_rate = exact_log(rates[i]);
    knots.emplace_back(intervals[i].first_knot, ln_rate);
    if (intervals[i].last_knot > intervals[i].first_knot) knots.emplace_back(intervals[i].last_knot, ln_rate);
  }
  Rates single{};
  std::size_t right = 0;
  for (int age = 0; age <= oldest; ++age) {
    while (right < knots.size() && knots[right].first < age) ++right;
    double ln_rate = 0;
    if (right == 0) {
      ln_rate = knots.front().second;
    } else if (right == knots.size()) {
      ln_rate = knots.back().second;
    } else {
      const auto& [from, ln_from] = knots[right - 1];
      const auto& [to, ln_to] = knots[right];
      ln_rate = ln_from + (ln_to - ln_from) * (age - from) / (to - from);
    }
    single[static_cast<std::size_t>(age)] = exact_exp(ln_rate);
  }
  return single;
}

std::array<float, oldest + 1> as_floats(const Rates& rates) {
  std::array<float, oldest + 1> floats{};
  std::transform(rates.begin(), rates.end(), floats.begin(), [](double rate) { return static_cast<float>(rate); });
  return floats;
}

// Linear between the years given, held outside them; those may lie before or after the simulated ones.
std::vector<std::array<float, oldest + 1>> by_year(const std::map<int, Rates>& given) {
  std::vector<std::array<float, oldest + 1>> series;
  for (int year = first_year; year <= last_year; ++year) {
    const auto next = given.upper_bound(year);
    if (next == given.begin() || next == given.end()) {
      series.push_back(as_floats(next == given.begin() ? next->second : std::prev(next)->second));
      continue;
    }
    const auto& [from, rates_from] = *std::prev(next);
    const auto& [to, rates_to] = *next;
    const double weight = static_cast<double>(year - from) / (to - from);
    Rates rates{};
    for (std::size_t age = 0; age < rates.size(); ++age)
      rates[age] = rates_from[age] + weight * (rates_to[age] - rates_from[age]);
    series.push_back(as_floats(rates));
  }
  return series;
}

}  // namespace

void read_mortality(const TableSource& source, Tables& tables) {
  TableReader table(source.folder, "mortality", {"schedule", "sex", "year"}, tables.files, source.faults, "mx_");
  if (!table.readable()) return;
  const std::vector<AgeInterval> intervals = age_intervals(table);
  if (intervals.empty()) return;
  std::vector<std::string> order;
  std::map<std::string, std::array<std::map<int, Rates>, 2>> given;
  bool all_read = true;
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    row.key({"schedule", "sex", "year"});
    const std::string schedule = row.required_text("schedule");
    if (schedule == gompertz_schedule)
      row.fault("schedule", "'gompertz' is no name for a life table",
                "It stands for Gompertz' law, from the parameters demography.mort_*");
    const std::size_t sex = row.word("sex", sex_names, "sex");
    const int year = row.integer("year", 1900, 2100);
    std::vector<double> rates;
    for (const AgeInterval& interval : intervals) rates.push_back(row.number(interval.column, 1e-9, 10));
    all_read = all_read && !row.bad();
    if (row.bad()) continue;
    if (given.count(schedule) == 0) order.push_back(schedule);
    given[schedule][sex][year] = by_single_age(intervals, rates);
  }
  if (!all_read) return;
  for (const std::string& name : order) {
    MortalitySchedule schedule{name, {}};
    for (std::size_t sex = 0; sex < 2; ++sex) {
      if (given[name][sex].empty()) {
        table.fault("no row for schedule " + shown(name) + ", " + std::string(sex_names[sex]),
                    "Every schedule needs both sexes", "");
        continue;
      }
      schedule.rate[sex] = by_year(given[name][sex]);
    }
    tables.mortality.push_back(std::move(schedule));
  }
  for (const HostGroup& group : tables.groups) {
    if (group.mortality == gompertz_schedule || given.count(group.mortality) != 0) continue;
    order.emplace_back(gompertz_schedule);
    table.fault("no schedule '" + shown(group.mortality) + "'", "host_groups names it for '" + group.code + "'",
                did_you_mean(group.mortality, order));
  }
}

void read_fertility(const TableSource& source, Tables& tables) {
  TableReader table(source.folder, "fertility", {"schedule", "age_from", "age_to", "births"}, tables.files,
                    source.faults);
  std::map<std::string, std::set<int>> ages_seen;
  bool all_read = table.readable();
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    const std::string name = row.required_text("schedule");
    const int from = row.integer("age_from", 0, 59);
    const int to = row.integer("age_to", 0, 59);
    const double births = row.number("births", 0, 1);
    if (!row.bad() && from > to) row.fault("age_to", "age_to is below age_from");
    for (int age = from; age <= to && !row.bad(); ++age) {
      if (!ages_seen[name].insert(age).second)
        row.fault("age_from", "age " + std::to_string(age) + " stands in two rows", "",
                  "Let the intervals not overlap");
    }
    all_read = all_read && !row.bad();
    if (row.bad()) continue;
    auto schedule = std::find_if(tables.fertility.begin(), tables.fertility.end(),
                                 [&](const FertilitySchedule& one) { return one.code == name; });
    if (schedule == tables.fertility.end()) schedule = tables.fertility.insert(schedule, {name, {}});
    for (int age = from; age <= to; ++age) schedule->births[static_cast<std::size_t>(age)] = births;
  }
  std::vector<std::string> names;
  for (const FertilitySchedule& schedule : tables.fertility) names.push_back(schedule.code);
  for (const HostGroup& group : tables.groups) {
    if (!all_read || std::find(names.begin(), names.end(), group.fertility) != names.end()) continue;
    table.fault("no schedule '" + shown(group.fertility) + "'", "host_groups names it for '" + group.code + "'",
                did_you_mean(group.fertility, names));
  }
}

void build_gompertz(Tables& tables, const Parameters& parameters) {
  std::erase_if(tables.mortality, [](const MortalitySchedule& one) { return one.code == gompertz_schedule; });
  const auto named = [](const HostGroup& group) { return group.mortality == gompertz_schedule; };
  if (std::none_of(tables.groups.begin(), tables.groups.end(), named)) return;
  MortalitySchedule schedule{gompertz_schedule, {}};
  for (std::size_t sex = 0; sex < 2; ++sex) {
    const double factor =
        sex == code(Sex::female) ? parameters.demography_mort_female : parameters.demography_mort_male;
    Rates rates{};
    for (std::size_t age = 0; age < rates.size(); ++age) {
      rates[age] = factor * parameters.demography_mort_level *
                   exact_exp(parameters.demography_mort_slope * static_cast<double>(age));
    }
    schedule.rate[sex].assign(static_cast<std::size_t>(year_count), as_floats(rates));
  }
  tables.mortality.push_back(std::move(schedule));
}

}  // namespace homeward
