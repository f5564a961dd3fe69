// Arrivals, newborns and the stock follow the shares of the tables.
//
// Statistical checks allow six standard deviations of the share: false-positive rate 2e-9 each, about sixty of them,
// so 1.2e-7 for the file.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <type_traits>
#include <vector>

#include "base/fault.h"
#include "population/power_law.h"
#include "population/synthesis.h"
#include "unit/population/small_world.h"

using namespace homeward;
using homeward::testing::small_world;

namespace {

constexpr std::uint32_t people = 200000;

double deviations(double observed, double expected, double persons) {
  const double sd = std::sqrt(std::max(expected * (1 - expected), 1e-12) / persons);
  return std::abs(observed - expected) / sd;
}

// People who arrive in 2020 at `host`, all of one class.
struct Crowd {
  Columns columns{people};
  Crowd(const Scenario& scenario, MigrantClass migrant_class, int host) {
    const ArrivalDraws draws(scenario, 11);
    for (std::uint32_t slot = 0; slot < people; ++slot) {
      columns.key[slot] = arrival_key(migrant_class, text_key("AAA"), 2020, slot);
      columns.traits[slot] = traits::ClassField::set(0, code(migrant_class));
      draws.draw(columns, slot, host, 2020, 0.7, 0.8);
    }
  }
  double share(const std::function<bool(std::uint32_t)>& which) const {
    std::uint32_t count = 0;
    for (std::uint32_t slot = 0; slot < people; ++slot) count += which(slot) ? 1 : 0;
    return static_cast<double>(count) / people;
  }
  template <typename FieldType>
  double trait(std::uint32_t value) const {
    return share([&](std::uint32_t slot) { return FieldType::get(columns.traits[slot]) == value; });
  }
  template <typename FieldType>
  double state_share(std::uint32_t value) const {
    return share([&](std::uint32_t slot) { return FieldType::get(columns.state[slot]) == value; });
  }
  int age(std::uint32_t slot) const { return 2020 - birth_year_base - columns.birth[slot]; }
};

void check_share(double observed, double expected) {
  CAPTURE(observed);
  CAPTURE(expected);
  if (expected == 0 || expected == 1) {
    CHECK(observed == expected);
  } else {
    CHECK(deviations(observed, expected, people) < 6);
  }
}

}  // namespace

TEST_CASE("the check of shares would catch a bias of one percentage point") {
  CHECK(deviations(0.53, 0.52, people) > 6);
  CHECK(deviations(0.5201, 0.52, people) < 6);
}

TEST_CASE("contract workers on arrival") {
  const Scenario scenario = small_world();
  const Crowd crowd(scenario, MigrantClass::contract, 0);
  check_share(crowd.trait<traits::SexField>(code(Sex::female)), 0.38);
  const std::array<double, 4> education{0.32, 0.44, 0.17, 0.07};
  for (std::uint32_t level = 0; level < 4; ++level) {
    check_share(crowd.trait<traits::EducationField>(level), education[level]);
  }
  const double science = 0.17 * 0.3 + 0.07 * 0.45;
  check_share(crowd.trait<traits::SectorField>(code(Sector::research)), science * 0.5);
  check_share(crowd.trait<traits::SectorField>(code(Sector::health)), science * 0.15);
  check_share(crowd.trait<traits::SectorField>(code(Sector::services)), (1 - science) * 0.3);
  check_share(crowd.trait<traits::SectorField>(code(Sector::study)), 0);
  check_share(crowd.trait<traits::EldestField>(1), 0.62 * 0.45);
  check_share(crowd.state_share<state::StatusField>(code(Status::contract)), 1);
  check_share(crowd.state_share<state::LegalField>(code(Legal::temporary)), 1);
  check_share(crowd.state_share<state::ParentField>(1), 0.85);
  check_share(crowd.state_share<state::AssociationField>(1), 0.08);
  check_share(crowd.state_share<state::LanguageField>(3), 1);
  check_share(crowd.state_share<state::SavingsField>(0), 1);
  check_share(crowd.share([&](std::uint32_t s) { return crowd.columns.year[s] - crowd.columns.arrival[s] == 3; }), 0.4);
  check_share(crowd.share([&](std::uint32_t s) { return crowd.columns.year[s] - crowd.columns.arrival[s] == 5; }), 0.6);
  // Ages 19 to 33, uniform; nobody under 22 has a partner.
  const double adults = crowd.share([&](std::uint32_t s) { return crowd.age(s) >= 22; });
  check_share(adults, 11.0 / 14);
  check_share(crowd.state_share<state::PartnerField>(code(Partner::at_home)), 11.0 / 14 * 0.15);
  check_share(crowd.share([&](std::uint32_t s) { return crowd.age(s) < 19 || crowd.age(s) > 32; }), 0);
  check_share(crowd.share([&](std::uint32_t s) { return crowd.columns.arrival[s] == 2020 - birth_year_base; }), 1);
}

