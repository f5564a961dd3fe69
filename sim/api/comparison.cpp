// compare() of the promise over run_comparison().
#include "homeward/comparison.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "analysis/verdict.h"
#include "api/machine.h"
#include "api/results.h"
#include "api/run_plan.h"
#include "observation/measures.h"
#include "policy/lever_parameters.h"
#include "report/assumptions_table.h"
#include "report/comparison_manifest.h"
#include "report/comparison_tables.h"
#include "report/report_files.h"
#include "scenario/loader.h"

namespace homeward::v1 {

struct Claim::Parts {
  homeward::Claim claim;
};

struct Comparison::Parts {
  std::vector<homeward::Scenario> scenarios;  // base first
  homeward::Comparison comparison;
  CompareSettings settings;
  ReturnsDefinition definition = ReturnsDefinition::settled;
  int threads = 1;
  RunFacts facts;
  TreeFacts tree;
  std::vector<AlternativeFacts> alternatives;
  std::optional<ClaimJudgement> judgement;
};

Claim Claim::load(const std::string& file) {
  return translated([&] { return Claim(std::make_shared<const Parts>(Parts{load_claim(file, vocabulary())})); });
}
const std::string& Claim::file() const { return parts_->claim.file; }
const std::string& Claim::text() const { return parts_->claim.text; }
const std::vector<std::string>& Claim::scenarios() const { return parts_->claim.scenarios; }

namespace {

AttributionMode to_layer(Attribution attribution) {
  switch (attribution) {
    case Attribution::none: return AttributionMode::none;
    case Attribution::groups: return AttributionMode::groups;
    case Attribution::levers: return AttributionMode::levers;
  }
  return AttributionMode::groups;
}
std::string to_word(Attribution attribution) {
  return attribution == Attribution::none ? "none" : attribution == Attribution::levers ? "levers" : "groups";
}

// The stems of the files, made different where they are not.
std::vector<std::string> names_of(const std::vector<homeward::Scenario>& scenarios) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    std::string stem = std::filesystem::path(scenarios[i].file).stem().string();
    std::replace_if(stem.begin(), stem.end(), [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; }, '_');
    // A spreadsheet takes a cell that begins so for a formula.
    if (!stem.empty() && std::string_view("=+-@\t").find(stem.front()) != std::string_view::npos) stem.insert(0, 1, '_');
    std::string name = stem;
    for (int n = 2; std::find(names.begin(), names.end(), name) != names.end(); ++n) name = stem + '-' + std::to_string(n);
    names.push_back(name);
  }
  return names;
}

ComparisonPlan plan_of(const Scenario& base, const CompareSettings& settings) {
  ComparisonPlan plan;
  plan.replicates = plan_of(base, settings.run);
  plan.definition = to_layer(settings.run.returns);
  plan.attribution = to_layer(settings.attribution);
  plan.trunk_folder = settings.trunk_folder;
  if (settings.run.progress) {
    const int planned = plan.replicates.replicates;
    const bool at_most = plan.replicates.until.has_value();
    plan.years = [report = settings.run.progress, planned, at_most](int replicate, int done, int all) {
      Progress progress;
      progress.phase = Progress::Phase::stepping;
      progress.replicate = replicate;
      progress.replicates = planned;
      progress.at_most = at_most;
      progress.year = done;
      progress.from_year = 1;
      progress.to_year = progress.branch_years = all;
      report(progress);
    };
  }
  return plan;
}

DifferingLever differing_lever(const homeward::Scenario& scenario, Lever lever) {
  const LeverRow& row = lever_rows()[static_cast<std::size_t>(lever)];
  DifferingLever one{"policy." + std::string(row.path), std::string(row.informed_by), {}};
  for (const ParameterMember& member : parameter_members()) {
    const LeverParameter* owned = lever_parameter(member.member);
    if (owned == nullptr || std::find(owned->levers.begin(), owned->levers.end(), lever) == owned->levers.end()) continue;
    for (const ParameterRow& parameter : scenario.tables.parameters) {
      if (parameter.path == member.path && parameter.basis == Basis::assumed) one.assumed.push_back(parameter.path);
    }
  }
  return one;
}

