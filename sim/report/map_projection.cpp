#include "report/map_projection.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace homeward {
namespace {

constexpr double pi = 3.14159265358979323846;
using Corner = std::pair<double, double>;

double wrapped(double degrees) {  // to 0 <= x < 360
  const double turns = std::floor(degrees / 360);
  return degrees - 360 * turns;
}

// How much land the meridian cuts, in degrees of latitude as long as on the equator.
double land_cut(double meridian, const std::vector<std::vector<Location>>& land) {
  double cut = 0;
  for (const std::vector<Location>& ring : land) {
    std::vector<double> latitudes;
    for (std::size_t i = 1; i < ring.size(); ++i) {
      const double a = wrapped(ring[i - 1].longitude - meridian), b = wrapped(ring[i].longitude - meridian);
      if (std::abs(a - b) > 180) latitudes.push_back((ring[i - 1].latitude + ring[i].latitude) / 2);
    }
    std::sort(latitudes.begin(), latitudes.end());
    for (std::size_t i = 1; i < latitudes.size(); i += 2) {
      cut += (latitudes[i] - latitudes[i - 1]) * std::cos((latitudes[i] + latitudes[i - 1]) / 2 * pi / 180);
    }
  }
  return cut;
}

// What of a polygon lies on one side of x = edge (Sutherland and Hodgman 1974).
std::vector<Corner> clipped(const std::vector<Corner>& polygon, double edge, bool keep_above) {
  std::vector<Corner> kept;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Corner &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
    const bool a_in = keep_above ? a.first >= edge : a.first <= edge;
    const bool b_in = keep_above ? b.first >= edge : b.first <= edge;
    if (a_in) kept.push_back(a);
    if (a_in != b_in) {
      const double share = (edge - a.first) / (b.first - a.first);
      kept.push_back({edge, a.second + share * (b.second - a.second)});
    }
  }
  return kept;
}

}  // namespace

MapProjection::MapProjection(double centre, const std::vector<std::vector<Location>>& land) : middle_(centre) {
  double least = std::numeric_limits<double>::max();
  for (const int away : {0, 10, -10, 20, -20, 30, -30, 40, -40, 50, -50, 60, -60}) {
    const double middle = std::round(centre / 10) * 10 + away;
    const double cut = land_cut(middle - 180, land);
    if (cut < least) {
      least = cut;
      middle_ = middle;
    }
  }
}

std::pair<double, double> MapProjection::place(double longitude, double latitude) const {
  return place_from_edge(wrapped(longitude - middle_ + 180), latitude);
}

std::pair<double, double> MapProjection::place_from_edge(double east, double latitude) const {
  constexpr double a1 = 1.340264, a2 = -0.081106, a3 = 0.000893, a4 = 0.003796;
  const double lambda = (east - 180) * pi / 180;
  const double root3 = std::sqrt(3.0);
  const double theta = std::asin(root3 / 2 * std::sin(latitude * pi / 180));
  const double t2 = theta * theta, t6 = t2 * t2 * t2;
  const double x = 2 * root3 * lambda * std::cos(theta) / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1));
  const double y = a4 * t6 * t2 * theta + a3 * t6 * theta + a2 * t2 * theta + a1 * theta;
  return {x, y};
}

std::vector<std::vector<Corner>> MapProjection::pieces(const std::vector<Location>& ring) const {
  std::vector<Corner> unrolled;  // without a jump from one corner to the next
  for (const Location& corner : ring) {
    double east = wrapped(corner.longitude - middle_ + 180);
    if (!unrolled.empty()) {
      while (east - unrolled.back().first > 180) east -= 360;
      while (east - unrolled.back().first < -180) east += 360;
    }
    unrolled.push_back({east, corner.latitude});
  }
  std::vector<std::vector<Corner>> found;
  for (const double turn : {-360.0, 0.0, 360.0}) {
    std::vector<Corner> moved = unrolled;
    for (Corner& corner : moved) corner.first += turn;
    std::vector<Corner> piece = clipped(clipped(moved, 0, true), 360, false);
    if (piece.size() > 2) found.push_back(std::move(piece));
  }
  return found;
}

}  // namespace homeward