TEST_CASE("wage positions follow the cut normal law") {
  const Scenario scenario = small_world();
  const Crowd crowd(scenario, MigrantClass::contract, 0);
  const double within = std::erf(2.5 / std::sqrt(2.0));
  for (std::uint32_t step = 0; step < 16; ++step) {
    const double low = -2.5 + step * 0.3125, high = low + 0.3125;
    const double expected = (std::erf(high / std::sqrt(2.0)) - std::erf(low / std::sqrt(2.0))) / 2 / within;
    check_share(crowd.trait<traits::PositionField>(step), expected);
  }
}

TEST_CASE("family members on arrival: children are generation 1.5") {
  const Scenario scenario = small_world();
  const Crowd crowd(scenario, MigrantClass::family, 0);
  // age = 8 + 50 u^1.2 below 12: u < (4 / 50)^(1 / 1.2); ages are tabulated in 4,096 steps.
  const double young = std::pow(4.0 / 50, 1 / 1.2);
  CHECK(std::abs(crowd.trait<traits::GenerationField>(code(Generation::g15)) - young) <
        6 * std::sqrt(young * (1 - young) / people) + 1.0 / 4096);
  const double observed_young = crowd.share([&](std::uint32_t s) { return crowd.age(s) < 12; });
  CHECK(observed_young == crowd.trait<traits::GenerationField>(code(Generation::g15)));
  CHECK(crowd.state_share<state::LegalField>(code(Legal::naturalised)) == doctest::Approx(observed_young));
  CHECK(crowd.state_share<state::LanguageField>(3) == doctest::Approx(1 - observed_young));
  check_share(crowd.share([&](std::uint32_t s) { return crowd.age(s) < 8 || crowd.age(s) > 57; }), 0);
  const bool no_children_without_partner = crowd.share([&](std::uint32_t s) {
    const std::uint32_t word = crowd.columns.state[s];
    const bool child = state::ChildField::get(word) != 0;
    return child && (state::PartnerField::get(word) == 0 || crowd.age(s) < 28 || crowd.age(s) > 55);
  }) == 0;
  CHECK(no_children_without_partner);
}

TEST_CASE("students have the education and the trade they will reach") {
  const Scenario scenario = small_world();
  const Crowd crowd(scenario, MigrantClass::student, 2);  // the group profile does not overrule the permit
  check_share(crowd.trait<traits::EducationField>(code(Education::tertiary)), 0.66);
  check_share(crowd.trait<traits::EducationField>(code(Education::advanced)), 0.34);
  check_share(crowd.trait<traits::SectorField>(code(Sector::study)), 0);
  for (int years = 3; years <= 5; ++years) {
    check_share(crowd.share([&](std::uint32_t s) { return crowd.columns.year[s] - crowd.columns.arrival[s] == years; }),
                1.0 / 3);
  }
}

TEST_CASE("the profile of a host group overrules that of a settled class") {
  const Scenario scenario = small_world();
  const Crowd crowd(scenario, MigrantClass::family, 2);
  check_share(crowd.trait<traits::EducationField>(code(Education::primary)), 0.9);
  check_share(crowd.trait<traits::EducationField>(code(Education::advanced)), 0);
}

TEST_CASE("arrivals know the home country; trust and the red-tape index scatter around their means") {
  const Scenario scenario = small_world();
  const Crowd crowd(scenario, MigrantClass::contract, 0);
  const ArrivalDraws draws(scenario, 11);
  double trust = 0, redtape = 0, redtape_square = 0;
  for (std::uint32_t slot = 0; slot < people; ++slot) {
    trust += crowd.columns.trust[slot] / trust_scale;
    const double index = crowd.columns.redtape_belief[slot] / redtape_belief_scale;
    redtape += index;
    redtape_square += index * index;
    if (slot >= 1000) continue;
    CHECK(crowd.columns.pay_belief[slot] == std::lround(0.7 * pay_belief_scale));
    CHECK(draws.initial_trust(crowd.columns.key[slot], crowd.columns.traits[slot]) == crowd.columns.trust[slot]);
  }
  // The cut at .02 and .98 moves a mean of .68 with sd .18 by -.003.
  CHECK(trust / people == doctest::Approx(0.677).epsilon(0.004));
  CHECK(redtape / people == doctest::Approx(0.8).epsilon(0.002));
  const double sd = std::sqrt(redtape_square / people - redtape / people * redtape / people);
  CHECK(sd == doctest::Approx(0.12).epsilon(0.02));
}

