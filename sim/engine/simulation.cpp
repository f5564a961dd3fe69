#include "engine/simulation.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "engine/schedule.h"
#include "parallel/blocks.h"

namespace homeward {

Streams::Streams(std::uint64_t seed)
    : life(seed, Purpose::life),
      status(seed, Purpose::status),
      social(seed, Purpose::social),
      choice_mode(seed, Purpose::choice_mode),
      permit(seed, Purpose::permit),
      pipeline(seed, Purpose::pipeline),
      posts(seed, Purpose::posts),
      returnee(seed, Purpose::returnee),
      taste(seed, Purpose::taste),
      rounding(seed, Purpose::rounding) {}

Workspace::Workspace(std::size_t slots, std::size_t exogenous, std::size_t communities)
    : alive_room(slots), law_room(slots), joins_room(slots), visitors_room(slots), travellers_room(slots),
      attentive_room(slots), permits_room(slots), preparing_room(slots), home_room(slots), leavers_room(slots),
      minors_room(slots), tellers_room(slots), happened(slots + kernel_padding), visits(slots + kernel_padding),
      told(exogenous + kernel_padding), peer(slots + kernel_padding), reads(slots + kernel_padding),
      noise(slots + kernel_padding), decision(slots + kernel_padding), shares(slots + kernel_padding),
      community_reads(communities), community_first(communities), sums(communities), first_mother(communities, no_mother),
      counts(communities), choosers(slots),
      phase_seconds(the_year.size()) {
  mothers.reserve(slots / 8);
  events.reserve(slots);
}

Simulation::Simulation(const Scenario& scenario, Population population, std::uint64_t seed,
                       const EngineSettings& settings)
    : scenario_(scenario),
      population_(std::move(population)),
      settings_(settings),
      seed_(seed),
      streams_(seed),
      years_(home_years(scenario)),
      arrivals_(scenario, seed),
      ties_(seed, population_.layout),
      workers_(settings.threads) {
  const Layout& layout = population_.layout;
  communities_.resize(layout.community_first_ordinal.empty() ? 0 : layout.community_first_ordinal.size() - 1);
  stories_.assign(layout.exogenous / 4 + kernel_padding, 0);
  next_stories_.assign(layout.exogenous / 4 + kernel_padding, 0);
  for (const Block& block : layout.blocks) slots_used_.push_back(block.stock + block.appended);
  applicants_.resize(layout.blocks.size());
  make_workspaces();
  // The snapshot of 31 December before the first year.
  tables_ = build_year_tables(scenario_, years_.front(), {}, workers_);
  workers_.for_each_block(layout.blocks.size(), [&](std::size_t index, std::size_t worker) {
    BlockYear b = block_year(index, first_year - 1, worker);
    publish_snapshot(b);
  });
  end_year(first_year - 1);
}

namespace {

// Everything but the columns.
Population room_for(const Population& trunk, Columns columns) {
  Population population;
  population.layout = trunk.layout;
  population.columns = std::move(columns);
  population.entrants = trunk.entrants;
  population.fit = trunk.fit;
  population.arrivals = trunk.arrivals;
  population.stock = trunk.stock;
  return population;
}

}  // namespace

Simulation::Simulation(const Scenario& alternative, Population population, const Simulation& trunk)
    : scenario_(alternative),
      population_(std::move(population)),
      settings_(trunk.settings_),
      seed_(trunk.seed_),
      streams_(trunk.seed_),
      years_(home_years(alternative)),
      arrivals_(alternative, trunk.seed_),
      ties_(trunk.seed_, population_.layout),
      communities_(trunk.communities_),
      stories_(trunk.stories_),
      next_stories_(trunk.next_stories_.size(), 0),
      slots_used_(trunk.slots_used_),
      applicants_(trunk.applicants_),
      snapshot_(trunk.snapshot_),
      workers_(trunk.settings_.threads) {
  make_workspaces();
}

Simulation::Simulation(const Simulation& trunk, const Scenario& alternative, std::unique_ptr<Simulation> ended)
    : Simulation(alternative,
                 room_for(trunk.population_,
                          ended ? std::move(ended->population_.columns) : Columns(trunk.population_.layout.slots)),
                 trunk) {
  workers_.for_each_block(population_.layout.blocks.size(), [&](std::size_t index, std::size_t) {
    const std::uint32_t first = population_.layout.blocks[index].first_slot, used = slots_used_[index];
    population_.columns.copy_slots(trunk.population_.columns, first, used);
    if (ended && ended->slots_used_[index] > used) {
      population_.columns.clear_slots(first + used, ended->slots_used_[index] - used);
    }
  });
}

Simulation::Simulation(Simulation&& trunk, const Scenario& alternative)
    : Simulation(alternative, std::move(trunk.population_), trunk) {}

Simulation::~Simulation() = default;

void Simulation::make_workspaces() {
  std::size_t largest = 1, most_exogenous = 1, most_communities = 1;
  for (const Block& block : population_.layout.blocks) {
    largest = std::max<std::size_t>(largest, block.capacity);
    most_exogenous = std::max<std::size_t>(most_exogenous, block.exogenous);
    most_communities = std::max<std::size_t>(most_communities, block.communities);
  }
  for (int worker = 0; worker < std::max(1, settings_.threads); ++worker) {
    workspaces_.push_back(std::make_unique<Workspace>(largest, most_exogenous, most_communities));
  }
}

BlockYear Simulation::block_year(std::size_t index, int year, std::size_t worker) {
  const Block& block = population_.layout.blocks[index];
  const int group = scenario_.tables.hosts[static_cast<std::size_t>(block.host)].group;
  return {*this,           index,    block, year, tables_, tables_.groups[static_cast<std::size_t>(group)],
          scenario_.parameters, streams_, population_.columns, *workspaces_[worker], slots_used_[index]};
}

void Simulation::begin_year(int year) {
  const HomeYear& home = years_[year_index(year)];
  YearCounts counts;
  const double share = settings_.scale;
  const auto chance = [](double wanted, std::int64_t among) {
    return among > 0 ? std::min(1.0, wanted / static_cast<double>(among)) : 0.0;
  };
  counts.network_join = chance(home.network_members * share, snapshot_.advanced_abroad - snapshot_.members_abroad);
  const double guests = scenario_.parameters.attention_invitees * home.lever(Lever::events) * share;
  if (snapshot_.members_abroad > 0) {
    counts.invited_member = chance(guests, snapshot_.members_abroad);
  } else {
    counts.invited_other = chance(guests, snapshot_.advanced_abroad);
  }
  if (home.posts > 0) {
    counts.posts_chance = snapshot_.applicants > 0 ? chance(home.posts * share, snapshot_.applicants) : 1;
  }
  tables_ = build_year_tables(scenario_, home, counts, workers_);
  std::fill(next_stories_.begin(), next_stories_.end(), std::uint8_t{0});
  for (auto& work : workspaces_) work->snapshot = {};
}

// Funded posts: a fixed share for each field, by merit, then by lot. Unfilled posts lapse. Winners are marked and
// take or refuse the post in January.
void Simulation::draw_posts(int year) {
  const double posts = years_[year_index(year)].posts * settings_.scale;
  std::vector<Applicant> all;
  for (const auto& applicants : applicants_) all.insert(all.end(), applicants.begin(), applicants.end());
  snapshot_.applicants = static_cast<std::int64_t>(all.size());
  if (posts <= 0 || all.empty()) return;
  std::sort(all.begin(), all.end(), [](const Applicant& a, const Applicant& b) {
    return std::tuple(a.field, -static_cast<int>(a.merit), a.lot, a.key) <
           std::tuple(b.field, -static_cast<int>(b.merit), b.lot, b.key);
  });
  constexpr std::array<double, 3> field_share{0.50, 0.35, 0.15};  // research, ICT, health: docs/theory/offers_and_posts
  for (std::uint32_t field = 0; field < 3; ++field) {
    const double wanted = posts * field_share[field];
    const Words words = streams_.rounding.words(field, static_cast<std::uint32_t>(year));
    auto open = static_cast<std::int64_t>(wanted + uniform(words[0]));
    for (const Applicant& applicant : all) {
      if (applicant.field != field || open <= 0) continue;
      std::uint32_t& now = population_.columns.state[applicant.slot];
      now = state::PostField::set(now, 1);
      --open;
    }
  }
}

void Simulation::end_year(int year) {
  snapshot_ = {};
  for (const auto& work : workspaces_) {
    snapshot_.advanced_abroad += work->snapshot.advanced_abroad;
    snapshot_.members_abroad += work->snapshot.members_abroad;
  }
  if (year >= first_year) draw_posts(year);
  stories_.swap(next_stories_);
}

void Simulation::step(int year, BlockSink& sink) {
  begin_year(year);
  const EventSet recorded = sink.records() | return_events;
  const auto now = [] { return std::chrono::steady_clock::now(); };
  workers_.for_each_block(population_.layout.blocks.size(), [&](std::size_t index, std::size_t worker) {
    BlockYear b = block_year(index, year, worker);
    Workspace& work = b.work;
    work.events.clear();
    work.event_counts = {};
    work.recorded = recorded;
    work.gone.clear();
    work.mothers.clear();
    work.pipeline = {};
    work.lever_units = {};
    work.persons_stepped = 0;
    auto before = now();
    for (std::size_t phase = 0; phase < the_year.size(); ++phase) {
      the_year[phase].run(b);
      const auto after = now();
      work.phase_seconds[phase] += std::chrono::duration<double>(after - before).count();
      before = after;
    }
    sink.take({&b.block, year, &b.columns, b.used, work.persons_stepped,
               work.events, &work.event_counts, &work.pipeline, &work.lever_units},
              worker);
    const auto counted = now();
    work.sink_seconds += std::chrono::duration<double>(counted - before).count();
    close_ranks(b);
    work.ranks_seconds += std::chrono::duration<double>(now() - counted).count();
  });
  end_year(year);
}

std::vector<std::pair<std::string, double>> Simulation::phase_seconds() const {
  std::vector<std::pair<std::string, double>> phases;
  for (std::size_t phase = 0; phase < the_year.size(); ++phase) {
    double seconds = 0;
    for (const auto& work : workspaces_) seconds += work->phase_seconds[phase];
    phases.emplace_back(the_year[phase].name, seconds);
  }
  double counting = 0;
  for (const auto& work : workspaces_) counting += work->sink_seconds;
  phases.emplace_back("tallies", counting);
  double closing = 0;
  for (const auto& work : workspaces_) closing += work->ranks_seconds;
  phases.emplace_back("ranks", closing);
  return phases;
}

}  // namespace homeward
