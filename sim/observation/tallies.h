// The sink of the engine's reports: integer totals and cubes a worker, added up at the end of each year.
#pragma once
#include <memory>
#include <vector>

#include "observation/dimensions.h"
#include "observation/measure_table.h"
#include "observation/results.h"

namespace homeward {

class Tallies : public BlockSink {
 public:
  // Throws InputError where a cube would not fit in memory.
  Tallies(const Scenario& scenario, std::uint64_t seed, int workers, double weight);

  void begin_year(const HomeYear& home);
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
    bool any_person = false;             // some measure counts persons; how many do, and the last of them
    std::size_t measures_of_persons = 0, person_measure = 0;
    std::int64_t person_units = 1;
    bool by_host_only = false;
    bool needs_duration = false;
    bool plain = true;  // hangs on host, mode and traits only
    std::size_t cells = 1;
    // Which measures (bits) count a person of a code, and which an event.
    std::array<std::uint32_t, PersonCode::count> persons{};
    std::array<std::uint32_t, event_count> events{};
  };
  struct Worker {
    YearTotals totals;
    std::vector<std::vector<std::int64_t>> cubes;  // [cube][measure x cells]
    std::array<std::array<std::int64_t, PersonCode::count>, 2> block_persons{};
    std::vector<std::uint16_t> codes;              // PersonCode of the living of a block
  };
  void prepare_places(Cube& cube) const;
  std::size_t cell_of(const Cube& cube, const PlaceOf& place, std::uint32_t slot, std::size_t mode_code) const;
  static void add_persons(const Cube& cube, std::size_t cell, std::size_t code_index, std::int64_t persons,
                          std::vector<std::int64_t>& values);
  void count_cube(const BlockReport& report, const PlaceOf& place, const Cube& cube,
                  const std::vector<std::uint16_t>& codes, std::int64_t* values) const;
  void count_persons(const BlockReport& report, const PlaceOf& place, Worker& worker) const;
  void count_events(const BlockReport& report, const PlaceOf& place, Worker& worker) const;

  const Scenario& scenario_;
  Provinces provinces_;
  double weight_;
  std::vector<Cube> cubes_;
  std::array<std::uint32_t, event_count> cubes_of_event_{};  // bits
  std::vector<std::unique_ptr<Worker>> workers_;
  double true_pay_ = 0;  // column units
  std::int64_t persons_stepped_ = 0, persons_abroad_ = 0;
};

}  // namespace homeward
