#include "report/flow_map.h"

#include <algorithm>
#include <cmath>

#include "report/csv.h"
#include "report/exploration.h"
#include "report/map_projection.h"

namespace homeward {
namespace {

constexpr double width = 960, height = 440;
constexpr double widest_line = 13, narrowest_line = 0.6, largest_dot = 20, least_dot = 1.5;
constexpr double half_world = 2.7064;  // x of the eastern edge at the equator
constexpr double northern = 83, southern = -56;
constexpr std::size_t most_names = 14;

struct Box {
  double left, top, right, bottom;
  bool meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

class Drawing {
 public:
  explicit Drawing(const FlowMap& map) : map_(map), projection_(map.home.longitude, map.land) {
    north_ = projection_.place(0, northern).second;
    scale_ = std::min(width / (2 * half_world), height / (north_ - projection_.place(0, southern).second));
    for (const HostFlow& host : map.hosts) {
      most_returns_ = std::max(most_returns_, host.returns);
      most_stock_ = std::max(most_stock_, host.stock.value_or(0));
    }
  }

  Markup draw() {
    land();
    for (auto host = map_.hosts.rbegin(); host != map_.hosts.rend(); ++host) flow(*host);
    for (const HostFlow& host : map_.hosts) dot(host);
    const auto [x, y] = on_page(projection_.place(map_.home.longitude, map_.home.latitude));
    svg_.leaf("circle", {{"class", "home"}, {"cx", coordinate(x)}, {"cy", coordinate(y)}, {"r", "5"}});
    const std::vector<Box> dots = std::move(taken_);  // the name of the home country stands over them
    taken_ = {};
    name(map_.home.name, x, y, 6, "home-name");
    taken_.insert(taken_.end(), dots.begin(), dots.end());
    std::size_t named = 0;
    for (const HostFlow& host : map_.hosts) {
      if (!host.place || named == most_names) continue;
      const auto at = on_page(projection_.place(host.place->longitude, host.place->latitude));
      if (name(host.name, at.first, at.second, radius(host), named < 1 ? "place" : "place minor")) ++named;
    }
    return std::move(svg_);
  }

 private:
  std::pair<double, double> on_page(const std::pair<double, double>& place) const {
    return {width / 2 + place.first * scale_, (north_ - place.second) * scale_};
  }
  double radius(const HostFlow& host) const {
    if (!host.stock || most_stock_ <= 0) return least_dot;
    return std::max(least_dot, largest_dot * std::sqrt(std::max(0.0, *host.stock) / most_stock_));
  }
  static std::string words(const HostFlow& host) {
    std::string text = host.name + ": " + interval_for_people(host.returns, host.low, host.high) + " returns a year";
    if (host.stock) {
      text += "; " + interval_for_people(*host.stock, host.stock_low, host.stock_high) + " live there";
    }
    return text;
  }

  void land() {
    std::string path;
    for (const std::vector<Location>& ring : map_.land) {
      for (const auto& piece : projection_.pieces(ring)) {
        char pen = 'M';
        for (const auto& [east, latitude] : piece) {
          const auto [x, y] = on_page(projection_.place_from_edge(east, latitude));
          path += pen + coordinate(x) + ' ' + coordinate(y);
          pen = 'L';
        }
        path += 'Z';
      }
    }
    if (!path.empty()) svg_.leaf("path", {{"class", "land"}, {"d", path}}).line();
  }

  void flow(const HostFlow& host) {
    if (!host.place || host.returns <= 0 || most_returns_ <= 0) return;
    const auto [x0, y0] = on_page(projection_.place(host.place->longitude, host.place->latitude));
    const auto [x1, y1] = on_page(projection_.place(map_.home.longitude, map_.home.latitude));
    const double away = std::sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    const double bend = std::min(70.0, away * 0.22);
    const double line = std::max(narrowest_line, widest_line * host.returns / most_returns_);
    svg_.open("path", {{"class", "flow"},
                       {"data-host", host.iso3},
                       {"stroke-width", coordinate(line)},
                       {"d", "M" + coordinate(x0) + ' ' + coordinate(y0) + 'Q' + coordinate((x0 + x1) / 2) + ' ' +
                                 coordinate((y0 + y1) / 2 - bend) + ' ' + coordinate(x1) + ' ' + coordinate(y1)}});
    svg_.element("title", words(host)).close("path").line();
  }

