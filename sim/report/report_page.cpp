// The order of the page: the answer, returns over time, the map, the pipeline, what the numbers lean on, the record.
#include "report/report_page.h"

#include <algorithm>
#include <cmath>

#include "base/years.h"
#include "report/comparison_figures.h"
#include "report/comparison_page.h"
#include "report/exploration.h"
#include "report/page_parts.h"
#include "report/page_script.h"
#include "report/page_style.h"
#include "report/sweep_page.h"
#include "scenario/sha256.h"

namespace homeward {
namespace {

using Section = SectionFigure::Section;

// Base64 of a SHA-256: how a content security policy names what it lets through.
std::string policy_hash(std::string_view hex) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<unsigned> bytes;
  const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  for (std::size_t i = 0; i < hex.size(); i += 2) bytes.push_back(digit(hex[i]) * 16 + digit(hex[i + 1]));
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    const unsigned word = bytes[i] << 16 | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
    for (std::size_t k = 0; k < 4; ++k) result += k <= left ? letters[(word >> (18 - 6 * k)) & 63] : '=';
  }
  return result;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Explorations explorations_of(const ReportInput& input, const std::vector<SectionFigure>& figures) {
  Explorations found;
  for (const SectionFigure& one : figures) {
    if (!one.figure.exploration.empty()) found.emplace(one.figure.id, one.figure.exploration);
  }
  const std::string chosen =
      input.find("merged.csv") != nullptr ? explore_sweep(input) : explore_measures(input);
  if (!chosen.empty()) found.emplace("chosen", chosen);
  return found;
}

class Page {
 public:
  Page(const ReportInput& input, const std::vector<SectionFigure>& figures)
      : input_(input), record_(input.record), figures_(figures), explorations_(explorations_of(input, figures)) {
    for (const std::string_view piece : own_script) script_ += piece;
  }

  std::string make() {
    head();
    page_.open("main").line();
    if (sweeps_) {
      put_sweep_sections(page_, input_, figures_);
      cautions();
      put_sweep_record(page_, record_);
    } else {
      run_sections();
    }
    page_.close("main").line();
    page_.open("footer").element("p", footer());
    page_.close("footer").line();
    scripts();
    page_.close("body").line().close("html").line();
    return "<!DOCTYPE html>\n" + page_.result();
  }

 private:
  std::string footer() const {
    if (sweeps_) return "Made by Homeward from the tables in this folder.";
    return "Made by Homeward " + record_.version + ", revision " + record_.revision +
           ", from the tables in this folder. Coasts: Natural Earth, public domain.";
  }

  void run_sections() {
    answer();
    if (compares_) put_comparison_sections(page_, input_, figures_);
    const std::string of_base = compares_ ? "The base: " : "";
    section("over-time", of_base + "Returns over time", Section::time,
            "Bands are 95 % intervals over replicates. Rest the pointer on a year for its numbers.");
    if (!compares_) every_measure();
    section("flows", of_base + "From where", Section::map, "");
    section("pipeline", of_base + "On the way home", Section::pipeline, "");
    assumptions();
    cautions();
    record();
  }

  // Pictures and tables stand without any of this.
  void scripts() {
    if (explorations_.empty()) return;
    page_.open("script", {{"type", "application/json"}, {"id", "explorations"}});
    page_.raw(script_json(explorations_)).close("script").line();
    page_.open("script", {{"type", "text/plain"}, {"id", "vega"}});
    for (const std::string_view piece : packed_bundle) page_.raw(piece);
    page_.close("script").line();
    page_.open("script").raw(script_).close("script").line();
  }

  // Nothing is fetched, nothing runs but the two scripts of the program.
  std::string policy(const std::string& style) const {
    std::string text = "default-src 'none'; ";
    if (!explorations_.empty()) {
      text += "script-src 'sha256-" + policy_hash(sha256(script_)) + "' 'sha256-" + policy_hash(bundle_sha256) + "'; ";
    }
    return text + "style-src 'sha256-" + policy_hash(sha256(style)) + "'; base-uri 'none'; form-action 'none'";
  }

  std::string base() const { return record_.name.empty() ? record_.file : record_.name; }

