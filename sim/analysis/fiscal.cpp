// Commitments follow the claims of the engine (live_at_home): pay and tax run for claim_years from the return.
#include "analysis/fiscal.h"

#include <algorithm>

#include "base/fixed_point.h"

namespace homeward {
namespace {

bool is_commitment(Lever lever) {
  return lever == Lever::pay || lever == Lever::tax || lever == Lever::funding || lever == Lever::posts;
}

double unit_cost(const Scenario& scenario, Lever lever) {
  double usd = 0;
  for (const UnitCost& cost : scenario.tables.costs) {
    if (cost.lever == lever_rows()[static_cast<std::size_t>(lever)].path) usd += cost.usd;
  }
  return usd;
}

constexpr std::size_t education_count = 4;

class Costs {
 public:
  Costs(const Timeline& timeline, const ReturnBook& book, int to_year)
      : timeline_(timeline), book_(book), to_year_(to_year) {
    const Parameters& p = timeline.scenario().parameters;
    claim_years_ = round_to_int(p.fiscal_claim_years);
    cut_ = std::max(0.0, p.fiscal_tax_home - p.fiscal_tax_special);
    for (const Lever lever : {Lever::pay, Lever::tax, Lever::funding, Lever::posts}) {
      unit_[static_cast<std::size_t>(lever)] = unit_cost(timeline.scenario(), lever);
      committing_ |= 1u << static_cast<unsigned>(lever);
    }
    const double yearly = 1 / (1 + p.fiscal_discount);
    // Claims may run past the last year.
    const int discounted_to = last_year + std::max(0, claim_years_) + 1;
    discount_.assign(static_cast<std::size_t>(discounted_to - first_year), 1.0);
    for (int year = price_year + 1; year < discounted_to; ++year) at(year) = at(year - 1) * yearly;
    for (int year = price_year - 1; year >= first_year; --year) at(year) = at(year + 1) / yearly;
    for (std::size_t e = 0; e < education_count; ++e) {
      tax_before_[e].assign(1, 0.0);
      for (int year = first_year; year < discounted_to; ++year) {
        const double pay = timeline.home(std::min(year, last_year)).home_pay_usd[e];
        tax_before_[e].push_back(tax_before_[e].back() + discount(year) * p.fiscal_tax_home * pay);
      }
    }
  }

  double discount(int year) const { return discount_[static_cast<std::size_t>(year - first_year)]; }

  // The first departure after a return; one with year 0 where there is none. Asked in the order of the book.
  Departure departure(const ReturnRecord& record) {
    const std::vector<Departure>& all = book_.departures;
    while (next_ < all.size() && all[next_].key < record.key) ++next_;
    std::size_t at = next_;
    while (at < all.size() && all[at].key == record.key && all[at].year <= record.year) ++at;
    return at < all.size() && all[at].key == record.key ? all[at] : Departure{};
  }

  bool retained(const ReturnRecord& record) {
    const Departure left = departure(record);
    return left.year == 0 || left.year > record.year + retained_years;
  }

  // Discounted income tax of one returnee: as many years as claims run, while at home.
  double income_tax(const ReturnRecord& record) {
    if (!record.works) return 0;
    const Departure left = departure(record);
    int end = record.year + claim_years_;
    if (left.year != 0 && left.year <= to_year_) end = std::min(end, left.died ? int{left.year} : left.year + 1);
    const std::vector<double>& before = tax_before_[code(record.education)];
    const auto index = [](int year) { return static_cast<std::size_t>(year - first_year); };
    return before[index(std::max(end, int{record.year}))] - before[index(record.year)];
  }

  // Adds the discounted commitments to one returnee, by lever.
  void add(const ReturnRecord& record, double weight, std::array<double, lever_count>& usd) {
    if ((record.claims & committing_) == 0 && !record.post) return;
    const Departure left = departure(record);
    const auto pay_slot = static_cast<std::size_t>(Lever::pay), tax_slot = static_cast<std::size_t>(Lever::tax),
               post_slot = static_cast<std::size_t>(Lever::posts), fund_slot = static_cast<std::size_t>(Lever::funding);
    for (int year = record.year; year < record.year + claim_years_; ++year) {
      // Who leaves has claimed for that year, who dies has not.
      if (left.year != 0 && year <= to_year_ && (left.died ? year >= left.year : year > left.year)) break;
      const HomeYear& home = timeline_.home(std::min(year, last_year));
      const double now = weight * discount(year);
      const double pay = home.home_pay_usd[code(record.education)];
      if (record.claimed(Lever::tax)) usd[tax_slot] += now * unit_[tax_slot] * home.enacted[tax_slot] * cut_ * pay;
      if (record.post || record.claimed(Lever::pay)) {
        usd[pay_slot] += now * unit_[pay_slot] * home.enacted[pay_slot] * pay;
      }
      if (record.post && home.enacted[post_slot] > 0) usd[post_slot] += now * unit_[post_slot];
      if (year == record.year && record.claimed(Lever::funding)) {
        usd[fund_slot] += now * unit_[fund_slot] * home.enacted[fund_slot];
      }
    }
  }

