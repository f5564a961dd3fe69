// The loop over replicates: every arm of one, coalitions included, in one walk of the fork tree.
#include "analysis/comparison.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "analysis/comparison_store.h"
#include "analysis/trunk.h"
#include "observation/measures.h"
#include "parallel/blocks.h"

namespace homeward {
namespace {

bool is_summed(std::size_t row) {
  const MeasureRow& measure = measure_rows()[row];
  return measure.kind == "flow" || measure.unit.ends_with("a year");
}

// Scenarios of a replicate with their timelines; they must not move.
struct World {
  World(const Scenario& base, const std::vector<Scenario>& alts, const ComparisonPlan& plan, int replicate) {
    if (plan.replicates.draw_priors) drawn = drawn_for(base, alts, replicate);
    add(base, base.seed);
    for (const Scenario& alt : alts) add(alt, base.seed);
    for (const Scenario& scenario : scenarios) timelines.emplace_back(scenario);
  }

  static std::vector<DrawnParameter> drawn_for(const Scenario& base, const std::vector<Scenario>& alts, int replicate) {
    std::vector<DrawnParameter> list = draw_parameters(base, base.seed, replicate);
    for (const Scenario& alt : alts) {
      const std::vector<std::string> set = parameters_set(alt);
      std::erase_if(list, [&](const DrawnParameter& parameter) {
        return std::find(set.begin(), set.end(), parameter.path) != set.end();
      });
    }
    return list;
  }
  void add(const Scenario& scenario, std::uint64_t seed) {
    scenarios.push_back(scenario);
    scenarios.back().seed = seed;
    if (!drawn.empty()) scenarios.back().parameters = with_drawn(scenario.parameters, drawn);
  }

