// A hand-made population for the engine: some people at one host of each chosen group, every column in the hands of the
// test, and a scenario in which nothing happens but what the test leaves on. Slots are those of the first year lived.
#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/simulation.h"
#include "support/people.h"
#include "unit/policy/shipped.h"

namespace homeward::testing {

// Nobody dies, marries, is born or arrives, learns, joins or changes permits; the tables of hosts stay.
inline Scenario quiet(Scenario scenario) {
  Parameters& p = scenario.parameters;
  for (double Parameters::*none :
       {&Parameters::demography_union_rate, &Parameters::demography_partner_joins, &Parameters::demography_asfr_mult,
        &Parameters::demography_child_clears, &Parameters::demography_child_clears_old,
        &Parameters::demography_parent_ends_young, &Parameters::demography_parent_ends_mid,
        &Parameters::demography_parent_ends_old, &Parameters::demography_parent_illness,
        &Parameters::demography_naturalise, &Parameters::demography_dual, &Parameters::visits_v0,
        &Parameters::belief_l0, &Parameters::belief_l_vis, &Parameters::belief_l_peer, &Parameters::belief_l_vin,
        &Parameters::belief_l_event, &Parameters::belief_noise_pay, &Parameters::belief_noise_redtape,
        &Parameters::belief_noise_trust, &Parameters::trust_t_vis, &Parameters::trust_t_36,
        &Parameters::trust_t_36_refugee, &Parameters::trust_psi_com, &Parameters::trust_t_rev,
        &Parameters::trust_t_break, &Parameters::trust_t_consult, &Parameters::community_association_join,
        &Parameters::community_association_leave, &Parameters::community_target_step, &Parameters::lever_lang_gain,
        &Parameters::returnee_h_re, &Parameters::expert_ex0, &Parameters::expert_ex_business}) {
    p.*none = 0;
  }
  for (MortalitySchedule& schedule : scenario.tables.mortality) {
    for (auto& years : schedule.rate) {
      for (auto& ages : years) ages.fill(0);
    }
  }
  for (auto& by_group : scenario.tables.arrivals) {
    for (YearSeries& series : by_group) series.fill(0);
  }
  scenario.tables.macro.network_members.fill(0);
  lever(scenario, Lever::network).value.fill(0);
  scenario.tables.macro.trust_shock.fill(0);
  for (HostGroup& group : scenario.tables.groups) group.job_loss.fill(0);
  return scenario;
}

// All that was reported of a year.
struct YearSeen : BlockSink {
  std::vector<EventRecord> events;
  std::array<StageCount, 6> pipeline{};
  std::array<std::int64_t, lever_count> lever_units{};
  std::int64_t living = 0, stepped = 0;

  void take(const BlockReport& report, std::size_t) override {
    events.insert(events.end(), report.events.begin(), report.events.end());
    for (std::uint32_t i = 0; i < report.used; ++i) {
      living += state::StatusField::get(report.columns->state[report.block->first_slot + i]) != 0 ? 1 : 0;
    }
    stepped += report.persons_stepped;
    for (std::size_t k = 0; k < 6; ++k) {
      pipeline[k].entered += (*report.pipeline)[k].entered;
      pipeline[k].completed += (*report.pipeline)[k].completed;
      pipeline[k].abandoned += (*report.pipeline)[k].abandoned;
      pipeline[k].months += (*report.pipeline)[k].months;
    }
    for (std::size_t l = 0; l < lever_count; ++l) lever_units[l] += (*report.lever_units)[l];
  }
  std::int64_t count(Event event) const {
    std::int64_t sum = 0;
    for (const EventRecord& record : events) sum += record.event == event ? record.count : 0;
    return sum;
  }
  // The events of one kind by slot.
  std::map<std::uint32_t, EventRecord> of(Event event) const {
    std::map<std::uint32_t, EventRecord> found;
    for (const EventRecord& record : events) {
      if (record.event == event) found.emplace(record.slot, record);
    }
    return found;
  }
};

class HandmadeWorld {
 public:
  // `persons` (in hundreds: communities of 100) at the first host of each group.
  HandmadeWorld(const Scenario& scenario, const std::vector<int>& groups, std::uint32_t persons, std::uint64_t seed)
      : scenario_(scenario), seed_(seed), streams_(seed) {
    std::vector<std::vector<std::uint32_t>> sizes(scenario.tables.hosts.size());
    for (const int group : groups) {
      for (std::size_t host = 0; host < sizes.size(); ++host) {
        if (scenario.tables.hosts[host].group != group) continue;
        sizes[host].assign((persons + 99) / 100, 100);
        break;
      }
    }
    population_.layout = lay_out(sizes, 1u << 20);
    population_.columns = Columns(population_.layout.slots + 1024);
    population_.entrants = test::nobody_arrives(population_.layout);
    for (Block& block : population_.layout.blocks) {
      block.stock = block.exogenous;
      for (std::uint32_t i = 0; i < block.exogenous; ++i) {
        const std::uint32_t s = block.first_slot + i;
        slots_.push_back(s);
        hosts_.push_back(block.host);
        ordinals_.push_back(block.first_ordinal + i);
        population_.columns.key[s] = mix(seed, 77, s);
        population_.columns.community[s] = static_cast<std::uint16_t>(i / 100);
        population_.columns.place[s] = static_cast<std::uint16_t>(i % 100);
      }
    }
  }