void take_facts(Comparison::Parts& parts, const ComparisonPlan& plan) {
  const homeward::Comparison& comparison = parts.comparison;
  RunFacts& facts = parts.facts;
  facts.seed = parts.scenarios[0].seed;
  facts.replicates = comparison.size();
  facts.resumed = comparison.resumed;
  facts.threads = parts.threads = plan.replicates.threads;
  facts.scale = plan.replicates.scale;
  facts.to_year = plan.replicates.to_year;
  facts.draw_priors = plan.replicates.draw_priors;
  facts.interval_kind = facts.draw_priors ? "parameters and Monte Carlo" : "Monte Carlo";
  facts.returns = to_word(parts.settings.run.returns);
  facts.half_width = comparison.half_width;
  facts.target_met = comparison.target_met;
  for (const homeward::Scenario& scenario : parts.scenarios) {
    for (const std::string& path : scenario.forced) {
      if (std::find(facts.forced.begin(), facts.forced.end(), path) == facts.forced.end()) facts.forced.push_back(path);
    }
    if (!facts.draw_priors) continue;
    for (const std::string& path : parameters_set(scenario)) {
      if (std::find(facts.priors_kept.begin(), facts.priors_kept.end(), path) == facts.priors_kept.end()) {
        facts.priors_kept.push_back(path);
      }
    }
  }
  const ArmsFacts& arms = comparison.facts.arms;
  facts.synthesis_seconds = arms.synthesis_seconds;
  facts.stepping_seconds = arms.stepping_seconds;
  facts.agent_years = arms.agent_years;
  if (arms.stepping_seconds > 0) facts.agent_years_per_second = static_cast<double>(arms.agent_years) / arms.stepping_seconds;
  facts.bytes_per_agent = Columns::bytes_per_slot;
  facts.peak_rss_bytes = peak_rss_bytes();
  parts.tree = {arms.trunks_reused, arms.years_stepped, arms.years_unforked};

  const std::vector<std::string> names = names_of(parts.scenarios);
  for (std::size_t a = 0; a < names.size(); ++a) {
    const AltFacts& alt = comparison.alts[a];
    AlternativeFacts one;
    one.name = names[a];
    one.file = parts.scenarios[a + 1].file;
    one.title = parts.scenarios[a + 1].name;
    one.from_year = alt.from_year;
    one.parted_by = alt.parted_by;
    one.attribution_sampled = alt.attribution_sampled;
    one.not_costed = not_costed(comparison, parts.scenarios, a);
    for (const Lever lever : alt.levers) one.levers.push_back(differing_lever(parts.scenarios[0], lever));
    for (const Player& player : alt.players) {
      one.players.push_back(player.name);
      one.informed_by.push_back(player.informed_by);
    }
    parts.alternatives.push_back(std::move(one));
  }
}

ClaimJudgement judged(const homeward::Claim& claim, const homeward::Comparison& comparison,
                      ReturnsDefinition definition) {
  const Judgement found = judge(claim, comparison, definition);
  ClaimJudgement judgement;
  judgement.verdict = found.verdict == Verdict::holds   ? ClaimJudgement::Verdict::holds
                      : found.verdict == Verdict::fails ? ClaimJudgement::Verdict::fails
                                                        : ClaimJudgement::Verdict::cannot_tell;
  judgement.value = found.value;
  judgement.lo95 = found.lo95;
  judgement.hi95 = found.hi95;
  judgement.from_year = found.from_year;
  judgement.to_year = found.to_year;
  judgement.measure = claim.measure;
  for (std::size_t i = 0; i < claim.where.size(); ++i) {
    judgement.measure += (i == 0 ? "{" : ",") + claim.where[i].first + '=' + claim.where[i].second;
  }
  if (!claim.where.empty()) judgement.measure += '}';
  judgement.relative = claim.size == homeward::Claim::Size::relative;
  judgement.at_least = claim.bound == homeward::Claim::Bound::at_least;
  judgement.threshold = claim.threshold;
  judgement.further_replicates = found.further;
  return judgement;
}

[[noreturn]] void refuse(std::string problem, std::string remedy) {
  throw homeward::InputError(homeward::Fault{{"", 0, 0}, "", std::move(problem), "", std::move(remedy)});
}

