// The closed vocabularies that describe a person: the codes stored in columns and the words used in files.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace homeward {

enum class MigrantClass : std::uint8_t { refugee, family, student, contract, marriage, skilled, host_born };
enum class Generation : std::uint8_t { g1, g15, g2, g3 };
enum class Education : std::uint8_t { primary, secondary, tertiary, advanced };
enum class Sector : std::uint8_t { research, ict, health, business, manufacturing, services, none, study };
enum class Mode : std::uint8_t { wage, entrepreneur, remote, retire };
enum class Sex : std::uint8_t { female, male };
enum class Legal : std::uint8_t { temporary, resident, naturalised, dual, irregular };
enum class Partner : std::uint8_t { none, host_born, co_national, at_home };

// Where a slot stands in the life of its person.
//   empty      not yet arrived, dead, gone home for good as a temporary migrant, or a tied minor
//   settled    abroad for good (children included); `contract` and `student` are abroad on a permit that ends
//   preparing  settled, and in the pipeline of return procedures
//   returned   living in the home country again
enum class Status : std::uint8_t { empty, settled, contract, student, preparing, returned };

enum class Stage : std::uint8_t { papers, residence, recognition, position, licence, relocation };

inline constexpr std::array<std::string_view, 7> migrant_class_names{"refugee",  "family",  "student",  "contract",
                                                                     "marriage", "skilled", "host_born"};
inline constexpr std::array<std::string_view, 4> generation_names{"1", "1.5", "2", "3"};
inline constexpr std::array<std::string_view, 4> education_names{"primary", "secondary", "tertiary", "advanced"};
inline constexpr std::array<std::string_view, 8> sector_names{"research",      "ict",      "health", "business",
                                                              "manufacturing", "services", "none",   "study"};
inline constexpr std::array<std::string_view, 4> mode_names{"wage", "entrepreneur", "remote", "retire"};
inline constexpr std::array<std::string_view, 2> sex_names{"female", "male"};
inline constexpr std::array<std::string_view, 6> stage_names{"papers",   "residence", "recognition",
                                                             "position", "licence",   "relocation"};
// Five-year age groups; the last one is open.
inline constexpr std::array<std::string_view, 18> age_group_names{
    "0-4",   "5-9",   "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44",
    "45-49", "50-54", "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85+"};

template <typename Code>
constexpr std::uint8_t code(Code value) {
  return static_cast<std::uint8_t>(value);
}

}  // namespace homeward