  std::vector<DrawnParameter> drawn;
  std::vector<Scenario> scenarios;
  std::vector<Timeline> timelines;
};

// The coalitions of one alternative in one replicate, and what came of them.
struct Coalitions {
  Coalitions(const World& world, std::size_t alt, const AltFacts& facts, std::uint64_t seed)
      : game(facts.players.size(), seed) {
    scenarios.reserve(game.coalitions().size());
    for (const Coalition coalition : game.coalitions()) {
      scenarios.push_back(
          coalition_scenario(world.scenarios[0], world.scenarios[alt + 1], facts.players, coalition));
    }
    for (const Scenario& scenario : scenarios) timelines.emplace_back(scenario);
  }
  Game game;
  std::vector<Scenario> scenarios;
  std::vector<Timeline> timelines;
  std::map<Coalition, std::vector<double>> values;  // by measure of attribution
};

std::vector<double> attributed_values(const ReplicateResult& result, const ComparisonPlan& plan, int from_year) {
  std::vector<double> values;
  for (std::size_t m = 0; m < attributed_measures().size(); ++m) {
    values.push_back(attributed_value(result, m, plan.definition, from_year, plan.replicates.to_year));
  }
  return values;
}

void attribute(const Coalitions& coalitions, AltRecord& record) {
  const std::size_t measures = attributed_measures().size();
  const std::size_t players = coalitions.game.players();
  record.shapley.assign(players, std::vector<double>(measures));
  record.interactions.assign(coalitions.game.exact() ? players * (players - 1) / 2 : 0, std::vector<double>(measures));
  for (std::size_t m = 0; m < measures; ++m) {
    const auto value = [&](Coalition coalition) { return coalitions.values.at(coalition)[m]; };
    const std::vector<double> shares = coalitions.game.shapley(value);
    for (std::size_t i = 0; i < players; ++i) record.shapley[i][m] = shares[i];
    const std::vector<double> pairs = coalitions.game.interactions(value);
    for (std::size_t i = 0; i < pairs.size(); ++i) record.interactions[i][m] = pairs[i];
  }
}

struct ReplicateOutcome {
  std::vector<ReplicateResult> arms;
  std::vector<AltRecord> records;
  ArmsFacts facts;
};

ReplicateOutcome simulate(const World& world, const std::vector<AltFacts>& alts, const ComparisonPlan& plan,
                          int replicate) {
  ArmsSettings settings;
  settings.replicate.seed = replicate_seed(world.scenarios[0].seed, replicate);
  settings.replicate.scale = plan.replicates.scale;
  settings.replicate.threads = plan.replicates.threads;
  settings.replicate.block_slots = plan.replicates.block_slots;
  settings.replicate.to_year = plan.replicates.to_year;
  settings.replicate.stop = plan.replicates.stop;
  settings.definition = plan.definition;
  if (!plan.trunk_folder.empty()) settings.trunk_file = trunk_file(plan.trunk_folder, replicate);
  if (plan.years) settings.progress = [&](int done, int all) { plan.years(replicate, done, all); };

  std::vector<ArmRequest> requests;
  for (const Timeline& timeline : world.timelines) requests.push_back({&timeline, true});
  std::vector<Coalitions> games;
  std::vector<std::pair<std::size_t, Coalition>> who;  // of the requests after the arms
  games.reserve(alts.size());
  for (std::size_t a = 0; a < alts.size(); ++a) games.emplace_back(world, a, alts[a], settings.replicate.seed);
  for (std::size_t a = 0; a < alts.size(); ++a) {
    for (std::size_t c = 0; c < games[a].timelines.size(); ++c) {
      requests.push_back({&games[a].timelines[c], false});
      who.emplace_back(a, games[a].game.coalitions()[c]);
    }
  }

  ReplicateOutcome outcome;
  std::vector<ArmResult> arms(world.scenarios.size());
  outcome.facts = simulate_arms(requests, settings, [&](std::size_t arm, ArmResult result) {
    if (arm < arms.size()) {
      arms[arm] = std::move(result);
      return;
    }
    const auto& [a, coalition] = who[arm - arms.size()];
    games[a].values[coalition] = attributed_values(result.result, plan, alts[a].from_year);
  });

  const int to_year = plan.replicates.to_year;
  outcome.records.resize(alts.size());
  // Ledgers and accounts, two tasks an alternative.
  for_each_block(2 * alts.size(), plan.replicates.threads, [&](std::size_t task) {
    const std::size_t a = task / 2;
    AltRecord& record = outcome.records[a];
    const ArmResult &base = arms[0], &alt = arms[a + 1];
    const Timeline &of_base = world.timelines[0], &of_alt = world.timelines[a + 1];
    if (task % 2 == 0) {
      record.ledger = make_ledger(base.book, alt.book, twin_rules(of_base, of_alt, plan.definition, to_year), to_year);
    } else {
      record.account = make_account({of_base, of_alt, base.result, alt.result, base.book, alt.book}, to_year);
    }
  });
  for (std::size_t a = 0; a < alts.size(); ++a) {
    AltRecord& record = outcome.records[a];
    const ArmResult &base = arms[0], &alt = arms[a + 1];
    if (!alts[a].players.empty()) {
      const auto everybody = static_cast<Coalition>((Coalition{1} << alts[a].players.size()) - 1);
      games[a].values[0] = attributed_values(base.result, plan, alts[a].from_year);
      games[a].values[everybody] = attributed_values(alt.result, plan, alts[a].from_year);
      attribute(games[a], record);
    }
  }
  for (ArmResult& arm : arms) outcome.arms.push_back(std::move(arm.result));
  return outcome;
}

// The widest half width of the paired difference over the alternatives; empty where it cannot be told.
std::optional<double> reached(const Comparison& comparison, const PrecisionTarget& target) {
  std::optional<double> widest;
  const std::vector<double> base = comparison.values(0, target.measures, target.year, target.year);
  for (std::size_t arm = 1; arm < comparison.arms.size(); ++arm) {
    const auto pair = paired_difference(base, comparison.values(arm, target.measures, target.year, target.year));
    if (!pair || !pair->difference.half_width) return std::nullopt;
    widest = std::max(widest.value_or(0), *pair->difference.half_width);
  }
  return widest;
}

void add_facts(ArmsFacts& sum, const ArmsFacts& one) {
  sum.synthesis_seconds += one.synthesis_seconds;
  sum.stepping_seconds += one.stepping_seconds;
  sum.forking_seconds += one.forking_seconds;
  sum.agent_years += one.agent_years;
  sum.years_stepped += one.years_stepped;
  sum.years_unforked += one.years_unforked;
  sum.trunks_reused += one.trunks_reused;
}

void report(const ComparisonPlan& plan, ReplicateProgress::Phase phase, int replicate, double half_width) {
  if (plan.replicates.progress) plan.replicates.progress({phase, replicate, plan.replicates.to_year, half_width});
}

// Refuses trunks of another past before anything is run. Attribution changes no common past: its coalitions mix the arms.
void check_trunks(const Scenario& base, const std::vector<Scenario>& alts, const ComparisonPlan& plan) {
  if (plan.trunk_folder.empty()) return;
  for (int i = 0; i < plan.replicates.replicates; ++i) {
    const std::string file = trunk_file(plan.trunk_folder, i);
    std::error_code error;
    if (!std::filesystem::exists(file, error)) continue;
    const World world(base, alts, plan, i);
    std::vector<ArmRequest> requests;
    for (const Timeline& timeline : world.timelines) requests.push_back({&timeline, true});
    const auto common = last_common_year(requests, plan.replicates.to_year);
    if (!common) continue;
    ReplicateSettings settings;
    settings.seed = replicate_seed(base.seed, i);
    settings.scale = plan.replicates.scale;
    check_trunk(file, trunk_key(world.timelines[0], settings, *common));
  }
}

// The first year in which some total of some replicate differs; last_year + 1 where none does.
int first_result_that_differs(const Comparison& comparison, std::size_t alt, int to_year) {
  for (int year = first_year; year <= to_year; ++year) {
    for (std::size_t m = 0; m < measure_rows().size(); ++m) {
      for (int i = 0; i < comparison.size(); ++i) {
        const double base = comparison.arms[0].result(i).totals[m][year_index(year)];
        if (comparison.arms[alt + 1].result(i).totals[m][year_index(year)] != base && base == base) return year;
      }
    }
  }
  return last_year + 1;
}

// Takes a replicate from the store; false where it is not whole there.
bool take_up(const ComparisonStore& store, int replicate, const World& world, Comparison& comparison) {
  auto records = store.load(replicate);
  if (!records) return false;
  std::vector<ReplicateResult> results;
  for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
    auto result = store.arm(arm).load(replicate);
    if (!result) return false;
    results.push_back(std::move(*result));
  }
  for (std::size_t arm = 0; arm < results.size(); ++arm) comparison.arms[arm].add(std::move(results[arm]), world.drawn);
  comparison.records.push_back(std::move(*records));
  ++comparison.resumed;
  return true;
}

}  // namespace

