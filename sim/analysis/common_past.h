// How long scenarios share their past: the first year in which what is in force differs, announcements included.
#pragma once
#include <string>
#include <vector>

#include "policy/home_year.h"
#include "scenario/scenario.h"

namespace homeward {

// A scenario with its years worked out, as far as the engine can tell two scenarios apart.
class Timeline {
 public:
  // The scenario must outlive the timeline.
  explicit Timeline(const Scenario& scenario);
  const Scenario& scenario() const { return *scenario_; }
  const HomeYear& home(int year) const { return years_[year_index(year)]; }

 private:
  const Scenario* scenario_;
  std::vector<HomeYear> years_;
};

// What keeps two scenarios from having a past in common whatever their years say, in words; empty where nothing does.
// Parameters, tables and numbers of arrivals act from the synthesis of 2004 on; parameters of levers with their levers.
std::vector<std::string> what_parts_from_the_start(const Scenario& a, const Scenario& b);

// Whether the same persons are there in 2004 and arrive later; children aside.
bool same_people(const Scenario& a, const Scenario& b);

// Whether the engine meets the same year in both. Assumes that nothing parts them from the start.
bool same_year(const Timeline& a, const Timeline& b, int year);

// Levers of which years from `from` on differ, by what is delivered, enacted or promised, or by a parameter of theirs.
std::vector<Lever> differing_levers(const Timeline& base, const Timeline& alt, int from, int to);

// The alternative without what its levers make of it: the base's levers and their parameters, all else its own.
Scenario all_but_levers(const Scenario& base, const Scenario& alt);

// The first year that differs; last_year + 1 where none does, first_year where something parts them from the start.
int first_difference(const Timeline& a, const Timeline& b);

// The first year in which the scenarios say something else. Earlier than it results can differ by luck alone, where
// other numbers of arrivals to come give people other ties from the start. first_year where parameters or tables differ.
int first_year_meant_to_differ(const Timeline& a, const Timeline& b);

}  // namespace homeward