  void dot(const HostFlow& host) {
    if (!host.place) return;
    const auto [x, y] = on_page(projection_.place(host.place->longitude, host.place->latitude));
    svg_.open("circle", {{"class", "dot"}, {"cx", coordinate(x)}, {"cy", coordinate(y)},
                         {"r", coordinate(radius(host))}});
    svg_.element("title", words(host)).close("circle").line();
    taken_.push_back({x - radius(host) * 0.7, y - radius(host) * 0.7, x + radius(host) * 0.7, y + radius(host) * 0.7});
  }

  // Writes a name where it meets no other: right, left, below or above its dot.
  bool name(const std::string& text, double x, double y, double away, const char* style) {
    const double wide = text_width(text) * 1.15;
    const double gap = away + 3;
    struct Try {
      double left, base;
    };
    for (const Try& place : {Try{x + gap, y + 4}, Try{x - gap - wide, y + 4}, Try{x - wide / 2, y + gap + 11},
                             Try{x - wide / 2, y - gap}}) {
      const Box box{place.left, place.base - 11, place.left + wide, place.base + 3};
      if (box.left < 0 || box.right > width || box.bottom > height || box.top < 0) continue;
      if (std::any_of(taken_.begin(), taken_.end(), [&](const Box& other) { return box.meets(other); })) continue;
      taken_.push_back(box);
      svg_.element("text", text, {{"class", style}, {"x", coordinate(place.left)}, {"y", coordinate(place.base)}});
      svg_.line();
      return true;
    }
    return false;
  }

  const FlowMap& map_;
  MapProjection projection_;
  Markup svg_;
  std::vector<Box> taken_;
  double scale_ = 1, north_ = 0, most_returns_ = 0, most_stock_ = 0;
};

using Bound = std::optional<double>;
std::vector<std::string> number_cells(double value, const Bound& low, const Bound& high) {
  return {cell_text(value), cell_text(low), cell_text(high)};
}

}  // namespace

Figure draw(const FlowMap& map) {
  Figure figure;
  figure.id = map.id;
  figure.title = map.title;
  figure.caption = map.caption;
  figure.width = width;
  figure.height = height;
  figure.wide = true;
  figure.rows_shown = 10;
  figure.drawing = Drawing(map).draw();
  figure.exploration = explore_map(map);
  figure.data.columns = {"iso3", "host", "returns", "lo95", "hi95", "stock", "stock_lo95", "stock_hi95"};
  figure.table.push_back({"host", "returns a year", "persons living there"});
  for (const HostFlow& host : map.hosts) {
    std::vector<std::string> row{host.iso3, host.name};
    for (std::string& cell : number_cells(host.returns, host.low, host.high)) row.push_back(std::move(cell));
    if (host.stock) {
      for (std::string& cell : number_cells(*host.stock, host.stock_low, host.stock_high)) {
        row.push_back(std::move(cell));
      }
    } else {
      row.insert(row.end(), 3, "");
    }
    figure.data.rows.push_back(std::move(row));
    figure.table.push_back({host.name, interval_for_people(host.returns, host.low, host.high),
                            host.stock ? interval_for_people(*host.stock, host.stock_low, host.stock_high) : ""});
    if (figure.table.size() <= 6) {
      figure.description += host.name + ": " + interval_for_people(host.returns, host.low, host.high) + ". ";
    }
  }
  figure.description = "The largest flows to " + map.home.name + ", persons a year. " + figure.description;
  if (map.elsewhere > 0) {
    figure.data.rows.push_back({"other", "small cells, pooled", cell_text(map.elsewhere), "", "", "", "", ""});
    figure.table.push_back({"small cells, pooled", number_for_people(map.elsewhere), ""});
  }
  return figure;
}

}  // namespace homeward
