// Two scenarios compared in words, after inheritance: what each says, key by key, with its unit.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "scenario/loader.h"
#include "scenario/number.h"
#include "scenario/overrides.h"

namespace homeward {
namespace {

// At most six significant digits: interpolated values have many.
std::string rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return std::isfinite(value) ? "0" : "the parameter macro.home_growth";
  const double scale = std::pow(10.0, 5 - std::floor(std::log10(std::abs(value))));
  return number_text(std::round(value * scale) / scale);
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same(const YearSeries& a, const YearSeries& b) {
  return std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) { return same(x, y); });
}

// Years at which a straight line through its neighbours would miss the value.
std::vector<int> corners(const YearSeries& series) {
  std::vector<int> years{first_year};
  for (int year = first_year + 1; year < last_year; ++year) {
    const double before = series[year_index(year - 1)];
    const double now = series[year_index(year)];
    const double after = series[year_index(year + 1)];
    const bool straight = same(now, before) ? same(now, after)
                                            : std::abs(after - 2 * now + before) <=
                                                  1e-9 * (std::abs(before) + std::abs(now) + std::abs(after));
    if (!straight) years.push_back(year);
  }
  years.push_back(last_year);
  return years;
}

// "0.5 throughout", "0 until 2026, 20 in 2027, rising to 200 in 2030, then held".
std::string in_words(const YearSeries& series) {
  const std::vector<int> years = corners(series);
  const auto value = [&](std::size_t i) { return series[year_index(years[i])]; };
  std::string text = rounded(value(0));
  if (years.size() == 2 && same(value(0), value(1))) return text + " throughout";
  for (std::size_t i = 1; i < years.size(); ++i) {
    const bool last = i + 1 == years.size();
    if (same(value(i), value(i - 1))) {
      text += last ? ", then held" : " until " + std::to_string(years[i]);
      continue;
    }
    const bool stepwise = years[i] == years[i - 1] + 1;
    const std::string by = stepwise ? ", " : value(i) > value(i - 1) ? ", rising to " : ", falling to ";
    if (i == 1 && !stepwise) text += " in " + std::to_string(years[0]);
    text += by + rounded(value(i)) + " in " + std::to_string(years[i]);
  }
  return text;
}

bool same(const LeverSchedule& a, const LeverSchedule& b) {
  return same(a.value, b.value) && a.announced == b.announced && a.enacted == b.enacted && a.delivered == b.delivered &&
         a.promised == b.promised && a.dated == b.dated && a.option == b.option;
}

std::string in_words(const LeverSchedule& lever, const LeverRow& row) {
  if (std::all_of(lever.value.begin(), lever.value.end(), [](double value) { return value == 0; })) return "off";
  std::string text = in_words(lever.value);
  if (lever.dated) {
    // One value for all years is written once, from its delivery on; a series keeps its years beside the dates.
    const bool constant = same(lever.value.front(), lever.value.back()) && corners(lever.value).size() == 2;
    if (constant) text = rounded(lever.value.front());
    if (lever.delivered > last_year) {
      text += ", never in effect";
    } else {
      text += (constant ? " from " : ", in effect from ") + std::to_string(lever.delivered);
    }
    text += " (announced " + std::to_string(lever.announced) + ", enacted " + std::to_string(lever.enacted);
    if (lever.promised != lever.delivered) text += ", promised for " + std::to_string(lever.promised);
    text += ")";
  }
  if (!lever.option.empty()) text += ", " + std::string(row.scope_key) + " " + lever.option;
  return text;
}

std::string in_words(const std::vector<OutputCube>& outputs) {
  if (outputs.empty()) return "none beyond the summary";
  std::string text;
  const auto list = [&](const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) text += (i > 0 ? ", " : "") + words[i];
  };
  for (const OutputCube& cube : outputs) {
    if (!text.empty()) text += "; ";
    list(cube.measures);
    if (cube.by.empty()) continue;
    text += " by ";
    list(cube.by);
  }
  return text;
}

// The set a table file belongs to: the name of its folder.
std::string set_name(const TableFile& file) {
  return std::filesystem::path(file.path).parent_path().filename().string();
}

