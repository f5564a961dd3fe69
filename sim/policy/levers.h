// Every lever, one row each.
#pragma once
#include <cstddef>
#include <vector>

#include "base/declaration.h"

namespace homeward {

// X(member, path) in the order of the rows.
#define HOMEWARD_LEVERS(X)                                                                                \
  X(reconciliation, "resolution_36.reconciliation")                                                       \
  X(nationality, "resolution_36.nationality")                                                             \
  X(visa, "resolution_36.visa")                                                                           \
  X(housing, "resolution_36.housing")                                                                     \
  X(language, "resolution_36.language")                                                                   \
  X(events, "resolution_36.events")                                                                       \
  X(consultation, "resolution_36.consultation")                                                           \
  X(associations, "resolution_36.associations")                                                           \
  X(pay, "resolution_57.pay")                                                                             \
  X(tax, "resolution_57.tax")                                                                             \
  X(funding, "resolution_57.funding")                                                                     \
  X(posts, "resolution_57.posts")                                                                         \
  X(fast_track, "resolution_57.fast_track")                                                               \
  X(sandbox, "resolution_57.sandbox")                                                                     \
  X(short_visits, "resolution_57.short_visits")                                                           \
  X(network, "resolution_57.network")                                                                     \
  X(campaign, "resolution_57.campaign")                                                                   \
  X(cut_papers, "red_tape.papers")                                                                        \
  X(cut_residence, "red_tape.residence")                                                                  \
  X(cut_recognition, "red_tape.recognition")                                                              \
  X(cut_position, "red_tape.position")                                                                    \
  X(cut_licence, "red_tape.licence")                                                                      \
  X(cut_relocation, "red_tape.relocation")                                                                \
  X(pay_growth, "pay_growth")

enum class Lever : std::size_t {
#define HOMEWARD_LEVER_CODE(member, path) member,
  HOMEWARD_LEVERS(HOMEWARD_LEVER_CODE)
#undef HOMEWARD_LEVER_CODE
  count
};
inline constexpr std::size_t lever_count = static_cast<std::size_t>(Lever::count);

// The rows, in the order of Lever.
const std::vector<LeverRow>& lever_rows();

}  // namespace homeward