void check_comparison(const Scenario& base, const std::vector<Scenario>& alternatives, const CompareSettings& settings) {
  check_settings(settings.run);
  if (alternatives.empty()) refuse("a comparison needs an alternative", "Give a base and one or more what-ifs");
  if (!settings.claim) return;
  if (alternatives.size() != 1) refuse("a claim is about one alternative", "");
  const homeward::Claim& claim = settings.claim->parts().claim;
  if (claim.year > settings.run.to_year) {
    refuse("the claim is about " + std::to_string(claim.year) + ", but the comparison ends in " +
               std::to_string(settings.run.to_year),
           "Give a later --to");
  }
  for (const auto& [dimension, word] : claim.where) {
    const std::vector<std::string> words = dimension_words(dimension, base.parts().scenario.tables);
    if (std::find(words.begin(), words.end(), word) != words.end()) continue;
    const std::string meant = did_you_mean(word, words);
    refuse("'" + word + "' in " + claim.file + " is not a word of " + dimension,
           !meant.empty() ? meant : dimension == "host" ? "`homeward list hosts` names them all" : "");
  }
  const int from = first_year_meant_to_differ(Timeline(base.parts().scenario), Timeline(alternatives.front().parts().scenario));
  if (claim.year < from) {
    refuse("the claim is about " + std::to_string(claim.year) + ", but the scenarios " +
               (from > last_year ? "do not differ" : "differ from " + std::to_string(from) + " on"),
           "Until then they are the same, person by person");
  }
}

// As `homeward diff` tells it, without names and notes.
std::vector<std::string> changes_in_words(const homeward::Scenario& base, const homeward::Scenario& alternative) {
  std::vector<std::string> lines = homeward::difference_in_words(base, alternative, vocabulary());
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("name: ") || line.starts_with("note: "); });
  return lines;
}

JudgedClaim judged_claim(const ClaimJudgement& judgement, const std::string& text) {
  JudgedClaim claim;
  claim.text = text;
  claim.verdict = judgement.verdict == ClaimJudgement::Verdict::holds   ? "holds"
                  : judgement.verdict == ClaimJudgement::Verdict::fails ? "fails"
                                                                        : "cannot tell";
  claim.measure = judgement.measure;
  claim.from_year = judgement.from_year;
  claim.to_year = judgement.to_year;
  claim.relative = judgement.relative;
  claim.at_least = judgement.at_least;
  claim.threshold = judgement.threshold;
  claim.value = judgement.value;
  claim.low = judgement.lo95;
  claim.high = judgement.hi95;
  return claim;
}

}  // namespace

const std::vector<AlternativeFacts>& Comparison::alternatives() const { return parts_->alternatives; }
const RunFacts& Comparison::facts() const { return parts_->facts; }
const TreeFacts& Comparison::tree() const { return parts_->tree; }

std::optional<Contrast> Comparison::contrast(std::size_t alternative, const std::string& measure, int from_year,
                                             int to_year) const {
  if (from_year < first_year || to_year > parts_->facts.to_year || from_year > to_year) return std::nullopt;
  const MeasureRow* row = nullptr;
  for (const MeasureRow& one : measure_rows()) {
    if (one.name == measure) row = &one;
  }
  const bool summed = measure == "returns" || (row != nullptr && (row->kind == "flow" || row->unit.ends_with("a year")));
  const auto found = contrast_of(parts_->comparison, alternative, measure, parts_->definition,
                                 summed ? from_year : to_year, to_year);
  if (!found) return std::nullopt;
  Contrast contrast;
  contrast.difference = to_interval(found->difference);
  if (found->relative) {
    contrast.relative = found->relative->value;
    if (found->relative->half_width) {
      contrast.relative_lo95 = found->relative->value - *found->relative->half_width;
      contrast.relative_hi95 = found->relative->value + *found->relative->half_width;
    }
  }
  contrast.unpaired_sd = found->unpaired_sd;
  contrast.runs_saved = found->runs_saved;
  return contrast;
}

std::vector<int> Comparison::headline_years(std::size_t alternative, int to_year) const {
  return headline_ends(parts_->alternatives.at(alternative).from_year, to_year);
}

std::vector<CategoryTotal> Comparison::ledger(std::size_t alternative) const {
  std::vector<CategoryTotal> totals;
  for (std::size_t c = 0; c < category_names.size(); ++c) {
    totals.push_back({std::string(category_names[c]),
                      to_interval(ledger_total(parts_->comparison, alternative, static_cast<Category>(c)))});
  }
  return totals;
}