 private:
  double& at(int year) { return discount_[static_cast<std::size_t>(year - first_year)]; }

  const Timeline& timeline_;
  const ReturnBook& book_;
  int to_year_;
  int claim_years_ = 0;
  double cut_ = 0;
  std::uint32_t committing_ = 0;  // levers that promise a returnee money, by bit
  std::size_t next_ = 0;          // departures of persons before are passed
  std::array<double, lever_count> unit_{};
  std::vector<double> discount_;
  std::array<std::vector<double>, education_count> tax_before_;  // of one who works, discounted, summed up to a year
};

}  // namespace

bool is_costed(const Scenario& scenario, Lever lever) { return unit_cost(scenario, lever) > 0; }

FiscalAccount make_account(const FiscalArms& arms, int to_year) {
  FiscalAccount account;
  const double weight = arms.alt_result.weight;
  account.spending.assign(static_cast<std::size_t>(year_count), {});
  for (int year = first_year; year <= to_year; ++year) {
    const std::size_t t = year_index(year);
    for (std::size_t l = 0; l < lever_count; ++l) {
      account.spending[t][l] = arms.alt_result.lever_spending[t][l] - arms.base_result.lever_spending[t][l];
    }
  }
  const TwinRules rules = twin_rules(arms.base, arms.alt, ReturnsDefinition::students, to_year);
  account.from_year = rules.meant_from;
  account.to_year = to_year - retained_years;
  if (account.to_year < account.from_year) return account;

  std::uint32_t differing = 0;
  for (const Lever lever : differing_levers(arms.base, arms.alt, rules.meant_from, to_year)) {
    differing |= 1u << static_cast<unsigned>(lever);
  }
  Costs base_costs(arms.base, arms.base_book, to_year), alt_costs(arms.alt, arms.alt_book, to_year);
  const auto in_window = [&](const ReturnRecord& record) {
    return record.year >= account.from_year && record.year <= account.to_year;
  };
  std::array<double, lever_count> base_usd{}, alt_usd{};
  for_each_twin(arms.base_book, arms.alt_book, rules, [&](const Twin& twin) {
    if (twin.base != nullptr && in_window(*twin.base)) {
      base_costs.add(*twin.base, weight, base_usd);
      account.income_tax -= weight * base_costs.income_tax(*twin.base);
      account.all.additional -= weight;
      if (base_costs.retained(*twin.base)) account.all.retained -= weight;
    }
    if (twin.alt == nullptr || !in_window(*twin.alt)) return;
    alt_costs.add(*twin.alt, weight, alt_usd);
    account.income_tax += weight * alt_costs.income_tax(*twin.alt);
    const bool retained = alt_costs.retained(*twin.alt);
    account.all.additional += weight;
    if (retained) account.all.retained += weight;
    const auto enter = [&](LeverAccount& lever) {
      lever.claimants += weight;
      if (twin.category == Category::always) lever.always += weight;
    };
    const std::uint32_t claims = twin.alt->claims & differing;
    if (claims != 0) enter(account.all);
    for (std::size_t l = 0; l < lever_count; ++l) {
      if ((claims >> l & 1) == 0) continue;
      enter(account.levers[l]);
      if (twin.base != nullptr) continue;
      account.levers[l].additional += weight;
      if (retained) account.levers[l].retained += weight;
    }
  });
  for (std::size_t l = 0; l < lever_count; ++l) {
    double usd = alt_usd[l] - base_usd[l];
    if (!is_commitment(static_cast<Lever>(l))) {
      for (int year = account.from_year; year <= account.to_year; ++year) {
        usd += account.spending[year_index(year)][l] * alt_costs.discount(year);
      }
    }
    account.levers[l].usd = usd;
    account.all.usd += usd;
  }
  return account;
}

}  // namespace homeward
