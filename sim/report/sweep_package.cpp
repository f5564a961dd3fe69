#include "report/sweep_package.h"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "base/fault.h"
#include "report/data_package.h"

namespace homeward {
namespace {

std::string header_of(const WholeFile& table) {
  std::ifstream in(table.temporary(), std::ios::binary);
  std::string header;
  if (!std::getline(in, header)) throw RunError("cannot read " + table.temporary());
  return header;
}

bool is_number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

// Sampled designs have intervals, hence numbers; of the others all values are in the plan.
OwnColumn column_of(const PlanAxis& axis) {
  const bool numbers = std::all_of(axis.levels.begin(), axis.levels.end(),
                                   [](const YamlNode& level) { return is_number(value_text(level)); });
  return {axis.path, numbers ? "number" : "string", "Axis of the design: its value at the point."};
}

}  // namespace

std::string sweep_package_json(const Sweep& sweep, const WholeFile& merged, const WholeFile* effects) {
  PackagedTable table{"merged.csv", header_of(merged)};
  for (const PlanAxis* axis : sweep.design().axes()) table.own.push_back(column_of(*axis));
  std::vector<PackagedTable> tables{std::move(table)};
  if (effects != nullptr) tables.push_back({"effects.csv", header_of(*effects)});
  return data_package_json("homeward-sweep", sweep.plan().name, tables);
}

}  // namespace homeward
