// Tables: what a good folder gives, and the fault of each way to break one.
#include "scenario/tables.h"

#include <doctest/doctest.h>

#include <cmath>

#include "base/exact_math.h"
#include "scenario/sha256.h"
#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

namespace {

// The faults of the invented tables after one change in one of them.
std::string faults_after(const std::string& set, const std::string& from, const std::string& to) {
  const TemporaryFolder folder;
  std::filesystem::copy(fixture_tables(), folder.path("t"), std::filesystem::copy_options::recursive);
  const std::string file = "t/" + set + "/table.csv";
  folder.write(file, replaced(read_file(folder.path(file)), from, to));
  try {
    load_tables(folder.path("t"));
  } catch (const InputError& error) {
    return folder.local(error.what());
  }
  return "";
}

}  // namespace

TEST_CASE("a good folder is read whole") {
  const Tables tables = load_tables(fixture_tables());
  REQUIRE(tables.groups.size() == 3);
  CHECK(tables.groups[1].code == "islands");
  CHECK(tables.groups[1].synthesis_factor == 0.5);
  CHECK(tables.hosts[2].iso3 == "XIB");
  CHECK(tables.hosts[2].share == 0.25);
  CHECK(tables.group_index("south") == 2);
  CHECK(tables.group_index("west") == -1);
  CHECK(tables.host_index("XSO") == 3);
  CHECK(tables.host_index("XYZ") == -1);
  CHECK(tables.stocks.size() == 6);
  CHECK(tables.stocks[1].generation == Generation::g15);
  CHECK(tables.stocks[1].age_group == 4);
  CHECK(tables.home_premium[code(Education::advanced)] == 0.95);
  CHECK(tables.provinces[1].name == "Đồi");
  CHECK(tables.policy_history[0].event == "Visa exemption, first step");
  CHECK(tables.arrival_years.at("refugee").min_age == 14);
  CHECK(tables.ages_at_arrival.at("family").power == 1.2);
  CHECK(tables.ages_2004.size() == 1);
  CHECK(tables.parameters.size() == parameter_members().size());
  CHECK(tables.files.size() == 18);
  CHECK(tables.files[0].sha256 == sha256(read_file(tables.files[0].path)));
}

TEST_CASE("years: linear, stepwise, exact") {
  const Tables tables = load_tables(fixture_tables());
  const auto& north = tables.groups[0];
  CHECK(north.ln_wage[1][year_index(2004)] == doctest::Approx(2.4));
  CHECK(north.ln_wage[1][year_index(2014)] == doctest::Approx(2.4 + 0.328 * 10 / 41));
  CHECK(tables.groups[1].ln_wage[0][year_index(2045)] == doctest::Approx(1.7));
  const auto& islands = tables.groups[1];
  CHECK(islands.contract_home_offset[year_index(2009)] == 0);
  CHECK(islands.contract_home_offset[year_index(2019)] == -0.5);
  CHECK(islands.contract_home_offset[year_index(2020)] == -0.25);
  CHECK(islands.hostility[year_index(2045)] == 0.1);
  CHECK(islands.arrivals_multiplier[year_index(2030)] == 1);
  CHECK(std::isnan(tables.macro.home_growth[year_index(2025)]));
  CHECK(tables.macro.home_growth[year_index(2024)] == 0.047);
  CHECK(tables.macro.visits_multiplier[year_index(2021)] == 0.12);
  CHECK(tables.macro.visits_multiplier[year_index(2022)] == 1);
  // 2,000 persons in 2014, half of them to each of two groups
  const auto& family = tables.arrivals[code(MigrantClass::family)];
  CHECK(family[0][year_index(2014)] == doctest::Approx(1000));
  CHECK(family[1][year_index(2014)] == 0);
  CHECK(family[2][year_index(2045)] == doctest::Approx(3000 * 0.75));
  CHECK(tables.arrivals[code(MigrantClass::student)][1][year_index(2004)] == 100);
  CHECK(tables.arrivals[code(MigrantClass::refugee)][1][year_index(2004)] == 0);
}

TEST_CASE("shares: the profile first, then everyone") {
  const Tables tables = load_tables(fixture_tables());
  CHECK(tables.share("education", "long_settled", "primary") == 0.75);
  CHECK(tables.share("education", "student", "primary") == 0.32);
  CHECK(tables.has_share("naturalised", "family", "naturalised_after_8"));
  CHECK_FALSE(tables.has_share("eldest", "all", "eldest"));
  CHECK_THROWS_AS(tables.share("eldest", "all", "eldest"), std::out_of_range);
}

