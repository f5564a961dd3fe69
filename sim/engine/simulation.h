// A population that lives through the years of one scenario.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "behaviour/community.h"
#include "engine/tally.h"
#include "engine/year_tables.h"
#include "parallel/blocks.h"
#include "population/synthesis.h"
#include "population/ties.h"

namespace homeward {

struct EngineSettings {
  int threads = 1;
  double scale = 1;
};

// All streams of one run.
struct Streams {
  explicit Streams(std::uint64_t seed);
  Stream life, status, social, choice_mode, permit, pipeline, posts, returnee, taste, rounding;
};

// A person who waits in December at the position stage and may be given a funded post.
struct Applicant {
  std::uint32_t slot;
  std::uint64_t key;
  std::uint32_t field;  // research, ict, health
  std::uint32_t merit;
  std::uint64_t lot;  // random rank among equals
};

// Counts of the end of a year that the next one reads.
struct Snapshot {
  std::int64_t advanced_abroad = 0;  // adults with an advanced degree
  std::int64_t members_abroad = 0;   // of the innovation network
  std::int64_t applicants = 0;       // for funded posts
};

struct Workspace;
struct BlockYear;

class Simulation {
 public:
  // The scenario must outlive the simulation; the population is the start of the first year.
  Simulation(const Scenario& scenario, Population population, std::uint64_t seed, const EngineSettings& settings);
  // A fork: the state that the trunk has reached, to live on under another scenario. The scenarios must agree in
  // parameters, tables and the years lived so far. Copies slots in use only, so memory grows by one state; where an
  // earlier branch of the same trunk has ended, its memory is taken over, since fresh pages cost more than the copy.
  Simulation(const Simulation& trunk, const Scenario& alternative, std::unique_ptr<Simulation> ended = nullptr);
  // The same for the last branch of a trunk, which is used up: no state is copied.
  Simulation(Simulation&& trunk, const Scenario& alternative);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // One year, 1 January to 31 December; years in order. Reports every block to the sink.
  // Throws RunError where the room for births is used up.
  void step(int year, BlockSink& sink);

  // Processor seconds by phase of the year so far, summed over workers.
  std::vector<std::pair<std::string, double>> phase_seconds() const;

  const std::vector<HomeYear>& years() const { return years_; }
  const Population& population() const { return population_; }
  // Slots in use of a block, children included.
  std::uint32_t slots_used(std::size_t block) const { return slots_used_[block]; }

 private:
  friend struct BlockYear;
  friend class Checkpoint;
  // What a branch has of its trunk beside the population.
  Simulation(const Scenario& alternative, Population population, const Simulation& trunk);
  void make_workspaces();
  BlockYear block_year(std::size_t index, int year, std::size_t worker);
  void begin_year(int year);
  void end_year(int year);
  void draw_posts(int year);

  const Scenario& scenario_;
  Population population_;
  EngineSettings settings_;
  std::uint64_t seed_;
  Streams streams_;
  std::vector<HomeYear> years_;
  ArrivalDraws arrivals_;
  Ties ties_;
  YearTables tables_;
  std::vector<CommunityView> communities_;  // as of the end of last year
  std::vector<std::uint8_t> stories_;       // four persons a byte, end of last year
  std::vector<std::uint8_t> next_stories_;  // end of this year
  std::vector<std::uint32_t> slots_used_;
  std::vector<std::vector<Applicant>> applicants_;  // by block
  Snapshot snapshot_;
  std::vector<std::unique_ptr<Workspace>> workspaces_;  // by worker
  Workers workers_;                                     // for the loops of all years
};

}  // namespace homeward
