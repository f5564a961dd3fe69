// A slot decoded into the words of the rules.
#pragma once
#include <algorithm>

#include "population/columns.h"

namespace homeward {

struct Person {
  std::uint64_t key;
  int age;       // completed at 31 December of the year
  int duration;  // years abroad since arrival; host-born: age, at most 30
  Sex sex;
  Generation generation;
  MigrantClass migrant_class;
  Education education;
  Sector sector;
  std::uint32_t position;  // 0..15
  bool eldest;
  Status status;
  Legal legal;
  Partner partner;
  bool child, parent, association, network;
  std::uint32_t language;  // 0..3
  std::uint32_t savings;   // 0..7
  std::uint16_t trust;
  std::int16_t pay_belief;
  std::uint16_t redtape_belief;

  bool science() const { return sector == Sector::research || sector == Sector::ict || sector == Sector::health; }
  // National of the host country (naturalised or born there), with or without home nationality.
  bool foreign_national() const { return legal == Legal::naturalised || legal == Legal::dual; }
  // Eligible for the programmes for experts: advanced degree in science and technology.
  bool expert() const { return education == Education::advanced && science(); }
};

// Years abroad since arrival; host-born: age, at most 30.
// year: as the birth and arrival columns hold it.
inline int duration_of(std::uint16_t fixed, int birth, int arrival, int year) {
  // Without branches: half of the people are born abroad, and no processor can guess which.
  const int born_abroad = static_cast<int>(traits::GenerationField::get(fixed)) >> 1;  // generations 2 and 3
  const int since = arrival + born_abroad * (birth - arrival);
  return std::min(std::max(0, year - since), 255 - born_abroad * (255 - 30));
}
template <class AnyColumns>
int duration_at(const AnyColumns& columns, std::size_t slot, int year) {
  return duration_of(columns.traits[slot], columns.birth[slot], columns.arrival[slot], year - birth_year_base);
}

// columns: Columns, or others with the same names for what a person is.
template <class AnyColumns>
Person person_at(const AnyColumns& columns, std::size_t slot, int year) {
  const std::uint16_t fixed = columns.traits[slot];
  const std::uint32_t now = columns.state[slot];
  Person person{};
  person.key = columns.key[slot];
  person.age = std::max(0, year - birth_year_base - columns.birth[slot]);
  person.generation = static_cast<Generation>(traits::GenerationField::get(fixed));
  person.duration = duration_at(columns, slot, year);
  person.sex = static_cast<Sex>(traits::SexField::get(fixed));
  person.migrant_class = static_cast<MigrantClass>(traits::ClassField::get(fixed));
  person.education = static_cast<Education>(traits::EducationField::get(fixed));
  person.sector = static_cast<Sector>(traits::SectorField::get(fixed));
  person.position = traits::PositionField::get(fixed);
  person.eldest = traits::EldestField::get(fixed) != 0;
  person.status = static_cast<Status>(state::StatusField::get(now));
  person.legal = static_cast<Legal>(state::LegalField::get(now));
  person.partner = static_cast<Partner>(state::PartnerField::get(now));
  person.child = state::ChildField::get(now) != 0;
  person.parent = state::ParentField::get(now) != 0;
  person.association = state::AssociationField::get(now) != 0;
  person.network = state::NetworkField::get(now) != 0;
  person.language = state::LanguageField::get(now);
  person.savings = state::SavingsField::get(now);
  person.trust = columns.trust[slot];
  person.pay_belief = columns.pay_belief[slot];
  person.redtape_belief = columns.redtape_belief[slot];
  return person;
}

}  // namespace homeward