TEST_CASE("death rates by single age and year") {
  const Tables tables = load_tables(fixture_tables());
  const auto schedule = [&](const std::string& name) {
    for (const MortalitySchedule& one : tables.mortality) {
      if (one.code == name) return one;
    }
    throw std::logic_error("no such schedule");
  };
  const MortalitySchedule nor = schedule("NOR");
  const auto women = [&](int year, int age) { return nor.rate[0][year_index(year)][static_cast<std::size_t>(age)]; };
  // Half way between 2000 and 2050, at knots: age 0, the flat interval 1 to 4, the middles of the five-year ones.
  CHECK(women(2025, 0) == doctest::Approx(0.003 * 0.75));
  CHECK(women(2025, 1) == doctest::Approx(0.75 * 1.815e-05));
  CHECK(women(2025, 4) == women(2025, 1));
  CHECK(women(2025, 52) == doctest::Approx(0.75 * 0.001907 / 0.75).epsilon(0.01));
  CHECK(women(2025, 110) == women(2025, 102));
  // Log-linear between knots: the ratio from year of age to year of age is constant.
  CHECK(women(2030, 54) / women(2030, 53) == doctest::Approx(women(2030, 56) / women(2030, 55)).epsilon(1e-5));
  CHECK(women(2004, 60) > women(2045, 60));
  const MortalitySchedule law = schedule("gompertz");
  CHECK(law.rate[1][0][50] == doctest::Approx(1.15 * 2.2e-5 * exact_exp(0.095 * 50)));
  CHECK(law.rate[0][41] == law.rate[0][0]);
  CHECK(tables.fertility[0].births[29] == 0.1);
  CHECK(tables.fertility[0].births[30] == 0.08);
  CHECK(tables.fertility[0].births[40] == 0);
}

TEST_CASE("columns and cells") {
  CHECK(faults_after("stocks", "persons", "person") ==
        "t/stocks/table.csv:1:1: persons: missing column. The table needs group, class, generation, age_group, "
        "persons, basis, source.\n"
        "t/stocks/table.csv:1:34: person: unknown column. Did you mean 'persons'?");
  CHECK(faults_after("stocks", "north,refugee,1,40-44,4000", "nroth,refuge,1.6,40-45,-4000") ==
        "t/stocks/table.csv:2:1: group: unknown host group 'nroth'. Did you mean 'north'?\n"
        "t/stocks/table.csv:2:7: class: unknown class 'refuge'. Did you mean 'refugee'?\n"
        "t/stocks/table.csv:2:14: generation: unknown generation '1.6'. Did you mean '1.5'?\n"
        "t/stocks/table.csv:2:18: age_group: unknown age group '40-45'. Did you mean '40-44'?\n"
        "t/stocks/table.csv:2:24: persons: -4000 is out of range. Allowed is 0 to 1000000000.");
  for (const char* wrong : {"nan", "NaN", ".nan"}) {
    CHECK_HAS(faults_after("stocks", "4000,", std::string(wrong) + ","),
              "persons: '" + std::string(wrong) +
                  "' is not a number. Infinite and undefined values mean nothing here. Write a finite number.");
  }
  CHECK_HAS(faults_after("stocks", "4000,", "inf,"), "t/stocks/table.csv:2:23: persons: 'inf' is not a number.");
  CHECK_HAS(faults_after("stocks", "4000,", "1e999,"),
            "'1e999' is not a number. It is too large for a number of 64 bits.");
  CHECK_HAS(faults_after("stocks", "4000,", ","), "'' is not a number. It is empty. Write a number.");
  CHECK_HAS(faults_after("stocks", "4000,", "4000,1,"),
            "t/stocks/table.csv:2:1: ragged row: 8 cells. The header names 7 columns.");
  CHECK_HAS(faults_after("stocks", "4000,assumed", "4000,guessed"),
            "t/stocks/table.csv:2:28: basis: unknown basis 'guessed'.");
  CHECK_HAS(faults_after("stocks", "4000,assumed,invented", "4000,assumed,"),
            "t/stocks/table.csv:2:36: source: no source. Every number says where it comes from.");
  CHECK_HAS(faults_after("stocks", "\n", "\r\n"), "t/stocks/table.csv:1:54: carriage return (CRLF line ends).");
  CHECK_HAS(faults_after("stocks", "group,", "\xEF\xBB\xBFgroup,"),
            "t/stocks/table.csv:1:1: the file starts with a byte order mark (BOM).");
  CHECK_HAS(faults_after("stocks", "islands,student,1,20-24", "islands,contract,1,25-29"),
            "t/stocks/table.csv:6:1: group: this row repeats the key of line 5. Keep one of the two.");
  CHECK(faults_after("stocks", "group,class,generation,age_group,persons,",
                     "group,class,generation,age_group,persons,") == "");
}

