// Means and intervals over replicates, in the order in which they stand in the tables.
#include "report/comparison_lines.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

#include "observation/measures.h"
#include "report/flows_table.h"

namespace homeward {
namespace {

constexpr const char* all_levers = "all";

double weight_of(const Comparison& comparison) { return comparison.arms[0].result(0).weight; }

template <typename Value>
std::vector<double> over_replicates(const Comparison& comparison, std::size_t alt, const Value& value) {
  std::vector<double> list;
  for (const auto& records : comparison.records) list.push_back(value(records[alt]));
  return list;
}

std::string lever_path(std::size_t lever) { return "policy." + std::string(lever_rows()[lever].path); }

}  // namespace

std::optional<PairedDifference> contrast_of(const Comparison& comparison, std::size_t alt, const std::string& measure,
                                            ReturnsDefinition definition, int from_year, int to_year) {
  const std::vector<std::size_t> rows = measure_indexes(measure, definition, measure_rows());
  if (rows.empty()) return std::nullopt;
  return paired_difference(comparison.values(0, rows, from_year, to_year),
                           comparison.values(alt + 1, rows, from_year, to_year));
}

std::vector<ContrastLine> contrast_lines(const Comparison& comparison, ReturnsDefinition definition, int from_year,
                                         int to_year) {
  std::vector<ContrastLine> lines;
  const std::vector<std::string> measures = attributed_measures();
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    for (int year = from_year; year <= to_year; ++year) {
      for (std::size_t m = 0; m < measures.size(); ++m) {
        const std::string unit(m == 0 ? "persons a year" : measure_rows()[m - 1].unit);
        lines.push_back({alt, year, measures[m], unit,
                         contrast_of(comparison, alt, measures[m], definition, year, year)});
      }
    }
  }
  return lines;
}

std::vector<CumulativeLine> cumulative_lines(const Comparison& comparison, ReturnsDefinition definition, int to_year) {
  std::vector<CumulativeLine> lines;
  const std::vector<std::string> measures = attributed_measures();
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    const int from_year = comparison.alts[alt].from_year;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      std::string unit = "persons";
      if (m > 0) {
        const MeasureRow& row = measure_rows()[m - 1];
        const std::string_view a_year = " a year";
        if (row.kind != "flow" && !row.unit.ends_with(a_year)) continue;
        unit = std::string(row.unit.substr(0, row.unit.size() - (row.unit.ends_with(a_year) ? a_year.size() : 0)));
      }
      for (int year = from_year; year <= to_year; ++year) {
        lines.push_back({alt, from_year, year, measures[m], unit,
                         contrast_of(comparison, alt, measures[m], definition, from_year, year)});
      }
    }
  }
  return lines;
}

Estimate ledger_total(const Comparison& comparison, std::size_t alt, Category category) {
  const bool base_only = category == Category::deterred || category == Category::displaced;
  const double weight = weight_of(comparison);
  return estimate(over_replicates(comparison, alt, [&](const AltRecord& record) {
           double persons = 0;
           for (const LedgerCell& cell : record.ledger.cells) {
             if (cell.category == category && cell.year >= comparison.alts[alt].from_year) persons += weight * static_cast<double>(base_only ? cell.base : cell.alt);
           }
           return persons;
         }))
      .value_or(Estimate{});
}

std::vector<AttributionLine> attribution_lines(const Comparison& comparison) {
  std::vector<AttributionLine> lines;
  const std::vector<std::string> measures = attributed_measures();
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    const std::vector<Player>& players = comparison.alts[alt].players;
    for (std::size_t m = 0; m < measures.size() && !players.empty(); ++m) {
      for (std::size_t i = 0; i < players.size(); ++i) {
        const auto value = estimate(
            over_replicates(comparison, alt, [&](const AltRecord& record) { return record.shapley[i][m]; }));
        if (value) lines.push_back({alt, measures[m], players[i].name, "", *value, players[i].informed_by});
      }
    }
  }
  return lines;
}

std::vector<AttributionLine> interaction_lines(const Comparison& comparison) {
  std::vector<AttributionLine> lines;
  const std::vector<std::string> measures = attributed_measures();
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    const std::vector<Player>& players = comparison.alts[alt].players;
    if (comparison.alts[alt].attribution_sampled) continue;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      std::size_t pair = 0;
      for (std::size_t i = 0; i < players.size(); ++i) {
        for (std::size_t j = i + 1; j < players.size(); ++j, ++pair) {
          const auto value = estimate(
              over_replicates(comparison, alt, [&](const AltRecord& record) { return record.interactions[pair][m]; }));
          if (value) lines.push_back({alt, measures[m], players[i].name, players[j].name, *value, ""});
        }
      }
    }
  }
  return lines;
}

