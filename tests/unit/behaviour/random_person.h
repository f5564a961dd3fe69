// Random legal persons: any combination of attributes that the model allows, far more varied than a population.
#pragma once
#include <random>

#include "behaviour/person.h"

namespace homeward::testing {

class PersonDraws {
 public:
  explicit PersonDraws(std::uint64_t seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>((std::uint64_t{static_cast<std::uint32_t>(engine_())} * count) >> 32);
  }
  bool chance(double probability) { return std::bernoulli_distribution(probability)(engine_); }
  std::uint64_t word() { return engine_(); }

  // A settled adult in `year`, written to the slot; key, community and link stay.
  void settle(Columns& columns, std::uint32_t slot, int year) {
    const auto generation = static_cast<Generation>(below(4));
    const bool born_abroad = generation == Generation::g2 || generation == Generation::g3;
    const auto migrant_class = born_abroad ? MigrantClass::host_born : static_cast<MigrantClass>(below(6));
    const auto education = static_cast<Education>(below(4));
    const auto sex = static_cast<Sex>(below(2));
    columns.traits[slot] = traits::pack(sex, generation, migrant_class, education, static_cast<Sector>(below(8)),
                                        below(16), sex == Sex::male && chance(0.5));
    const int age = 18 + static_cast<int>(below(80));
    const int years_abroad = static_cast<int>(below(static_cast<std::uint32_t>(age) + 1));
    columns.birth[slot] = static_cast<std::uint8_t>(year - age - birth_year_base);
    columns.arrival[slot] = static_cast<std::uint8_t>(born_abroad ? 0 : year - years_abroad - birth_year_base);
    std::uint32_t now = 0;
    now = state::StatusField::set(now, code(Status::settled));
    now = state::LegalField::set(now, 1 + below(3));  // resident, naturalised, dual
    now = state::PartnerField::set(now, below(4));
    now = state::ChildField::set(now, below(2));
    now = state::ParentField::set(now, below(2));
    now = state::AssociationField::set(now, below(2));
    now = state::NetworkField::set(now, education == Education::advanced ? below(2) : 0);
    now = state::LanguageField::set(now, below(4));
    now = state::SavingsField::set(now, below(8));
    columns.state[slot] = now;
    columns.trust[slot] = static_cast<std::uint16_t>(below(65536));
    columns.pay_belief[slot] = static_cast<std::int16_t>(static_cast<int>(below(24000)) - 8000);  // -1 to 2 ln points
    columns.redtape_belief[slot] = static_cast<std::uint16_t>(6000 + below(40000));               // .2 to 1.4
    columns.year[slot] = 0;
    columns.months[slot] = 0;
  }

 private:
  std::mt19937_64 engine_;
};

// A settled adult outside any column, for rules that take a person: first generation, family class, secondary
// education, trust one half, in the middle of life.
inline Person plain_person() {
  Person person{};
  person.key = 1;
  person.age = 40;
  person.duration = 10;
  person.generation = Generation::g1;
  person.migrant_class = MigrantClass::family;
  person.education = Education::secondary;
  person.sector = Sector::services;
  person.position = 8;
  person.status = Status::settled;
  person.legal = Legal::resident;
  person.language = 3;
  person.trust = 32768;
  person.redtape_belief = 32768;
  return person;
}

// The perfect expert: advanced degree, research.
inline Person researcher() {
  Person person = plain_person();
  person.education = Education::advanced;
  person.sector = Sector::research;
  return person;
}

}  // namespace homeward::testing
