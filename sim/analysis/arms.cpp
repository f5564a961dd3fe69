// The tree is walked depth first; the last branch of a fork takes the trunk's state over instead of copying it.
#include "analysis/arms.h"

#include <algorithm>
#include <chrono>
#include <memory>

#include "analysis/trunk.h"
#include "engine/simulation.h"
#include "observation/tallies.h"

namespace homeward {
namespace {

using Clock = std::chrono::steady_clock;
using ArmSet = std::vector<std::size_t>;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Hands each report to the tallies and, where there is one, to the scribe.
class TwoSinks : public BlockSink {
 public:
  TwoSinks(BlockSink& first, BlockSink* second) : first_(first), second_(second) {}
  EventSet records() const override { return first_.records() | (second_ != nullptr ? second_->records() : 0); }
  void take(const BlockReport& report, std::size_t worker) override {
    first_.take(report, worker);
    if (second_ != nullptr) second_->take(report, worker);
  }

 private:
  BlockSink& first_;
  BlockSink* second_;
};

std::shared_ptr<const std::vector<std::uint64_t>> people_of(const Population& population) {
  auto keys = std::make_shared<std::vector<std::uint64_t>>();
  keys->reserve(population.layout.exogenous);
  for (const Block& block : population.layout.blocks) {
    const std::uint64_t* first = population.columns.key + block.first_slot;
    keys->insert(keys->end(), first, first + block.stock + block.appended);
  }
  const Entrants& entrants = *population.entrants;
  if (!entrants.first.empty()) {
    keys->insert(keys->end(), entrants.key.get(), entrants.key.get() + entrants.first.back());
  }
  std::sort(keys->begin(), keys->end());
  return keys;
}

// Arms in groups whose members are alike, in the order of their first members.
template <typename Alike>
std::vector<ArmSet> grouped(const ArmSet& arms, const Alike& alike) {
  std::vector<ArmSet> groups;
  for (const std::size_t arm : arms) {
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [&](const ArmSet& group) { return alike(group.front(), arm); });
    if (found == groups.end()) {
      groups.push_back({arm});
    } else {
      found->push_back(arm);
    }
  }
  return groups;
}

class Tree {
 public:
  Tree(const std::vector<ArmRequest>& arms, int to_year) : arms_(arms), to_year_(to_year) {}

  const Timeline& timeline(std::size_t arm) const { return *arms_[arm].timeline; }
  // Arms that can share a synthesis.
  std::vector<ArmSet> roots() const {
    ArmSet all;
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) all.push_back(arm);
    return grouped(all, [&](std::size_t a, std::size_t b) {
      return what_parts_from_the_start(timeline(a).scenario(), timeline(b).scenario()).empty();
    });
  }
  std::vector<ArmSet> branches(const ArmSet& arms, int year) const {
    return grouped(arms, [&](std::size_t a, std::size_t b) { return same_year(timeline(a), timeline(b), year); });
  }
  // The first year from `year` on in which the arms part; to_year + 1 where they do not.
  int parting(const ArmSet& arms, int year) const {
    while (year <= to_year_ && branches(arms, year).size() == 1) ++year;
    return year;
  }
  bool any_booked(const ArmSet& arms) const {
    return std::any_of(arms.begin(), arms.end(), [&](std::size_t arm) { return arms_[arm].booked; });
  }
  bool all_booked(const ArmSet& arms) const {
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
      if (arms_[arm].booked && std::find(arms.begin(), arms.end(), arm) == arms.end()) return false;
    }
    return true;
  }
  int years(const ArmSet& arms, int year) const {
    const int parted = parting(arms, year);
    int sum = parted - year;
    if (parted > to_year_) return sum;
    for (const ArmSet& branch : branches(arms, parted)) sum += years(branch, parted);
    return sum;
  }
  int states(const ArmSet& arms, int year) const {
    const int parted = parting(arms, year);
    if (parted > to_year_) return 1;
    const std::vector<ArmSet> parts = branches(arms, parted);
    int most = 1;
    for (std::size_t i = 0; i < parts.size(); ++i)  // the last branch takes the trunk's over
      most = std::max(most, states(parts[i], parted) + (i + 1 < parts.size() ? 1 : 0));
    return most;
  }
  // Whether some arm has other arrivals, or other tables, than another.
  bool populations_differ() const {
    const Scenario& first = timeline(0).scenario();
    return std::any_of(arms_.begin(), arms_.end(), [&](const ArmRequest& arm) {
      return !same_people(first, arm.timeline->scenario());
    });
  }
  int to_year() const { return to_year_; }

 private:
  const std::vector<ArmRequest>& arms_;
  int to_year_;
};

