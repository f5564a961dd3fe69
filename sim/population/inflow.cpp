#include "population/inflow.h"

#include <algorithm>
#include <cmath>

#include "base/fault.h"

namespace homeward {
namespace {

// community is a 16-bit column.
constexpr double most_communities = 65536;

}  // namespace

Inflow::Inflow(const Scenario& scenario, const SynthesisSettings& settings)
    : scenario_(scenario),
      thinning_(settings.seed, settings.scale),
      rounding_(settings.seed, Purpose::integerise),
      community_salt_(mix(Stream(settings.seed, Purpose::community).key())) {
  const Tables& tables = scenario.tables;
  std::vector<double> stock(tables.groups.size(), 0);
  for (const StockCell& cell : tables.stocks) {
    const auto group = static_cast<std::size_t>(cell.group);
    stock[group] += cell.persons * tables.groups[group].synthesis_factor;
  }
  const double size = std::max(1.0, scenario.parameters.community_size);
  for (const Host& host : tables.hosts) {
    host_keys_.push_back(text_key(host.iso3));
    const auto group = static_cast<std::size_t>(host.group);
    double persons = stock[group];
    std::array<std::uint32_t, static_cast<std::size_t>(year_count) + 1> pace{};
    for (std::size_t step = 0; step < pace.size(); ++step) {
      for (std::size_t c = 0; step > 0 && c < tables.arrivals.size(); ++c) {
        if (group < tables.arrivals[c].size()) persons += tables.arrivals[c][group][step - 1];
      }
      const double communities = std::ceil(persons * host.share * settings.scale / size);
      if (communities > most_communities) {
        throw RunError("host " + host.iso3 + " needs more than 65536 communities of " +
                       std::to_string(static_cast<long>(size)) +
                       " persons. Raise community.size or lower --scale.");
      }
      pace[step] = static_cast<std::uint32_t>(std::max(1.0, communities));
    }
    communities_.push_back(pace);
  }
}

std::uint32_t Inflow::persons(int host, MigrantClass migrant_class, int year) const {
  const Host& row = scenario_.tables.hosts[static_cast<std::size_t>(host)];
  const auto group = static_cast<std::size_t>(row.group);
  const auto& by_group = scenario_.tables.arrivals[code(migrant_class)];
  if (group >= by_group.size()) return 0;
  const double expected = by_group[group][year_index(year)] * row.share *
                          scenario_.tables.groups[group].arrivals_multiplier[year_index(year)];
  if (!(expected > 0)) return 0;
  const std::uint64_t key = mix(host_key(host), 0x2000u + code(migrant_class));
  const double draw = uniform(rounding_.words(key, static_cast<std::uint32_t>(year))[0]);
  return static_cast<std::uint32_t>(std::min(std::floor(expected + draw), 4294967295.0));
}

std::uint32_t Inflow::list_arrivals(int host, MigrantClass migrant_class, int year,
                                    std::vector<std::uint64_t>& keys) const {
  constexpr std::uint32_t chunk = 2048;
  std::array<std::uint64_t, chunk + kept_keys_padding> some;
  const std::uint32_t count = persons(host, migrant_class, year);
  const std::uint64_t origin = arrival_origin(migrant_class, host_key(host), year);
  const std::size_t before = keys.size();
  for (std::uint32_t first = 0; first < count; first += std::min(chunk, count - first)) {
    const std::size_t kept = thinning_.list_kept(origin, first, std::min(chunk, count - first), some.data());
    keys.insert(keys.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(kept));
  }
  return static_cast<std::uint32_t>(keys.size() - before);
}

}  // namespace homeward
