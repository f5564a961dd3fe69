// Sweeps of the promise over the layers' plan, store and runner.
#include "homeward/sweep.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "analysis/memory_need.h"
#include "analysis/store_records.h"
#include "analysis/sweep_runner.h"
#include "api/bridge.h"
#include "api/machine.h"
#include "api/sweep_parts.h"
#include "homeward/scenario.h"
#include "homeward/version.h"
#include "report/effects_table.h"
#include "report/merged_table.h"
#include "report/sweep_netcdf.h"
#include "report/sweep_package.h"

namespace homeward::v1 {

namespace {

int threads_of(const SweepSettings& settings) { return settings.threads > 0 ? settings.threads : usable_threads(); }

// Before a trial: enough for every level of most plans, quick enough for any.
constexpr std::size_t most_points_checked = 500;

double memory_of(const SweepSettings& settings) {
  return settings.memory_bytes > 0 ? settings.memory_bytes : static_cast<double>(usable_memory());
}

std::vector<Sweep::KeyedRun> all_keys(const Sweep& sweep, int threads) {
  return sweep.keys({}, threads, [] { return true; });
}

}  // namespace

SweepPlan SweepPlan::load(const std::string& file, const SweepOptions& options) {
  return translated([&] {
    PlanOptions layer;
    layer.tables_folder = options.tables;
    layer.default_tables_folder = default_tables_folder();
    layer.seed = options.seed;
    layer.replicates = options.replicates;
    layer.to_year = options.to_year;
    layer.scale = options.scale;
    layer.force_range = options.force_range;
    return SweepPlan(std::make_shared<const Parts>(read_sweep_plan(here_or_shipped(file), vocabulary(), layer)));
  });
}

const std::string& SweepPlan::file() const { return parts_->sweep.plan().file; }
const std::string& SweepPlan::name() const { return parts_->sweep.plan().name; }
std::uint64_t SweepPlan::points() const { return parts_->sweep.points(); }
int SweepPlan::replicates() const { return parts_->sweep.plan().replicates; }
std::uint64_t SweepPlan::runs() const { return parts_->sweep.runs(); }
double SweepPlan::scale() const { return parts_->sweep.plan().scale; }

std::vector<std::string> SweepPlan::axes() const {
  std::vector<std::string> paths;
  for (const PlanAxis* axis : parts_->sweep.design().axes()) paths.push_back(axis->path);
  return paths;
}

std::vector<std::string> SweepPlan::scenarios() const {
  std::vector<std::string> labels;
  for (const PlanScenario& one : parts_->sweep.plan().scenarios) labels.push_back(one.label);
  return labels;
}

SweepPoint SweepPlan::at(std::uint64_t index) const {
  return translated([&] {
    const Sweep& sweep = parts_->sweep;
    const SweepRun run = sweep.run(index);
    SweepPoint point;
    point.scenario = sweep.plan().scenarios[run.scenario].label;
    point.point = run.point;
    for (const AxisValue& value : sweep.design().at(run.point)) point.values.push_back(value_text(value.value));
    point.seed = sweep.scenario(run.scenario, run.point).seed;
    point.replicate = run.replicate;
    return point;
  });
}

std::uint64_t SweepPlan::bundle(std::uint64_t index) const { return parts_->sweep.bundle(index); }

void check_points(const SweepPlan& plan) {
  translated([&] { return all_keys(plan.parts().sweep, usable_threads()).size(); });
}

SweepTrial try_run(const SweepPlan& plan, const SweepSettings& settings) {
  return translated([&] {
    const Sweep& sweep = plan.parts().sweep;
    SweepTrial trial;
    trial.threads = threads_of(settings);
    trial.points_checked = sweep.check_telling_points(most_points_checked);
    const MemoryNeed need = bundle_memory(sweep);
    const SweepSpread spread = homeward::spread(sweep.bundles(), trial.threads, memory_of(settings), need);
    const std::atomic<bool> never{false};
    // The first run also warms up the program; a short one is timed again.
    StoredRun run;
    double spent = 0;
    for (int i = 0; i < 3 && spent < 0.5; ++i) {
      const auto start = std::chrono::steady_clock::now();
      std::vector<homeward::Scenario> arms;
      for (std::uint64_t at = 0; at < sweep.runs(); at += sweep.bundles())
        arms.push_back(sweep.scenario(sweep.run(at).scenario, 0));
      simulate_of(sweep.plan())(arms, 0, spread.threads_within, settings.stop != nullptr ? *settings.stop : never,
                                [&](std::size_t, StoredRun done) { run = std::move(done); });
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() /
                             static_cast<double>(arms.size());
      trial.seconds = i == 0 ? seconds : std::min(trial.seconds, seconds);
      spent += seconds;
    }
    trial.workers = spread.workers;
    trial.bytes_each = need.each;
    trial.bytes_fixed = need.fixed;
    trial.store_bytes =
        static_cast<double>(record_bytes(RecordKind::done, sweep.key(sweep.scenario(0, 0), 0), 0, 0, encode_run(run)).size());
    trial.table_bytes = merged_bytes(sweep, run) * static_cast<double>(sweep.runs());
    trial.seconds_here = trial.seconds * static_cast<double>(sweep.runs()) / spread.workers;
    return trial;
  });
}

SweepOutcome run_sweep(const SweepPlan& plan, const SweepFolder& folder, const SweepSettings& settings) {
  return translated([&] {
    SweepRunnerSettings layer;
    layer.store_folder = folder.store();
    layer.shard = {settings.shard, settings.shards};
    layer.threads = threads_of(settings);
    layer.memory_bytes = memory_of(settings);
    layer.retry_failed = settings.retry_failed;
    layer.stop = settings.stop;
    if (settings.progress) {
      layer.progress = [report = settings.progress](const homeward::SweepProgress& at) {
        report({at.runs, at.done, at.failed, at.running, at.runs_per_second, at.seconds_left});
      };
    }
    const homeward::Sweep& sweep = plan.parts().sweep;
    const homeward::SweepOutcome done = homeward::run_sweep(sweep, layer, simulate_of(sweep.plan()));
    return SweepOutcome{done.runs,     done.done_before, done.done,           done.failed,
                        done.messages, done.stopped,     done.spread.workers, done.spread.threads_within,
                        done.damaged};
  });
}

SweepState sweep_state(const SweepPlan& plan, const SweepFolder& folder) {
  return translated([&] {
    const std::vector<Sweep::KeyedRun> runs = all_keys(plan.parts().sweep, usable_threads());
    const StoreIndex store = read_store(folder.store(), {});
    const SweepStatus status = sweep_status(runs, store);
    SweepState state;
    state.runs = status.runs;
    state.done = status.done;
    state.failed = status.failed;
    state.running = status.running;
    for (const SweepStatus::Failure& one : status.failures) state.failures.push_back({one.run, one.count, one.message});
    state.seconds_per_run = status.seconds_per_run;
    state.seconds_left = status.seconds_left;
    state.seconds_left_alone = status.seconds_left_alone;
    state.damaged = status.damaged;
    state.twice = status.twice;
    for (const StoreWriter& writer : status.at_work) {
      std::string text = "process " + std::to_string(writer.process) + " on " + writer.host;
      if (writer.shard.count > 1)
        text += ", shard " + std::to_string(writer.shard.index) + " of " + std::to_string(writer.shard.count);
      state.at_work.push_back(std::move(text));
    }
    for (const Sweep::KeyedRun& run : runs) {
      const StoreEntry* entry = store.find(run.key);
      if (entry == nullptr) state.missing.push_back(run.index);
      if (entry != nullptr && entry->kind == RecordKind::failed) state.failed_runs.push_back(run.index);
    }
    return state;
  });
}

MergedTable merge_sweep(const SweepPlan& plan, const SweepFolder& folder) {
  return translated([&] {
    const homeward::Sweep& sweep = plan.parts().sweep;
    const std::vector<Sweep::KeyedRun> runs = all_keys(sweep, usable_threads());
    const StoreIndex store = read_store(folder.store(), {});
    MergedTable table;
    table.file = (std::filesystem::path(folder.path()) / "merged.csv").string();
    WholeFile out(table.file);
    const MergedRows rows = write_merged(out, sweep, runs, store);
    table.runs = rows.runs;
    table.left_out = rows.left_out;
    table.rows = rows.rows;
    out.finish();
    std::optional<WholeFile> cubes;
    if (netcdf_values(sweep) <= most_netcdf_values) {
      table.cubes_file = (std::filesystem::path(folder.path()) / "results.nc").string();
      cubes.emplace(table.cubes_file);
      write_sweep_netcdf(*cubes, sweep, runs, store, "homeward " + build_facts().version);
      cubes->finish();
    }
    std::optional<WholeFile> effects;
    if (sweep.plan().contrast_base) {
      table.effects_file = (std::filesystem::path(folder.path()) / "effects.csv").string();
      effects.emplace(table.effects_file);
      write_effects(*effects, sweep, runs, store);
      effects->finish();
    }
    WholeFile package((std::filesystem::path(folder.path()) / "datapackage.json").string());
    package.write(sweep_package_json(sweep, out, effects ? &*effects : nullptr));
    package.finish();
    out.commit();
    package.commit();
    if (cubes) cubes->commit();
    if (effects) effects->commit();
    sync_folder(folder.path());
    return table;
  });
}

double available_memory() { return static_cast<double>(usable_memory()); }

}  // namespace homeward::v1
