// Numbers in tables, rows with and without intervals, the pooling of small cells.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "observation/measures.h"
#include "report/csv.h"
#include "report/flows_table.h"
#include "report/summary_table.h"

using namespace homeward;

namespace {

ReplicateResult replicate_with(double stock) {
  ReplicateResult result;
  result.totals.resize(measure_rows().size());
  for (YearSeries& total : result.totals) total.fill(stock);
  result.weight = 20;
  CubeResult cube;
  cube.spec = {{"stock", "births"}, {"sex"}};
  cube.words = {{"female", "male"}};
  cube.cells = 2;
  cube.values.assign(static_cast<std::size_t>(year_count) * 2 * 2, 0);
  cube.values[0] = 12;  // stock, female, 2004
  cube.values[1] = 9;   // stock, male: small
  cube.values[2] = 4;   // births, both small
  cube.values[3] = 5;
  result.cubes = {cube};
  result.pipeline[0][1] = {10, 4, 2, 10};
  return result;
}

Scenario scenario_with_cube() {
  Scenario scenario;
  scenario.outputs = {{{"stock", "births"}, {"sex"}}};
  return scenario;
}

std::string flows(const Replicates& replicates, SmallCells small, const Scenario& scenario = scenario_with_cube()) {
  const auto path = std::filesystem::temp_directory_path() / ("homeward-flows-test-" + std::to_string(::getpid()));
  FlowsOptions options;
  options.weight = 20;
  options.to_year = 2004;
  options.small_cells = small;
  {
    WholeFile file(path.string());
    write_flows(file, scenario, replicates, options);
    file.finish();
    file.commit();
  }
  std::ifstream in(path);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::filesystem::remove(path);
  return text;
}

}  // namespace

TEST_CASE("numbers have the shortest digits that give them back, no exponent, no -0") {
  CHECK(cell_text(0.1) == "0.1");
  CHECK(cell_text(1e6) == "1000000");
  CHECK(cell_text(-0.0) == "0");
  CHECK(cell_text(16e9) == "16000000000");
  CHECK(cell_text(1.0 / 3) == "0.3333333333333333");
  CHECK(cell_text(std::numeric_limits<double>::quiet_NaN()).empty());
  CHECK(std::stod(cell_text(1e-300)) == 1e-300);
  CHECK(std::stod(cell_text(1.7976931348623157e308)) == 1.7976931348623157e308);
}

TEST_CASE("fields with commas and quotes are quoted") {
  CHECK(field_text("plain") == "plain");
  CHECK(field_text("a,b") == "\"a,b\"");
  CHECK(field_text("a\"b") == "\"a\"\"b\"");
}

TEST_CASE("with one replicate sd and bounds are empty") {
  Replicates one;
  one.add(replicate_with(5), {});
  const std::string csv = summary_csv(summary_lines(one, 2004, 2004));
  CHECK(csv.starts_with("year,measure,unit,mean,sd,lo95,hi95,replicates\n2004,stock,persons,5,,,,1\n"));
}

TEST_CASE("with two replicates the interval is Student's") {
  Replicates two;
  two.add(replicate_with(4), {});
  two.add(replicate_with(6), {});
  const std::vector<SummaryLine> lines = summary_lines(two, 2004, 2004);
  CHECK(lines.front().value.mean == 5);
  CHECK(*lines.front().value.half_width == doctest::Approx(12.706204736174705));
}

TEST_CASE("the pipeline's books are weighted, its months are not") {
  Replicates one;
  one.add(replicate_with(5), {});
  const std::string csv = pipeline_csv(pipeline_lines(one, 2004, 2004));
  CHECK(csv.find("year,stage,entered,completed,abandoned,mean_months,lo95,hi95\n") == 0);
  CHECK(csv.find("2004,residence,200,80,40,2.5,,\n") != std::string::npos);
  CHECK(csv.find("2004,papers,0,0,0,,,\n") != std::string::npos);
}

TEST_CASE("small cells are pooled so that sums close, or shown") {
  Replicates one;
  one.add(replicate_with(5), {});
  const std::string header =
      "replicate,year,host,origin_province,class,generation,education,sector,age_group,sex,mode,measure,value\n";
  CHECK(flows(one, SmallCells::pooled) == header +
                                              "0,2004,all,all,all,all,all,all,all,female,all,stock,240\n"
                                              "0,2004,all,all,all,all,all,all,all,other,all,stock,180\n"
                                              "0,2004,all,all,all,all,all,all,all,other,all,births,180\n");
  CHECK(flows(one, SmallCells::shown) == header +
                                             "0,2004,all,all,all,all,all,all,all,female,all,stock,240\n"
                                             "0,2004,all,all,all,all,all,all,all,male,all,stock,180\n"
                                             "0,2004,all,all,all,all,all,all,all,female,all,births,80\n"
                                             "0,2004,all,all,all,all,all,all,all,male,all,births,100\n");
}

TEST_CASE("small cells are pooled along the last dimension first, so that totals of the first are kept") {
  ReplicateResult result = replicate_with(5);
  CubeResult cube;
  cube.spec = {{"stock"}, {"host", "sex"}};
  cube.words = {{"AAA", "BBB", "CCC"}, {"female", "male"}};
  cube.cells = 6;
  cube.values.assign(static_cast<std::size_t>(year_count) * 6, 0);
  const std::array<std::int64_t, 6> persons{12, 9, 6, 7, 3, 5};
  std::copy(persons.begin(), persons.end(), cube.values.begin());
  result.cubes = {cube};
  Replicates one;
  one.add(result, {});
  Scenario scenario;
  scenario.outputs = {{{"stock"}, {"host", "sex"}}};
  const std::string text = flows(one, SmallCells::pooled, scenario);
  // AAA: 12 shown, 9 too few even alone; BBB: 6 + 7 together; CCC: 8 with AAA's 9 at the end.
  CHECK(text.find("0,2004,AAA,all,all,all,all,all,all,female,all,stock,240\n") != std::string::npos);
  CHECK(text.find("0,2004,BBB,all,all,all,all,all,all,other,all,stock,260\n") != std::string::npos);
  CHECK(text.find("0,2004,other,all,all,all,all,all,all,other,all,stock,340\n") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
}
