// A world in which nothing happens but what a test switches on, and people in it made by hand.
#pragma once
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "support/baseline.h"
#include "support/people.h"

namespace homeward::test {

// Nobody dies, is born, arrives, visits, learns, thinks of return, ends a stage, gives up or leaves again.
inline Scenario still_scenario() {
  Scenario scenario = baseline();
  without_policy(scenario);
  scenario.outputs.clear();
  for (MortalitySchedule& schedule : scenario.tables.mortality) {
    for (auto& years : schedule.rate) {
      for (auto& ages : years) ages.fill(0);
    }
  }
  for (auto& of_class : scenario.tables.arrivals) {
    for (YearSeries& of_group : of_class) of_group.fill(0);
  }
  for (HostGroup& group : scenario.tables.groups) group.job_loss.fill(0);
  scenario.tables.macro.network_members.fill(0);
  Parameters& p = scenario.parameters;
  p.attention_a0 = -20;
  p.choice_k0 = -20;
  p.pipeline_h_ab = 0;
  for (double* months : {&p.pipeline_d_papers, &p.pipeline_d_residence, &p.pipeline_d_recognition,
                         &p.pipeline_d_position, &p.pipeline_d_licence, &p.pipeline_d_relocation}) {
    *months = 1e9;
  }
  p.returnee_h_re = 0;
  p.visits_v0 = p.expert_ex0 = p.expert_ex_business = 0;
  p.belief_l0 = p.belief_l_vis = p.belief_l_peer = p.belief_l_vin = 0;
  p.belief_noise_pay = p.belief_noise_redtape = p.belief_noise_trust = 0;
  p.trust_psi_com = p.trust_t_vis = p.trust_t_rev = 0;
  p.demography_asfr_mult = p.demography_union_rate = p.demography_partner_joins = 0;
  p.demography_naturalise = p.demography_dual = p.demography_parent_illness = 0;
  p.community_association_join = p.community_association_leave = p.community_target_step = 0;
  return scenario;
}

// Every woman aged 20 to 44 has a child, whatever her family.
inline void certain_births(Scenario& scenario) {
  for (FertilitySchedule& schedule : scenario.tables.fertility) {
    for (std::size_t age = 20; age < 45; ++age) schedule.births[age] = 1;
  }
  Parameters& p = scenario.parameters;
  p.demography_asfr_mult = p.demography_birth_partnered = p.demography_birth_single = p.demography_birth_temporary = 1;
}
// Everybody of an age dies.
inline void certain_death(Scenario& scenario, std::size_t age) {
  for (MortalitySchedule& schedule : scenario.tables.mortality) {
    for (auto& years : schedule.rate) {
      for (auto& ages : years) ages[age] = 100;
    }
  }
}

// What a test says of a person; the rest is alike for all.
struct Sketch {
  Sex sex = Sex::female;
  Generation generation = Generation::g1;
  MigrantClass migrant_class = MigrantClass::family;
  Education education = Education::advanced;
  Sector sector = Sector::research;
  Status status = Status::settled;
  Legal legal = Legal::resident;
  int birth = 1970;
  int year = 0;  // of the column `year`: permit ends, or latest return
  Mode mode = Mode::wage;
  Stage stage = Stage::position;
  bool offer_first = true;
  int months = 0;
};
inline Sketch waiting(Stage stage, Sketch sketch = {}) {
  sketch.status = Status::preparing;
  sketch.stage = stage;
  return sketch;
}
inline Sketch student_until(int year, Sketch sketch = {}) {
  sketch.status = Status::student;
  sketch.migrant_class = MigrantClass::student;
  sketch.legal = Legal::temporary;
  sketch.year = year;
  return sketch;
}
inline Sketch worker_until(int year, Sketch sketch = {}) {
  sketch.status = Status::contract;
  sketch.migrant_class = MigrantClass::contract;
  sketch.education = Education::secondary;
  sketch.sector = Sector::manufacturing;
  sketch.legal = Legal::temporary;
  sketch.year = year;
  return sketch;
}

// Communities of the first host, filled by hand, person by person; people are known by their keys.
class HandMade {
 public:
  // Communities of so many places each; places that are not filled are nobody's.
  HandMade(const Scenario& scenario, const std::vector<std::uint32_t>& communities, std::uint32_t block_slots = 8192) {
    std::vector<std::vector<std::uint32_t>> places(scenario.tables.hosts.size());
    places[0] = communities;
    population_.layout = lay_out(places, block_slots);
    population_.columns = Columns(population_.layout.slots);
    population_.entrants = nobody_arrives(population_.layout);
  }

