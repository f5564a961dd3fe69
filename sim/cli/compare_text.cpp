// One alternative is told in sentences, several in a table of one line each.
#include "compare_text.h"

#include <algorithm>
#include <cmath>

#include "text.h"

namespace homeward::cli {
namespace {

constexpr int extrapolation_year = 2035;
constexpr int last_year = 2045;
constexpr std::size_t most_alternatives = 6;

std::string signed_number(double value) {
  const std::string text = grouped(value);
  return value > 0 && text != "0" ? "+" + text : text;
}

std::string percent(double share) {
  const double shown = 100 * share;
  return (shown > 0 ? "+" : "") + brief(shown) + " %";
}

std::string difference_text(const Contrast& contrast) {
  std::string text = signed_number(contrast.difference.mean);
  if (contrast.difference.lo95) {
    text += " [" + signed_number(*contrast.difference.lo95) + ", " + signed_number(*contrast.difference.hi95) + "]";
  }
  if (contrast.relative) text += "  " + percent(*contrast.relative);
  return text;
}

std::string returns_words(const std::string& definition) {
  if (definition == "students") return "settled and students";
  if (definition == "all") return "settled, students and contract workers";
  return "settled only";
}

std::string span_text(int from_year, int to_year) {
  const std::string from = from_year < to_year ? std::to_string(from_year) + "-" : "";
  return from + std::to_string(to_year) + (to_year > extrapolation_year ? "*" : " ");
}

std::string millions(double usd) { return brief(usd / 1e6) + " M USD"; }

std::string short_name(const std::string& player);

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// What has no price in the tables, in words.
std::string not_costed_words(const AlternativeFacts& alt) {
  std::vector<std::string> words;
  for (const std::string& name : alt.not_costed) {
    words.push_back(name == "other" ? "what is no lever" : short_name(name));
  }
  return joined(words);
}

std::string price_text(const Price& price, const AlternativeFacts& alt) {
  if (!price.costed) return "Price: not costed, the tables give no unit cost of " + not_costed_words(alt) + ".";
  if (!price.defined) return "Price: not defined, the comparison ends less than three years after it begins.";
  std::string text = "Price: " + millions(price.spend_usd) + " of 2025";
  if (!alt.not_costed.empty()) text += " without " + not_costed_words(alt) + ", not costed";
  text += ", " + millions(price.net_usd.mean) + " net of income tax gained; ";
  if (price.usd_per_additional) {
    text += grouped(*price.usd_per_additional);
    if (price.lo95) text += " [" + grouped(*price.lo95) + ", " + grouped(*price.hi95) + "]";
    text += " USD per additional returnee (settled or student) still home after 3 years";
  } else {
    text += "per additional returnee: not distinguishable";
  }
  if (price.deadweight_share) {
    text += "; " + brief(100 * *price.deadweight_share) + " % of " + grouped(price.claimants) +
            " claimants came in the same year without it";
  }
  return text + '.';
}

std::string short_name(const std::string& player) {
  const std::string prefix = "policy.";
  return player.compare(0, prefix.size(), prefix) == 0 ? player.substr(prefix.size()) : player;
}

// The last part of a path.
std::string last_name(const std::string& path) { return path.substr(path.rfind('.') + 1); }

std::string informed_text(const std::string& informed_by) {
  if (informed_by == "data") return " (informed by data)";
  if (informed_by == "prior") return " (prior only)";
  if (informed_by == "mixed") return " (mostly prior)";
  return "";
}

std::string attribution_text(const Comparison& comparison, std::size_t alt) {
  std::vector<ShareOfDifference> shares = comparison.attribution(alt, "returns");
  if (shares.empty()) return "";
  std::stable_sort(shares.begin(), shares.end(), [](const ShareOfDifference& a, const ShareOfDifference& b) {
    return std::fabs(a.value.mean) > std::fabs(b.value.mean);
  });
  std::string text = "Due to ";
  for (std::size_t i = 0; i < std::min<std::size_t>(shares.size(), 4); ++i) {
    text += (i > 0 ? ", " : "") + short_name(shares[i].player) + ' ' + signed_number(shares[i].value.mean) +
            informed_text(shares[i].informed_by);
  }
  if (shares.size() > 4) text += " and " + std::to_string(shares.size() - 4) + " more";
  const AlternativeFacts& facts = comparison.alternatives()[alt];
  if (shares.size() == 1 && facts.levers.size() > 1 && shares[0].player != "other") {
    return text + "; `--attribution levers` asks its levers one by one.";
  }
  return text + (facts.attribution_sampled ? "; Shapley values, sampled; no interactions past six players."
                                           : "; Shapley values.");
}

// How many of the levers that differ no data inform.
std::size_t uninformed(const AlternativeFacts& alt) {
  return static_cast<std::size_t>(std::count_if(alt.levers.begin(), alt.levers.end(), [](const DifferingLever& lever) {
    return lever.informed_by == "prior";
  }));
}

// Where most of the difference rests on what is assumed: the levers that no data inform, what they earn if that was
// asked, and their assumed parameters.
std::string assumed_text(const Comparison& comparison, std::size_t a) {
  const AlternativeFacts& alt = comparison.alternatives()[a];
  const std::size_t count = uninformed(alt);
  if (2 * count <= alt.levers.size() || count == 0) return "";
  double earned = 0, all = 0;
  bool by_lever = true;
  std::vector<std::pair<double, std::string>> names;  // what each earns, where that was asked
  std::vector<std::string> parameters;
  const std::vector<ShareOfDifference> shares = comparison.attribution(a, "returns");
  for (const ShareOfDifference& share : shares) all += share.value.mean;
  for (const DifferingLever& lever : alt.levers) {
    if (lever.informed_by != "prior") continue;
    const auto share = std::find_if(shares.begin(), shares.end(),
                                    [&](const ShareOfDifference& one) { return one.player == lever.path; });
    by_lever = by_lever && share != shares.end();
    const double of_lever = share != shares.end() ? share->value.mean : 0;
    earned += of_lever;
    names.emplace_back(-std::fabs(of_lever), last_name(lever.path));
    for (const std::string& parameter : lever.assumed) {
      const bool known = std::find(parameters.begin(), parameters.end(), parameter) != parameters.end();
      if (!known) parameters.push_back(parameter);
    }
  }
  std::stable_sort(names.begin(), names.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
  constexpr std::size_t most = 8;  // of Resolution 57, all
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) shown.push_back(names[i].second);
  std::string text = "Rests on assumptions: no data inform ";
  text += count == alt.levers.size() ? (count == 1 ? "" : "any of ") : std::to_string(count) + " of the " +
          std::to_string(alt.levers.size()) + " levers that differ, ";
  text += joined(shown) + (names.size() > most ? " and " + std::to_string(names.size() - most) + " more" : "");
  if (by_lever && all != 0) text += "; they earn " + brief(100 * earned / all) + " % of the difference";
  if (!parameters.empty()) {
    const std::size_t all_parameters = parameters.size();
    parameters.resize(std::min(all_parameters, most));
    text += "; assumed: " + joined(parameters);
    if (all_parameters > most) text += " and " + std::to_string(all_parameters - most) + " more";
  }
  return text + '.';
}

// The same of several alternatives, in a word each.
std::string mark_of(const AlternativeFacts& alt) {
  if (alt.levers.empty()) return "";
  const std::size_t count = uninformed(alt);
  return count == alt.levers.size() ? "prior only" : count == 0 ? "informed by data" : "mostly prior";
}

std::string ledger_text(const Comparison& comparison, std::size_t alt) {
  std::string text;
  for (const CategoryTotal& total : comparison.ledger(alt)) {
    if (total.persons.mean == 0) continue;
    text += (text.empty() ? "Persons: " : ", ") + grouped(total.persons.mean) + ' ' + total.category;
  }
  return text.empty() ? "" : text + '.';
}

std::string horizon_text(const Comparison& comparison, std::size_t alt) {
  const std::optional<HorizonCheck> check = comparison.horizon(alt);
  if (!check || check->additional <= 0) return "";
  return "Horizon: of " + grouped(check->additional) + " additional by " + std::to_string(check->seen_in) + ", " +
         brief(100 * check->early / check->additional) + " % were only early, as " +
         std::to_string(check->seen_in + 5) + " shows; the last years cannot tell.";
}

std::string past_text(const AlternativeFacts& alt) {
  if (!alt.parted_by.empty()) {
    std::string text = "No common past: " + alt.parted_by.front();
    if (alt.parted_by.size() > 1) text += " and " + std::to_string(alt.parted_by.size() - 1) + " more";
    return text + '.';
  }
  if (alt.from_year > last_year) return "The scenarios do not differ.";
  if (alt.from_year == 2004) return "No common past: they differ from 2004 on.";
  return "Common past to " + std::to_string(alt.from_year - 1) + ".";
}

std::string pairing_text(const std::optional<Contrast>& contrast) {
  if (!contrast || !contrast->runs_saved || *contrast->runs_saved < 1) return "";
  return " Pairing saves " + grouped(*contrast->runs_saved) + " replicates an arm.";
}

std::string intervals_text(const RunFacts& facts) {
  const std::string run = std::to_string(facts.replicates) + (facts.replicates == 1 ? " replicate" : " replicates") +
                          " at " + scale_text(facts.scale) + ", seed " + std::to_string(facts.seed) + ".";
  if (facts.replicates == 1) return "No intervals with one replicate; " + run;
  return "[ , ]: 95 % intervals, paired, " + facts.interval_kind + (facts.draw_priors ? "" : " only") + "; " + run;
}

std::string verdict_word(ClaimJudgement::Verdict verdict) {
  return verdict == ClaimJudgement::Verdict::holds   ? "holds"
         : verdict == ClaimJudgement::Verdict::fails ? "fails"
                                                     : "cannot tell";
}

std::vector<std::string> claim_lines(const ClaimJudgement& claim, const std::string& text) {
  const auto shown = [&](double value) { return claim.relative ? percent(value) : signed_number(value); };
  std::string found = claim.measure + ' ' + span_text(claim.from_year, claim.to_year) + ' ';
  found += claim.value ? shown(*claim.value) : "not defined";
  if (claim.lo95) found += " [" + shown(*claim.lo95) + ", " + shown(*claim.hi95) + "]";
  found += std::string(", claimed ") + (claim.at_least ? "at least " : "at most ") + shown(claim.threshold) + '.';
  if (claim.verdict == ClaimJudgement::Verdict::cannot_tell) {
    found += claim.further_replicates ? " About " + grouped(*claim.further_replicates) + " more replicates would decide it."
                                      : " No affordable number of replicates would decide it.";
  }
  return {"The claim " + verdict_word(claim.verdict) + ": " + printable(text), found};
}

// Lines for one alternative.
void tell_one(const Comparison& comparison, const CompareHeadline& facts, std::vector<std::string>& lines) {
  const AlternativeFacts& alt = comparison.alternatives()[0];
  lines.push_back(printable(alt.title.empty() ? alt.file : alt.title) + ", against " + printable(facts.base_title));
  std::optional<Contrast> last;
  std::string label = "returns, " + returns_words(comparison.facts().returns) + ": ";
  for (const int year : comparison.headline_years(0, facts.to_year)) {
    last = comparison.contrast(0, "returns", alt.from_year, year);
    if (last) lines.push_back(label + span_text(alt.from_year, year) + "  " + difference_text(*last));
    label = std::string(label.size(), ' ');
  }
  // A claim is told in two lines of its own: the horizon gives way.
  for (const std::string& line : {assumed_text(comparison, 0), ledger_text(comparison, 0),
                                  price_text(comparison.price(0), alt), attribution_text(comparison, 0),
                                  facts.claim.empty() ? horizon_text(comparison, 0) : ""}) {
    if (!line.empty() && alt.from_year <= facts.to_year) lines.push_back(line);
  }
  lines.push_back(past_text(alt) + pairing_text(last));
}

// Who is more and who is less, where there are any.
std::string persons_in_short(const Comparison& comparison, std::size_t alt) {
  double more = 0, less = 0;
  for (const CategoryTotal& total : comparison.ledger(alt)) {
    if (total.category == "additional" || total.category == "induced") more += total.persons.mean;
    if (total.category == "deterred" || total.category == "displaced") less += total.persons.mean;
  }
  if (more == 0 && less == 0) return "";
  return grouped(more) + " persons more, " + grouped(less) + " fewer";
}

std::string deadweight_in_short(const Price& price) {
  return price.deadweight_share ? brief(100 * *price.deadweight_share) + " % deadweight" : "";
}

void tell_many(const Comparison& comparison, const CompareHeadline& facts, std::vector<std::string>& lines) {
  const std::size_t count = comparison.alternatives().size();
  lines.push_back("Against " + printable(facts.base_title) + ": returns (" + returns_words(comparison.facts().returns) +
                  ") to " + std::to_string(facts.to_year) + (facts.to_year > extrapolation_year ? "*" : "") +
                  ", and USD of 2025 per additional returnee (settled or student) still home after 3 years");
  std::size_t width = 0;
  for (const AlternativeFacts& alt : comparison.alternatives()) width = std::max(width, alt.name.size());
  for (std::size_t a = 0; a < std::min(count, most_alternatives); ++a) {
    const AlternativeFacts& alt = comparison.alternatives()[a];
    const auto contrast = comparison.contrast(a, "returns", std::min(alt.from_year, facts.to_year), facts.to_year);
    const Price price = comparison.price(a);
    std::string line = padded(printable(alt.name), width + 2) + padded(contrast ? difference_text(*contrast) : "", 38);
    line += price.usd_per_additional ? grouped(*price.usd_per_additional)
            : !price.costed          ? "not costed"
            : price.defined          ? "not distinguishable"
                                     : "not defined";
    for (const std::string& more : {persons_in_short(comparison, a), deadweight_in_short(price), mark_of(alt)}) {
      if (!more.empty()) line += "; " + more;
    }
    if (!price.dominated_by.empty()) {
      line += std::string(price.dominated_surely ? ", dominated by " : ", perhaps dominated by ") + price.dominated_by;
    }
    lines.push_back(line);
  }
  if (count > most_alternatives) lines.push_back("and " + std::to_string(count - most_alternatives) + " more in contrast.csv");
  std::string past;
  for (std::size_t a = 0; a < count; ++a) {
    const AlternativeFacts& alt = comparison.alternatives()[a];
    if (!alt.parted_by.empty()) past += (past.empty() ? "" : "; ") + alt.name + ", " + alt.parted_by.front();
  }
  if (!past.empty()) lines.push_back("No common past: " + printable(past) + '.');
}

}  // namespace

std::vector<std::string> compare_text(const Comparison& comparison, const CompareHeadline& facts) {
  std::vector<std::string> lines;
  const RunFacts& run = comparison.facts();
  if (const auto claim = comparison.judgement()) lines = claim_lines(*claim, facts.claim);
  if (comparison.alternatives().size() == 1) {
    tell_one(comparison, facts, lines);
  } else {
    tell_many(comparison, facts, lines);
  }
  lines.push_back(intervals_text(run));
  if (!facts.half_width_of.empty()) {
    lines.push_back("Half width of the difference, wanted " + printable(facts.half_width_of) + ": " +
                    (run.half_width ? brief(*run.half_width) : "not defined") +
                    (run.target_met ? ", reached." : ", NOT reached."));
  }
  if (!run.forced.empty()) lines.push_back("Outside the plausible range, by --force-range: " + joined(run.forced));
  std::string notes = facts.to_year > extrapolation_year ? "* Years past 2035 are extrapolation." : "";
  for (const std::string& note : facts.notes) notes += (notes.empty() ? "" : " ") + printable(note);
  if (!notes.empty()) lines.push_back(notes);
  lines.push_back("In " + printable(facts.folder) + "/: " + std::to_string(facts.files.size()) +
                  " files, contrast.csv, ledger.csv, cost.csv and manifest.json among them.");
  return lines;
}

std::vector<std::string> compare_details(const Comparison& comparison) {
  const RunFacts& run = comparison.facts();
  const TreeFacts& tree = comparison.tree();
  const std::string reused =
      tree.trunks_reused > 0 ? "; common pasts taken from disk: " + std::to_string(tree.trunks_reused) : "";
  return {"years stepped: " + grouped(tree.years_stepped) + ", coalitions of the attribution included; without a common past " +
              grouped(tree.years_unforked) + reused,
          "threads " + std::to_string(run.threads) + "; synthesis " + seconds_text(run.synthesis_seconds) + ", stepping " +
              seconds_text(run.stepping_seconds) + "; " + grouped(run.agent_years_per_second) + " agent-years/s; peak " +
              grouped(static_cast<double>(run.peak_rss_bytes) / 1e6) + " MB"};
}

}  // namespace homeward::cli
