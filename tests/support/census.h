// What no measure tells: counts over the people of each 31 December, for tests of single channels.
#pragma once
#include <atomic>
#include <cstdlib>

#include "behaviour/person.h"
#include "engine/simulation.h"

namespace homeward::test {

class Census : public BlockSink {
 public:
  struct Count {
    std::atomic<std::int64_t> dual{0};          // dual nationals abroad
    std::atomic<std::int64_t> associations{0};  // members of associations abroad
    std::atomic<std::int64_t> lessons{0};       // levels of language of generations 2 and 3, ages 5 to 24
    std::atomic<std::int64_t> redtape_error{0};  // |belief - truth| about red tape, adults abroad, column units
    std::atomic<std::int64_t> redtape_belief{0};  // sum of beliefs, adults abroad
    std::atomic<std::int64_t> posts{0};         // who holds a funded post or was just given one
  };

  void meet(const Simulation& simulation) { simulation_ = &simulation; }
  void leave() { simulation_ = nullptr; }
  void take(const BlockReport& report, std::size_t) override {
    Count& count = years_[year_index(report.year)];
    const double truth = simulation_->years()[year_index(report.year)].redtape_index * redtape_belief_scale;
    for (std::uint32_t s = report.block->first_slot; s < report.block->first_slot + report.used; ++s) {
      const Person person = person_at(*report.columns, s, report.year);
      if (person.status == Status::empty) continue;
      count.posts += state::PostField::get(report.columns->state[s]);
      if (person.status == Status::returned) continue;
      count.dual += person.legal == Legal::dual ? 1 : 0;
      count.associations += person.association ? 1 : 0;
      if ((person.generation == Generation::g2 || person.generation == Generation::g3) && person.age >= 5 &&
          person.age < 25) {
        count.lessons += person.language;
      }
      if (person.age < 18) continue;
      count.redtape_belief += person.redtape_belief;
      count.redtape_error += std::abs(person.redtape_belief - static_cast<int>(truth));
    }
  }
  const Count& in(int year) const { return years_[year_index(year)]; }

 private:
  const Simulation* simulation_ = nullptr;
  PerYear<Count> years_{};
};

}  // namespace homeward::test
