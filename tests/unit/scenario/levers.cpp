// The forms of a lever and of every other value over the years.
#include <doctest/doctest.h>

#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

namespace {

LeverSchedule tax(const std::string& value) {
  const TemporaryFolder folder;
  return lever(load(folder, "policy: {money: {tax: " + value + "}}\n"), "money.tax");
}

std::string tax_faults(const std::string& value) {
  const TemporaryFolder folder;
  return faults_of(folder, "policy:\n  money:\n    tax: " + value + "\n");
}

void check_dates(const LeverSchedule& lever, int announced, int enacted, int delivered, int promised) {
  CHECK(lever.announced == announced);
  CHECK(lever.enacted == enacted);
  CHECK(lever.delivered == delivered);
  CHECK(lever.promised == promised);
}

}  // namespace

TEST_CASE("a number acts from the first year on") {
  const LeverSchedule lever = tax("0.5");
  CHECK(lever.value[0] == 0.5);
  CHECK(lever.value[41] == 0.5);
  CHECK_FALSE(lever.dated);
  CHECK(lever.option == "experts");
  check_dates(lever, 2004, 2004, 2004, 2004);
}

TEST_CASE("years: neutral before, linear between, held after") {
  const LeverSchedule lever = tax("{2027: 0.0, 2029: 1.0}");
  CHECK(lever.value[year_index(2026)] == 0);
  CHECK(lever.value[year_index(2027)] == 0);
  CHECK(lever.value[year_index(2028)] == 0.5);
  CHECK(lever.value[year_index(2045)] == 1);
  check_dates(lever, 2028, 2028, 2028, 2028);
  check_dates(tax("{2027: 0.2}"), 2027, 2027, 2027, 2027);
  CHECK(tax("{\"2027\": 1}").value[year_index(2027)] == 1);
}

TEST_CASE("dates of a promise, given and left out") {
  check_dates(tax("{announced: 2026, enacted: 2027, delivered: 2029, value: 0.33}"), 2026, 2027, 2029, 2029);
  CHECK(tax("{announced: 2026, enacted: 2027, delivered: 2029, value: 0.33}").dated);
  check_dates(tax("{announced: 2026, enacted: 2027, delivered: 2029, promised: 2028, value: 1}"), 2026, 2027, 2029,
              2028);
  check_dates(tax("{delivered: 2029, value: 1}"), 2029, 2029, 2029, 2029);
  check_dates(tax("{announced: 2026, delivered: 2029, value: 1}"), 2026, 2029, 2029, 2029);
  check_dates(tax("{enacted: 2027, value: 1}"), 2027, 2027, 2027, 2027);
  check_dates(tax("{announced: 2026, value: {2030: 1}}"), 2026, 2030, 2030, 2030);
  // What is delivered is announced at the latest.
  check_dates(tax("{announced: 2031, delivered: 2029, value: 1}"), 2029, 2029, 2029, 2029);
  // Never: promised for the year after enactment.
  check_dates(tax("{announced: 2026, enacted: 2027, delivered: never, value: 1}"), 2026, 2027, 2046, 2028);
  check_dates(tax("{announced: 2026, delivered: never, value: 1}"), 2026, 2026, 2046, 2027);
  check_dates(tax("{announced: 2026, delivered: never, value: {2030: 1}}"), 2026, 2030, 2046, 2031);
}

TEST_CASE("options, with and without dates") {
  CHECK(tax("{value: 1, scope: graduates}").option == "graduates");
  CHECK_FALSE(tax("{value: 1, scope: graduates}").dated);
  check_dates(tax("{value: {2027: 1}, scope: graduates}"), 2027, 2027, 2027, 2027);
  CHECK(tax_faults("{value: 1, scope: graduate}") ==
        "x.yaml:3:28: policy.money.tax.scope: unknown scope 'graduate'. Did you mean 'graduates'?");
  CHECK(tax_faults("{value: 1, coverage: all}") ==
        "x.yaml:3:21: policy.money.tax.coverage: unknown key. Known here: announced, enacted, delivered, promised, "
        "value, scope.");
}

