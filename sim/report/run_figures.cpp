#include "report/run_figures.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/categories.h"
#include "base/years.h"
#include "observation/measures.h"
#include "report/bar_chart.h"
#include "report/csv.h"
#include "report/flow_map.h"
#include "report/flow_sums.h"
#include "report/line_chart.h"

namespace homeward {
namespace {

using Section = SectionFigure::Section;

std::vector<std::string> measures_of(const std::string& returns) {
  if (returns == "students") return {"returns_settled", "returns_student"};
  if (returns == "all") return {"returns_settled", "returns_student", "returns_contract"};
  return {"returns_settled"};
}

std::optional<double> low_of(const Estimate& value) {
  if (!value.half_width) return std::nullopt;
  return value.mean - *value.half_width;
}
std::optional<double> high_of(const Estimate& value) {
  if (!value.half_width) return std::nullopt;
  return value.mean + *value.half_width;
}

std::vector<std::string> words_of(const std::string& dimension) {
  for (const DimensionRow& row : dimension_rows()) {
    if (row.name == dimension) return row.words;
  }
  return {};
}

// Eighteen age groups are too many lines.
std::string wide_age_group(const std::string& word) {
  if (word.empty() || word[0] < '0' || word[0] > '9') return word;
  const int age = std::stoi(word.substr(0, 3));
  return age < 30 ? "under 30" : age < 45 ? "30 to 44" : age < 60 ? "45 to 59" : age < 75 ? "60 to 74" : "75 and over";
}

FlowSplit merged(const FlowSplit& split, std::string (*name)(const std::string&)) {
  FlowSplit result;
  for (const FlowSplit::Word& word : split.words) {
    const std::string wanted = name(word.word);
    auto found = std::find_if(result.words.begin(), result.words.end(),
                              [&](const FlowSplit::Word& one) { return one.word == wanted; });
    if (found == result.words.end()) {
      result.words.push_back({wanted, word.by_replicate});
      continue;
    }
    for (std::size_t i = 0; i < word.by_replicate.size(); ++i) {
      for (std::size_t year = 0; year < word.by_replicate[i].size(); ++year) {
        found->by_replicate[i][year] += word.by_replicate[i][year];
      }
    }
  }
  return result;
}

class RunFigures {
 public:
  explicit RunFigures(const ReportInput& input) : input_(input), record_(input.record) {}

  std::vector<SectionFigure> make() {
    const ResultTable *summary = input_.find("summary.csv"), *flows = input_.find("flows.csv"),
                      *pipeline = input_.find("pipeline.csv"), *assumptions = input_.find("assumptions.csv");
    if (summary != nullptr) over_time(SummaryTable(*summary));
    if (flows != nullptr) {
      const FlowSums sums(*flows, record_.replicates);
      by(sums, "class", "by class of migration");
      by(sums, "generation", "by generation");
      by(sums, "age_group", "by age");
      by(sums, "mode", "by mode of return");
      by(sums, "education", "by education");
      map(sums);
    }
    if (summary != nullptr && pipeline != nullptr) funnel(SummaryTable(*summary));
    if (pipeline != nullptr) stages(*pipeline);
    if (assumptions != nullptr) bases(*assumptions);
    return std::move(figures_);
  }

 private:
  void add(Section section, Figure figure) { figures_.push_back({section, std::move(figure)}); }

  static Line line_of(const SummaryTable& summary, const char* measure, const char* name, const RunRecord& record) {
    Line line{name, {}, false};
    for (int year = record.from_year; year <= record.to_year; ++year) {
      const std::optional<Figured> value = summary.at(measure, year);
      if (value) line.points.push_back({year, value->mean, value->low, value->high});
    }
    return line;
  }