class Comparison {
 public:
  Comparison(const Scenario& a, const Scenario& b)
      : a_(std::filesystem::path(a.file).filename().string()), b_(std::filesystem::path(b.file).filename().string()) {
    if (a_ == b_ && a.file != b.file) {
      a_ = a.file;
      b_ = b.file;
    } else if (a_ == b_) {
      a_ += " (first)";
      b_ += " (second)";
    }
  }
  void note(const std::string& path, std::string_view unit, const std::string& in_a, const std::string& in_b) {
    if (in_a == in_b) return;
    lines_.push_back(path + (unit.empty() ? "" : " (" + std::string(unit) + ")") + ": " + in_a + " in " + a_ + "; " +
                     in_b + " in " + b_);
  }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  std::string a_, b_;
  std::vector<std::string> lines_;
};

void compare_parameters(const Scenario& a, const Scenario& b, Comparison& lines) {
  for (const ParameterMember& member : parameter_members()) {
    const double in_a = a.parameters.*member.member;
    const double in_b = b.parameters.*member.member;
    if (same(in_a, in_b)) continue;
    std::string unit;
    for (const ParameterRow& row : a.tables.parameters) {
      if (row.path == member.path) unit = row.unit;
    }
    lines.note("parameters." + member.path, unit, number_text(in_a), number_text(in_b));
  }
}

void compare_hosts(const Tables& a, const Tables& b, Comparison& lines) {
  for (const HostGroup& in_a : a.groups) {
    const int index = b.group_index(in_a.code);
    if (index < 0) {
      lines.note("hosts." + in_a.code, "", "there", "missing");
      continue;
    }
    const HostGroup& in_b = b.groups[static_cast<std::size_t>(index)];
    const std::string path = "hosts." + in_a.code + ".";
    for (const HostShockRow& row : host_shock_rows()) {
      if (row.series != nullptr) {
        if (!same(in_a.*row.series, in_b.*row.series))
          lines.note(path + std::string(row.name), row.unit, in_words(in_a.*row.series), in_words(in_b.*row.series));
        continue;
      }
      const std::size_t secondary = code(Education::secondary);
      if (in_a.ln_wage != in_b.ln_wage)
        lines.note(path + "wage_shift", "ln real wage, secondary", in_words(in_a.ln_wage[secondary]),
                   in_words(in_b.ln_wage[secondary]));
    }
  }
  for (const HostGroup& in_b : b.groups) {
    if (a.group_index(in_b.code) < 0) lines.note("hosts." + in_b.code, "", "missing", "there");
  }
}

void compare_files(const Tables& a, const Tables& b, Comparison& lines) {
  for (const TableFile& in_a : a.files) {
    const auto other = std::find_if(b.files.begin(), b.files.end(),
                                    [&](const TableFile& file) { return set_name(file) == set_name(in_a); });
    if (other != b.files.end() && other->sha256 != in_a.sha256)
      lines.note("tables." + set_name(in_a), "", "SHA-256 " + in_a.sha256.substr(0, 12),
                 "SHA-256 " + other->sha256.substr(0, 12));
  }
}

}  // namespace

std::vector<std::string> difference_in_words(const Scenario& a, const Scenario& b, const Vocabulary& vocabulary) {
  Comparison lines(a, b);
  lines.note("seed", "", std::to_string(a.seed), std::to_string(b.seed));
  lines.note("replicates", "", std::to_string(a.replicates), std::to_string(b.replicates));
  for (std::size_t i = 0; i < vocabulary.levers.size(); ++i) {
    const LeverRow& row = vocabulary.levers[i];
    if (!same(a.levers[i], b.levers[i]))
      lines.note("policy." + std::string(row.path), row.unit, in_words(a.levers[i], row), in_words(b.levers[i], row));
  }
  compare_parameters(a, b, lines);
  for (const EconomyRow& row : economy_rows()) {
    const YearSeries& in_a = a.tables.macro.*row.series;
    const YearSeries& in_b = b.tables.macro.*row.series;
    if (!same(in_a, in_b)) lines.note("economy." + std::string(row.name), row.unit, in_words(in_a), in_words(in_b));
  }
  compare_hosts(a.tables, b.tables, lines);
  compare_files(a.tables, b.tables, lines);
  lines.note("outputs", "", in_words(a.outputs), in_words(b.outputs));
  // Last: they change no result.
  lines.note("name", "", a.name.empty() ? "none" : "'" + a.name + "'", b.name.empty() ? "none" : "'" + b.name + "'");
  lines.note("note", "", a.note.empty() ? "none" : "'" + shown(a.note) + "'",
             b.note.empty() ? "none" : "'" + shown(b.note) + "'");
  return lines.take();
}

}  // namespace homeward
