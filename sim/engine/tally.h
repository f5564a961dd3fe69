// What the engine tells of a year: events, stages of the pipeline, units of policy, and the columns at 31 December.
// Observation implements the sink; all numbers are integers, so sums do not depend on the order of blocks.
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "base/categories.h"
#include "policy/levers.h"
#include "population/columns.h"
#include "population/layout.h"

namespace homeward {

enum class Event : std::uint8_t {
  arrival,
  birth,
  death,            // abroad
  death_home,       // of a returnee
  return_settled,   // came home through the pipeline
  return_student,   // went home at graduation
  return_contract,  // went home at the end of a permit
  re_emigration,
  visit,
  expert_visit,
  business_visit,
  attentive,
  intending,  // left the stay option this year and entered the pipeline
  abandoned,
  refused,  // turned the true offer down
  tied_minor,
  network_joined,
  graduated,
  naturalised,
  count
};
inline constexpr std::size_t event_count = static_cast<std::size_t>(Event::count);

// A set of events, one bit each.
using EventSet = std::uint32_t;
static_assert(event_count <= 32);
constexpr EventSet event_set(Event event) { return EventSet{1} << static_cast<std::uint32_t>(event); }
inline constexpr EventSet every_event = static_cast<EventSet>((std::uint64_t{1} << event_count) - 1);
// The ways home.
inline constexpr EventSet return_events =
    event_set(Event::return_settled) | event_set(Event::return_student) | event_set(Event::return_contract);

// One event of a person; `count` is more than 1 for visits only.
struct EventRecord {
  std::uint32_t slot;
  Event event;
  Mode mode;
  std::uint16_t count;
};

struct StageCount {
  std::int64_t entered = 0, completed = 0, abandoned = 0;
  std::int64_t months = 0;  // spent in the stage by those who completed it
};

// One block's year.
struct BlockReport {
  const Block* block = nullptr;
  int year = 0;
  const Columns* columns = nullptr;
  std::uint32_t used = 0;  // slots in use, from the block's first on; status `empty` where somebody left this year
  std::int64_t persons_stepped = 0;
  // One by one, the events that the sink asked for, and perhaps others; how many there were of every kind.
  std::span<const EventRecord> events;
  const std::array<std::int64_t, event_count>* event_counts = nullptr;
  const std::array<StageCount, 6>* pipeline = nullptr;
  // What each lever was used for, in the units of the cost table; pay and tax in USD.
  const std::array<std::int64_t, lever_count>* lever_units = nullptr;
};

class BlockSink {
 public:
  virtual ~BlockSink() = default;
  // The events that take() needs one by one; others it may be spared.
  virtual EventSet records() const { return every_event; }
  // Called once a block and year, from any thread; `worker` tells concurrent calls apart.
  virtual void take(const BlockReport& report, std::size_t worker) = 0;
};

}  // namespace homeward
