#include "analysis/sweep.h"

#include <bit>
#include <set>
#include <tuple>

#include "analysis/model_version.h"
#include "observation/measures.h"
#include "observation/replicate.h"
#include "parallel/blocks.h"
#include "policy/home_year.h"
#include "population/synthesis.h"
#include "scenario/number.h"
#include "scenario/sha256.h"
#include "scenario/table_sets.h"

namespace homeward {
namespace {

// What is stored of a run: the measures, by name.
const std::string& measures_text() {
  static const std::string text = [] {
    std::string names;
    for (const MeasureRow& row : measure_rows()) names += std::string(row.name) + ',';
    return sha256(names);
  }();
  return text;
}

// A place is at fault once, however many points have its value.
void raise_once(const std::vector<std::vector<Fault>>& by_point) {
  Faults faults;
  std::set<std::tuple<std::string, int, int>> told;
  for (const std::vector<Fault>& of_point : by_point) {
    for (const Fault& fault : of_point) {
      if (told.emplace(fault.place.file, fault.place.line, fault.place.column).second) faults.add(fault);
    }
  }
  raise_if_any(faults);
}

}  // namespace

Sweep::Sweep(SweepPlan plan) : plan_(std::move(plan)), design_(plan_.design, plan_.seed) {
  std::string text = std::to_string(plan_.scenarios.size()) + ' ' + std::to_string(points()) + ' ' +
                     std::to_string(plan_.replicates) + ' ' + std::to_string(plan_.to_year) + ' ' +
                     number_text(plan_.scale) + ' ' + std::to_string(plan_.seed) + ' ' +
                     (plan_.contrast_base ? std::to_string(*plan_.contrast_base) : "-") + '\n';
  for (const PlanScenario& one : plan_.scenarios) text += one.source->with({}, CanonicalText::left_out).hash + '\n';
  fingerprint_ = sha256(text + design_text(plan_.design)).substr(0, 16);
}

std::uint64_t Sweep::runs() const {
  return plan_.scenarios.size() * points() * static_cast<std::uint64_t>(plan_.replicates);
}

SweepRun Sweep::run(std::uint64_t index) const {
  const auto replicates = static_cast<std::uint64_t>(plan_.replicates);
  SweepRun run;
  run.replicate = static_cast<int>(index % replicates);
  run.point = index / replicates % points();
  run.scenario = static_cast<std::size_t>(index / replicates / points());
  return run;
}

std::uint64_t Sweep::bundles() const {
  return plan_.contrast_base ? points() * static_cast<std::uint64_t>(plan_.replicates) : runs();
}

std::uint64_t Sweep::bundle(std::uint64_t run) const { return run % bundles(); }

std::uint64_t Sweep::base_run(std::uint64_t run) const {
  return static_cast<std::uint64_t>(*plan_.contrast_base) * bundles() + bundle(run);
}

Scenario Sweep::scenario(std::size_t scenario, std::uint64_t point) const {
  std::vector<Document> settings;
  std::string text;
  for (const AxisValue& value : design_.at(point)) {
    settings.push_back(setting_document(value.axis->path, value.value, value.axis->place));
    text += value.axis->path + '=' + value_text(value.value) + '\n';
  }
  Scenario resolved = plan_.scenarios[scenario].source->with(settings, CanonicalText::left_out);
  if (plan_.contrast_base) resolved.seed = plan_.scenarios[*plan_.contrast_base].seed;
  if (plan_.seeds == PlanSeeds::independent) resolved.seed = mix(resolved.seed, text_key(text));
  resolved.outputs.clear();
  try {
    require_sound_economy(resolved);
  } catch (const InputError& error) {
    std::vector<Fault> faults = error.faults();
    for (Fault& fault : faults) {
      if (!settings.empty()) fault.place = settings.front().root.place;
      fault.problem += " at point " + std::to_string(point);
    }
    throw InputError(std::move(faults));
  }
  return resolved;
}

std::string Sweep::key(const Scenario& scenario, int replicate) const {
  const std::string text = "model " + std::to_string(model_version) + "\nmeasures " + measures_text() + "\nscenario " +
                           scenario.hash + "\nseed " + std::to_string(scenario.seed) + "\nscale " +
                           std::to_string(std::bit_cast<std::uint64_t>(plan_.scale)) + "\nto " +
                           std::to_string(plan_.to_year) + "\nreplicate " + std::to_string(replicate) + '\n';
  return sha256(text).substr(0, 32);
}

std::vector<Sweep::KeyedRun> Sweep::keys(const Shard& shard, int threads, const std::function<bool()>& proceed) const {
  std::vector<KeyedRun> result;
  std::vector<std::size_t> starts;  // of the runs of one point
  for (std::uint64_t index = 0; index < runs(); ++index) {
    if (!shard.takes(bundle(index))) continue;
    const std::uint64_t place = index / static_cast<std::uint64_t>(plan_.replicates);
    const bool same = !result.empty() && result.back().index / static_cast<std::uint64_t>(plan_.replicates) == place;
    if (!same) starts.push_back(result.size());
    result.push_back({index, ""});
  }
  starts.push_back(result.size());
  std::vector<std::vector<Fault>> found(starts.size());  // by point
  for_each_block(starts.size() - 1, threads, [&](std::size_t i) {
    if (!proceed()) throw Stopped{};
    try {
      const SweepRun first = run(result[starts[i]].index);
      const Scenario resolved = scenario(first.scenario, first.point);
      for (std::size_t at = starts[i]; at < starts[i + 1]; ++at)
        result[at].key = key(resolved, run(result[at].index).replicate);
    } catch (const InputError& error) {
      found[i] = error.faults();
    }
  });
  raise_once(found);
  return result;
}

std::size_t Sweep::check_telling_points(std::size_t most) const {
  const std::vector<std::uint64_t> telling = design_.telling_points(most);
  std::vector<std::vector<Fault>> found;
  for (const std::uint64_t point : telling) {
    for (std::size_t i = 0; i < plan_.scenarios.size(); ++i) {
      try {
        scenario(i, point);
      } catch (const InputError& error) {
        found.push_back(error.faults());
      }
    }
  }
  raise_once(found);
  return telling.size();
}

}  // namespace homeward
