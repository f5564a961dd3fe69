// The table of measures: every row counts in exactly one way, whom it says, and the derived ones are arithmetic.
#include "observation/measures.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "observation/measure_table.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

const MeasureEntry& measure(std::string_view name) {
  const MeasureEntry* entry = find_measure(name);
  REQUIRE(entry != nullptr);
  return *entry;
}

// Every code that a person can have.
std::vector<PersonCode> all_codes() {
  std::vector<PersonCode> codes;
  for (std::size_t i = 0; i < PersonCode::count; ++i) {
    const PersonCode one = PersonCode::of(i);
    if (one.status <= Status::returned && one.status != Status::empty && one.legal <= Legal::irregular)
      codes.push_back(one);
  }
  return codes;
}

YearTotals no_totals(const Scenario& scenario) {
  YearTotals totals;
  totals.remitters.resize(scenario.tables.groups.size());
  return totals;
}

}  // namespace

TEST_CASE("every measure is defined in one way: by persons, by events, or derived; person_years by both counts") {
  std::set<std::string_view> names;
  for (const MeasureEntry& entry : measure_table()) {
    CAPTURE(entry.row.name);
    names.insert(entry.row.name);
    const bool persons = entry.holds != nullptr, events = !entry.events.empty(), derived = entry.derive != nullptr;
    if (entry.row.name == "person_years") {
      CHECK((persons && events && !derived));
    } else {
      CHECK(static_cast<int>(persons) + static_cast<int>(events) + static_cast<int>(derived) == 1);
    }
    CHECK((entry.row.kind == "stock") == (persons && !events));
    CHECK((entry.row.kind == "flow") == events);
    CHECK((entry.row.kind == "derived") == derived);
    CHECK(entry.unit > 0);
    if (!events) CHECK(entry.per_person == 1);
    for (const std::string_view text : {entry.row.unit, entry.row.definition, entry.row.text})
      CHECK_FALSE(text.empty());
  }
  CHECK(names.size() == measure_table().size());
}

TEST_CASE("measures are found by name, rows come in the order of the table, raw units are the table's") {
  REQUIRE(measure_rows().size() == measure_table().size());
  for (std::size_t i = 0; i < measure_table().size(); ++i) {
    CHECK(measure_rows()[i].name == measure_table()[i].row.name);
    CHECK(find_measure(measure_rows()[i].name) == &measure_table()[i]);
    CHECK(raw_unit(measure_rows()[i].name) == measure_table()[i].unit);
  }
  CHECK(find_measure("no such measure") == nullptr);
}

TEST_CASE("a person code and its index are one to one") {
  for (std::size_t i = 0; i < PersonCode::count; ++i) {
    const PersonCode one = PersonCode::of(i);
    CHECK(PersonCode::index(one.status, one.legal, one.network, one.advanced, one.adult) == i);
  }
}

TEST_CASE("stocks count whom the page says") {
  for (const PersonCode& one : all_codes()) {
    const bool abroad = one.status != Status::returned;
    CHECK(measure("stock").holds(one) == abroad);
    CHECK(measure("stock_contract").holds(one) == (one.status == Status::contract));
    CHECK(measure("stock_irregular").holds(one) == (one.status == Status::contract && one.legal == Legal::irregular));
    CHECK(measure("stock_student").holds(one) == (one.status == Status::student));
    CHECK(measure("stock_returned").holds(one) == !abroad);
    CHECK(measure("preparing").holds(one) == (one.status == Status::preparing));
    CHECK(measure("network_members").holds(one) == (abroad && one.network));
    CHECK(measure("advanced_degrees").holds(one) == (abroad && one.advanced && one.adult));
  }
}

TEST_CASE("flows count their events once; all returns are the three kinds; each event of the engine is measured") {
  using Events = std::vector<std::pair<Event, std::int64_t>>;
  CHECK(measure("returns_settled").events == Events{{Event::return_settled, 1}});
  CHECK(measure("returns_student").events == Events{{Event::return_student, 1}});
  CHECK(measure("returns_contract").events == Events{{Event::return_contract, 1}});
  CHECK(measure("returns_all").events ==
        Events{{Event::return_settled, 1}, {Event::return_student, 1}, {Event::return_contract, 1}});
  std::set<Event> measured;
  for (const MeasureEntry& entry : measure_table()) {
    for (const auto& [event, units] : entry.events) {
      if (entry.row.name != "person_years") {
        CHECK(units == 1);
        measured.insert(event);
      }
    }
  }
  // Joining the network shows in its stock.
  measured.insert(Event::network_joined);
  CHECK(measured.size() == event_count);
}

