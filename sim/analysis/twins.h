// Every person's twin: the k-th return in one arm set beside the k-th in the other, and what the pair is called.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "analysis/return_book.h"

namespace homeward {

enum class Category : std::uint8_t {
  always,       // in the same year
  accelerated,  // earlier than in the base
  delayed,      // later than in the base
  additional,   // not in the base
  deterred,     // in the base only
  displaced,    // in the base only, on a funded post that others were given here
  induced,      // additional, and never eligible for what differs: moved through ties, beliefs or the queue
  unmatched,    // the person exists in one arm only
};
inline constexpr std::array<std::string_view, 8> category_names{"always",   "accelerated", "delayed", "additional",
                                                                "deterred", "displaced",   "induced", "unmatched"};

// For whom the levers are that differ between two scenarios.
struct Reach {
  bool everyone = false;
  bool experts = false, advanced = false, graduates = false;
  int below_age = 0;  // in the first year of difference
  int from_year = first_year;

  bool holds(const ReturnRecord& record) const;
};

Reach reach_of_difference(const Timeline& base, const Timeline& alt, int from, int to);

// Which returns are paired.
bool counts(ReturnKind kind, ReturnsDefinition definition);

struct Twin {
  const ReturnRecord* base = nullptr;
  const ReturnRecord* alt = nullptr;  // at least one of the two
  Category category = Category::always;
};

struct TwinRules {
  ReturnsDefinition definition = ReturnsDefinition::settled;
  int from_year = first_year;  // the first year that differs; earlier returns are not visited
  int meant_from = first_year; // the first year that is meant to differ: ledgers and accounts begin with it
  Reach reach;
  // Whether funded posts are offered in the other arm in a year.
  PerYear<bool> posts_in_alt{};
};
TwinRules twin_rules(const Timeline& base, const Timeline& alt, ReturnsDefinition definition, int to_year);

// Visits every pair, by key, then k.
void for_each_twin(const ReturnBook& base, const ReturnBook& alt, const TwinRules& rules,
                   const std::function<void(const Twin&)>& visit);

}  // namespace homeward