  void over_time(const SummaryTable& summary) {
    LineChart returns{"returns", "Returns, persons a year",
                      "Settled emigrants come home to stay through the pipeline; students at graduation; contract "
                      "workers at the end of a permit.",
                      {}, extrapolation_year};
    returns.lines = {line_of(summary, "returns_settled", "settled", record_),
                     line_of(summary, "returns_student", "students", record_),
                     line_of(summary, "returns_contract", "contract", record_)};
    add(Section::time, draw(returns));
    LineChart settled{"settled", "Settled returns, and returnees who leave again, persons a year", "", {},
                      extrapolation_year};
    settled.lines = {line_of(summary, "returns_settled", "settled", record_),
                     line_of(summary, "re_emigration", "left again", record_)};
    add(Section::time, draw(settled));
    LineChart stock{"stock", "People of home origin abroad, at 31 December", "Official: as official series count it, "
                    "times the coverage factor.", {}, extrapolation_year, "persons"};
    stock.lines = {line_of(summary, "stock", "everyone", record_),
                   line_of(summary, "official_stock", "official", record_),
                   line_of(summary, "stock_contract", "contract", record_)};
    add(Section::time, draw(stock));
  }

  // Returns of the definition in use; of settled emigrants alone where no cube has the others.
  std::optional<FlowSplit> split(const FlowSums& sums, const std::string& dimension,
                                 const std::vector<std::string>& order, std::string& whose) const {
    whose = counted(record_.returns);
    std::optional<FlowSplit> found = sums.split(measures_of(record_.returns), dimension, order);
    if (!found && record_.returns != "settled") {
      whose = counted("settled");
      found = sums.split({"returns_settled"}, dimension, order);
    }
    return found;
  }

  void by(const FlowSums& sums, const std::string& dimension, const char* words) {
    std::string whose;
    std::optional<FlowSplit> found = split(sums, dimension, words_of(dimension), whose);
    if (!found || found->words.empty()) return;
    if (dimension == "age_group") found = merged(*found, wide_age_group);
    LineChart chart{"by-" + (dimension == "age_group" ? "age" : dimension), "Returns " + std::string(words) +
                    ", persons a year", "Counted: " + whose + '.', {}, extrapolation_year};
    for (std::size_t i = 0; i < found->words.size(); ++i) {
      const std::string& word = found->words[i].word;
      Line line{word == "other" ? "small cells" : dimension == "generation" ? "generation " + word : word, {},
                word == "other"};
      if (line.name == "host_born") line.name = "born abroad";
      for (int year = record_.from_year; year <= record_.to_year; ++year) {
        const Estimate value = found->at(i, year);
        line.points.push_back({year, value.mean, low_of(value), high_of(value)});
      }
      if (word == "other") chart.caption += " Small cells: fewer than 10 synthetic persons each, pooled.";
      chart.lines.push_back(std::move(line));
    }
    add(Section::time, draw(chart));
  }

  void map(const FlowSums& sums) {
    const ResultTable* hosts = input_.find("hosts.csv");
    const std::optional<Location> home = home_of(input_);
    std::string whose;
    const std::optional<FlowSplit> returns = split(sums, "host", {}, whose);
    if (hosts == nullptr || !home || !returns) return;
    const std::optional<FlowSplit> stock = sums.split({"stock"}, "host", {});
    const int year = headline_year(record_);
    FlowMap chart;
    chart.id = "map";
    chart.home = *home;
    chart.year = year;
    chart.from_year = record_.from_year;
    chart.to_year = record_.to_year;
    chart.land = input_.land;
    chart.title = "Returns to " + home->name + " by host, " + std::to_string(year) + ", persons a year";
    chart.caption = "Counted: " + whose + ". The width of a line is the number of returns, the area of a dot the "
                                          "number "
                    "of people who live there. Coasts: Natural Earth; no borders are drawn. Small hosts carry the data "
                    "of their group.";
    for (std::size_t row = 0; row < hosts->rows(); ++row) {
      if (hosts->text(row, hosts->column("role")) != "host") continue;
      add_host(*hosts, row, *returns, stock ? &*stock : nullptr, chart);
    }
    std::stable_sort(chart.hosts.begin(), chart.hosts.end(),
                     [](const HostFlow& a, const HostFlow& b) { return a.returns > b.returns; });
    if (!returns->words.empty() && returns->words.back().word == "other") {
      chart.elsewhere = returns->at(returns->words.size() - 1, year).mean;
    }
    add(Section::map, draw(chart));
  }