TEST_CASE("exposure is the stock plus half the leavers less half the newcomers, in halves") {
  const MeasureEntry& years = measure("person_years");
  CHECK(years.unit == 0.5);
  CHECK(years.per_person == 2);
  std::int64_t balance[event_count] = {};
  for (const auto& [event, units] : years.events) balance[static_cast<std::size_t>(event)] = units;
  for (const Event leaves :
       {Event::return_settled, Event::return_student, Event::return_contract, Event::death, Event::tied_minor}) {
    CHECK(balance[static_cast<std::size_t>(leaves)] == 1);
  }
  for (const Event comes : {Event::arrival, Event::birth, Event::re_emigration}) {
    CHECK(balance[static_cast<std::size_t>(comes)] == -1);
  }
  CHECK(balance[static_cast<std::size_t>(Event::death_home)] == 0);
}

TEST_CASE("the coverage factor is linear between its anchors of 2004 and 2020 and held on both sides") {
  const Parameters& p = baseline().parameters;
  CHECK(coverage(p, 2004) == p.observation_cover_2004);
  CHECK(coverage(p, 2020) == doctest::Approx(p.observation_cover_2020));
  CHECK(coverage(p, 2045) == doctest::Approx(p.observation_cover_2020));
  CHECK(coverage(p, 2012) == doctest::Approx((p.observation_cover_2004 + p.observation_cover_2020) / 2));
  for (int year = 2005; year <= 2020; ++year) {
    CHECK(coverage(p, year) - coverage(p, year - 1) ==
          doctest::Approx((p.observation_cover_2020 - p.observation_cover_2004) / 16).epsilon(1e-9));
  }
}

TEST_CASE("derived measures are arithmetic on totals, weighted") {
  const Scenario& scenario = baseline();
  const HomeYear home = in_year(scenario, 2012);
  YearTotals totals = no_totals(scenario);
  totals.adults_abroad = 4;
  totals.trust = 2 * 65535;
  totals.belief_gap = 8192;
  const auto usa = static_cast<std::size_t>(scenario.tables.group_index("usa"));
  const auto cambodia = static_cast<std::size_t>(scenario.tables.group_index("cambodia"));
  totals.remitters[usa] = {1, 2, 3};
  totals.remitters[cambodia] = {0, 5, 0};
  const Derivation d{scenario, home, totals, 10, 1000};
  const Parameters& p = scenario.parameters;
  CHECK(measure("official_stock").derive(d) == doctest::Approx(1000 * coverage(p, 2012)));
  CHECK(measure("mean_trust").derive(d) == doctest::Approx(0.5));
  CHECK(measure("mean_belief_lag").derive(d) == doctest::Approx(1.0 / 4 / p.belief_lag_growth));
  const double usd = p.remittance_contract + 2 * p.remittance_settled +
                     3 * p.remittance_settled * p.remittance_g2_share + 5 * 0.08 * p.remittance_settled;
  CHECK(measure("remittances").derive(d) == doctest::Approx(10 * usd * std::exp(p.remittance_growth * (2012 - 2024))));
  const YearTotals nobody = no_totals(scenario);
  const Derivation none{scenario, home, nobody, 10, 0};
  for (const MeasureEntry& entry : measure_table()) {
    if (entry.derive == nullptr || entry.row.name == "spending") continue;
    CAPTURE(entry.row.name);
    CHECK(entry.derive(none) == 0);
  }
}

TEST_CASE("totals add up number by number") {
  YearTotals a = no_totals(baseline()), b = a;
  a.persons[5] = 3;
  b.persons[5] = 4;
  a.events[2] = 10;
  b.events[2] = 1;
  a.trust = 7;
  b.trust = 8;
  a.belief_gap = -5;
  b.belief_gap = 2;
  a.remitters[1][2] = 6;
  b.remitters[1][2] = 1;
  a.lever_units[3] = 9;
  b.lever_units[3] = 1;
  a.pipeline[4] = {1, 2, 3, 4};
  b.pipeline[4] = {10, 20, 30, 40};
  a.persons_stepped = b.persons_stepped = 2;
  a.adults_abroad = b.adults_abroad = 1;
  a.add(b);
  CHECK(a.persons[5] == 7);
  CHECK(a.events[2] == 11);
  CHECK(a.trust == 15);
  CHECK(a.belief_gap == -3);
  CHECK(a.remitters[1][2] == 7);
  CHECK(a.lever_units[3] == 10);
  CHECK(a.pipeline[4].entered == 11);
  CHECK(a.pipeline[4].completed == 22);
  CHECK(a.pipeline[4].abandoned == 33);
  CHECK(a.pipeline[4].months == 44);
  CHECK(a.persons_stepped == 4);
  CHECK(a.adults_abroad == 2);
}
