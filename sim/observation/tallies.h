// The sink of the engine's reports: integer totals and cubes a worker, added up at the end of each year.
#pragma once
#include <memory>
#include <vector>

#include "observation/census.h"
#include "observation/dimensions.h"
#include "observation/measure_table.h"
#include "observation/results.h"

namespace homeward {

class Tallies : public BlockSink {
 public:
  // Throws InputError where a cube would not fit in memory.
  Tallies(const Scenario& scenario, std::uint64_t seed, int workers, double weight);

  void begin_year(const HomeYear& home);
  EventSet records() const override;  // those that a cube looks up person by person
  void take(const BlockReport& report, std::size_t worker) override;
  // Adds the workers up and writes the year into the result.
  void end_year(const HomeYear& home, ReplicateResult& result);
  std::int64_t persons_stepped() const { return persons_stepped_; }
  std::int64_t persons_abroad() const { return persons_abroad_; }  // at the last 31 December

  // The empty result, cubes sized.
  ReplicateResult empty_result() const;

 private:
  struct Cube {
    std::vector<const MeasureEntry*> measures;
    std::vector<Dimension> by;
    std::vector<std::size_t> stride;
    // What the place of a person adds to the cell, by what it hangs on: the low 11 bits of traits (all but wage
    // position and eldest), age, years abroad. Dimensions that hang on none of these are `rare`.
    std::array<std::uint32_t, 2048> by_traits{};
    std::array<std::uint32_t, 256> by_age{};
    std::array<std::uint32_t, 256> by_duration{};
    std::size_t host_stride = 0, mode_stride = 0;
    std::vector<std::size_t> rare;  // places in `by`
    bool by_host_only = false;
    CellTerms terms;  // the same for everybody of a block at once
    std::size_t cells = 1;
    std::size_t span = 1;  // one more than the largest cell at host 0
    // Measures that count persons: their place, raw units a person, and 1 for every PersonCode counted.
    struct PersonMeasure {
      std::size_t measure;
      std::int64_t units;
      std::array<std::uint8_t, PersonCode::count> counts;
    };
    std::vector<PersonMeasure> of_persons;
    // Which measures count an event, and how many raw units each time.
    struct EventMeasure {
      std::size_t measure;
      std::int64_t units;
    };
    std::array<std::vector<EventMeasure>, event_count> of_events;
  };
  struct Worker {
    YearTotals totals;
    std::vector<std::vector<std::int64_t>> cubes;  // [cube][measure x cells]
    // Of a block: PersonCode and cell of every slot, and counts by code or cell. Four counts in turn, since the same
    // one twice in a row would wait for itself.
    std::vector<std::uint16_t> codes;
    std::vector<std::uint32_t> cells;
    std::vector<std::uint32_t> counts;
  };
  void prepare_places(Cube& cube) const;
  std::size_t cell_of(const Cube& cube, const PlaceOf& place, std::uint32_t slot, std::size_t mode_code) const;
  void add_rare_places(const BlockReport& report, const PlaceOf& place, const Cube& cube, std::uint32_t* cells) const;
  void count_cube(const BlockReport& report, const PlaceOf& place, const Cube& cube, Worker& worker,
                  std::vector<std::int64_t>& values) const;
  static void add_events(const Cube& cube, std::size_t cell, Event event, std::int64_t count,
                         std::vector<std::int64_t>& values);
  void count_persons(const BlockReport& report, const PlaceOf& place, Worker& worker) const;
  void count_events(const BlockReport& report, const PlaceOf& place, Worker& worker) const;

  const Scenario& scenario_;
  Provinces provinces_;
  double weight_;
  std::vector<Cube> cubes_;
  std::array<std::uint32_t, event_count> cubes_of_event_{};  // bits; but for cubes by host alone
  std::vector<std::unique_ptr<Worker>> workers_;
  double true_pay_ = 0;  // column units
  std::int64_t persons_stepped_ = 0, persons_abroad_ = 0;
};

}  // namespace homeward