TEST_CASE("a lever at zero is the lever left out") {
  const TemporaryFolder folder;
  const Scenario without = load(folder, "name: x\n");
  for (const char* zero :
       {"0", "{2027: 0}", "{2027: 0, 2040: 0}", "{announced: 2026, enacted: 2027, delivered: never, value: 0}",
        "{value: 0, scope: graduates}", "-0.0", "{delivered: 2030, value: {2027: 0}}"}) {
    CAPTURE(zero);
    const Scenario with = load(folder, "policy: {money: {tax: " + std::string(zero) + "}}\n");
    CHECK(with.hash == without.hash);
    CHECK(lever(with, "money.tax").delivered == first_year);
    CHECK(lever(with, "money.tax").option == "experts");
  }
  CHECK(load(folder, "policy: {money: {tax: 0.01}}\n").hash != without.hash);
  CHECK(load(folder, "policy: {pay_growth: -1}\n").hash != without.hash);
}

TEST_CASE("wrong values are told with unit, range and place") {
  CHECK(tax_faults("3") == "x.yaml:3:10: policy.money.tax: 3 is out of range. Allowed is 0 to 1 (intensity).");
  CHECK(tax_faults("{2027: 1, 2030: -1}") ==
        "x.yaml:3:26: policy.money.tax.2030: -1 is out of range. Allowed is 0 to 1 (intensity).");
  CHECK(tax_faults("{value: 2}") ==
        "x.yaml:3:18: policy.money.tax.value: 2 is out of range. Allowed is 0 to 1 (intensity).");
  CHECK(tax_faults("\"1\"") ==
        "x.yaml:3:10: policy.money.tax: expected a number (intensity), found the text '1'. Quotes make it a text. "
        "Remove the quotes.");
  CHECK(tax_faults("50 % of pay") ==
        "x.yaml:3:10: policy.money.tax: expected a number (intensity), found '50 % of pay'.");
  CHECK(tax_faults("017") ==
        "x.yaml:3:10: policy.money.tax: expected a number (intensity), found '017'. A leading zero makes it octal to "
        "some readers and decimal to others. Leave the leading zero out.");
  CHECK_HAS(tax_faults("0o17"),
            "found '0o17'. Hexadecimal, octal and binary numbers are not read. Write it in decimal.");
  CHECK_HAS(tax_faults("yes"), "found 'yes'. Words for true and false are not numbers. Write 1 or 0.");
  CHECK_HAS(tax_faults(".nan"), "found '.nan'. Infinite and undefined values mean nothing here.");
  CHECK_HAS(tax_faults(".inf"), "found '.inf'. Infinite and undefined values mean nothing here.");
  CHECK_HAS(tax_faults("1e999"), "found '1e999'. It is too large for a number of 64 bits.");
  CHECK(tax_faults("[1]") ==
        "x.yaml:3:10: policy.money.tax: expected a number, a map of years or {announced, enacted, delivered, value} "
        "(intensity), found a list.");
  CHECK(tax_faults("") ==
        "x.yaml:3:5: policy.money.tax: the value is missing. Expected a number, a map of years or {announced, enacted, "
        "delivered, value} (intensity). Write one, or remove the key.");
  CHECK_HAS(tax_faults("{value: {a: 1}}"), "x.yaml:3:19: policy.money.tax.value.a: not a year.");
  CHECK_HAS(
      tax_faults("{value: [1]}"),
      "x.yaml:3:18: policy.money.tax.value: expected a number or a map of years to numbers (intensity), found a list.");
  CHECK(
      tax_faults("{}") ==
      "x.yaml:3:10: policy.money.tax: 'value' is missing. It says how strong the lever is (intensity). Add 'value:'.");
  CHECK(
      tax_faults("{announced: 2026}") ==
      "x.yaml:3:10: policy.money.tax: 'value' is missing. It says how strong the lever is (intensity). Add 'value:'.");
}

