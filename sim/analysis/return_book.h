// Who came home in an arm, person by person: what the ledger and the price of a policy are made of.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "analysis/common_past.h"
#include "analysis/returns.h"
#include "engine/tally.h"

namespace homeward {

enum class ReturnKind : std::uint8_t { settled, student, contract };

struct ReturnRecord {
  std::uint64_t key = 0;  // of the person
  std::uint32_t claims = 0;  // levers used, by bit
  std::uint16_t year = 0;
  std::uint16_t host = 0;
  ReturnKind kind = ReturnKind::settled;
  MigrantClass migrant_class{};
  Generation generation{};
  Education education{};
  Sector sector{};
  std::uint8_t birth = 0;  // year - birth_year_base
  bool post = false;       // holds a funded post
  bool works = false;      // for a wage or as an entrepreneur

  bool claimed(Lever lever) const { return (claims >> static_cast<unsigned>(lever) & 1) != 0; }
};
static_assert(lever_count <= 32);

// A returnee left again or died.
struct Departure {
  std::uint64_t key = 0;
  std::uint16_t year = 0;
  bool died = false;
};

struct ReturnBook {
  std::vector<ReturnRecord> returns;    // by key, then year
  std::vector<Departure> departures;    // by key, then year
  std::vector<std::uint64_t> born;      // keys of those born abroad early enough to return as adults, sorted
  // Keys of all others, sorted; none where every arm has the same ones.
  std::shared_ptr<const std::vector<std::uint64_t>> people;

  // Whether the person of a return in another arm lives in this one. Births are noted from `since` on.
  bool knows(const ReturnRecord& record, int since) const;
  // Takes in what another sorted book holds; `people` stay.
  void merge(ReturnBook&& other);
};

// Who can come home by an own decision must be this old: the youngest whose birth abroad is noted.
inline constexpr int adult_age = 18;

// Levers whose use by a returnee is noted at the return; all others work on everyone or are paid by the year.
bool is_claimed_by_returnees(Lever lever);

// The sink: notes returns, departures and births of a stretch of years. Nothing depends on the order of blocks.
class ReturnScribe : public BlockSink {
 public:
  // Contract workers are noted under ReturnsDefinition::all only.
  ReturnScribe(const Timeline& timeline, int workers, ReturnsDefinition definition);
  EventSet records() const override {
    return return_events | event_set(Event::re_emigration) | event_set(Event::death_home) | event_set(Event::birth);
  }
  void take(const BlockReport& report, std::size_t worker) override;
  // Everything noted, sorted, on as many threads as there were workers; the scribe is empty then.
  ReturnBook finish();

 private:
  std::uint32_t claims_of(const BlockReport& report, std::uint32_t slot, ReturnKind kind) const;

  const Timeline& timeline_;
  ReturnsDefinition definition_;
  std::vector<ReturnBook> books_;  // by worker
};

}  // namespace homeward
