// The eight profiles by which tables describe people: the classes of the first generation, those who came as
// children, and those born abroad.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "base/categories.h"
#include "population/columns.h"

namespace homeward {

enum class Profile : std::uint8_t { refugee, family, student, contract, marriage, skilled, g15, host_born };
inline constexpr std::size_t profile_count = 8;
inline constexpr std::array<std::string_view, profile_count> profile_names{
    "refugee", "family", "student", "contract", "marriage", "skilled", "g15", "host_born"};

constexpr Profile profile_of(MigrantClass migrant_class, Generation generation) {
  if (generation == Generation::g15) return Profile::g15;
  if (generation != Generation::g1 || migrant_class == MigrantClass::host_born) return Profile::host_born;
  return static_cast<Profile>(code(migrant_class));
}
constexpr Profile profile_of(std::uint16_t traits_word) {
  return profile_of(static_cast<MigrantClass>(traits::ClassField::get(traits_word)),
                    static_cast<Generation>(traits::GenerationField::get(traits_word)));
}

}  // namespace homeward