std::vector<std::string> attributed_measures() {
  std::vector<std::string> names{"returns"};
  for (const MeasureRow& row : measure_rows()) names.emplace_back(row.name);
  return names;
}

double attributed_value(const ReplicateResult& result, std::size_t measure, ReturnsDefinition definition, int from_year,
                        int to_year) {
  const std::vector<std::size_t> rows =
      measure == 0 ? measure_indexes("returns", definition, measure_rows()) : std::vector<std::size_t>{measure - 1};
  const bool summed = measure == 0 || is_summed(rows.front());
  double sum = 0;
  for (int year = summed ? from_year : to_year; year <= to_year; ++year) sum += measure_sum(result, rows, year);
  return sum;
}

std::vector<double> Comparison::values(std::size_t arm, const std::vector<std::size_t>& measures, int from_year,
                                       int to_year) const {
  std::vector<double> list;
  for (int i = 0; i < arms[arm].size(); ++i) {
    double sum = 0;
    for (int year = from_year; year <= to_year; ++year) sum += measure_sum(arms[arm].result(i), measures, year);
    list.push_back(sum);
  }
  return list;
}

std::string comparison_key(const Scenario& base, const std::vector<Scenario>& alts, const ComparisonPlan& plan) {
  std::string key = to_text(store_key(base, plan.replicates));
  for (const Scenario& alt : alts) key += "against " + alt.hash + ' ' + outputs_text(alt) + '\n';
  return key + "returns " + std::to_string(static_cast<int>(plan.definition)) + "\nattribution " +
         std::to_string(static_cast<int>(plan.attribution)) + '\n';
}

