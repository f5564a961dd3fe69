// The canonical text, the hash, the difference in words and the schema.
#include "scenario/canonical.h"

#include <doctest/doctest.h>

#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

TEST_CASE("the canonical text is in one fixed spelling") {
  const TemporaryFolder folder;
  folder.write("base.yaml", "note: \"tab\\tquote \\\" line\\nend\"\npolicy:\n  pay_growth: +1.0\n  law: {}\n");
  const Scenario scenario = load(folder,
                                 "outputs: [{by: [host], measures: [stock]}]\nname: 012\nextends: base.yaml\n"
                                 "hosts: {south: {hostility: .5}, north: {job_loss: {2027: 1e-1}}}\n"
                                 "economy: {ecosystem: 1, attention_offset: {2030: 0}}\nparameters: {choice: {mu: "
                                 "0.60, b_pay: 1.5}}\nreplicates: 3\n"
                                 "policy:\n  money: {tax: {scope: graduates, value: {2027: 1.0}, delivered: never}}\n  "
                                 "law: {visa: {2027: 0.50}}\n");
  CHECK(scenario.canonical ==
        "name: \"012\"\n"
        "note: \"tab\\x09quote \\\" line\\nend\"\n"
        "seed: 1\n"
        "replicates: 3\n"
        "policy:\n"
        "  law:\n"
        "    visa: {2027: 0.5}\n"
        "  money:\n"
        "    tax: {delivered: never, value: {2027: 1}, scope: graduates}\n"
        "  pay_growth: 1\n"
        "parameters:\n"
        "  choice:\n"
        "    b_pay: 1.5\n"
        "    mu: 0.6\n"
        "economy:\n"
        "  attention_offset: {2030: 0}\n"
        "  ecosystem: 1\n"
        "hosts:\n"
        "  north:\n"
        "    job_loss: {2027: 0.1}\n"
        "  south:\n"
        "    hostility: 0.5\n"
        "outputs:\n"
        "  - {measures: [stock], by: [host]}\n");
  const Scenario again = load(folder, scenario.canonical);
  CHECK(again.canonical == scenario.canonical);
  CHECK(again.hash == scenario.hash);
}

TEST_CASE("the hash covers what decides results and nothing else") {
  const TemporaryFolder folder;
  const std::string hash = load(folder, "name: a\n").hash;
  CHECK(hash.size() == 64);
  for (const char* same :
       {"name: b\n", "note: b\n", "replicates: 9\n", "outputs: [{measures: [stock]}]\n", "policy: {law: {visa: 0}}\n",
        "parameters: {choice: {b_pay: 1.3}}\n", "hosts: {north: {hostility: 0}}\n",
        "economy: {attention_offset: {2045: 0}}\n", "seed: 1\n"}) {
    CAPTURE(same);
    CHECK(load(folder, same).hash == hash);
  }
  for (const char* other : {"seed: 2\n", "policy: {law: {visa: 0.1}}\n", "parameters: {choice: {b_pay: 1.4}}\n",
                            "hosts: {north: {hostility: 0.1}}\n", "hosts: {north: {wage_shift: {2045: 0.1}}}\n",
                            "economy: {attention_offset: {2045: 0.1}}\n"}) {
    CAPTURE(other);
    CHECK(load(folder, other).hash != hash);
  }
  const std::string tax = load(folder, "policy: {money: {tax: {2027: 1}}}\n").hash;
  CHECK(load(folder, "policy: {money: {tax: {value: {2027: 1}}}}\n").hash == tax);
  CHECK(load(folder, "policy: {money: {tax: {value: {2027: 1}, scope: experts}}}\n").hash == tax);
  CHECK(load(folder, "policy: {money: {tax: {value: {2027: 1}, scope: graduates}}}\n").hash != tax);
  CHECK(load(folder, "policy: {money: {tax: {value: {2027: 1}, announced: 2026}}}\n").hash != tax);
}

