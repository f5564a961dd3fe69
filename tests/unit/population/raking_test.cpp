// Raking meets its margins, keeps what it must keep, and says when it cannot.
#include <doctest/doctest.h>

#include "population/raking.h"
#include "population/stock.h"
#include "unit/population/small_world.h"

using namespace homeward;

namespace {

Margin margin(std::vector<int> bin, std::vector<double> target) {
  Margin made;
  made.bin = std::move(bin);
  made.target = Eigen::Map<Eigen::ArrayXd>(target.data(), static_cast<Eigen::Index>(target.size()));
  return made;
}

}  // namespace

TEST_CASE("raking a two by two table meets both margins and keeps the odds ratio") {
  Eigen::ArrayXd weights(4);
  weights << 1, 2, 3, 4;  // odds ratio 1 * 4 / (2 * 3)
  const std::vector<Margin> margins{margin({0, 0, 1, 1}, {60, 40}), margin({0, 1, 0, 1}, {30, 70})};
  const Raking raking = rake(weights, margins, 1e-10, 200);
  CHECK(raking.error < 1e-10);
  CHECK(weights[0] + weights[1] == doctest::Approx(60));
  CHECK(weights[0] + weights[2] == doctest::Approx(30));
  CHECK(weights[0] * weights[3] / (weights[1] * weights[2]) == doctest::Approx(4.0 / 6.0));
}

TEST_CASE("raking keeps empty cells empty and reports a margin that no cell can meet") {
  Eigen::ArrayXd weights(4);
  weights << 1, 0, 0, 0;
  const std::vector<Margin> margins{margin({0, 0, 1, 1}, {5, 5})};
  const Raking raking = rake(weights, margins, 1e-6, 20);
  CHECK(weights[0] == doctest::Approx(5));
  CHECK(weights[1] == 0);
  CHECK(weights[2] + weights[3] == 0);
  CHECK(raking.error == doctest::Approx(1));
  CHECK(raking.iterations == 20);
}

TEST_CASE("the raked stock of a group meets every margin") {
  const Scenario scenario = homeward::testing::small_world();
  const StockLaws laws(scenario.tables);
  for (int group = 0; group < 2; ++group) {
    const GroupStock stock = rake_group(scenario.tables, laws, group);
    CHECK(stock.raking.error < raking_tolerance);
    for (const Margin& raked : stock.margins) {
      const Eigen::ArrayXd sums = margin_sums(stock.weights, raked);
      for (Eigen::Index bin = 0; bin < sums.size(); ++bin) {
        CHECK(sums[bin] == doctest::Approx(raked.target[bin]).epsilon(1e-5));
      }
    }
    // The stock table itself is one of the margins.
    for (const StockCell& cell : scenario.tables.stocks) {
      if (cell.group != group) continue;
      double persons = 0;
      for (std::size_t k = 0; k < stock.cells.size(); ++k) {
        const StockCellCode& at = stock.cells[k];
        if (at.migrant_class == cell.migrant_class && at.generation == cell.generation &&
            at.age_group == static_cast<std::size_t>(cell.age_group)) {
          persons += stock.weights[static_cast<Eigen::Index>(k)];
        }
      }
      CHECK(persons == doctest::Approx(cell.persons).epsilon(1e-5));
    }
  }
}

TEST_CASE("cells are numbered once and in order, and impossible ones do not exist") {
  const Scenario scenario = homeward::testing::small_world();
  const StockLaws laws(scenario.tables);
  const GroupStock stock = rake_group(scenario.tables, laws, 0);
  for (std::size_t k = 0; k < stock.cells.size(); ++k) {
    const StockCellCode& cell = stock.cells[k];
    if (k > 0) CHECK(stock.cells[k - 1].number() < cell.number());
    // Family members become citizens after 8 years: nobody of the band 1999-2003 is one.
    if (cell.profile() == Profile::family && cell.cohort == 0) CHECK(cell.naturalised == 0);
    if (cell.profile() == Profile::refugee) CHECK(cell.naturalised == 1);
    if (cell.profile() == Profile::host_born) CHECK(cell.cohort == born_abroad);
    if (cell.profile() == Profile::student) CHECK(cell.education >= code(Education::tertiary));
  }
}

TEST_CASE("years drawn within a cell respect its bands and the least age on arrival") {
  const Scenario scenario = homeward::testing::small_world();
  const StockLaws laws(scenario.tables);
  const GroupStock stock = rake_group(scenario.tables, laws, 0);
  const Stream stream(3, Purpose::synthesis);
  for (std::size_t k = 0; k < stock.cells.size(); ++k) {
    const StockCellCode& cell = stock.cells[k];
    for (std::uint64_t person = 0; person < 20; ++person) {
      KeyedEngine engine(stream, mix(k, person), 1);
      const StockLaws::Years years = laws.draw(cell.profile(), cell.age_group, cell.cohort, cell.naturalised, engine);
      const int age = stock_year - years.birth;
      CHECK(age / 5 == static_cast<int>(cell.age_group));
      CHECK(cohort_of(years.arrival) == cell.cohort);
      if (years.arrival == 0) continue;
      CHECK(years.arrival <= stock_year);
      CHECK(years.arrival >= years.birth + (cell.profile() == Profile::refugee  ? 14
                                            : cell.profile() == Profile::family ? 16
                                                                                : 0));
      if (cell.profile() == Profile::family && cell.naturalised == 1) CHECK(first_year - years.arrival >= 8);
    }
  }
}

TEST_CASE("a class of the stock without a law of arrival is a fault") {
  Scenario scenario = homeward::testing::small_world();
  scenario.tables.arrival_years.erase("refugee");
  const StockLaws laws(scenario.tables);
  CHECK_THROWS_AS(rake_group(scenario.tables, laws, 0), RunError);
}