  static void add_host(const ResultTable& hosts, std::size_t row, const FlowSplit& returns, const FlowSplit* stock,
                       FlowMap& map) {
    HostFlow host;
    host.iso3 = hosts.text(row, hosts.column("iso3"));
    host.name = hosts.text(row, hosts.column("name"));
    const double x = hosts.number(row, hosts.column("longitude")), y = hosts.number(row, hosts.column("latitude"));
    if (std::isfinite(x) && std::isfinite(y)) host.place = Location{host.iso3, host.name, x, y};
    bool found = false;
    const auto take = [&](const FlowSplit& split, std::vector<double>& by_year, auto use) {
      for (std::size_t i = 0; i < split.words.size(); ++i) {
        if (split.words[i].word != host.iso3) continue;
        use(split.at(i, map.year));
        for (int year = map.from_year; year <= map.to_year; ++year) by_year.push_back(split.at(i, year).mean);
      }
    };
    take(returns, host.returns_by_year, [&](const Estimate& value) {
      host.returns = value.mean;
      host.low = low_of(value);
      host.high = high_of(value);
      found = true;
    });
    if (stock != nullptr) {
      take(*stock, host.stock_by_year, [&](const Estimate& value) {
        host.stock = value.mean;
        host.stock_low = low_of(value);
        host.stock_high = high_of(value);
        found = true;
      });
    }
    if (found) map.hosts.push_back(std::move(host));
  }

  void funnel(const SummaryTable& summary) {
    const int year = headline_year(record_);
    BarChart chart;
    chart.id = "funnel";
    chart.title = "From a thought to a return, " + std::to_string(year) + ", persons a year";
    chart.caption = "Settled adults. Those who begin in a year end in a later one: the rows are of one year, not of "
                    "one "
                    "cohort.";
    chart.data.columns = {"step", "mean", "lo95", "hi95"};
    chart.table.push_back({"step", "persons a year"});
    const std::pair<const char*, const char*> steps[] = {{"attentive", "thought about it"},
                                                         {"intending", "began procedures"},
                                                         {"abandoned", "gave them up"},
                                                         {"refused", "refused the offer"},
                                                         {"returns_settled", "came home"}};
    for (const auto& [measure, name] : steps) {
      const std::optional<Figured> value = summary.at(measure, year);
      if (!value) continue;
      const std::string text = interval_for_people(value->mean, value->low, value->high);
      const bool lost = std::string(measure) == "abandoned" || std::string(measure) == "refused";
      chart.rows.push_back({name, {{"", 0, value->mean, lost ? "c1" : "c0"}}, value->low, value->high,
                            number_for_people(value->mean)});
      chart.data.rows.push_back({measure, cell_text(value->mean), cell_text(value->low), cell_text(value->high)});
      chart.table.push_back({name, text});
      chart.description += std::string(name) + ": " + text + ". ";
    }
    if (!chart.rows.empty()) add(Section::pipeline, draw(chart));
  }