namespace {

CostLine cost_line(const Comparison& comparison, std::size_t alt, std::string name,
                   const std::function<const LeverAccount&(const FiscalAccount&)>& account) {
  CostLine line;
  line.alt = alt;
  line.lever = std::move(name);
  const FiscalAccount& first = comparison.records.front()[alt].account;
  line.defined = first.to_year >= first.from_year;
  const auto values = [&](double LeverAccount::*member) {
    return over_replicates(comparison, alt, [&](const AltRecord& record) { return account(record.account).*member; });
  };
  const std::vector<double> usd = values(&LeverAccount::usd), retained = values(&LeverAccount::retained),
                            claimants = values(&LeverAccount::claimants), always = values(&LeverAccount::always);
  line.usd_interval = *estimate(usd);
  line.retained_interval = *estimate(retained);
  line.usd = line.usd_interval.mean;
  line.retained = line.retained_interval.mean;
  line.claimants = estimate(claimants)->mean;
  line.additional = estimate(values(&LeverAccount::additional))->mean;
  if (line.claimants > 0) line.deadweight = estimate(always)->mean / line.claimants;
  if (is_distinct_from_zero(retained) && line.retained > 0) line.usd_per_additional = ratio_of_means(usd, retained);
  return line;
}

CostLine cost_of_all(const Comparison& comparison, std::size_t alt) {
  return cost_line(comparison, alt, all_levers, [](const FiscalAccount& a) -> const LeverAccount& { return a.all; });
}

}  // namespace

std::vector<std::string> not_costed(const Comparison& comparison, const std::vector<Scenario>& scenarios, std::size_t alt) {
  std::vector<std::string> names;
  for (const Lever lever : comparison.alts[alt].levers) {
    if (!is_costed(scenarios[alt + 1], lever)) names.push_back(lever_path(static_cast<std::size_t>(lever)));
  }
  if (comparison.alts[alt].others_differ) names.emplace_back("other");
  return names;
}

namespace {

// Whether something that differs has a price.
bool any_costed(const Comparison& comparison, const std::vector<Scenario>& scenarios, std::size_t alt) {
  const AltFacts& facts = comparison.alts[alt];
  const std::size_t differing = facts.levers.size() + (facts.others_differ ? 1 : 0);
  return differing == 0 || not_costed(comparison, scenarios, alt).size() < differing;
}

}  // namespace

std::vector<FiscalLine> fiscal_lines(const Comparison& comparison, const std::vector<Scenario>& scenarios) {
  std::vector<FiscalLine> lines;
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    const FiscalAccount& first = comparison.records.front()[alt].account;
    if (first.to_year < first.from_year || !any_costed(comparison, scenarios, alt)) continue;
    const auto add = [&](const char* item, double of_spend, double of_tax) {
      lines.push_back({alt, item, *estimate(over_replicates(comparison, alt, [&](const AltRecord& record) {
                         return of_spend * record.account.all.usd + of_tax * record.account.income_tax;
                       }))});
    };
    add("spend", 1, 0);
    add("income_tax", 0, 1);
    add("net", 1, -1);
  }
  return lines;
}

std::vector<CostLine> cost_lines(const Comparison& comparison, const std::vector<Scenario>& scenarios) {
  std::vector<CostLine> lines;
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    for (std::size_t l = 0; l < lever_count; ++l) {
      CostLine line = cost_line(comparison, alt, lever_path(l),
                                [&](const FiscalAccount& a) -> const LeverAccount& { return a.levers[l]; });
      line.claimed_by_returnees = is_claimed_by_returnees(static_cast<Lever>(l));
      const bool spent = line.usd != 0 || line.usd_interval.sd.value_or(0) > 0;
      const std::vector<Lever>& differing = comparison.alts[alt].levers;
      const bool differs = std::find(differing.begin(), differing.end(), static_cast<Lever>(l)) != differing.end();
      line.costed = !differs || is_costed(scenarios[alt + 1], static_cast<Lever>(l));
      if (spent || line.claimants > 0 || !line.costed) lines.push_back(std::move(line));
    }
    lines.push_back(cost_of_all(comparison, alt));
    lines.back().costed = any_costed(comparison, scenarios, alt);
  }
  return lines;
}

