// The table of levers is sane: paths, ranges, groups, options; and every lever is neutral at 0.
#include "policy/levers.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

#include "unit/policy/shipped.h"

using namespace homeward;

TEST_CASE("there is one row for every lever, in the order of the codes, each with a path of its own") {
  REQUIRE(lever_rows().size() == lever_count);
  const std::vector<std::string_view> declared{
#define HOMEWARD_PATH(member, path) path,
      HOMEWARD_LEVERS(HOMEWARD_PATH)
#undef HOMEWARD_PATH
  };
  std::set<std::string_view> paths;
  for (std::size_t i = 0; i < lever_count; ++i) {
    CHECK(lever_rows()[i].path == declared[i]);
    paths.insert(lever_rows()[i].path);
  }
  CHECK(paths.size() == lever_count);
}

TEST_CASE("the plausible range of a lever lies inside what is possible, and both hold the neutral 0") {
  for (const LeverRow& row : lever_rows()) {
    CAPTURE(row.path);
    CHECK(row.hard_low <= row.low);
    CHECK(row.low < row.high);
    CHECK(row.high <= row.hard_high);
    CHECK(row.low <= 0);
    CHECK(row.high > 0);
    if (row.unit == "intensity") CHECK(row.high == 1);
    if (row.unit == "share cut") CHECK(row.hard_high <= 1);  // months never turn negative
    for (const double end : {row.low, row.high, row.hard_low, row.hard_high}) CHECK(std::isfinite(end));
  }
}

TEST_CASE("every lever has words: unit, group, channel, text, source, and options where it has a key for them") {
  const std::set<std::string_view> groups{"law", "relations", "money", "procedures", "pay"};
  const std::set<std::string_view> informed{"data", "prior", "fixed"};
  for (const LeverRow& row : lever_rows()) {
    CAPTURE(row.path);
    CHECK(groups.count(row.group) == 1);
    CHECK(informed.count(row.informed_by) == 1);
    CHECK_FALSE(row.unit.empty());
    CHECK_FALSE(row.channel.empty());
    CHECK_FALSE(row.source.empty());
    CHECK(row.text.size() > 10);
    CHECK(row.scope_key.empty() == row.options.empty());
    if (!row.options.empty()) CHECK(row.options.find('|') != std::string_view::npos);
  }
}

TEST_CASE("a lever held at 0 gives the same home country, number for number, as the lever left out") {
  const auto same = [](const HomeYear& a, const HomeYear& b) {
    return a.delivered == b.delivered && a.enacted == b.enacted && a.promised == b.promised &&
           a.legal_certainty == b.legal_certainty && a.pay_index == b.pay_index && a.months == b.months &&
           a.months_fast_track == b.months_fast_track && a.redtape_index == b.redtape_index &&
           a.redtape_promised == b.redtape_promised && a.tax_gain == b.tax_gain && a.top_gain == b.top_gain &&
           a.posts == b.posts && a.network_members == b.network_members && a.broken_for_all == b.broken_for_all &&
           a.broken_for_eligible == b.broken_for_eligible;
  };
  const std::vector<HomeYear> none = home_years(testing::without_levers());
  for (std::size_t i = 0; i < lever_count; ++i) {
    CAPTURE(lever_rows()[i].path);
    Scenario zero = testing::without_levers();
    zero.levers[i].announced = 2010;
    zero.levers[i].enacted = 2012;
    zero.levers[i].delivered = 2020;
    zero.levers[i].promised = 2015;
    zero.levers[i].dated = true;
    const std::vector<HomeYear> years = home_years(zero);
    bool equal = true;
    for (std::size_t t = 0; t < years.size(); ++t) equal = equal && same(years[t], none[t]);
    CHECK(equal);
  }
}

TEST_CASE("every lever in force changes its own strength and nobody else's") {
  for (std::size_t i = 0; i < lever_count; ++i) {
    CAPTURE(lever_rows()[i].path);
    Scenario one = testing::without_levers();
    one.levers[i].value.fill(lever_rows()[i].high / 2);
    const HomeYear home = testing::in_year(one, 2020);
    for (std::size_t k = 0; k < lever_count; ++k) {
      CHECK(home.delivered[k] == (k == i ? lever_rows()[i].high / 2 : 0));
      CHECK(home.enacted[k] == home.delivered[k]);
      CHECK(home.promised[k] == 0);
    }
  }
}
