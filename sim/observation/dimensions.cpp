#include "observation/dimensions.h"

#include <algorithm>

#include "behaviour/person.h"
#include "observation/measures.h"

namespace homeward {
namespace {

template <std::size_t N>
std::vector<std::string> words_of(const std::array<std::string_view, N>& names) {
  return {names.begin(), names.end()};
}

const std::array<std::string_view, 6> duration_names{"0-4", "5-9", "10-14", "15-19", "20-29", "30+"};

}  // namespace

std::vector<DimensionRow> dimension_rows() {
  std::vector<std::string> modes = words_of(mode_names);
  modes.emplace_back("none");
  return {{"host", {}, "Country of residence, ISO 3166-1 alpha-3."},
          {"origin_province", {}, "Province of origin, hashed from the person by the shares of the province table."},
          {"class", words_of(migrant_class_names), "Migrant class, fixed at arrival."},
          {"generation", words_of(generation_names), "1: came as an adult; 1.5: as a child; 2, 3: born abroad."},
          {"education", words_of(education_names), "Highest level; for the young, the level they will reach."},
          {"sector", words_of(sector_names), "Sector of work; for students and the young, the one to come."},
          {"age_group", words_of(age_group_names), "Age at 31 December by five years; 85 and over together."},
          {"sex", words_of(sex_names), "Sex."},
          {"mode", modes, "Mode of return; none where a person or event has none."},
          {"duration_group", words_of(duration_names), "Years abroad; host-born: age, at most 30."},
          {"return_province", {}, "Where a returnee goes: the own province or a capital."}};
}

std::vector<std::string> dimension_words(std::string_view dimension, const Tables& tables) {
  std::vector<std::string> words;
  if (dimension == "host") {
    for (const Host& host : tables.hosts) words.push_back(host.iso3);
  } else if (dimension == "origin_province" || dimension == "return_province") {
    for (const Province& province : tables.provinces) words.push_back(province.code);
  } else {
    for (const DimensionRow& row : dimension_rows()) {
      if (row.name == dimension) words = row.words;
    }
  }
  return words;
}

Dimension dimension_named(std::string_view name) {
  const std::vector<DimensionRow> rows = dimension_rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].name == name) return static_cast<Dimension>(i);
  }
  return Dimension::count;
}

Provinces::Provinces(const Scenario& scenario, std::uint64_t seed) : stream_(seed, Purpose::taste) {
  const Parameters& p = scenario.parameters;
  double sum = 0;
  for (std::size_t i = 0; i < scenario.tables.provinces.size(); ++i) {
    const Province& province = scenario.tables.provinces[i];
    sum += province.share;
    upto_.push_back(threshold(sum));
    if (province.role == "capital_south") capital_south_ = i;
    if (province.role == "capital_north") capital_north_ = i;
  }
  own_ = threshold(p.returnee_share_origin);
  south_ = threshold(p.returnee_share_origin + p.returnee_share_capital_south);
}

std::size_t Provinces::place(std::uint32_t word) const {
  const auto found = std::upper_bound(upto_.begin(), upto_.end(), std::uint64_t{word});
  return std::min(static_cast<std::size_t>(found - upto_.begin()), upto_.size() - 1);
}

std::size_t Provinces::origin(std::uint64_t key) const { return place(stream_.words(key, 0, 2)[0]); }

std::size_t Provinces::of_return(std::uint64_t key) const {
  const Words words = stream_.words(key, 0, 2);
  if (words[1] < own_) return place(words[0]);
  return words[1] < south_ ? capital_south_ : capital_north_;
}

std::size_t age_group(int age) { return static_cast<std::size_t>(std::clamp(age / 5, 0, static_cast<int>(oldest_age_group))); }

std::size_t duration_group(int years) {
  const auto above = std::upper_bound(duration_from.begin(), duration_from.end(), std::max(0, years));
  return static_cast<std::size_t>(above - duration_from.begin()) - 1;
}

std::size_t PlaceOf::at(Dimension dimension, std::uint32_t slot, std::size_t mode_code) const {
  const std::uint16_t fixed = columns.traits[slot];
  const int age = year - birth_year_base - columns.birth[slot];
  switch (dimension) {
    case Dimension::host: return host;
    case Dimension::origin_province: return provinces.origin(columns.key[slot]);
    case Dimension::migrant_class: return traits::ClassField::get(fixed);
    case Dimension::generation: return traits::GenerationField::get(fixed);
    case Dimension::education: return traits::EducationField::get(fixed);
    case Dimension::sector: return traits::SectorField::get(fixed);
    case Dimension::age_group: return age_group(age);
    case Dimension::sex: return traits::SexField::get(fixed);
    case Dimension::mode: return mode_code;
    case Dimension::duration_group: return duration_group(duration_at(columns, slot, year));
    case Dimension::return_province: return provinces.of_return(columns.key[slot]);
    case Dimension::count: break;
  }
  return 0;
}

}  // namespace homeward
