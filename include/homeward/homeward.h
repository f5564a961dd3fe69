// The door for programs that use Homeward as a library: the promise of version 1, lifted into `homeward`.
//
//   #include <homeward/homeward.h>
//
//   const homeward::Scenario baseline = homeward::Scenario::load("scenarios/baseline.yaml", {});
//   homeward::RunSettings settings;
//   settings.scale = 1.0 / 20;
//   const homeward::Results results = homeward::run(baseline, settings);
//   const homeward::Interval returns = results.at("returns", 2025).value();
//
// Only standard types cross this border; the layers behind it may change from one day to the next.
#pragma once
#include "homeward/comparison.h"
#include "homeward/error.h"
#include "homeward/machine.h"
#include "homeward/report.h"
#include "homeward/results.h"
#include "homeward/scenario.h"
#include "homeward/simulation.h"
#include "homeward/sweep.h"
#include "homeward/version.h"
#include "homeward/vocabulary.h"

namespace homeward {

using v1::Error;
using v1::Fault;
using v1::InputError;
using v1::RunError;
using v1::Stopped;

using v1::check;
using v1::default_tables_folder;
using v1::difference_in_words;
using v1::LeverInForce;
using v1::LoadOptions;
using v1::Scenario;
using v1::scenario_schema;

using v1::Entry;
using v1::entries;
using v1::EntryKind;
using v1::find_entries;
using v1::nearest_entry;
using v1::nearest_word;

using v1::available_threads;
using v1::HalfWidthTarget;
using v1::Progress;
using v1::Returns;
using v1::run;
using v1::RunSettings;

using v1::Interval;
using v1::MarginError;
using v1::OutputFolder;
using v1::PipelineRow;
using v1::Results;
using v1::RunFacts;
using v1::SummaryRow;
using v1::WriteOptions;

using v1::available_memory;
using v1::check_points;
using v1::merge_sweep;
using v1::MergedTable;
using v1::run_sweep;
using v1::sweep_state;
using v1::SweepFailure;
using v1::SweepFolder;
using v1::SweepOptions;
using v1::SweepOutcome;
using v1::SweepPlan;
using v1::SweepPoint;
using v1::SweepProgress;
using v1::SweepSettings;
using v1::SweepState;
using v1::SweepTrial;
using v1::try_run;

using v1::ReportOptions;
using v1::write_report;

using v1::AlternativeFacts;
using v1::DifferingLever;
using v1::Attribution;
using v1::CategoryTotal;
using v1::Claim;
using v1::ClaimJudgement;
using v1::compare;
using v1::CompareSettings;
using v1::Comparison;
using v1::Contrast;
using v1::HorizonCheck;
using v1::Price;
using v1::ShareOfDifference;
using v1::TreeFacts;

using v1::forget_peak_memory;
using v1::least_work_of_an_agent_year;
using v1::LeastWork;
using v1::machine_limits;
using v1::MachineFacts;
using v1::MachineLimits;
using v1::peak_memory_bytes;
using v1::PhaseSeconds;
using v1::this_machine;

using v1::build_facts;
using v1::BuildFacts;

}  // namespace homeward