TEST_CASE("the hash covers the tables' bytes and not where they lie") {
  const TemporaryFolder folder;
  std::filesystem::copy(fixture_tables(), folder.path("own"), std::filesystem::copy_options::recursive);
  const std::string hash = load(folder, "name: a\n").hash;
  CHECK(load(folder, "tables: own\n").hash == hash);
  const std::string file = "own/costs/table.csv";
  folder.write(file, replaced(read_file(folder.path(file)), "30", "31"));
  CHECK(load(folder, "tables: own\n").hash != hash);
}

TEST_CASE("differences in words") {
  const TemporaryFolder folder;
  const Scenario a = load_scenario(folder.write("a.yaml", "name: A\nseed: 3\n"), vocabulary(), options());
  const Scenario b = load_scenario(
      folder.write("b.yaml",
                   "name: B\nseed: 3\npolicy:\n  money:\n    posts: {2027: 20, 2030: 200}\n    tax: {announced: 2026, "
                   "enacted: 2027, delivered: 2029, value: 0.5, scope: graduates}\n"
                   "  law: {visa: {delivered: never, value: 1}}\n"
                   "parameters: {choice: {b_pay: 1.5}}\neconomy: {attention_offset: {2030: 0.5, 2031: 0}}\nhosts: "
                   "{south: {hostility: 0.5}}\noutputs: [{measures: [stock], by: [host, class]}]\n"),
      vocabulary(), options());
  CHECK(difference_in_words(a, a, vocabulary()).empty());
  CHECK(difference_in_words(a, b, vocabulary()) ==
        std::vector<std::string>{
            "policy.law.visa (intensity): off in a.yaml; 1, never in effect (announced 2004, enacted 2004, promised for "
            "2005) in b.yaml",
            "policy.money.tax (intensity): off in a.yaml; 0.5 from 2029 (announced 2026, enacted 2027), scope "
            "graduates in b.yaml",
            "policy.money.posts (posts a year): off in a.yaml; 0 until 2026, 20 in 2027, rising to 200 in 2030, then "
            "held in b.yaml",
            "parameters.choice.b_pay (logit per ln point): 1.3 in a.yaml; 1.5 in b.yaml",
            "economy.attention_offset (logit): 0 until 2019, -0.5 in 2020 until 2021, 0 in 2022, then held in a.yaml; "
            "0 until 2019, -0.5 in 2020 until 2021, 0 in 2022 until 2029, 0.5 in 2030, 0 in 2031, then held in b.yaml",
            "hosts.south.hostility (index): 0 throughout in a.yaml; 0.5 throughout in b.yaml",
            "outputs: none beyond the summary in a.yaml; stock by host, class in b.yaml",
            "name: 'A' in a.yaml; 'B' in b.yaml"});
}

TEST_CASE("the schema names every key, with unit and range") {
  const Tables tables = load_tables(fixture_tables());
  const std::string schema = scenario_schema(vocabulary(), tables.parameters);
  CHECK_HAS(schema, "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"");
  CHECK_HAS(schema,
            "Top-up \\\"of pay\\\". Acts through: choice. Unit: share of pay. Plausible: 0 to 2; possible: 0 to 10. "
            "Neutral: 0.");
  CHECK_HAS(schema, "\"scope\": {");
  CHECK_HAS(schema, "\"enum\": [\"experts\", \"graduates\"]");
  CHECK_HAS(schema, "\"default\": 1.3");
  CHECK_HAS(schema, "Unit: probability a year. Range: 0 to 1.");
  for (const ParameterMember& member : parameter_members()) {
    CHECK_HAS(schema, "\"" + member.path.substr(member.path.find('.') + 1) + "\": {");
  }
  // Brackets outside texts pair up.
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (in_text && schema[i] == '\\') {
      ++i;
    } else if (schema[i] == '"') {
      in_text = !in_text;
    } else if (!in_text) {
      depth += (schema[i] == '{' || schema[i] == '[') - (schema[i] == '}' || schema[i] == ']');
      CHECK(depth >= 0);
    }
  }
  CHECK(depth == 0);
  CHECK_FALSE(in_text);
}