std::vector<FrontierLine> frontier_lines(const Comparison& comparison, const std::vector<Scenario>& scenarios) {
  std::vector<FrontierLine> lines;
  std::vector<bool> priced;  // in full
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    priced.push_back(not_costed(comparison, scenarios, alt).empty());
  }
  const auto account = [&](std::size_t alt, double LeverAccount::*member) {
    return over_replicates(comparison, alt, [&](const AltRecord& record) { return record.account.all.*member; });
  };
  const auto surely_above = [](const std::vector<double>& a, const std::vector<double>& b) {
    const auto pair = paired_difference(b, a);
    return pair && pair->difference.half_width && pair->difference.mean > *pair->difference.half_width;
  };
  const std::vector<double> nothing(comparison.records.size(), 0.0);
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    FrontierLine line;
    line.alt = alt;
    line.cost = cost_of_all(comparison, alt);
    line.cost.costed = any_costed(comparison, scenarios, alt);
    const std::vector<double> usd = account(alt, &LeverAccount::usd), retained = account(alt, &LeverAccount::retained);
    const auto beats = [&](double other_usd, double other_retained) {
      return other_usd <= line.cost.usd && other_retained >= line.cost.retained &&
             (other_usd < line.cost.usd || other_retained > line.cost.retained);
    };
    if (line.cost.defined && priced[alt] && beats(0, 0)) {
      line.beaten_by_base = true;
      line.sure = surely_above(usd, nothing) && surely_above(nothing, retained);
    }
    // Of several that beat it, the one that keeps most people; of equals the cheapest.
    double best_retained = 0, best_usd = 0;
    for (std::size_t other = 0; other < comparison.alts.size() && line.cost.defined && priced[alt]; ++other) {
      if (!priced[other]) continue;
      const CostLine rival = cost_of_all(comparison, other);
      if (other == alt || !rival.defined || !beats(rival.usd, rival.retained)) continue;
      if (line.dominated_by && std::tuple(-rival.retained, rival.usd) >= std::tuple(-best_retained, best_usd)) continue;
      best_retained = rival.retained;
      best_usd = rival.usd;
      line.dominated_by = other;
      line.beaten_by_base = false;
      line.sure = surely_above(usd, account(other, &LeverAccount::usd)) &&
                  surely_above(account(other, &LeverAccount::retained), retained);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<SpendLine> spend_lines(const Comparison& comparison, int from_year, int to_year) {
  std::vector<SpendLine> lines;
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    for (std::size_t l = 0; l < lever_count; ++l) {
      std::vector<SpendLine> of_lever;
      bool any = false;
      for (int year = std::max(from_year, comparison.alts[alt].from_year); year <= to_year; ++year) {
        const double usd = estimate(over_replicates(comparison, alt, [&](const AltRecord& record) {
                             return record.account.spending[year_index(year)][l];
                           }))->mean;
        any |= usd != 0;
        of_lever.push_back({alt, lever_path(l), year, usd});
      }
      if (any) lines.insert(lines.end(), of_lever.begin(), of_lever.end());
    }
  }
  return lines;
}

std::vector<HorizonLine> horizon_lines(const Comparison& comparison, int to_year) {
  std::vector<HorizonLine> lines;
  const int seen_in = to_year - HorizonCount::years_back;
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    if (seen_in < comparison.alts[alt].from_year) continue;
    const double weight = weight_of(comparison);
    const auto additional = over_replicates(comparison, alt, [&](const AltRecord& record) {
      return weight * static_cast<double>(record.ledger.horizon.additional);
    });
    const auto early = over_replicates(comparison, alt, [&](const AltRecord& record) {
      return weight * static_cast<double>(record.ledger.horizon.early);
    });
    lines.push_back({alt, seen_in, to_year, estimate(additional)->mean, estimate(early)->mean,
                     ratio_of_means(early, additional)});
  }
  return lines;
}

