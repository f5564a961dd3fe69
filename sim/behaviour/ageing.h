// Death, unions, children at home, parents, nationality, associations, savings, language: what time does to a person
// (docs/theory/demography.md, community_and_ties.md).
#pragma once
#include <array>
#include <cstdint>

#include "behaviour/person.h"
#include "policy/home_year.h"
#include "random/streams.h"

namespace homeward {

// A probability as the threshold of a 32-bit word that can never be certain (2^-32 short of 1).
constexpr std::uint32_t word_threshold(double probability) {
  const std::uint64_t exact = threshold(probability);
  return exact > 0xffffffffull ? 0xffffffffu : static_cast<std::uint32_t>(exact);
}
// The same for 16 bits, 2^-16 short of 1.
constexpr std::uint32_t half_threshold(double probability) {
  const std::uint64_t exact = threshold(probability) >> 16;
  return exact > 0xffffu ? 0xffffu : static_cast<std::uint32_t>(exact);
}

// Probabilities of one year and host group. 32-bit thresholds where rare or moved by a lever, 16-bit ones elsewhere.
struct LifeTables {
  std::array<std::array<std::uint32_t, 128>, 2> death{};     // [sex][age], probability within the year
  std::array<std::array<std::uint32_t, 128>, 3> birth{};     // [single, partnered, temporary][age of the woman]
  std::array<std::array<std::uint32_t, 128>, 3> fathering{}; // the same, by age of the man
  std::uint32_t union_rate = 0, partner_joins = 0;           // 16 bits
  std::uint32_t union_host_born = 0;                         // 16 bits
  std::array<std::uint32_t, 128> child_clears{};             // 16 bits
  std::array<std::uint32_t, 128> parent_ends{};              // 16 bits
  std::uint32_t parent_illness = 0;                          // 16 bits
  std::uint32_t naturalise = 0, dual = 0;                    // 32 bits
  std::uint32_t job_loss = 0;                                // 16 bits
  int naturalise_years = 6;
  std::array<std::uint32_t, 8> changes_law{};                           // 32 bits, [legal]
  std::array<std::uint32_t, 2> association_join{};           // [visited], 32 bits
  std::uint32_t association_leave = 0;
  std::array<std::uint32_t, 16> savings_step{};              // [position], 16 bits
  std::uint32_t language_gain = 0;                           // 32 bits
  std::uint32_t network_join = 0;                            // 32 bits, for advanced degrees
  std::array<std::uint32_t, 2> invited{};                    // [network member], 32 bits
};

// network_join, invited: probabilities of the year, from the counts at the end of the last one.
LifeTables build_life_tables(const Scenario& scenario, const HomeYear& home, const HostGroup& group,
                             double network_join, double invited_member, double invited_other);

inline constexpr std::uint32_t most_savings = 7;  // steps

enum class FamilyLife { single, partnered, temporary };
inline FamilyLife family_life(std::uint32_t state_word) {
  const auto status = static_cast<Status>(state::StatusField::get(state_word));
  if (status == Status::contract || status == Status::student) return FamilyLife::temporary;
  const auto partner = static_cast<Partner>(state::PartnerField::get(state_word));
  return partner == Partner::host_born || partner == Partner::co_national ? FamilyLife::partnered : FamilyLife::single;
}

// What the year's life draws did, beyond the state word.
struct LifeEvents {
  bool child_born = false;      // to a woman: an agent
  bool parent_illness = false;  // an attention shock
};

// The last child at home grows up, a parent dies or falls ill; true where a parent fell ill. index: age, at most 127.
// words: purpose `life` of the year.
inline bool see_family_age(const LifeTables& tables, std::uint32_t& now, std::size_t index, const Words& words) {
  if (state::ChildField::get(now) != 0 && (words[3] & 0xffffu) < tables.child_clears[index]) {
    now = state::ChildField::set(now, 0);
  }
  if (state::ParentField::get(now) == 0) return false;
  if ((words[2] & 0xffffu) < tables.parent_ends[index]) {
    now = state::ParentField::set(now, 0);
    return false;
  }
  return (words[3] >> 16) < tables.parent_illness;
}

// Unions, children growing up, parents dying, births, in that order, on the state word of a living person abroad.
// words: purpose `life` of the year; words[0] was the death draw.
inline LifeEvents live_a_year(const LifeTables& tables, std::uint32_t& now, std::uint16_t fixed, int age,
                              const Words& words) {
  LifeEvents events;
  const auto index = static_cast<std::size_t>(age < 127 ? age : 127);
  const FamilyLife family = family_life(now);
  const bool female = static_cast<Sex>(traits::SexField::get(fixed)) == Sex::female;
  const auto& birth = female ? tables.birth : tables.fathering;
  const bool becomes_parent = words[1] < birth[static_cast<std::size_t>(family)][index];

  const std::uint32_t union_draw = words[2] >> 16;
  const auto partner = static_cast<Partner>(state::PartnerField::get(now));
  if (partner == Partner::none && family != FamilyLife::temporary && age >= 24 && age <= 39) {
    if (union_draw < tables.union_rate) {
      // The same draw, stretched, decides who the partner is, for the 1.5 and second generations.
      const bool born_here = static_cast<Generation>(traits::GenerationField::get(fixed)) != Generation::g1;
      const std::uint32_t who = union_draw * 65536u / (tables.union_rate + (tables.union_rate == 0));
      now = state::PartnerField::set(now, code(born_here && who < tables.union_host_born ? Partner::host_born
                                                                                         : Partner::co_national));
    }
  } else if (partner == Partner::at_home && family != FamilyLife::temporary && union_draw < tables.partner_joins) {
    now = state::PartnerField::set(now, code(Partner::co_national));
  }

  events.parent_illness = see_family_age(tables, now, index, words);
  if (becomes_parent) {
    now = state::ChildField::set(now, 1);
    events.child_born = female;
  }
  return events;
}

inline bool saves_for_return(std::uint16_t fixed) {
  const auto migrant_class = static_cast<MigrantClass>(traits::ClassField::get(fixed));
  return migrant_class == MigrantClass::skilled || migrant_class == MigrantClass::family ||
         migrant_class == MigrantClass::marriage;
}

// A settled adult's savings for the return may rise by a step. word: 2 of purpose `status`.
inline void save_a_step(const LifeTables& tables, std::uint32_t& now, std::uint16_t fixed, std::uint32_t word) {
  const std::uint32_t level = state::SavingsField::get(now);
  const bool settled = static_cast<Status>(state::StatusField::get(now)) == Status::settled;
  if (settled && level < most_savings && saves_for_return(fixed) &&
      (word & 0xffffu) < tables.savings_step[traits::PositionField::get(fixed)]) {
    now = state::SavingsField::set(now, level + 1);
  }
}

}  // namespace homeward