Comparison run_comparison(const Scenario& base, const std::vector<Scenario>& alts, const ComparisonPlan& plan) {
  const ReplicatesPlan& wanted = plan.replicates;
  const ComparisonStore store(wanted.store_folder, comparison_key(base, alts, plan));
  Comparison comparison;
  for (std::size_t arm = 0; arm <= alts.size(); ++arm) comparison.arms.emplace_back(store.arm(arm));
  {
    const World world(base, alts, plan, 0);
    for (std::size_t a = 0; a < alts.size(); ++a) {
      AltFacts facts;
      facts.parted_by = what_parts_from_the_start(world.scenarios[0], world.scenarios[a + 1]);
      facts.from_year = first_year_meant_to_differ(world.timelines[0], world.timelines[a + 1]);
      facts.players = players_of(world.timelines[0], world.timelines[a + 1], plan.attribution, wanted.to_year);
      facts.levers = differing_levers(world.timelines[0], world.timelines[a + 1], first_year, wanted.to_year);
      const Scenario rest = all_but_levers(world.scenarios[0], world.scenarios[a + 1]);
      facts.others_differ = first_difference(world.timelines[0], Timeline(rest)) <= wanted.to_year;
      facts.attribution_sampled = facts.players.size() > most_exact_players;
      comparison.alts.push_back(std::move(facts));
    }
  }
  comparison.target_met = !wanted.until;
  check_trunks(base, alts, plan);
  for (int i = 0; i < wanted.replicates; ++i) {
    if (wanted.stop != nullptr && wanted.stop->load()) throw ReplicatesStopped{comparison.size()};
    const World world(base, alts, plan, i);
    if (!take_up(store, i, world, comparison)) {
      report(plan, ReplicateProgress::Phase::synthesis, i, 0);
      ReplicateOutcome outcome;
      try {
        outcome = simulate(world, comparison.alts, plan, i);
      } catch (const Stopped&) {
        throw ReplicatesStopped{comparison.size()};
      }
      for (std::size_t arm = 0; arm < outcome.arms.size(); ++arm) store.arm(arm).save(i, outcome.arms[arm]);
      store.save(i, outcome.records);
      for (std::size_t arm = 0; arm < outcome.arms.size(); ++arm) {
        comparison.arms[arm].add(std::move(outcome.arms[arm]), world.drawn);
      }
      comparison.records.push_back(std::move(outcome.records));
      add_facts(comparison.facts.arms, outcome.facts);
    }
    if (wanted.until) comparison.half_width = reached(comparison, *wanted.until);
    report(plan, ReplicateProgress::Phase::stored, i, comparison.half_width.value_or(0));
    if (wanted.until && comparison.size() >= fewest_replicates_for_target && comparison.half_width &&
        *comparison.half_width <= wanted.until->half_width) {
      comparison.target_met = true;
      break;
    }
  }
  for (std::size_t a = 0; a < alts.size(); ++a) {
    AltFacts& facts = comparison.alts[a];
    if (facts.parted_by.empty()) continue;
    const World world(base, alts, plan, 0);
    const int meant = first_year_meant_to_differ(world.timelines[0], world.timelines[a + 1]);
    facts.from_year = meant > first_year ? meant : first_result_that_differs(comparison, a, wanted.to_year);
  }
  return comparison;
}

}  // namespace homeward