TEST_CASE("sums and completeness") {
  CHECK_HAS(faults_after("stocks", "4000,", "4500,"),
            "t/stocks/table.csv: the persons of 'north' sum to 10500. host_groups says stock_2004 is 10000.");
  CHECK_HAS(faults_after("stocks", "north,host_born,2", "north,host_born,1"),
            "generation: the class and the generation contradict each other.");
  CHECK_HAS(faults_after("hosts", "islands,0.75", "islands,0.7"),
            "t/hosts/table.csv:3:29: share: the shares of the group 'islands' sum to 0.95, not to 1.");
  CHECK_HAS(faults_after("hosts", "XSO,XS,Southland,south", "XSO,XS,Southland,north"),
            "t/hosts/table.csv: no country belongs to the group 'south'.");
  CHECK_HAS(faults_after("hosts", "XIA,XA", "Xia,X"), "iso3: 'Xia' is not three capital letters.");
  CHECK_HAS(faults_after("hosts", "XIB,XB", "XIA,XB"),
            "t/hosts/table.csv:4:1: iso3: this row repeats the key of line 3.");
  CHECK_HAS(faults_after("destinations", "family,2024,south,0.75", "family,2024,south,0.5"),
            "share: the shares of family, 2024 sum to 0.75, not to 1. They divide a whole.");
  CHECK_HAS(faults_after("destinations", "student,2004", "skilled,2004"),
            "t/inflows/table.csv: no row for the class 'skilled'. destinations has it.");
  CHECK_HAS(faults_after("inflows", "student,", "host_born,"), "class: the host-born do not arrive.");
  CHECK_HAS(faults_after("inflows", "family,2024", "family,2050"),
            "year: 2050 is out of range. Allowed is 2004 to 2045.");
  CHECK_HAS(faults_after("inflows", "family,2024", "family,2024.5"), "year: 2024.5 is not a whole number.");
  CHECK_HAS(faults_after("wages", "south,primary,2004,-0.3,assumed,invented\n", ""),
            "t/wages/table.csv: no wage for south, primary.");
  CHECK_HAS(faults_after("home_premium", "advanced,0.95,assumed,invented\n", ""),
            "t/home_premium/table.csv: a row is missing.");
  CHECK_HAS(faults_after("provinces", "delta,Delta,0.5", "delta,Delta,0.6"),
            "t/provinces/table.csv: the shares sum to 1.1, not to 1.");
  CHECK_HAS(faults_after("provinces", "capital_south", ""), "not exactly one province has the role capital_south.");
  CHECK_HAS(faults_after("macro", "2010,", "2011,"), "year: this row repeats the key of line 8.");
  CHECK_HAS(faults_after("attributes", "education,all,primary,0.32", "education,all,primary,0.4"),
            "share: the shares of education, all sum to 1.08, not to 1.");
  CHECK_HAS(faults_after("attributes", "female,all,female", "femail,all,female"),
            "attribute: unknown attribute 'femail'. Did you mean 'female'?");
  CHECK_HAS(faults_after("attributes", "parent,all,home", "parent,everyone,home"),
            "profile: unknown profile 'everyone'.");
  CHECK_HAS(faults_after("attributes", "parent,all,home", "parent,all,at_home"),
            "category: unknown category of parent 'at_home'.");
  CHECK_HAS(faults_after("attributes", "parent,all,home,0.85,assumed,invented\n", ""),
            "no row for the attribute 'parent'.");
  CHECK_HAS(faults_after("ages", "arrival,student,18,8,1,assumed,invented\n", ""),
            "no row for event arrival, profile student.");
  CHECK_HAS(faults_after("arrival_years", "g15,", "skilled,"),
            "no row for the profile 'g15'. stocks has people of it.");
}