  void stages(const ResultTable& table) {
    const int year = headline_year(record_);
    BarChart people{"stages", "The stages of the procedures, " + std::to_string(year) + ", persons a year",
                    "Each return passes only the stages asked of it.", "", {},
                    {{"completed", 0, 0, "c0"}, {"gave up", 0, 0, "c1"}}, {}, {}};
    BarChart months{"waiting", "Months in a stage of those who completed it, " + std::to_string(year),
                    "With 95 % intervals.", "", {}, {}, {}, {}};
    people.data.columns = {"stage", "entered", "completed", "abandoned"};
    people.table.push_back({"stage", "entered", "completed", "gave up"});
    months.data.columns = {"stage", "mean_months", "lo95", "hi95"};
    months.table.push_back({"stage", "months"});
    const auto number = [&](std::size_t row, const char* column) { return table.number(row, table.column(column)); };
    const auto bound = [&](std::size_t row, const char* column) -> std::optional<double> {
      const double value = number(row, column);
      return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
    };
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (table.integer(row, table.column("year")) != year) continue;
      const std::string stage(table.text(row, table.column("stage")));
      const double entered = number(row, "entered"), completed = number(row, "completed"),
                   abandoned = number(row, "abandoned"), mean = number(row, "mean_months");
      const std::string all = number_for_people(completed), left = number_for_people(abandoned);
      people.rows.push_back({stage,
                             {{all + " completed", 0, completed, "c0"},
                              {left + " gave up", completed, completed + abandoned, "c1"}},
                             {}, {}, all + ", " + left});
      people.data.rows.push_back({stage, cell_text(entered), cell_text(completed), cell_text(abandoned)});
      people.table.push_back({stage, number_for_people(entered), all, left});
      people.description += stage + ": " + all + " completed it, " + left + " gave up in it. ";
      const std::optional<double> low = bound(row, "lo95"), high = bound(row, "hi95");
      const std::string text = interval_for_people(mean, low, high);
      std::vector<BarPart> parts;
      if (std::isfinite(mean)) parts.push_back({"", 0, mean, "c4"});
      months.rows.push_back({stage, parts, low, high, text});
      months.data.rows.push_back({stage, cell_text(mean), cell_text(low), cell_text(high)});
      months.table.push_back({stage, text});
      months.description += stage + ": " + text + " months. ";
    }
    if (people.rows.empty()) return;
    add(Section::pipeline, draw(people));
    add(Section::pipeline, draw(months));
  }

  void bases(const ResultTable& table) {
    std::map<std::string, std::map<std::string, int>> counts;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (table.text(row, table.column("kind")) != "parameter") continue;
      ++counts[std::string(table.text(row, table.column("basis")))]
              [std::string(table.text(row, table.column("informed_by")))];
    }
    BarChart chart{"bases", "Where the numbers of the model come from, parameters",
                   "Sourced: published; derived: arithmetic on published figures; tuned: set so that the baseline "
                   "meets "
                   "a target; recalled: unverified; assumed: no figure is held.",
                   "", {}, {{"data", 0, 0, "c2"}, {"prior only", 0, 0, "c1"}, {"fixed", 0, 0, "grey"}}, {}, {}};
    chart.data.columns = {"basis", "data", "prior", "fixed"};
    chart.table.push_back({"basis", "informed by data", "by a prior only", "fixed"});
    for (const std::string_view name : basis_names) {
      auto& of = counts[std::string(name)];
      const int data = of["data"], prior = of["prior"], fixed = of["fixed"];
      if (data + prior + fixed == 0) continue;
      const auto count = [](int number) { return std::to_string(number); };
      const double a = data, b = a + prior, c = b + fixed;
      chart.rows.push_back({std::string(name),
                            {{count(data) + " informed by data", 0, a, "c2"},
                             {count(prior) + " by a prior only", a, b, "c1"},
                             {count(fixed) + " fixed", b, c, "grey"}},
                            {}, {}, count(data + prior + fixed)});
      chart.data.rows.push_back({std::string(name), count(data), count(prior), count(fixed)});
      chart.table.push_back(chart.data.rows.back());
      chart.description += std::string(name) + ": " + count(data) + " informed by data, " + count(prior) +
                           " by a prior only, " + count(fixed) + " fixed. ";
    }
    if (!chart.rows.empty()) add(Section::assumptions, draw(chart));
  }

  const ReportInput& input_;
  const RunRecord& record_;
  std::vector<SectionFigure> figures_;
};

}  // namespace

std::vector<SectionFigure> run_figures(const ReportInput& input) { return RunFigures(input).make(); }

std::string counted(const std::string& returns) {
  if (returns == "students") return "settled emigrants, and students who come home at graduation";
  if (returns == "all") return "settled emigrants, students and contract workers";
  return "settled emigrants only";
}

}  // namespace homeward
