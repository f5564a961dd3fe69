#include "population/stock_laws.h"

#include <algorithm>
#include <map>
#include <string>

#include "population/power_law.h"

namespace homeward {
namespace {

struct Weighted {
  int year = 0;
  double share = 0;
};

const PowerLaw* find_law(const std::map<std::string, PowerLaw>& laws, Profile profile) {
  for (const std::string_view name : {profile_names[code(profile)], std::string_view("all")}) {
    const auto found = laws.find(std::string(name));
    if (found != laws.end()) return &found->second;
  }
  return nullptr;
}

// Single ages within a five-year group, by the age law; uniform where the law does not reach the group.
std::vector<Weighted> ages_within(const PowerLaw* law, std::size_t age_group) {
  const int first = static_cast<int>(age_group) * 5;
  const int last = age_group + 1 == age_group_count ? first + 9 : first + 4;
  std::vector<Weighted> ages;
  double total = 0;
  for (int age = first; age <= last; ++age) {
    const double share = law == nullptr ? 0 : power_law_below(*law, age) - power_law_below(*law, age - 1);
    ages.push_back({age, share});
    total += share;
  }
  for (Weighted& age : ages) age.share = total > 1e-9 ? age.share / total : 1.0 / static_cast<double>(ages.size());
  return ages;
}

// Years of arrival of someone born in `birth`: the law, but never before birth + min_age (or birth), never after the
// stock is taken. A law with a base far before any birth counts from the year of birth.
std::vector<Weighted> arrivals_of(const PowerLaw* law, int birth) {
  if (law == nullptr) return {};  // nobody can be placed: rake_group() says so
  PowerLaw dated = *law;
  if (dated.base < birth_year_base) dated.base += birth;
  const int earliest = std::min(stock_year, birth + static_cast<int>(dated.min_age));
  const int low = std::max({earliest, birth, birth_year_base + 1});
  std::vector<Weighted> years;
  for (int year = low; year <= stock_year; ++year) {
    const double upper = year == stock_year ? 1 : power_law_below(dated, year);
    const double lower = year == low ? 0 : power_law_below(dated, year - 1);
    if (upper > lower) years.push_back({year, upper - lower});
  }
  return years;
}

}  // namespace

StockLaws::StockLaws(const Tables& tables) {
  for (std::size_t p = 0; p < profile_count; ++p) {
    const auto profile = static_cast<Profile>(p);
    const PowerLaw* age_law = find_law(tables.ages_2004, profile);
    const PowerLaw* arrival_law = find_law(tables.arrival_years, profile);
    const ProfileShares shares = profile_shares(tables, profile, "");
    for (std::size_t group = 0; group < age_group_count; ++group) {
      std::array<std::array<std::vector<double>, 2>, cohort_count> weights;
      const auto add = [&](int birth, int arrival, double share, int years_abroad) {
        const double citizens = shares.naturalised_after(years_abroad);
        const std::size_t cohort = cohort_of(arrival);
        for (std::size_t naturalised = 0; naturalised < 2; ++naturalised) {
          const double weight = share * (naturalised == 1 ? citizens : 1 - citizens);
          if (!(weight > 0)) continue;
          share_[p][group][cohort][naturalised] += weight;
          cells_[p][group][cohort][naturalised].years.push_back({birth, arrival});
          weights[cohort][naturalised].push_back(weight);
        }
      };
      for (const Weighted& age : ages_within(age_law, group)) {
        if (!(age.share > 0)) continue;
        const int birth = stock_year - age.year;
        if (profile == Profile::host_born) {
          add(birth, 0, age.share, age.year);
          continue;
        }
        for (const Weighted& arrival : arrivals_of(arrival_law, birth)) {
          add(birth, arrival.year, age.share * arrival.share, first_year - arrival.year);
        }
      }
      for (std::size_t cohort = 0; cohort < cohort_count; ++cohort) {
        for (std::size_t naturalised = 0; naturalised < 2; ++naturalised) {
          Cell& cell = cells_[p][group][cohort][naturalised];
          const std::vector<double>& law = weights[cohort][naturalised];
          if (!law.empty()) cell.law = boost::random::discrete_distribution<int>(law.begin(), law.end());
        }
      }
    }
  }
}

StockLaws::Years StockLaws::draw(Profile profile, std::size_t age_group, std::size_t cohort,
                                 std::size_t naturalised, KeyedEngine& engine) const {
  const Cell& cell = cells_[code(profile)][age_group][cohort][naturalised];
  return cell.years[static_cast<std::size_t>(cell.law(engine))];
}

}  // namespace homeward