TEST_CASE("names that other tables use") {
  CHECK_HAS(faults_after("host_groups", ",NOR,", ",NRO,"),
            "t/mortality/table.csv: no schedule 'NRO'. host_groups names it for 'north'.");
  CHECK_HAS(faults_after("host_groups", "NOR,low", "NOR,lwo"),
            "t/fertility/table.csv: no schedule 'lwo'. host_groups names it for 'north'. Did you mean 'low'?");
  CHECK_HAS(faults_after("host_groups", "long_settled", "settled_long"),
            "t/attributes/table.csv:16:11: profile: unknown profile 'long_settled'.");
  CHECK_HAS(faults_after("mortality", "mx_5", "mx_0"), "column 'mx_0' stands twice in the header.");
  CHECK_HAS(faults_after("mortality", ",mx_5,", ",mx_150,"), "column 'mx_150' is out of place.");
  CHECK_HAS(faults_after("mortality", "NOR,female,2000,0.003", "NOR,female,2000,0"),
            "mx_0: 0 is out of range. Allowed is 1e-09 to 10.");
  CHECK_HAS(faults_after("fertility", "low,30,39", "low,29,39"), "age_from: age 29 stands in two rows.");
  CHECK_HAS(faults_after("parameters", "choice.b_pay,", "choice.b_pya,"),
            "path: unknown parameter 'choice.b_pya'. Did you mean 'choice.b_pay'?");
  CHECK_HAS(faults_after("parameters", "choice.b_pay,logit per ln point,1.3", "choice.b_pay,logit per ln point,1.9"),
            "value: 1.9 is outside its own range. low to high is 0.5 to 1.8 logit per ln point.");
  CHECK_HAS(faults_after("parameters", "choice.mu,unit,0.5,0,1,-100,100,assumed,prior,invented,Invented.\n", ""),
            "t/parameters/table.csv: no row for the parameter 'choice.mu'.");
  CHECK_HAS(faults_after("parameters", "choice.b_pay,logit per ln point,1.3,0.5,1.8,-10",
                         "choice.b_pay,logit per ln point,1.3,0.5,1.8,1"),
            "hard_low: hard_low is above low.");
}

TEST_CASE("costs and history name levers that exist") {
  const TemporaryFolder folder;
  std::filesystem::copy(fixture_tables(), folder.path("t"), std::filesystem::copy_options::recursive);
  folder.write("t/costs/table.csv", replaced(read_file(folder.path("t/costs/table.csv")), "law.visa", "law.vias"));
  LoadOptions chosen = options();
  chosen.tables_folder = folder.path("t");
  CHECK(faults_of(folder, "name: x\n", chosen) ==
        "t/costs/table.csv:2:1: lever: unknown lever 'law.vias'. Did you mean 'law.visa'?");
}

TEST_CASE("all faults of all tables are told at once, up to a number") {
  const TemporaryFolder folder;
  std::filesystem::copy(fixture_tables(), folder.path("t"), std::filesystem::copy_options::recursive);
  std::filesystem::remove(folder.path("t/macro/table.csv"));
  std::filesystem::remove_all(folder.path("t/ages"));
  std::string text = read_file(folder.path("t/parameters/table.csv"));
  for (std::size_t at = text.find(",Invented."); at != std::string::npos; at = text.find(",Invented."))
    text.replace(at, 10, ",");
  folder.write("t/parameters/table.csv", text);
  try {
    load_tables(folder.path("t"));
    FAIL("no fault");
  } catch (const InputError& error) {
    const std::string all = folder.local(error.what());
    CHECK(error.faults().size() == 201);
    CHECK_HAS(all, "t/ages/table.csv: the file does not exist. The folder");
    CHECK_HAS(all, "t/macro/table.csv: the file does not exist.");
    CHECK_HAS(all, "t/parameters/table.csv:2:");
    CHECK_HAS(all, "text: the cell is empty. Fill it in.\n... and " +
                       std::to_string(parameter_members().size() + 2 - 200) + " more.");
  }
  CHECK_THROWS_WITH_AS(load_tables(folder.path("none")),
                       (folder.path("none") + ": tables: '" + folder.path("none").substr(0, 60) +
                        (folder.path("none").size() > 60 ? "..." : "") +
                        "' is not a folder of tables. Name a folder that has hosts/table.csv and the other sets.")
                           .c_str(),
                       InputError);
}