std::vector<ShareOfDifference> Comparison::attribution(std::size_t alternative, const std::string& measure) const {
  std::vector<ShareOfDifference> shares;
  for (const AttributionLine& line : attribution_lines(parts_->comparison)) {
    if (line.alt != alternative || line.measure != measure) continue;
    shares.push_back({line.lever, line.informed_by, to_interval(line.value)});
  }
  return shares;
}

Price Comparison::price(std::size_t alternative) const {
  const FrontierLine line = frontier_lines(parts_->comparison, parts_->scenarios).at(alternative);
  Price price;
  price.defined = line.cost.defined;
  price.costed = line.cost.costed;
  for (const FiscalLine& fiscal : fiscal_lines(parts_->comparison, parts_->scenarios)) {
    if (fiscal.alt == alternative && fiscal.item == "net") price.net_usd = to_interval(fiscal.usd);
  }
  price.claimants = line.cost.claimants;
  price.spend_usd = line.cost.usd;
  price.retained = to_interval(line.cost.retained_interval);
  price.deadweight_share = line.cost.deadweight;
  if (line.cost.usd_per_additional && line.cost.costed) {
    const Ratio& ratio = *line.cost.usd_per_additional;
    price.usd_per_additional = ratio.value;
    if (ratio.half_width) {
      price.lo95 = ratio.value - *ratio.half_width;
      price.hi95 = ratio.value + *ratio.half_width;
    }
  }
  if (line.dominated_by) price.dominated_by = parts_->alternatives[*line.dominated_by].name;
  if (line.beaten_by_base) price.dominated_by = "BASE";
  price.dominated_surely = line.sure;
  return price;
}

std::optional<HorizonCheck> Comparison::horizon(std::size_t alternative) const {
  for (const HorizonLine& line : horizon_lines(parts_->comparison, parts_->facts.to_year)) {
    if (line.alt == alternative) return HorizonCheck{line.seen_in, line.additional, line.early};
  }
  return std::nullopt;
}

std::optional<ClaimJudgement> Comparison::judgement() const { return parts_->judgement; }