class Walk {
 public:
  Walk(const std::vector<ArmRequest>& arms, const ArmsSettings& settings,
       const std::function<void(std::size_t, ArmResult)>& done)
      : tree_(arms, settings.replicate.to_year), settings_(settings), done_(done) {
    weight_ = weight_of_scale(settings.replicate.scale);
    planned_ = years_to_step(arms, settings.replicate.to_year);
    common_ = last_common_year(arms, settings.replicate.to_year);
    if (!settings.trunk_file.empty() && common_) {
      key_ = trunk_key(tree_.timeline(0), settings.replicate, *common_);
    }
    facts_.years_unforked = static_cast<int>(arms.size()) * (settings.replicate.to_year - first_year + 1);
  }

  ArmsFacts run() {
    for (const ArmSet& root : tree_.roots()) {
      const auto start = Clock::now();
      ended_.reset();
      if (live_from_trunk(root)) continue;
      const Scenario& scenario = tree_.timeline(root.front()).scenario();
      Population population = synthesise(scenario, synthesis_settings(settings_.replicate));
      ArmResult past;
      past.result = Tallies(scenario, settings_.replicate.seed, 1, weight_).empty_result();
      past.result.seed = settings_.replicate.seed;
      past.result.to_year = settings_.replicate.to_year;
      past.result.fit = population.fit;
      if (tree_.populations_differ()) past.book.people = people_of(population);
      past.result.bytes_per_agent = Columns::bytes_per_slot;
      stop_if_asked();
      auto simulation = std::make_unique<Simulation>(
          scenario, std::move(population), settings_.replicate.seed,
          EngineSettings{settings_.replicate.threads, settings_.replicate.scale});
      facts_.synthesis_seconds += seconds_since(start);
      past.result.synthesis_seconds = seconds_since(start);
      if (!key_.empty()) {
        step(root, *simulation, first_year, *common_, past);
        save_trunk(settings_.trunk_file, key_, *simulation, past.result);
        live(root, std::move(simulation), *common_ + 1, std::move(past));
      } else {
        live(root, std::move(simulation), first_year, std::move(past));
      }
    }
    return facts_;
  }

 private:
  bool live_from_trunk(const ArmSet& root) {
    if (key_.empty()) return false;
    auto trunk = load_trunk(settings_.trunk_file, key_, tree_.timeline(root.front()), settings_.replicate);
    if (!trunk) return false;
    ++facts_.trunks_reused;
    planned_ -= *common_ - first_year + 1;
    ArmResult past;
    past.result = std::move(trunk->result);
    past.result.to_year = settings_.replicate.to_year;
    live(root, std::move(trunk->simulation), *common_ + 1, std::move(past));
    return true;
  }

  void stop_if_asked() const {
    const std::atomic<bool>* stop = settings_.replicate.stop;
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Stopped{};
  }

