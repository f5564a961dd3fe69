// The world on a page, areas kept: Equal Earth, turned so that the edge of the map crosses as little land as can be.
#pragma once
#include <utility>
#include <vector>

#include "scenario/presentation.h"

namespace homeward {

class MapProjection {
 public:
  // Šavrič, Patterson & Jenny 2018, "The Equal Earth map projection". The middle lies within 60 degrees of `centre`.
  MapProjection(double centre, const std::vector<std::vector<Location>>& land);

  double middle() const { return middle_; }
  // Of the unit sphere: x grows to the east, y to the north.
  std::pair<double, double> place(double longitude, double latitude) const;
  // The same, for a longitude that is already counted from the western edge, 0 to 360.
  std::pair<double, double> place_from_edge(double east, double latitude) const;
  // A ring cut at the edge of the map: pieces with longitudes counted from the western edge.
  std::vector<std::vector<std::pair<double, double>>> pieces(const std::vector<Location>& ring) const;

 private:
  double middle_ = 0;
};

}  // namespace homeward