std::vector<std::string> Comparison::write(const OutputFolder& folder, const WriteOptions& options) const {
  return translated([&] {
    const auto start = std::chrono::steady_clock::now();
    tell_writing(parts_->settings.run.progress, parts_->facts.replicates);
    FlowsOptions range;
    range.weight = parts_->comparison.arms[0].result(0).weight;
    range.from_year = std::max(options.from_year, first_year);
    range.to_year = std::min(options.to_year, parts_->facts.to_year);
    range.small_cells = options.show_small_cells ? SmallCells::shown : SmallCells::pooled;
    const RunFacts& run = parts_->facts;
    ManifestFacts facts = manifest_of_build(options);
    facts.returns = run.returns;
    facts.interval_kind = run.interval_kind;
    facts.threads = run.threads;
    facts.scale = run.scale;
    facts.draw_priors = run.draw_priors;
    facts.from_year = range.from_year;
    facts.to_year = range.to_year;
    if (parts_->settings.run.until) facts.half_width_wanted = parts_->settings.run.until->half_width;
    facts.priors_kept = run.priors_kept;

    sort_levers(parts_->scenarios[0], range.from_year, range.to_year, facts.levers_by_data, facts.levers_by_prior);

    ResultFolder& target = folder.parts().folder;
    Batch batch;
    AltNames names;
    ComparisonManifest compared;
    for (std::size_t arm = 0; arm < parts_->scenarios.size(); ++arm) {
      const std::string name = arm == 0 ? "" : parts_->alternatives[arm - 1].name;
      add_tables(batch, target, parts_->scenarios[arm], parts_->comparison.arms[arm], range, facts, name).get();
      if (arm == 0) continue;
      names.push_back(name);
      compared.differences.push_back(changes_in_words(parts_->scenarios[0], parts_->scenarios[arm]));
      compared.scenarios.push_back(&parts_->scenarios[arm]);
      auto& [by_data, by_prior] = compared.levers.emplace_back();
      sort_levers(parts_->scenarios[arm], range.from_year, range.to_year, by_data, by_prior);
    }
    const auto add = [&](const char* name, const std::string& text) { batch.add(name, target.file(name)).write(text); };
    const homeward::Comparison& comparison = parts_->comparison;
    const Presentation shown = load_presentation(parts_->scenarios[0].tables.folder);
    const Priors priors = run.draw_priors ? Priors::drawn : Priors::fixed;
    add("assumptions.csv", assumptions_csv(parts_->scenarios[0], priors, range.to_year));
    add("hosts.csv", hosts_csv(parts_->scenarios[0], shown));
    facts.cautions = shown.cautions;
    add("contrast.csv",
        contrast_csv(contrast_lines(comparison, parts_->definition, range.from_year, range.to_year), names));
    const auto small = options.show_small_cells ? SmallLedgerCells::shown : SmallLedgerCells::pooled;
    add("ledger.csv",
        ledger_csv(ledger_lines(comparison, parts_->scenarios[0], range.from_year, range.to_year, small), names));
    add("attribution.csv", attribution_csv(attribution_lines(comparison), names));
    add("interactions.csv", interactions_csv(interaction_lines(comparison), names));
    add("cost.csv", cost_csv(cost_lines(comparison, parts_->scenarios), names));
    add("fiscal.csv", fiscal_csv(fiscal_lines(comparison, parts_->scenarios), names));
    add("cumulative.csv", cumulative_csv(cumulative_lines(comparison, parts_->definition, range.to_year), names));
    add("frontier.csv", frontier_csv(frontier_lines(comparison, parts_->scenarios), names));
    add("spend.csv", spend_csv(spend_lines(comparison, range.from_year, range.to_year), names));
    add("horizon.csv", horizon_csv(horizon_lines(comparison, run.to_year), names));
    add_data_package(batch, "homeward-comparison", parts_->scenarios[0].name, target.path());
    compared.names = names;
    compared.attribution = to_word(parts_->settings.attribution);
    compared.definition = parts_->definition;
    compared.to_year = range.to_year;
    if (parts_->settings.claim) compared.claim = parts_->settings.claim->file();
    if (parts_->judgement) compared.judged = judged_claim(*parts_->judgement, parts_->settings.claim->text());
    const auto manifest_text = [&] {
      return with_comparison(manifest_json(parts_->scenarios[0], comparison.arms[0], facts), comparison, compared);
    };
    if (options.report) add_report(batch, manifest_text(), shown, target.path());
    WholeFile& manifest = batch.add("manifest.json", target.file("manifest.json"));
    facts.files = batch.names();
    facts.output_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    facts.total_seconds = run.total_seconds + facts.output_seconds;
    manifest.write(manifest_text());
    target.replace_with(batch);
    clear_comparison(parts_->settings.run.partial_folder);
    return batch.names();
  });
}

Comparison compare(const Scenario& base, const std::vector<Scenario>& alternatives, const CompareSettings& settings) {
  const auto start = std::chrono::steady_clock::now();
  try {
    return translated([&] {
      check_comparison(base, alternatives, settings);
      const ComparisonPlan plan = plan_of(base, settings);
      auto parts = std::make_shared<Comparison::Parts>();
      parts->settings = settings;
      parts->definition = plan.definition;
      parts->scenarios.push_back(base.parts().scenario);
      for (const Scenario& alternative : alternatives) {
        parts->scenarios.push_back(alternative.parts().scenario);
        parts->scenarios.back().outputs = parts->scenarios.front().outputs;  // what is counted is the base's choice
      }
      if (settings.claim) {
        for (homeward::Scenario& scenario : parts->scenarios) {
          count_for(settings.claim->parts().claim, plan.definition, scenario);
        }
      }
      const std::vector<homeward::Scenario> alts(parts->scenarios.begin() + 1, parts->scenarios.end());
      const std::string& kept = settings.run.partial_folder;
      if (holds_another_comparison(kept, comparison_key(parts->scenarios[0], alts, plan))) {
        clear_comparison(kept);
        if (settings.run.message) {
          settings.run.message("discarded the complete replicates of another command in " + kept);
        }
      }
      warn_of_memory(parts->scenarios[0], settings.run, 2);
      parts->comparison = run_comparison(parts->scenarios[0], alts, plan);
      take_facts(*parts, plan);
      // Now: the cubes that it reads are gone once the tables are written.
      if (settings.claim) parts->judgement = judged(settings.claim->parts().claim, parts->comparison, plan.definition);
      parts->facts.total_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      return Comparison(std::move(parts));
    });
  } catch (const ReplicatesStopped& stopped) {
    throw Stopped(stopped.complete);
  }
}

}  // namespace homeward::v1