  // Everybody, in order; host and ordinal of each.
  const std::vector<std::uint32_t>& slots() const { return slots_; }
  const std::vector<int>& hosts() const { return hosts_; }
  const std::vector<std::uint32_t>& ordinals() const { return ordinals_; }
  const HostGroup& group(std::size_t i) const {
    const Host& host = scenario_.tables.hosts[static_cast<std::size_t>(hosts_[i])];
    return scenario_.tables.groups[static_cast<std::size_t>(host.group)];
  }
  const Streams& streams() const { return streams_; }
  std::uint64_t seed() const { return seed_; }

  const Layout& layout() const { return simulation_ ? simulation_->population().layout : population_.layout; }
  // To be filled before the start; as they stand after it.
  Columns& columns() { return population_.columns; }
  const Columns& now() const { return simulation_->population().columns; }

  // Instead of being there from the start, everybody arrives in `year`; to be drawn then.
  void arrive(int year, MigrantClass migrant_class) {
    Entrants entrants;
    entrants.key = std::make_unique<std::uint64_t[]>(slots_.size());
    entrants.community = std::make_unique<std::uint16_t[]>(slots_.size());
    entrants.place = std::make_unique<std::uint16_t[]>(slots_.size());
    entrants.migrant_class = std::make_unique<MigrantClass[]>(slots_.size());
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      entrants.key[i] = population_.columns.key[slots_[i]];
      entrants.community[i] = population_.columns.community[slots_[i]];
      entrants.place[i] = population_.columns.place[slots_[i]];
      entrants.migrant_class[i] = migrant_class;
    }
    std::uint32_t before = 0;
    for (Block& block : population_.layout.blocks) {
      block.stock = 0;
      for (int y = first_year; y <= last_year + 1; ++y) {
        entrants.first.push_back(y > year ? before + block.exogenous : before);
      }
      before += block.exogenous;
    }
    population_.entrants = std::make_shared<const Entrants>(std::move(entrants));
  }

  // The world as filled so far is that of the end of the year before 2004.
  void start() {
    simulation_ = std::make_unique<Simulation>(scenario_, std::move(population_), seed_, EngineSettings{});
  }
  YearSeen step(int year) {
    YearSeen seen;
    simulation_->step(year, seen);
    return seen;
  }
  const HomeYear& home(int year) const { return simulation_->years()[year_index(year)]; }

 private:
  const Scenario& scenario_;
  std::uint64_t seed_;
  Streams streams_;
  Population population_;
  std::vector<std::uint32_t> slots_, ordinals_;
  std::vector<int> hosts_;
  std::unique_ptr<Simulation> simulation_;
};

inline std::vector<int> all_groups(const Scenario& scenario) {
  std::vector<int> groups;
  for (std::size_t g = 0; g < scenario.tables.groups.size(); ++g) groups.push_back(static_cast<int>(g));
  return groups;
}

}  // namespace homeward::testing