TEST_CASE("wrong years") {
  CHECK(tax_faults("{2003: 1, 2046: 1}") ==
        "x.yaml:3:11: policy.money.tax.2003: a year outside the simulation. The simulated years are 2004 to 2045.\n"
        "x.yaml:3:20: policy.money.tax.2046: a year outside the simulation. The simulated years are 2004 to 2045.");
  CHECK(tax_faults("{2030: 1, 2027: 0}") ==
        "x.yaml:3:20: policy.money.tax.2027: the years are out of order. 2027 comes after 2030. Write them in rising "
        "order.");
  CHECK_HAS(tax_faults("{2030: 1, 2030: 0}"), "x.yaml:3:20: policy.money.tax.2030: duplicate key.");
  CHECK_HAS(tax_faults("{99999999999999999999: 1}"), "not a year.");
  CHECK_HAS(tax_faults("{02027: 1}"), "x.yaml:3:11: policy.money.tax.02027: not a year.");
  CHECK(tax_faults("{2027:1}") == "x.yaml:3:11: policy.money.tax.2027:1: unknown key. Write a space after the colon.");
  CHECK_HAS(
      tax_faults("{2027: 1, scope: graduates}"),
      "x.yaml:3:11: policy.money.tax.2027: unknown key. Write the years below 'value:' where there are other keys.");
  CHECK(tax_faults("{announced: 1999, value: 1}") ==
        "x.yaml:3:22: policy.money.tax.announced: 1999 is a year outside the simulation. The simulated years are 2004 "
        "to 2045.");
  CHECK(tax_faults("{delivered: 2050, value: 1}") ==
        "x.yaml:3:22: policy.money.tax.delivered: 2050 is a year outside the simulation. The simulated years are 2004 "
        "to 2045. Write 'never' for what does not come.");
  CHECK(tax_faults("{enacted: never, value: 1}") ==
        "x.yaml:3:20: policy.money.tax.enacted: expected a year, found 'never'.");
  CHECK(tax_faults("{delivered: soon, value: 1}") ==
        "x.yaml:3:22: policy.money.tax.delivered: expected a year or 'never', found 'soon'.");
  CHECK(tax_faults("{enacted: 2030, delivered: 2028, value: 1}") ==
        "x.yaml:3:10: policy.money.tax: delivered before it is enacted. 2028 comes before 2030. Let 'delivered' be the "
        "year of 'enacted' or later.");
}

TEST_CASE("outside the plausible range a run must be forced") {
  const TemporaryFolder folder;
  const std::string text = "policy: {money: {pay: {2027: 3, 2030: 4}}}\nparameters: {choice: {b_pay: 3, mu: 0.6}}\n";
  CHECK(faults_of(folder, text) ==
        "x.yaml:1:30: policy.money.pay.2027: 3 is outside the plausible range. That is 0 to 2 (share of pay). Pass "
        "--force-range to run it all the same; every page will say so.\n"
        "x.yaml:1:39: policy.money.pay.2030: 4 is outside the plausible range. That is 0 to 2 (share of pay). Pass "
        "--force-range to run it all the same; every page will say so.\n"
        "x.yaml:2:30: parameters.choice.b_pay: 3 is outside the plausible range. That is 0.5 to 1.8 (logit per ln "
        "point). Pass --force-range to run it all the same; every page will say so.");
  LoadOptions forced = options();
  forced.force_range = true;
  const Scenario scenario = load(folder, text, forced);
  CHECK(scenario.forced == std::vector<std::string>{"policy.money.pay", "parameters.choice.b_pay"});
  CHECK(scenario.parameters.choice_b_pay == 3);
  CHECK(load(folder, "name: x\n", forced).forced.empty());
  CHECK_HAS(faults_of(folder, "policy: {money: {pay: 11}}\n", forced),
            "11 is out of range. Allowed is 0 to 10 (share of pay).");
}