TEST_CASE("a newborn has its mother's beliefs, community and line, and a generation of its own") {
  const Scenario scenario = small_world();
  Crowd crowd(scenario, MigrantClass::family, 0);
  Columns& columns = crowd.columns;
  const ArrivalDraws draws(scenario, 11);
  constexpr std::uint32_t half = people / 2;
  std::uint32_t girls = 0, some_language = 0;
  for (std::uint32_t mother = 0; mother < half; ++mother) {
    const std::uint32_t slot = half + mother;
    columns.community[mother] = static_cast<std::uint16_t>(mother % 100);
    columns.place[mother] = static_cast<std::uint16_t>(mother % 97);
    draws.draw_newborn(columns, slot, mother, 0, 2021);
    girls += traits::SexField::get(columns.traits[slot]) == code(Sex::female) ? 1 : 0;
    some_language += state::LanguageField::get(columns.state[slot]) == 1 ? 1 : 0;
    if (mother >= 1000) continue;
    CHECK(columns.key[slot] == child_key(columns.key[mother], 2021));
    CHECK(columns.place[slot] == columns.place[mother]);
    CHECK(state::SharesPlaceField::get(columns.state[slot]) == 1);
    CHECK(state::SharesPlaceField::get(columns.state[mother]) == 0);
    CHECK(columns.community[slot] == columns.community[mother]);
    CHECK(columns.pay_belief[slot] == columns.pay_belief[mother]);
    CHECK(columns.redtape_belief[slot] == columns.redtape_belief[mother]);
    CHECK(columns.birth[slot] == 2021 - birth_year_base);
    CHECK(columns.arrival[slot] == 0);
    CHECK(traits::ClassField::get(columns.traits[slot]) == code(MigrantClass::host_born));
    CHECK(traits::GenerationField::get(columns.traits[slot]) == code(Generation::g2));
    CHECK(state::LegalField::get(columns.state[slot]) == code(Legal::naturalised));
    CHECK(state::ParentField::get(columns.state[slot]) == 0);
    CHECK(state::StatusField::get(columns.state[slot]) == code(Status::settled));
    CHECK(draws.initial_trust(columns.key[slot], columns.traits[slot]) == columns.trust[slot]);
  }
  CHECK(deviations(static_cast<double>(girls) / half, 0.488, half) < 6);
  CHECK(deviations(static_cast<double>(some_language) / half, 0.35, half) < 6);
  draws.draw_newborn(columns, 0, half, 0, 2045);
  CHECK(traits::GenerationField::get(columns.traits[0]) == code(Generation::g3));
}

TEST_CASE("people drawn at once are as those drawn one by one, for any number of them and every class") {
  const Scenario scenario = small_world();
  const ArrivalDraws draws(scenario, 11);
  constexpr std::uint32_t most = 400;
  for (const std::uint32_t count : {0u, 1u, 7u, 127u, 128u, 129u, most}) {
    CAPTURE(count);
    Columns one_by_one(most + 2), at_once(most + 2);
    for (Columns* columns : {&one_by_one, &at_once}) {
      for (std::uint32_t slot = 0; slot < most + 2; ++slot) {
        // Arrivals are of the first six classes; what was in the slot before does not matter.
        const auto migrant_class = static_cast<MigrantClass>(slot % code(MigrantClass::host_born));
        Columns::each(*columns, [&](auto* column) {
          column[slot] = static_cast<std::remove_reference_t<decltype(*column)>>(99);
        });
        columns->key[slot] = arrival_key(migrant_class, text_key("AAA"), 2020, slot);
        columns->traits[slot] = traits::ClassField::set(0, code(migrant_class));
      }
    }
    for (std::uint32_t slot = 1; slot <= count; ++slot) draws.draw(one_by_one, slot, 2, 2020, 0.7, 0.8);
    draws.draw_many(at_once, 1, count, 2, 2020, 0.7, 0.8);
    std::vector<const void*> expected;
    Columns::each(one_by_one, [&](const auto* column) { expected.push_back(column); });
    std::size_t next = 0, different = 0;
    Columns::each(at_once, [&](const auto* column) {
      different += std::memcmp(column, expected[next++], (most + 2) * sizeof(*column)) != 0 ? 1 : 0;
    });
    CHECK(different == 0);
  }
}

TEST_CASE("people who arrive need a law of age") {
  Scenario scenario = small_world();
  scenario.tables.ages_at_arrival.erase("contract");
  CHECK_THROWS_AS(ArrivalDraws(scenario, 1), RunError);
}

TEST_CASE("whole years of a power law") {
  CHECK(power_law_below({20, 18, 1}, 19) == 0);
  CHECK(power_law_below({20, 18, 1}, 28) == doctest::Approx(0.5));
  CHECK(power_law_below({20, 18, 1}, 40) == 1);
  CHECK(power_law_below({2003, -18, 1}, 1984) == 0);
  CHECK(power_law_below({2003, -18, 1}, 1993) == doctest::Approx(0.5));
  CHECK(power_law_below({2003, -18, 1}, 2003) == 1);
  CHECK(power_law_below({1975, 18, 2}, 1979) == doctest::Approx(std::sqrt(5.0 / 18)));
}
