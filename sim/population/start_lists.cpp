#include "population/start_lists.h"

#include <algorithm>
#include <boost/random/uniform_01.hpp>
#include <cmath>
#include <map>

#include "parallel/blocks.h"
#include "population/integerise.h"

namespace homeward {
namespace {

// Lists of 1/20 have about 4 MB; those of a run at 1:1 are not worth their memory.
constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::size_t most_bytes_each = most_bytes / 16;

// Arrivals are listed in tasks of one host and a few years.
constexpr int list_years = 6;
constexpr int lists_a_host = (year_count + list_years - 1) / list_years;

Kept<StartLists>& kept() {
  static Kept<StartLists> latest(most_bytes);
  return latest;
}

std::atomic<std::size_t>& made() {
  static std::atomic<std::size_t> count{0};
  return count;
}

ByteKey key_of(const Scenario& scenario, const SynthesisSettings& settings) {
  const Tables& tables = scenario.tables;
  ByteKey key;
  add_raking_input(tables, key);
  key.add(settings.seed);
  key.add(settings.scale);
  key.add(tables.hosts.size());
  for (const Host& host : tables.hosts) {
    key.add(host.iso3);
    key.add(host.group);
    key.add(host.share);
  }
  for (const auto& by_group : tables.arrivals) {
    key.add(by_group.size());
    for (const YearSeries& series : by_group) {
      for (const double persons : series) key.add(persons);
    }
  }
  for (const HostGroup& group : tables.groups) {
    for (const double times : group.arrivals_multiplier) key.add(times);
  }
  return key;
}

std::vector<std::uint32_t> whole_persons(const GroupStock& stock, const Host& host, const Stream& stream) {
  double total = 0;
  for (Eigen::Index cell = 0; cell < stock.weights.size(); ++cell) total += stock.weights[cell];
  const auto persons = static_cast<std::uint64_t>(std::floor(total * host.share + 0.5));
  KeyedEngine engine(stream, text_key(host.iso3), 0);
  const double start = boost::random::uniform_01<double>()(engine);
  return truncate_replicate_sample(stock.weights, persons, start);
}

RankedStock rank_stock(const std::vector<std::uint32_t>& persons, const GroupStock& stock, std::uint64_t host_key,
                       double scale, const Thinning& thinning) {
  RankedStock host;
  host.first_rank.reserve(stock.cells.size() + 1);
  host.first_rank.push_back(0);
  std::uint64_t sum = 0;
  for (const std::uint32_t count : persons) sum += count;
  // Every list needs room for the whole cell.
  const std::uint32_t largest = persons.empty() ? 0 : *std::max_element(persons.begin(), persons.end());
  const double kept_at_most = static_cast<double>(sum) * std::min(1.0, 1.1 * scale);
  host.keys.resize(static_cast<std::size_t>(kept_at_most) + largest + kept_keys_padding);
  std::size_t kept = 0;
  for (std::size_t cell = 0; cell < stock.cells.size(); ++cell) {
    const std::uint32_t count = persons[cell];
    if (count > 0) {
      const std::uint64_t origin = initial_origin(host_key, stock.cells[cell].number());
      const std::size_t room = kept + count + kept_keys_padding;
      if (host.keys.size() < room) host.keys.resize(2 * room);
      kept += thinning.list_kept(origin, 0, count, host.keys.data() + kept);
    }
    host.first_rank.push_back(static_cast<std::uint32_t>(kept));
  }
  host.keys.resize(kept);
  return host;
}

ArrivalList list_arrivals(const Inflow& inflow, std::size_t number) {
  ArrivalList list;
  list.host = static_cast<int>(number / static_cast<std::size_t>(lists_a_host));
  list.from = first_year + static_cast<int>(number % static_cast<std::size_t>(lists_a_host)) * list_years;
  list.to = std::min(list.from + list_years - 1, last_year);
  for (int year = list.from; year <= list.to; ++year) {
    for (std::size_t c = 0; c < migrant_class_names.size(); ++c) {
      list.kept.push_back(inflow.list_arrivals(list.host, static_cast<MigrantClass>(c), year, list.keys));
    }
  }
  return list;
}

// How well whole persons meet the margins.
std::vector<MarginFit> fit_of(const std::vector<std::vector<std::uint32_t>>& persons, const std::vector<Host>& hosts,
                              const RakedStock& raked) {
  std::map<std::string, std::size_t> place;
  std::vector<MarginFit> fit;
  std::vector<double> missed;
  for (std::size_t group = 0; group < raked.groups.size(); ++group) {
    std::vector<const Margin*> margins;
    for (const Margin& margin : raked.groups[group].margins) margins.push_back(&margin);
    margins.push_back(&raked.generation_by_age[group]);
    for (const Margin* margin : margins) {
      const auto [found, added] = place.emplace(margin->name, fit.size());
      if (added) {
        fit.push_back({margin->name, 0, 0});
        missed.push_back(0);
      }
      std::vector<std::uint64_t> sums(static_cast<std::size_t>(margin->target.size()));
      for (std::size_t h = 0; h < persons.size(); ++h) {
        if (static_cast<std::size_t>(hosts[h].group) != group) continue;
        std::fill(sums.begin(), sums.end(), 0);
        for (std::size_t cell = 0; cell < persons[h].size(); ++cell) {
          sums[static_cast<std::size_t>(margin->bin[cell])] += persons[h][cell];
        }
        for (std::size_t bin = 0; bin < sums.size(); ++bin) {
          const double target = margin->target[static_cast<Eigen::Index>(bin)] * hosts[h].share;
          fit[found->second].target += target;
          missed[found->second] += std::abs(static_cast<double>(sums[bin]) - target);
        }
      }
    }
  }
  for (std::size_t k = 0; k < fit.size(); ++k) {
    fit[k].standardised_absolute_error = fit[k].target > 0 ? missed[k] / fit[k].target : 0;
  }
  return fit;
}

StartLists make(const Scenario& scenario, const SynthesisSettings& settings, const Inflow& inflow,
                const RakedStock& raked) {
  ++made();
  const std::vector<Host>& hosts = scenario.tables.hosts;
  const Stream integerise(settings.seed, Purpose::integerise);
  StartLists lists;
  lists.stock.resize(hosts.size());
  lists.arrivals.resize(hosts.size() * static_cast<std::size_t>(lists_a_host));
  std::vector<std::vector<std::uint32_t>> persons(hosts.size());
  for_each_block(hosts.size() + lists.arrivals.size(), settings.threads, [&](std::size_t task) {
    if (task >= hosts.size()) {
      lists.arrivals[task - hosts.size()] = list_arrivals(inflow, task - hosts.size());
      return;
    }
    const GroupStock& stock = raked.groups[static_cast<std::size_t>(hosts[task].group)];
    persons[task] = whole_persons(stock, hosts[task], integerise);
    lists.stock[task] = rank_stock(persons[task], stock, inflow.host_key(static_cast<int>(task)), settings.scale,
                                   inflow.thinning());
  });
  lists.fit = fit_of(persons, hosts, raked);
  return lists;
}

}  // namespace

std::size_t StartLists::bytes() const {
  std::size_t bytes = sizeof *this;
  for (const RankedStock& host : stock) {
    bytes += host.first_rank.capacity() * sizeof(std::uint32_t) + host.keys.capacity() * sizeof(std::uint64_t);
  }
  for (const ArrivalList& list : arrivals) {
    bytes += list.keys.capacity() * sizeof(std::uint64_t) + list.kept.capacity() * sizeof(std::uint32_t);
  }
  return bytes;
}

std::shared_ptr<const StartLists> start_lists(const Scenario& scenario, const SynthesisSettings& settings,
                                              const Inflow& inflow, const RakedStock& raked) {
  double persons = 0;
  for (const GroupStock& group : raked.groups) persons += group.weights.sum();
  if (persons * settings.scale * sizeof(std::uint64_t) > static_cast<double>(most_bytes_each)) {
    return std::make_shared<const StartLists>(make(scenario, settings, inflow, raked));
  }
  return kept().get(key_of(scenario, settings), [&] { return make(scenario, settings, inflow, raked); });
}

std::size_t start_lists_made() { return made().load(); }

}  // namespace homeward
