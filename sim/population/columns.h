// The agents as columns: 30 bytes of state a person in a structure of arrays.
//
// traits, 16 bits, fixed for life:
//   sex 1 | generation 2 | class 3 | education 2 | sector 3 | wage position 4 | eldest 1
// state, 32 bits, changing:
//   status 3 | legal 3 | partner 2 | child 1 | parent 1 | association 1 | network 1 | language 2 | savings 3 |
//   stage 3 | mode 2 | tax claim 1 | post 1 | bad story 1 | permit return 1 | offer first 1 | shares place 1
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/categories.h"

namespace homeward {

// A bit field inside an unsigned word.
template <typename Word, unsigned Shift, unsigned Width>
struct Field {
  static constexpr Word mask = static_cast<Word>(((Word{1} << Width) - 1) << Shift);
  static constexpr std::uint32_t get(Word word) {
    return static_cast<std::uint32_t>((word & mask) >> Shift);
  }
  static constexpr Word set(Word word, std::uint32_t value) {
    return static_cast<Word>((word & static_cast<Word>(~mask)) |
                             (static_cast<Word>(static_cast<Word>(value) << Shift) & mask));
  }
};

namespace traits {
using SexField = Field<std::uint16_t, 0, 1>;
using GenerationField = Field<std::uint16_t, 1, 2>;
using ClassField = Field<std::uint16_t, 3, 3>;
using EducationField = Field<std::uint16_t, 6, 2>;
using SectorField = Field<std::uint16_t, 8, 3>;
using PositionField = Field<std::uint16_t, 11, 4>;  // wage position z in 16 steps, see wage_position()
using EldestField = Field<std::uint16_t, 15, 1>;

constexpr std::uint16_t pack(Sex sex, Generation generation, MigrantClass migrant_class, Education education,
                             Sector sector, std::uint32_t position, bool eldest) {
  std::uint16_t word = 0;
  word = SexField::set(word, code(sex));
  word = GenerationField::set(word, code(generation));
  word = ClassField::set(word, code(migrant_class));
  word = EducationField::set(word, code(education));
  word = SectorField::set(word, code(sector));
  word = PositionField::set(word, position);
  return EldestField::set(word, eldest ? 1 : 0);
}
}  // namespace traits

namespace state {
using StatusField = Field<std::uint32_t, 0, 3>;
using LegalField = Field<std::uint32_t, 3, 3>;
using PartnerField = Field<std::uint32_t, 6, 2>;
using ChildField = Field<std::uint32_t, 8, 1>;        // has a child under 18 (K)
using ParentField = Field<std::uint32_t, 9, 1>;       // a parent lives in the home country (P)
using AssociationField = Field<std::uint32_t, 10, 1>;
using NetworkField = Field<std::uint32_t, 11, 1>;     // member of the innovation network
using LanguageField = Field<std::uint32_t, 12, 2>;    // 0 none .. 3 native
using SavingsField = Field<std::uint32_t, 14, 3>;     // level 0..7; T = 1 at community.target_level
using StageField = Field<std::uint32_t, 17, 3>;       // while preparing
using ModeField = Field<std::uint32_t, 20, 2>;        // while preparing or returned
using TaxClaimField = Field<std::uint32_t, 22, 1>;    // claimed the tax lever at return
using PostField = Field<std::uint32_t, 23, 1>;        // won a funded post
using BadStoryField = Field<std::uint32_t, 24, 1>;    // came home and left again
using PermitReturnField = Field<std::uint32_t, 25, 1>;  // the latest return was at the end of a permit
using OfferFirstField = Field<std::uint32_t, 26, 1>;  // while preparing: must win an offer first
using SharesPlaceField = Field<std::uint32_t, 27, 1>; // born here during the run: shares the place of an exogenous person
}  // namespace state

// The wage position z of step 0..15: the middle of 16 equal steps of [-2.5, 2.5].
constexpr double wage_position(std::uint32_t step) { return -2.5 + (static_cast<double>(step) + 0.5) * (5.0 / 16); }

// Fixed-point scales of the beliefs.
inline constexpr double trust_scale = 65535.0;          // trust 0..1 in 16 bits
inline constexpr double pay_belief_scale = 8192.0;      // ln index of real home wages, 2004 = 0, in [-4, 4)
inline constexpr double redtape_belief_scale = 32768.0; // red-tape index, 2004 = 1, in [0, 2)
inline constexpr double attachment_scale = 255.0;       // 0..1
inline constexpr double visit_stock_scale = 32.0;       // discounted visits, 0..7.97

inline constexpr int birth_year_base = 1890;  // birth column: year - 1890, 0..255 (to 2145)
// arrival, year columns: year - 1890, 0 where there is none

// One array a column, all of the same length; memory is reserved at once and touched as people come.
class Columns {
 public:
  Columns() = default;
  // Reserves zeroed columns for `slots` persons. Throws RunError where memory cannot be had.
  explicit Columns(std::size_t slots);

  std::size_t slots() const { return slots_; }
  // The state of `count` slots from `first` on, taken from columns of the same length.
  void copy_slots(const Columns& from, std::size_t first, std::size_t count);
  // Zeroes the state of `count` slots from `first` on.
  void clear_slots(std::size_t first, std::size_t count);
  // Moves the person in slot `from` to `to` and leaves `from` empty.
  void move_person(std::uint32_t from, std::uint32_t to) {
    each(*this, [&](auto* column) { column[to] = column[from]; });
    state[from] = 0;
  }
  // Calls visit(column) for every column, in the order of memory; also for a const object.
  template <typename Self, typename Visit>
  static void each(Self& self, Visit&& visit) {
    visit(self.key);
    visit(self.state);
    visit(self.traits);
    visit(self.community);
    visit(self.place);
    visit(self.trust);
    visit(self.pay_belief);
    visit(self.redtape_belief);
    visit(self.birth);
    visit(self.arrival);
    visit(self.year);
    visit(self.months);
    visit(self.visit_stock);
    visit(self.attachment);
  }
  // Bytes of state a slot.
  static constexpr std::size_t bytes_per_slot = 30;

  std::uint64_t* key = nullptr;         // lineage key
  std::uint32_t* state = nullptr;
  std::uint16_t* traits = nullptr;
  std::uint16_t* community = nullptr;   // within the host
  std::uint16_t* place = nullptr;       // within the community, see Ties; a child's is its exogenous ancestor's
  std::uint16_t* trust = nullptr;
  std::int16_t* pay_belief = nullptr;
  std::uint16_t* redtape_belief = nullptr;
  std::uint8_t* birth = nullptr;
  std::uint8_t* arrival = nullptr;
  std::uint8_t* year = nullptr;         // contract, student: permit ends; otherwise the latest return, 0 none
  std::uint8_t* months = nullptr;       // preparing: months in the stage (saturating)
  std::uint8_t* visit_stock = nullptr;
  std::uint8_t* attachment = nullptr;

 private:
  struct Unmap {
    std::size_t bytes;
    void operator()(void* address) const;
  };
  std::size_t slots_ = 0;
  std::unique_ptr<void, Unmap> memory_;
};

}  // namespace homeward
