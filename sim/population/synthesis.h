// The people of the start of 2004, and who will arrive where and when.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "population/columns.h"
#include "population/layout.h"
#include "random/streams.h"
#include "scenario/scenario.h"

namespace homeward {

// A person put in after synthesis, as if born there: touches nobody's key, slot or ties.
struct ExtraPerson {
  std::string host;             // ISO code
  std::uint32_t community = 0;  // within the host; must have people
  int birth_year = 1980;
  MigrantClass migrant_class = MigrantClass::family;
};

struct SynthesisSettings {
  std::uint64_t seed = 1;
  double scale = 1;                   // share of persons kept, 0 < scale <= 1
  std::uint32_t block_slots = 8192;   // aimed-at exogenous slots a block; results do not depend on it
  int threads = 1;                    // results do not depend on it
  std::vector<ExtraPerson> extra;
};

// How well the synthesised stock meets one margin of the raking, over all hosts.
struct MarginFit {
  std::string margin;
  double target = 0;                         // persons
  double standardised_absolute_error = 0;    // sum |synthesised - target| / sum target
};

// Everyone who will arrive, block by block and year by year: key, community, place, class. The rest is drawn on arrival.
struct Entrants {
  std::unique_ptr<std::uint64_t[]> key;
  std::unique_ptr<std::uint16_t[]> community, place;
  std::unique_ptr<MigrantClass[]> migrant_class;
  std::vector<std::uint32_t> first;  // [blocks x (years + 1)]: those of a block and year, up to the first of the next

  struct Range {
    std::uint32_t first, end;
  };
  Range of(std::size_t block, int year) const {
    const std::size_t at = block * (static_cast<std::size_t>(year_count) + 1) + year_index(year);
    return {first[at], first[at + 1]};
  }
};

struct Population {
  Layout layout;
  Columns columns;
  std::shared_ptr<const Entrants> entrants;  // shared by all futures of a past
  std::vector<MarginFit> fit;
  // Persons who arrive, by year index and host (after thinning): for checks and for the pace of communities.
  std::vector<std::uint32_t> arrivals;  // [year_count x hosts]
  std::vector<std::uint32_t> stock;     // [hosts], start of 2004
};

// Rakes, integerises, thins, lays out and draws the attributes of the stock of 2004; lists the entrants.
// Deterministic for any number of threads. Throws RunError where memory cannot be had.
Population synthesise(const Scenario& scenario, const SynthesisSettings& settings);

class Attributes;
struct Newcomer;

// Draws the attributes of arrivals and newborns. Built once a run; safe to use from many threads; allocates nothing
// after construction.
class ArrivalDraws {
 public:
  ArrivalDraws(const Scenario& scenario, std::uint64_t seed);
  ~ArrivalDraws();
  ArrivalDraws(const ArrivalDraws&) = delete;
  ArrivalDraws& operator=(const ArrivalDraws&) = delete;

  // Fills every other column of `slot` from key, community, place and class (in traits), for a person who arrives in
  // `year` at `host`; true_pay_index and
  // true_redtape_index are what the home country is like then.
  void draw(Columns& columns, std::uint32_t slot, int host, int year, double true_pay_index,
            double true_redtape_index) const;
  // The same for the people of `count` slots from `first` on, whose numbers are drawn at once.
  void draw_many(Columns& columns, std::uint32_t first, std::uint32_t count, int host, int year, double true_pay_index,
                 double true_redtape_index) const;

  // Fills every column of `slot`, key, community and place included, for a child born in `year` at `host` to the
  // person in slot `mother`. Beliefs are the mother's as they stand.
  void draw_newborn(Columns& columns, std::uint32_t slot, std::uint32_t mother, int host, int year) const;

  // tau_0 of a person, in units of trust_scale, as drawn when the person was first met.
  std::uint16_t initial_trust(std::uint64_t key, std::uint16_t traits) const;

 private:
  Newcomer newcomer(std::uint32_t class_code, std::uint32_t age_word, int year, double true_pay_index,
                    double true_redtape_index) const;

  const Scenario& scenario_;
  Stream stream_;
  std::unique_ptr<const Attributes> attributes_;
  std::array<std::vector<std::uint8_t>, 7> ages_;  // [class], by 12 random bits
};

// Lineage keys: who a person is, whatever the order in which people are made.
constexpr std::uint64_t text_key(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ull;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return hash;
}
// A person of the stock of 2004: host by its ISO code, raking cell, ordinal within the cell.
constexpr std::uint64_t initial_key(std::uint64_t host, std::uint32_t cell, std::uint32_t ordinal) {
  return mix(mix(host, 0x1001), cell, ordinal);
}
// The key is mix(origin ^ ordinal).
constexpr std::uint64_t initial_origin(std::uint64_t host, std::uint32_t cell) {
  return mix(mix(mix(host, 0x1001), cell));
}
constexpr std::uint64_t arrival_key(MigrantClass migrant_class, std::uint64_t host, int year, std::uint32_t ordinal) {
  return mix(mix(host, 0x2000u + code(migrant_class)), static_cast<std::uint64_t>(year), ordinal);
}
constexpr std::uint64_t arrival_origin(MigrantClass migrant_class, std::uint64_t host, int year) {
  return mix(mix(mix(host, 0x2000u + code(migrant_class)), static_cast<std::uint64_t>(year)));
}
static_assert(initial_key(1, 2, 3) == mix(initial_origin(1, 2) ^ 3));
static_assert(arrival_key(MigrantClass::student, 1, 2, 3) == mix(arrival_origin(MigrantClass::student, 1, 2) ^ 3));
constexpr std::uint64_t child_key(std::uint64_t mother, int year) {
  return mix(mother, 0x3000, static_cast<std::uint64_t>(year));
}

}  // namespace homeward