  std::string title() const {
    if (!compares_) return base();
    std::string alternatives;
    for (const std::string& alt : alternatives_of(input_)) {
      alternatives += (alternatives.empty() ? "" : "; ") + alternative_name(input_, alt);
    }
    return alternatives;
  }

  void head() {
    const std::string style = page_style();
    page_.open("html", {{"lang", "en"}}).line().open("head").line();
    page_.open("meta", {{"charset", "utf-8"}}).line();
    page_.open("meta", {{"http-equiv", "Content-Security-Policy"},
                        {"content", policy(style)}});
    page_.line().open("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}).line();
    page_.open("meta", {{"name", "referrer"}, {"content", "no-referrer"}}).line();
    page_.element("title", title() + (compares_ ? " against " + base() : "") + " - Homeward").line();
    page_.open("style").raw(style).close("style").line().close("head").line().open("body").line();
    page_.open("header").element("p", "Homeward: return migration of a diaspora, one agent per person",
                                 {{"class", "kicker"}});
    page_.element("h1", title());
    if (compares_) page_.element("p", "Against: " + base(), {{"class", "against"}});
    const bool told_below = compares_ && !record_.alternatives.empty();
    if (!record_.note.empty() && !told_below) page_.element("p", record_.note, {{"class", "note"}});
    stamps();
    if (!sweeps_) contents();
    page_.close("header").line();
  }

  void contents() {
    page_.open("nav", {{"aria-label", "Sections"}}).open("ul");
    const auto link = [&](const char* target, const char* words) {
      page_.open("li").element("a", words, {{"href", target}}).close("li");
    };
    link("#answer", "The answer");
    if (compares_) {
      if (!record_.alternatives.empty()) link("#scenarios", "What was compared");
      link("#contrast", "What differs");
      link("#ledger", "Who they are");
      link("#attribution", "Which lever");
      link("#cost", "At what price");
    }
    link("#over-time", compares_ ? "The base over time" : "Over time");
    if (!compares_) link("#measures", "Every measure");
    link("#flows", "From where");
    link("#pipeline", "On the way");
    link("#assumptions", "Assumptions");
    link("#cautions", "What may not be claimed");
    link("#record", "Record");
    page_.close("ul").close("nav");
  }

  void stamp(const std::string& words) { page_.element("p", words, {{"class", "stamp"}}).line(); }

  void stamps() {
    if (!record_.forced.empty()) stamp("Outside the plausible range, by --force-range: " + joined(record_.forced) + '.');
    if (record_.to_year > extrapolation_year) {
      stamp("Years past " + std::to_string(extrapolation_year) + " are extrapolation, and shaded in the figures.");
    }
    if (record_.replicates == 1) stamp("One replicate: there are no intervals. Take no number of this page as sure.");
    if (record_.scale < 1) {
      stamp("A thinned run, " + scale_words(record_.scale) + ": noisier than at 1:1" +
            (sweeps_ ? "." : ", and small cells are pooled."));
    }
  }

  void answer() {
    open_section(page_, "answer", "The answer");
    const ResultTable* table = input_.find("summary.csv");
    if (table == nullptr) {
      page_.element("p", "This folder has no summary.csv.");
      close_section(page_);
      return;
    }
    const SummaryTable summary(*table);
    if (compares_) {
      put_comparison_answer(page_, input_);
    } else {
      lead(summary);
    }
    const std::string sure =
        record_.replicates == 1
            ? "No interval: there is one replicate."
            : "95 % intervals over " + std::to_string(record_.replicates) + " replicates, " + record_.interval_kind +
                  (record_.draw_priors
                       ? ": chance, and parameters drawn from their plausible ranges."
                       : " only: how far chance moves a result whose parameters are right, and no more.");
    page_.element("p", sure + " Counted as returns: " + counted(record_.returns) + ". This is what the model does "
                                                                                   "under "
                                  "the assumptions below, not a forecast.",
                  {{"class", "note"}});
    if (!compares_) tiles(summary);
    close_section(page_);
  }

  void lead(const SummaryTable& summary) {
    const int year = headline_year(record_);
    const bool all = record_.returns == "all";
    const std::optional<Figured> value = summary.at(all ? "returns_all" : "returns_settled", year);
    page_.open("p", {{"class", "lead"}});
    if (!value) {
      page_.text("No return is defined for " + std::to_string(year) + '.').close("p");
      return;
    }
    page_.text("In this scenario ").element("strong", words_of(*value).mean);
    page_.text(std::string(all ? " people" : " people who had settled abroad") + " come home to " + home_name(input_) +
               (all ? "" : " to stay") + " in " + std::to_string(year) + bounds(*value) + '.');
    if (record_.returns == "students") {
      const std::optional<Figured> students = summary.at("returns_student", year);
      if (students) {
        page_.text(" With them come ").element("strong", words_of(*students).mean);
        page_.text(" students at graduation" + bounds(*students) + '.');
      }
    }
    const int earlier = std::max(record_.from_year, year - 10);
    const std::optional<Figured> before = summary.at(all ? "returns_all" : "returns_settled", earlier);
    if (before && earlier < year) {
      page_.text(" In " + std::to_string(earlier) + " it is " + words_of(*before).mean + bounds(*before) + '.');
    }
    page_.close("p").line();
  }

  static std::string bounds(const Figured& value) {
    const IntervalWords words = words_of(value);
    return words.bounds.empty() ? "" : " (95 % interval " + words.bounds + ")";
  }
  static IntervalWords words_of(const Figured& value) { return interval_words(value.mean, value.low, value.high); }

  void tiles(const SummaryTable& summary) {
    const int year = headline_year(record_);
    const std::pair<const char*, const char*> shown[] = {
        {"stock", "people abroad, 31 December"},     {"returns_settled", "settled returns a year"},
        {"returns_student", "students who come home"}, {"returns_contract", "contract workers who come home"},
        {"re_emigration", "returnees who leave again"}, {"visits", "visits home a year"},
        {"remittances", "remittances, USD a year"},    {"spending", "spending on levers, USD a year"}};
    page_.element("h3", "The year " + std::to_string(year)).open("dl", {{"class", "tiles"}}).line();
    for (const auto& [measure, words] : shown) {
      const std::optional<Figured> value = summary.at(measure, year);
      if (!value) continue;
      const IntervalWords shown_value = words_of(*value);
      page_.open("div").element("dt", words).open("dd").text(shown_value.mean);
      if (!shown_value.bounds.empty()) page_.element("small", shown_value.bounds);
      page_.close("dd").close("div").line();
    }
    page_.close("dl").line();
  }

  void section(const char* id, const std::string& title, Section which, const char* words) {
    open_section(page_, id, title);
    if (!has_figures(figures_, which)) {
      page_.element("p", "The tables of this folder have nothing to show here: no item of the scenario's outputs asks "
                         "for it.");
    } else if (*words != '\0') {
      page_.element("p", words, {{"class", "note"}});
    }
    put_figures(page_, figures_, which);
    close_section(page_);
  }

  // What the figures leave out, as a table and, with scripts, to choose from.
  void every_measure() {
    const ResultTable* table = input_.find("summary.csv");
    if (table == nullptr) return;
    const int year = headline_year(record_);
    const SummaryTable summary(*table);
    std::vector<std::vector<std::string>> rows{{"measure", "in " + std::to_string(year), "unit"}};
    for (std::size_t row = 0; row < table->rows(); ++row) {
      if (table->integer(row, table->column("year")) != year) continue;
      const std::string measure(table->text(row, table->column("measure")));
      const std::optional<Figured> value = summary.at(measure, year);
      rows.push_back({measure, value ? interval_for_people(value->mean, value->low, value->high) : "not defined",
                      std::string(table->text(row, table->column("unit")))});
    }
    open_section(page_, "measures", "Every measure");
    put_explorer(page_, "chosen", "Every measure over time");
    put_folded_table(page_, "Every measure in " + std::to_string(year), "Every measure in " + std::to_string(year), rows);
    close_section(page_);
  }

  void assumptions() {
    open_section(page_, "assumptions", "What the numbers lean on");
    const ResultTable* table = input_.find("assumptions.csv");
    put_figures(page_, figures_, Section::assumptions);
    if (table != nullptr) {
      std::vector<std::vector<std::string>> levers{{"lever", "value", "unit", "informed by", "basis", "what it is"}};
      std::vector<std::vector<std::string>> parameters{
          {"parameter", "value", "unit", "range", "basis", "informed by", "set by", "what it is", "source"}};
      for (std::size_t row = 0; row < table->rows(); ++row) {
        const auto cell = [&](const char* column) { return std::string(table->text(row, table->column(column))); };
        if (cell("kind") == "lever") {
          if (cell("set_by") != "neutral") {
            levers.push_back({cell("name"), cell("value"), cell("unit"), cell("informed_by"), cell("basis"),
                              cell("text")});
          }
        } else {
          parameters.push_back({cell("name"), cell("value"), cell("unit"), cell("low") + " to " + cell("high"),
                                cell("basis"), cell("informed_by"), cell("set_by"), cell("text"), cell("source")});
        }
      }
      page_.element("h3", (compares_ ? "Levers in force in the base in " : "Levers in force in ") +
                              std::to_string(record_.to_year));
      if (levers.size() == 1) {
        page_.element("p", "None.");
      } else {
        page_.element("p", "Where a lever is informed by a prior only, no data say how strong its effect is: what it "
                           "does "
                           "here follows from what was assumed.");
        put_table(page_, "Levers that this scenario sets", levers);
      }
      put_folded_table(page_, "All " + std::to_string(parameters.size() - 1) + " parameters, with range, basis and "
                                                                               "source",
                       "All parameters", parameters);
    }
    close_section(page_);
  }

  void cautions() {
    open_section(page_, "cautions", "What may not be claimed");
    page_.open("ul").line();
    for (const Caution& caution : record_.cautions) {
      page_.open("li").element("strong", caution.claim).text(' ' + caution.reason).close("li").line();
    }
    if (record_.cautions.empty()) page_.element("li", "The tables of this run hold no list of cautions.");
    page_.close("ul").line();
    close_section(page_);
  }

  void record() {
    open_section(page_, "record", "Record of the run");
    std::vector<std::vector<std::string>> rows{{"what", "value"}};
    rows.push_back({"scenario", record_.file});
    rows.push_back({"hash of the scenario", record_.hash});
    rows.push_back({"seed", "seed " + record_.seed});
    rows.push_back({"replicates", std::to_string(record_.replicates) + " replicates"});
    rows.push_back({"scale", scale_words(record_.scale)});
    rows.push_back({"years written", std::to_string(record_.from_year) + " to " + std::to_string(record_.to_year)});
    rows.push_back({"returns", counted(record_.returns)});
    rows.push_back({"intervals", record_.interval_kind});
    rows.push_back({"program", "homeward " + record_.version + ", revision " + record_.revision + ", model version " +
                                   record_.model_version});
    put_table(page_, "Record of the run", rows);
    page_.open("details").element("summary", "The scenario after inheritance");
    page_.open("pre", {{"tabindex", "0"}, {"aria-label", "The scenario after inheritance"}, {"role", "region"}});
    page_.text(record_.canonical).close("pre").close("details").line();
    std::vector<std::vector<std::string>> tables{{"input table", "SHA-256"}};
    for (const auto& [path, hash] : record_.tables) tables.push_back({path, hash});
    put_folded_table(page_, "Input tables", "Input tables", tables);
    page_.element("p", "Times, threads and the machine are in manifest.json, not here: the same run gives the same "
                       "page.",
                  {{"class", "note"}});
    close_section(page_);
  }

  const ReportInput& input_;
  const RunRecord& record_;
  const std::vector<SectionFigure>& figures_;
  const Explorations explorations_;
  std::string script_;
  const bool sweeps_ = input_.find("merged.csv") != nullptr;
  const bool compares_ = input_.find("contrast.csv") != nullptr;
  Markup page_;
};

}  // namespace

std::vector<SectionFigure> report_figures(const ReportInput& input) {
  if (input.find("merged.csv") != nullptr) return sweep_figures(input);
  std::vector<SectionFigure> figures = comparison_figures(input);
  for (SectionFigure& one : run_figures(input)) figures.push_back(std::move(one));
  return figures;
}

std::string report_page(const ReportInput& input, const std::vector<SectionFigure>& figures) {
  return Page(input, figures).make();
}

}  // namespace homeward