  // Fills the next place, or the one of a given rank. Returns the key.
  std::uint64_t add(const Sketch& sketch) { return put(next_++, sketch); }
  std::uint64_t put(std::uint32_t rank, const Sketch& sketch, std::uint64_t key = 0) {
    const std::vector<std::uint32_t>& first_rank = population_.layout.community_first_ordinal;
    const auto after = std::upper_bound(first_rank.begin(), first_rank.end(), rank);
    if (after == first_rank.end()) throw std::logic_error("more people than places");
    const auto community = static_cast<std::size_t>(after - first_rank.begin()) - 1;
    for (Block& block : population_.layout.blocks) {
      if (rank - block.first_ordinal >= block.exogenous) continue;
      const std::uint32_t slot = block.first_slot + block.stock + block.appended;
      ++block.stock;
      population_.columns.community[slot] = static_cast<std::uint16_t>(community);
      population_.columns.place[slot] = static_cast<std::uint16_t>(rank - first_rank[community]);
      return fill(slot, sketch, key != 0 ? key : initial_key(text_key("made by hand"), 1, rank));
    }
    throw std::logic_error("a place in no block");
  }
  // A child of the person with key `mother`, as if born in the run.
  std::uint64_t add_child(std::uint64_t mother, Sketch sketch) {
    const std::uint32_t of_mother = slot(mother);
    for (Block& block : population_.layout.blocks) {
      if (of_mother - block.first_slot >= block.capacity) continue;
      const std::uint32_t s = block.first_slot + block.stock + block.appended++;
      sketch.generation = Generation::g2;
      sketch.migrant_class = MigrantClass::host_born;
      sketch.legal = Legal::naturalised;
      population_.columns.community[s] = population_.columns.community[of_mother];
      population_.columns.place[s] = population_.columns.place[of_mother];
      fill(s, sketch, child_key(mother, sketch.birth));
      population_.columns.state[s] = state::SharesPlaceField::set(population_.columns.state[s], 1);
      return population_.columns.key[s];
    }
    throw std::logic_error("a mother in no block");
  }

  // Where somebody is until the first year begins.
  std::uint32_t slot(std::uint64_t key) const { return slots_.at(key); }
  const Columns& columns() const { return population_.columns; }
  Population take() { return std::move(population_); }

 private:
  std::uint64_t fill(std::uint32_t s, const Sketch& sketch, std::uint64_t key) {
    Columns& c = population_.columns;
    slots_[key] = s;
    c.key[s] = key;
    c.traits[s] = traits::pack(sketch.sex, sketch.generation, sketch.migrant_class, sketch.education, sketch.sector, 8,
                               false);
    std::uint32_t now = state::StatusField::set(0, code(sketch.status));
    now = state::LegalField::set(now, code(sketch.legal));
    now = state::ModeField::set(now, code(sketch.mode));
    now = state::StageField::set(now, code(sketch.stage));
    c.state[s] = state::OfferFirstField::set(now, sketch.offer_first ? 1 : 0);
    c.birth[s] = static_cast<std::uint8_t>(sketch.birth - birth_year_base);
    const bool born_here = sketch.generation == Generation::g2 || sketch.generation == Generation::g3;
    c.arrival[s] = born_here ? std::uint8_t{0} : static_cast<std::uint8_t>(1995 - birth_year_base);
    c.year[s] = sketch.year == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(sketch.year - birth_year_base);
    c.months[s] = static_cast<std::uint8_t>(sketch.months);
    c.trust[s] = 40000;
    c.redtape_belief[s] = 30000;
    return key;
  }

  Population population_;
  std::map<std::uint64_t, std::uint32_t> slots_;
  std::uint32_t next_ = 0;
};

// Remembers the events and the pipeline of the last year.
class Diary : public BlockSink {
 public:
  void take(const BlockReport& report, std::size_t) override {
    if (report.year != year_) {
      year_ = report.year;
      events.clear();
      pipeline = {};
    }
    for (const EventRecord& record : report.events) events.push_back({report.columns->key[record.slot], record.event});
    for (std::size_t k = 0; k < 6; ++k) {
      pipeline[k].entered += (*report.pipeline)[k].entered;
      pipeline[k].completed += (*report.pipeline)[k].completed;
      pipeline[k].abandoned += (*report.pipeline)[k].abandoned;
      pipeline[k].months += (*report.pipeline)[k].months;
    }
  }
  // Keys of those with the event, in order.
  std::vector<std::uint64_t> who(Event event) const {
    std::vector<std::uint64_t> keys;
    for (const Happening& happening : events) {
      if (happening.event == event) keys.push_back(happening.key);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
  }
  struct Happening {
    std::uint64_t key;
    Event event;
  };
  std::vector<Happening> events;
  std::array<StageCount, 6> pipeline{};

 private:
  int year_ = 0;
};

// Keys as who() gives them.
inline std::vector<std::uint64_t> in_order(std::vector<std::uint64_t> keys) {
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace homeward::test
