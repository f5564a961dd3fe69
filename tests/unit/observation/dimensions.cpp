// Dimensions of cubes: names and words there and back, groups of ages and years, provinces by key.
#include "observation/dimensions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "behaviour/person.h"
#include "observation/measures.h"
#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

TEST_CASE("every dimension has a code, a name of its own and words; there and back") {
  const std::vector<DimensionRow> rows = dimension_rows();
  REQUIRE(rows.size() == static_cast<std::size_t>(Dimension::count));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(rows[i].name);
    CHECK(dimension_named(rows[i].name) == static_cast<Dimension>(i));
    CHECK_FALSE(rows[i].text.empty());
    std::vector<std::string> words = dimension_words(rows[i].name, baseline().tables);
    CHECK(words.size() >= 2);
    std::sort(words.begin(), words.end());
    CHECK(std::adjacent_find(words.begin(), words.end()) == words.end());
  }
  CHECK(dimension_named("no such dimension") == Dimension::count);
  CHECK(dimension_words("no such dimension", baseline().tables).empty());
}

TEST_CASE("words of hosts and provinces are the tables'") {
  const Tables& tables = baseline().tables;
  const auto hosts = dimension_words("host", tables), provinces = dimension_words("origin_province", tables);
  REQUIRE(hosts.size() == tables.hosts.size());
  REQUIRE(provinces.size() == tables.provinces.size());
  for (std::size_t i = 0; i < hosts.size(); ++i) CHECK(hosts[i] == tables.hosts[i].iso3);
  for (std::size_t i = 0; i < provinces.size(); ++i) CHECK(provinces[i] == tables.provinces[i].code);
  CHECK(dimension_words("return_province", tables) == provinces);
}

TEST_CASE("age groups are five years wide, the last open; each word names its ages") {
  for (int age = 0; age <= 130; ++age) {
    const std::string word(age_group_names[age_group(age)]);
    const std::size_t dash = word.find('-');
    if (dash == std::string::npos) {
      CHECK(word == "85+");
      CHECK(age >= 85);
    } else {
      CHECK(age >= std::stoi(word.substr(0, dash)));
      CHECK(age <= std::stoi(word.substr(dash + 1)));
    }
  }
  CHECK(age_group(-3) == 0);
}

TEST_CASE("duration groups hold the years they name") {
  const auto words = dimension_words("duration_group", baseline().tables);
  for (int years = 0; years <= 90; ++years) {
    const std::string word = words.at(duration_group(years));
    const std::size_t dash = word.find('-');
    const int from = std::stoi(word);
    CHECK(years >= from);
    if (dash != std::string::npos) CHECK(years <= std::stoi(word.substr(dash + 1)));
  }
  CHECK(duration_group(-1) == 0);
  CHECK(words.at(duration_group(90)) == "30+");
}

TEST_CASE("the place of a person along each dimension is the word of the attribute") {
  const Scenario& scenario = baseline();
  const Provinces provinces(scenario, 3);
  Columns columns(1);
  columns.key[0] = 99;
  const int year = 2020;
  for (std::uint8_t c = 0; c < 7; ++c) {
    for (std::uint8_t k = 0; k < 8; ++k) {
      const auto generation = static_cast<Generation>(k & 3);
      const auto education = static_cast<Education>((k + c) & 3);
      const Sex sex = static_cast<Sex>(k & 1);
      columns.traits[0] =
          traits::pack(sex, generation, static_cast<MigrantClass>(c), education, static_cast<Sector>(k), 5, true);
      columns.birth[0] = static_cast<std::uint8_t>(year - 33 - birth_year_base);
      columns.arrival[0] = static_cast<std::uint8_t>(year - 12 - birth_year_base);
      const PlaceOf place{columns, provinces, year, 4};
      const auto word = [&](const char* name) {
        return dimension_words(name, scenario.tables).at(place.at(dimension_named(name), 0, 2));
      };
      CHECK(word("host") == scenario.tables.hosts[4].iso3);
      CHECK(word("class") == migrant_class_names[c]);
      CHECK(word("generation") == generation_names[code(generation)]);
      CHECK(word("education") == education_names[code(education)]);
      CHECK(word("sector") == sector_names[k]);
      CHECK(word("sex") == sex_names[code(sex)]);
      CHECK(word("age_group") == "30-34");
      CHECK(word("mode") == "remote");
      const bool born_abroad = generation == Generation::g2 || generation == Generation::g3;
      CHECK(word("duration_group") == (born_abroad ? "30+" : "10-14"));
      CHECK(place.at(dimension_named("origin_province"), 0, 2) == provinces.origin(99));
      CHECK(place.at(dimension_named("return_province"), 0, 2) == provinces.of_return(99));
    }
  }
}

TEST_CASE("returnees go to their own province or to a capital, by key, the same each time") {
  const Scenario& scenario = baseline();
  const Provinces provinces(scenario, 3);
  const auto is_capital = [&](std::size_t place) { return !scenario.tables.provinces[place].role.empty(); };
  for (std::uint64_t key = 0; key < 2000; ++key) {
    const std::size_t origin = provinces.origin(mix(key)), back = provinces.of_return(mix(key));
    REQUIRE(origin < scenario.tables.provinces.size());
    CHECK((back == origin || is_capital(back)));
    CHECK(provinces.origin(mix(key)) == origin);
  }
}
