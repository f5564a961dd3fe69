// Bit fields hold what they are given and leave their neighbours alone; columns are apart, aligned and zero.
#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <type_traits>

#include "base/fault.h"
#include "population/columns.h"

using namespace homeward;

namespace {

template <typename FieldType, typename Word>
void check_field(std::uint32_t values) {
  for (std::uint32_t value = 0; value < values; ++value) {
    for (const Word before : {Word{0}, static_cast<Word>(~Word{0})}) {
      const Word after = FieldType::set(before, value);
      CHECK(FieldType::get(after) == value);
      CHECK(static_cast<Word>(after & static_cast<Word>(~FieldType::mask)) ==
            static_cast<Word>(before & static_cast<Word>(~FieldType::mask)));
    }
  }
}

}  // namespace

TEST_CASE("every field of traits and state holds its values and touches no other") {
  check_field<traits::SexField, std::uint16_t>(2);
  check_field<traits::GenerationField, std::uint16_t>(4);
  check_field<traits::ClassField, std::uint16_t>(7);
  check_field<traits::EducationField, std::uint16_t>(4);
  check_field<traits::SectorField, std::uint16_t>(8);
  check_field<traits::PositionField, std::uint16_t>(16);
  check_field<traits::EldestField, std::uint16_t>(2);
  check_field<state::StatusField, std::uint32_t>(6);
  check_field<state::LegalField, std::uint32_t>(5);
  check_field<state::PartnerField, std::uint32_t>(4);
  check_field<state::LanguageField, std::uint32_t>(4);
  check_field<state::SavingsField, std::uint32_t>(8);
  check_field<state::StageField, std::uint32_t>(6);
  check_field<state::ModeField, std::uint32_t>(4);
  check_field<state::OfferFirstField, std::uint32_t>(2);
  check_field<state::SharesPlaceField, std::uint32_t>(2);
}

TEST_CASE("fields do not overlap and fill their words") {
  std::uint32_t word = 0;
  const std::uint32_t masks[] = {
      state::StatusField::mask,   state::LegalField::mask,    state::PartnerField::mask, state::ChildField::mask,
      state::ParentField::mask,   state::AssociationField::mask, state::NetworkField::mask, state::LanguageField::mask,
      state::SavingsField::mask,  state::StageField::mask,    state::ModeField::mask,    state::TaxClaimField::mask,
      state::PostField::mask,     state::BadStoryField::mask, state::PermitReturnField::mask,
      state::OfferFirstField::mask, state::SharesPlaceField::mask};
  for (const std::uint32_t mask : masks) {
    CHECK((word & mask) == 0);
    word |= mask;
  }
  const std::uint16_t packed = traits::pack(Sex::male, Generation::g3, MigrantClass::host_born, Education::advanced,
                                            Sector::study, 15, true);
  CHECK(packed == 0xfff7);  // all bits but the lowest of class 6 = 110
}

TEST_CASE("columns are zero, aligned, as long as asked and apart") {
  constexpr std::size_t slots = 1001;
  Columns columns(slots);
  CHECK(columns.slots() == slots);
  CHECK(Columns::bytes_per_slot == 30);
  const auto aligned = [](const void* column) { return reinterpret_cast<std::uintptr_t>(column) % 64 == 0; };
  CHECK(aligned(columns.key));
  CHECK(aligned(columns.state));
  CHECK(aligned(columns.traits));
  CHECK(aligned(columns.trust));
  CHECK(aligned(columns.birth));
  CHECK(aligned(columns.attachment));
  for (std::size_t slot = 0; slot < slots; ++slot) {
    CHECK((columns.key[slot] | columns.state[slot] | columns.attachment[slot]) == 0);
    columns.key[slot] = ~std::uint64_t{0};
    columns.trust[slot] = 0xffff;
    columns.attachment[slot] = 0xff;
  }
  CHECK(columns.state[0] == 0);
  CHECK(columns.pay_belief[0] == 0);
  CHECK(columns.visit_stock[slots - 1] == 0);
  const Columns moved = std::move(columns);
  CHECK(moved.key[slots - 1] == ~std::uint64_t{0});
}

TEST_CASE("a person who moves takes every column along and leaves an empty slot behind") {
  Columns columns(8);
  unsigned value = 1;
  Columns::each(columns, [&](auto* column) {
    column[5] = static_cast<std::remove_reference_t<decltype(*column)>>(++value);
    column[2] = static_cast<std::remove_reference_t<decltype(*column)>>(100);
  });
  CHECK(value == 15);  // fourteen columns
  columns.move_person(5, 2);
  value = 1;
  Columns::each(columns, [&](const auto* column) {
    CHECK(column[2] == static_cast<std::remove_reference_t<decltype(*column)>>(++value));
    CHECK(column[1] == 0);
    CHECK(column[3] == 0);
  });
  CHECK(columns.state[5] == 0);
}

TEST_CASE("a population that memory cannot hold is a fault of the run") {
  CHECK_THROWS_AS(Columns(std::size_t{1} << 56), RunError);
  CHECK_THROWS_AS(Columns(~std::size_t{0} / 16), RunError);
}

TEST_CASE("wage positions are 16 equal steps around zero") {
  CHECK(wage_position(0) == doctest::Approx(-2.34375));
  CHECK(wage_position(15) == doctest::Approx(2.34375));
  CHECK(wage_position(8) == doctest::Approx(0.15625));
}
