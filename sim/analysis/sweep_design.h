// The points of a plan: a pure function from the number of a point to the values of all axes there.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "scenario/sweep_plan.h"

namespace homeward {

// The value of an axis at a point.
struct AxisValue {
  const PlanAxis* axis;
  YamlNode value;  // its place is where it is written
};

class SweepDesign {
 public:
  // `plan` must outlive the design. Draws the sampled designs from the seed.
  SweepDesign(const PlanDesign& plan, std::uint64_t seed);

  std::uint64_t points() const { return root_.points; }
  const std::vector<const PlanAxis*>& axes() const { return axes_; }
  // In the order of axes(). Crossed designs: the last part fastest; grids: the last axis fastest.
  std::vector<AxisValue> at(std::uint64_t point) const;
  // All points, or where they are more than `most`, some in which every level of every axis of a grid or table stands
  // and the first of each sampled design; in rising order, thinned out evenly to at most that many.
  std::vector<std::uint64_t> telling_points(std::size_t most) const;

 private:
  struct Node {
    const PlanDesign* plan = nullptr;
    std::uint64_t points = 0;
    std::vector<double> units;  // of a sampled leaf: [point x axis], in (0, 1)
    std::vector<Node> parts;
  };
  static Node drawn(const PlanDesign& plan, std::uint64_t seed);
  static void fill(const Node& node, std::uint64_t point, std::vector<AxisValue>& values);
  static void tell(const Node& node, std::uint64_t stride, std::size_t most, std::set<std::uint64_t>& points);

  Node root_;
  std::vector<const PlanAxis*> axes_;
};

// A design in words: alike where two designs have the same points in the same order.
std::string design_text(const PlanDesign& design);

// As it stands in a table: 0.25, or {2027: 0, 2029: 1}.
std::string value_text(const YamlNode& value);

}  // namespace homeward