  // All arms of the set from a year to the end; they have `past` and the state of `simulation` in common.
  void live(const ArmSet& arms, std::unique_ptr<Simulation> simulation, int year, ArmResult past) {
    const int parted = tree_.parting(arms, year);
    step(arms, *simulation, year, parted - 1, past);
    if (parted > tree_.to_year()) {
      ended_ = std::move(simulation);
      for (std::size_t i = 0; i + 1 < arms.size(); ++i) done_(arms[i], past);
      done_(arms.back(), std::move(past));
      return;
    }
    const std::vector<ArmSet> branches = tree_.branches(arms, parted);
    for (std::size_t i = 0; i < branches.size(); ++i) {
      const bool last = i + 1 == branches.size();
      const auto start = Clock::now();
      const Scenario& scenario = tree_.timeline(branches[i].front()).scenario();
      // The ended branch is of the same trunk where it has the same people: its memory is used again.
      if (last) ended_.reset();
      auto branch = last ? std::make_unique<Simulation>(std::move(*simulation), scenario)
                         : std::make_unique<Simulation>(*simulation, scenario, std::move(ended_));
      if (last) simulation.reset();
      facts_.forking_seconds += seconds_since(start);
      live(branches[i], std::move(branch), parted, last ? std::move(past) : past);
    }
  }

  void step(const ArmSet& arms, Simulation& simulation, int from, int to, ArmResult& past) {
    if (from > to) return;
    const Timeline& timeline = tree_.timeline(arms.front());
    const int threads = settings_.replicate.threads;
    Tallies tallies(timeline.scenario(), settings_.replicate.seed, threads, weight_);
    std::unique_ptr<ReturnScribe> scribe;
    if (tree_.any_booked(arms) && !tree_.all_booked(arms)) {
      scribe = std::make_unique<ReturnScribe>(timeline, threads, settings_.definition);
    }
    TwoSinks sinks(tallies, scribe.get());
    const auto start = Clock::now();
    for (int year = from; year <= to; ++year) {
      const HomeYear& home = timeline.home(year);
      tallies.begin_year(home);
      simulation.step(year, sinks);
      tallies.end_year(home, past.result);
      ++facts_.years_stepped;
      if (settings_.progress) settings_.progress(facts_.years_stepped, planned_);
      stop_if_asked();
    }
    const double spent = seconds_since(start);
    facts_.stepping_seconds += spent;
    facts_.agent_years += tallies.persons_stepped();
    past.result.stepping_seconds += spent;
    past.result.agent_years += tallies.persons_stepped();
    if (scribe) past.book.merge(scribe->finish());
  }

  Tree tree_;
  const ArmsSettings& settings_;
  const std::function<void(std::size_t, ArmResult)>& done_;
  double weight_ = 1;
  int planned_ = 0;
  std::optional<int> common_;
  std::string key_;  // of the trunk; empty where none is kept
  std::unique_ptr<Simulation> ended_;  // the latest branch that ended, for its memory
  ArmsFacts facts_;
};

}  // namespace

ArmsFacts simulate_arms(const std::vector<ArmRequest>& arms, const ArmsSettings& settings,
                        const std::function<void(std::size_t, ArmResult)>& done) {
  return Walk(arms, settings, done).run();
}

std::optional<int> last_common_year(const std::vector<ArmRequest>& arms, int to_year) {
  const Tree tree(arms, to_year);
  const std::vector<ArmSet> roots = tree.roots();
  if (roots.size() != 1) return std::nullopt;
  const int parted = tree.parting(roots.front(), first_year);
  return parted > first_year && parted <= to_year ? std::optional(parted - 1) : std::nullopt;
}

int years_to_step(const std::vector<ArmRequest>& arms, int to_year) {
  const Tree tree(arms, to_year);
  int sum = 0;
  for (const ArmSet& root : tree.roots()) sum += tree.years(root, first_year);
  return sum;
}

int states_at_once(const std::vector<ArmRequest>& arms, int to_year) {
  const Tree tree(arms, to_year);
  int most = 1;
  for (const ArmSet& root : tree.roots()) most = std::max(most, tree.states(root, first_year));
  return most;
}

}  // namespace homeward
