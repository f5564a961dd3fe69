#include "analysis/sweep_design.h"

#include <algorithm>

#include "population/synthesis.h"
#include "random/point_sets.h"
#include "scenario/number.h"

namespace homeward {

SweepDesign::SweepDesign(const PlanDesign& plan, std::uint64_t seed) : root_(drawn(plan, seed)) {
  collect_axes(plan, axes_);
}

SweepDesign::Node SweepDesign::drawn(const PlanDesign& plan, std::uint64_t seed) {
  Node node;
  node.plan = &plan;
  node.points = point_count(plan);
  std::vector<std::uint64_t> keys;
  for (const PlanAxis& axis : plan.axes) keys.push_back(text_key(axis.path));
  switch (plan.kind) {
    case PlanDesign::Kind::sobol: node.units = sobol_points(seed, keys, plan.points); break;
    case PlanDesign::Kind::latin_hypercube: node.units = latin_hypercube_points(seed, keys, plan.points); break;
    case PlanDesign::Kind::random: node.units = random_points(seed, keys, plan.points); break;
    default: break;
  }
  for (const PlanDesign& part : plan.parts) node.parts.push_back(drawn(part, seed));
  return node;
}

std::vector<AxisValue> SweepDesign::at(std::uint64_t point) const {
  std::vector<AxisValue> values;
  fill(root_, point, values);
  return values;
}

void SweepDesign::fill(const Node& node, std::uint64_t point, std::vector<AxisValue>& values) {
  const std::vector<PlanAxis>& axes = node.plan->axes;
  const auto add = [&](const PlanAxis& axis, std::uint64_t level) {
    const YamlNode& value = axis.levels[static_cast<std::size_t>(level)];
    values.push_back({&axis, value});
  };
  switch (node.plan->kind) {
    case PlanDesign::Kind::grid: {
      std::uint64_t below = node.points;
      for (const PlanAxis& axis : axes) {
        below /= axis.levels.size();
        add(axis, point / below % axis.levels.size());
      }
      return;
    }
    case PlanDesign::Kind::rows:
      for (const PlanAxis& axis : axes) add(axis, point);
      return;
    case PlanDesign::Kind::zip:
      for (const Node& part : node.parts) fill(part, point, values);
      return;
    case PlanDesign::Kind::cross: {
      std::uint64_t below = node.points;
      for (const Node& part : node.parts) {
        below /= part.points;
        fill(part, point / below % part.points, values);
      }
      return;
    }
    default:
      for (std::size_t i = 0; i < axes.size(); ++i) {
        const double unit = node.units[static_cast<std::size_t>(point) * axes.size() + i];
        YamlNode value;
        value.kind = YamlNode::Kind::scalar;
        value.place = axes[i].place;
        value.text = number_text(tidied(axes[i].from + unit * (axes[i].to - axes[i].from)));
        values.push_back({&axes[i], std::move(value)});
      }
  }
}

std::vector<std::uint64_t> SweepDesign::telling_points(std::size_t most) const {
  std::set<std::uint64_t> points{0};
  if (root_.points <= most) {
    for (std::uint64_t point = 0; point < root_.points; ++point) points.insert(point);
  } else {
    tell(root_, 1, most, points);
  }
  const std::size_t step = (points.size() + most - 1) / most;
  std::vector<std::uint64_t> kept;
  std::size_t i = 0;
  for (const std::uint64_t point : points) {
    if (i++ % step == 0) kept.push_back(point);
  }
  return kept;
}

// All parts but this one stay at their first points, which is where their own telling points are found.
void SweepDesign::tell(const Node& node, std::uint64_t stride, std::size_t most, std::set<std::uint64_t>& points) {
  const auto add = [&](std::uint64_t count, std::uint64_t each) {
    const std::uint64_t step = (count + most - 1) / most;
    for (std::uint64_t i = 0; i < count; i += step) points.insert(i * each);
  };
  std::uint64_t below = node.points;
  switch (node.plan->kind) {
    case PlanDesign::Kind::grid:
      for (const PlanAxis& axis : node.plan->axes) {
        below /= axis.levels.size();
        add(axis.levels.size(), below * stride);
      }
      return;
    case PlanDesign::Kind::rows: add(node.points, stride); return;
    case PlanDesign::Kind::zip:
      for (const Node& part : node.parts) tell(part, stride, most, points);
      return;
    case PlanDesign::Kind::cross:
      for (const Node& part : node.parts) {
        below /= part.points;
        tell(part, below * stride, most, points);
      }
      return;
    default: return;  // its first point stands in all others
  }
}

std::string design_text(const PlanDesign& design) {
  std::string text = std::to_string(static_cast<int>(design.kind)) + ' ' + std::to_string(design.points) + '\n';
  for (const PlanAxis& axis : design.axes) {
    text += axis.path + ' ' + number_text(axis.from) + ' ' + number_text(axis.to);
    for (const YamlNode& level : axis.levels) text += '|' + value_text(level);
    text += '\n';
  }
  for (const PlanDesign& part : design.parts) text += design_text(part);
  return text + "end\n";
}

std::string value_text(const YamlNode& value) {
  std::string text;
  if (value.is_map()) {
    for (const YamlEntry& entry : value.entries)
      text += (text.empty() ? "{" : ", ") + entry.key + ": " + value_text(entry.value);
    return text + '}';
  }
  if (value.kind == YamlNode::Kind::list) {
    for (const YamlNode& item : value.items) text += (text.empty() ? "[" : ", ") + value_text(item);
    return text + ']';
  }
  const std::optional<double> number = value.quoted ? std::nullopt : read_number(value.text).value;
  return number ? number_text(*number) : value.text;
}

}  // namespace homeward
