#include "population/stock.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

#include "base/fault.h"

namespace homeward {
namespace {

constexpr std::size_t class_count = migrant_class_names.size();
constexpr std::size_t generation_count = generation_names.size();

std::array<double, age_group_count>& ages_of(
    std::map<std::pair<MigrantClass, Generation>, std::array<double, age_group_count>>& people, const StockCell& cell) {
  return people[{cell.migrant_class, cell.generation}];
}

struct MarginShape {
  std::string name;
  std::size_t bins = 0;
  std::function<std::size_t(const StockCellCode&)> bin;
};

const std::vector<MarginShape>& margin_shapes() {
  static const std::vector<MarginShape> shapes{
      {"age x sex", age_group_count * 2, [](const StockCellCode& c) { return c.age_group * 2 + c.sex; }},
      {"class x arrival cohort", class_count * cohort_count,
       [](const StockCellCode& c) { return code(c.migrant_class) * cohort_count + c.cohort; }},
      {"education x class", class_count * 4,
       [](const StockCellCode& c) { return code(c.migrant_class) * std::size_t{4} + c.education; }},
      {"class x generation x age", class_count * generation_count * age_group_count,
       [](const StockCellCode& c) {
         return (code(c.migrant_class) * generation_count + code(c.generation)) * age_group_count + c.age_group;
       }},
      {"citizenship x duration", cohort_count * 2,
       [](const StockCellCode& c) { return c.cohort * 2 + c.naturalised; }},
  };
  return shapes;
}

Margin empty_margin(const MarginShape& shape, const std::vector<StockCellCode>& cells) {
  Margin margin;
  margin.name = shape.name;
  margin.target = Eigen::ArrayXd::Zero(static_cast<Eigen::Index>(shape.bins));
  margin.bin.reserve(cells.size());
  for (const StockCellCode& cell : cells) margin.bin.push_back(static_cast<int>(shape.bin(cell)));
  return margin;
}

}  // namespace

std::uint32_t StockCellCode::number() const {
  std::size_t n = code(migrant_class);
  n = n * generation_count + code(generation);
  n = n * age_group_count + age_group;
  n = n * cohort_count + cohort;
  n = n * 4 + education;
  n = n * 2 + naturalised;
  return static_cast<std::uint32_t>(n * 2 + sex);
}

GroupStock rake_group(const Tables& tables, const StockLaws& laws, int group) {
  const HostGroup& host_group = tables.groups[static_cast<std::size_t>(group)];
  std::map<std::pair<MigrantClass, Generation>, std::array<double, age_group_count>> people;
  for (const StockCell& cell : tables.stocks) {
    if (cell.group != group || !(cell.persons > 0)) continue;
    ages_of(people, cell)[static_cast<std::size_t>(cell.age_group)] += cell.persons * host_group.synthesis_factor;
  }

  GroupStock stock;
  std::vector<double> product;  // the laws taken together, whose marginals are the targets
  std::vector<double> seed;     // the laws taken as if independent
  for (const auto& [kind, by_age] : people) {
    const Profile profile = profile_of(kind.first, kind.second);
    const ProfileShares shares = profile_shares(tables, profile, host_group.attribute_profile);
    double total = 0, by_cohort_sum = 0;
    std::array<std::array<double, 2>, cohort_count> by_cohort{};  // over all ages
    for (std::size_t age = 0; age < age_group_count; ++age) {
      total += by_age[age];
      for (std::size_t cohort = 0; cohort < cohort_count; ++cohort) {
        for (std::size_t naturalised = 0; naturalised < 2; ++naturalised) {
          const double persons = by_age[age] * laws.share(profile, age, cohort, naturalised);
          by_cohort[cohort][naturalised] += persons;
          by_cohort_sum += persons;
        }
      }
    }
    if (!(by_cohort_sum > 0)) {
      throw RunError("table arrival_years: no row for profile '" + std::string(profile_names[code(profile)]) +
                     "', which the stock of 2004 of " + host_group.code + " holds");
    }
    for (std::size_t age = 0; age < age_group_count; ++age) {
      for (std::size_t cohort = 0; cohort < cohort_count; ++cohort) {
        for (std::size_t education = 0; education < 4; ++education) {
          for (std::size_t naturalised = 0; naturalised < 2; ++naturalised) {
            for (std::size_t sex = 0; sex < 2; ++sex) {
              const double joint = by_age[age] * laws.share(profile, age, cohort, naturalised);
              const double rest = shares.education[education] *
                                  (sex == code(Sex::female) ? shares.female : 1 - shares.female);
              if (!(joint * rest > 0)) continue;
              stock.cells.push_back({kind.first, kind.second, age, cohort, education, naturalised, sex});
              product.push_back(joint * rest);
              seed.push_back(by_age[age] * by_cohort[cohort][naturalised] / total * rest);
            }
          }
        }
      }
    }
  }

  for (const MarginShape& shape : margin_shapes()) stock.margins.push_back(empty_margin(shape, stock.cells));
  stock.weights = Eigen::ArrayXd(static_cast<Eigen::Index>(stock.cells.size()));
  for (std::size_t cell = 0; cell < stock.cells.size(); ++cell) {
    stock.weights[static_cast<Eigen::Index>(cell)] = seed[cell];
    for (Margin& margin : stock.margins) margin.target[margin.bin[cell]] += product[cell];
  }
  stock.raking = rake(stock.weights, stock.margins, raking_tolerance, raking_iterations);
  return stock;
}

Margin generation_by_age(const GroupStock& stock) {
  const MarginShape shape{
      "generation x age", generation_count * age_group_count,
      [](const StockCellCode& c) { return code(c.generation) * age_group_count + c.age_group; }};
  Margin margin = empty_margin(shape, stock.cells);
  const Margin& fine = stock.margins[3];
  for (Eigen::Index bin = 0; bin < fine.target.size(); ++bin) {
    margin.target[bin % static_cast<Eigen::Index>(shape.bins)] += fine.target[bin];
  }
  return margin;
}

}  // namespace homeward