namespace {

// The ledger cells of an alternative over replicates.
struct CellSums {
  LedgerCell cell;
  std::vector<double> base, alt;  // synthetic persons by replicate
};

using LedgerPlace = std::tuple<int, int, int, int, int, int>;  // year, host, class, generation, education, category
constexpr int other = 1 << 20;  // a pooled dimension; after all others

class LedgerTable {
 public:
  LedgerTable(const Comparison& comparison, std::size_t alt, int from_year, int to_year)
      : replicates_(comparison.records.size()) {
    for (std::size_t i = 0; i < replicates_; ++i) {
      for (const LedgerCell& c : comparison.records[i][alt].ledger.cells) {
        if (c.year < from_year || c.year > to_year) continue;
        const LedgerPlace place{c.year, c.host, code(c.migrant_class), code(c.generation), code(c.education),
                                code(c.category)};
        add(cells_[place], i, static_cast<double>(c.base), static_cast<double>(c.alt));
      }
    }
  }

  // Hosts first, then generation, then class: who gains is asked for by education and class more than by host.
  void pool_small() {
    pool([](LedgerPlace p) {
      std::get<1>(p) = other;
      return p;
    });
    pool([](LedgerPlace p) {
      std::get<1>(p) = std::get<3>(p) = other;
      return p;
    });
    pool([](LedgerPlace p) {
      std::get<1>(p) = std::get<2>(p) = std::get<3>(p) = other;
      return p;
    });
    pool([](const LedgerPlace& p) { return LedgerPlace{std::get<0>(p), other, other, other, other, std::get<5>(p)}; });
  }
  // All eight categories of every year, in the pooled place.
  void complete(int from_year, int to_year) {
    for (int year = from_year; year <= to_year; ++year) {
      for (int category = 0; category < static_cast<int>(category_names.size()); ++category) {
        CellSums& sums = cells_[{year, other, other, other, other, category}];
        sums.base.resize(replicates_);
        sums.alt.resize(replicates_);
      }
    }
  }
  const std::map<LedgerPlace, CellSums>& cells() const { return cells_; }

 private:
  void add(CellSums& sums, std::size_t replicate, double base, double alt) const {
    sums.base.resize(replicates_);
    sums.alt.resize(replicates_);
    sums.base[replicate] += base;
    sums.alt[replicate] += alt;
  }
  bool is_small(const CellSums& sums) const {
    double base = 0, alt = 0;
    for (const double persons : sums.base) base += persons;
    for (const double persons : sums.alt) alt += persons;
    return std::max(base, alt) < small_cell * static_cast<double>(replicates_);
  }
  template <typename To>
  void pool(const To& to) {
    std::map<LedgerPlace, CellSums> pooled;
    for (const auto& [place, sums] : cells_) {
      CellSums& target = pooled[is_small(sums) ? to(place) : place];
      for (std::size_t i = 0; i < replicates_; ++i) add(target, i, sums.base[i], sums.alt[i]);
    }
    cells_ = std::move(pooled);
  }

  std::size_t replicates_;
  std::map<LedgerPlace, CellSums> cells_;
};

std::string word(std::span<const std::string_view> names, int index) {
  return index == other ? "other" : std::string(names[static_cast<std::size_t>(index)]);
}

}  // namespace

std::vector<LedgerLine> ledger_lines(const Comparison& comparison, const Scenario& base, int from_year, int to_year,
                                     SmallLedgerCells small) {
  std::vector<LedgerLine> lines;
  const double weight = weight_of(comparison);
  for (std::size_t alt = 0; alt < comparison.alts.size(); ++alt) {
    const int first = std::max(from_year, comparison.alts[alt].from_year);
    LedgerTable table(comparison, alt, first, to_year);
    if (small == SmallLedgerCells::pooled) table.pool_small();
    table.complete(first, to_year);
    for (const auto& [place, sums] : table.cells()) {
      const auto& [year, host, migrant_class, generation, education, category] = place;
      std::vector<double> differences, of_base, of_alt;
      for (std::size_t i = 0; i < sums.base.size(); ++i) {
        of_base.push_back(weight * sums.base[i]);
        of_alt.push_back(weight * sums.alt[i]);
        differences.push_back(of_alt.back() - of_base.back());
      }
      lines.push_back({alt, year,
                       host == other ? "other" : base.tables.hosts[static_cast<std::size_t>(host)].iso3,
                       word(migrant_class_names, migrant_class), word(generation_names, generation),
                       word(education_names, education), static_cast<Category>(category), estimate(of_base)->mean,
                       estimate(of_alt)->mean, *estimate(differences)});
    }
  }
  return lines;
}

}  // namespace homeward
