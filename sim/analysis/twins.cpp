// Both books are sorted by person and year, so that one pass over the two meets every pair.
#include "analysis/twins.h"

#include <algorithm>

#include "base/fixed_point.h"

namespace homeward {
namespace {

// The returns of one person after another that count, in a sorted list.
class Persons {
 public:
  Persons(const std::vector<ReturnRecord>& records, ReturnsDefinition definition)
      : next_(records.data()), end_(records.data() + records.size()), definition_(definition) {}

  bool any() const { return next_ != end_; }
  std::uint64_t key() const { return next_->key; }
  // Fills the list with those of the next person where it has this key, else empties it.
  void take(std::uint64_t key, std::vector<const ReturnRecord*>& list) {
    list.clear();
    for (; next_ != end_ && next_->key == key; ++next_) {
      if (counts(next_->kind, definition_)) list.push_back(next_);
    }
  }

 private:
  const ReturnRecord* next_;
  const ReturnRecord* end_;
  ReturnsDefinition definition_;
};

Category in_alt_only(const ReturnRecord& alt, const ReturnBook& base, const TwinRules& rules) {
  if (!base.knows(alt, rules.from_year)) return Category::unmatched;
  return rules.reach.holds(alt) ? Category::additional : Category::induced;
}

Category in_base_only(const ReturnRecord& base, const ReturnBook& alt, const TwinRules& rules) {
  if (!alt.knows(base, rules.from_year)) return Category::unmatched;
  return base.post && rules.posts_in_alt[year_index(base.year)] ? Category::displaced : Category::deterred;
}

}  // namespace

bool Reach::holds(const ReturnRecord& record) const {
  if (everyone) return true;
  const bool degree = record.education == Education::advanced;
  if (advanced && degree) return true;
  if (from_year - birth_year_base - record.birth >= below_age) return false;
  if (graduates && record.education >= Education::tertiary) return true;
  const bool science = record.sector == Sector::research || record.sector == Sector::ict ||
                       record.sector == Sector::health;
  return experts && degree && science;
}

Reach reach_of_difference(const Timeline& base, const Timeline& alt, int from, int to) {
  Reach reach;
  reach.from_year = from;
  reach.below_age = round_to_int(alt.scenario().parameters.fiscal_max_age);
  const std::vector<Lever> levers = differing_levers(base, alt, from, to);
  for (const Lever lever : levers) {
    switch (lever) {
      case Lever::tax:
        (alt.home(to).tax_for_graduates ? reach.graduates : reach.experts) = true;
        break;
      case Lever::pay:
      case Lever::funding:
      case Lever::posts:
      case Lever::fast_track: reach.experts = true; break;
      case Lever::short_visits:
      case Lever::network: reach.advanced = true; break;
      default: reach.everyone = true;
    }
  }
  // What is no lever works on everyone.
  if (first_difference(base, Timeline(all_but_levers(base.scenario(), alt.scenario()))) <= last_year) reach.everyone = true;
  return reach;
}

bool counts(ReturnKind kind, ReturnsDefinition definition) {
  switch (definition) {
    case ReturnsDefinition::settled: return kind == ReturnKind::settled;
    case ReturnsDefinition::students: return kind != ReturnKind::contract;
    case ReturnsDefinition::all: return true;
  }
  return false;
}

TwinRules twin_rules(const Timeline& base, const Timeline& alt, ReturnsDefinition definition, int to_year) {
  TwinRules rules;
  rules.definition = definition;
  rules.from_year = first_difference(base, alt);
  rules.meant_from = first_year_meant_to_differ(base, alt);
  rules.reach = reach_of_difference(base, alt, std::min(rules.meant_from, to_year), to_year);
  for (int year = first_year; year <= last_year; ++year) {
    rules.posts_in_alt[year_index(year)] = alt.home(year).posts > 0;
  }
  return rules;
}

void for_each_twin(const ReturnBook& base, const ReturnBook& alt, const TwinRules& rules,
                   const std::function<void(const Twin&)>& visit) {
  const auto pair = [&](const std::vector<const ReturnRecord*>& b, const std::vector<const ReturnRecord*>& a) {
    for (std::size_t k = 0; k < std::max(b.size(), a.size()); ++k) {
      Twin twin{k < b.size() ? b[k] : nullptr, k < a.size() ? a[k] : nullptr, Category::always};
      const bool in_base = twin.base != nullptr && twin.base->year >= rules.from_year;
      const bool in_alt = twin.alt != nullptr && twin.alt->year >= rules.from_year;
      if (!in_base && !in_alt) continue;
      if (twin.base == nullptr) {
        twin.category = in_alt_only(*twin.alt, base, rules);
      } else if (twin.alt == nullptr) {
        twin.category = in_base_only(*twin.base, alt, rules);
      } else if (twin.alt->year != twin.base->year) {
        twin.category = twin.alt->year < twin.base->year ? Category::accelerated : Category::delayed;
      }
      visit(twin);
    }
  };
  Persons of_base(base.returns, rules.definition), of_alt(alt.returns, rules.definition);
  std::vector<const ReturnRecord*> b, a;
  while (of_base.any() || of_alt.any()) {
    const std::uint64_t key = !of_base.any()  ? of_alt.key()
                              : !of_alt.any() ? of_base.key()
                                              : std::min(of_base.key(), of_alt.key());
    of_base.take(key, b);
    of_alt.take(key, a);
    pair(b, a);
  }
}

}  // namespace homeward
