// The JSON Schema (2020-12) of a scenario, from the same declarations that check it; for editors.
#include <algorithm>

#include "scenario/keys.h"
#include "scenario/loader.h"
#include "scenario/number.h"
#include "scenario/overrides.h"
#include "scenario/scenario_reader.h"
#include "scenario/value_reader.h"

namespace homeward {
namespace {

std::string json(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

// An object under writing: members in the order in which they are added, indented by two.
class Object {
 public:
  Object& raw(std::string_view key, const std::string& value) {
    members_.push_back(json(key) + ": " + value);
    return *this;
  }
  Object& text(std::string_view key, std::string_view value) { return raw(key, json(value)); }
  Object& number(std::string_view key, double value) { return raw(key, number_text(value)); }
  Object& closed() { return raw("additionalProperties", "false"); }

  std::string str() const {
    std::string out = "{";
    for (std::size_t i = 0; i < members_.size(); ++i) out += (i > 0 ? ",\n" : "\n") + indented(members_[i]);
    return out + (members_.empty() ? "}" : "\n}");
  }

 private:
  static std::string indented(const std::string& lines) {
    std::string out = "  ";
    for (const char c : lines) {
      out += c;
      if (c == '\n') out += "  ";
    }
    return out;
  }
  std::vector<std::string> members_;
};

std::string list(const std::vector<std::string>& values) {
  std::string out = "[";
  for (std::size_t i = 0; i < values.size(); ++i) out += (i > 0 ? ", " : "") + values[i];
  return out + "]";
}

std::string words(const std::vector<std::string>& texts) {
  std::vector<std::string> values;
  for (const std::string& text : texts) values.push_back(json(text));
  return list(values);
}

std::string number_schema(double low, double high) {
  return Object().text("type", "number").number("minimum", low).number("maximum", high).str();
}

// Four digits from 2004 to 2045.
constexpr std::string_view year_pattern = "^(200[4-9]|20[1-3][0-9]|204[0-5])$";

std::string year_map_schema(const std::string& number) {
  return Object()
      .text("type", "object")
      .raw("patternProperties", Object().raw(year_pattern, number).str())
      .closed()
      .number("minProperties", 1)
      .str();
}

std::string series_schema(double low, double high, const std::string& description) {
  const std::string number = number_schema(low, high);
  return Object().text("description", description).raw("anyOf", list({number, year_map_schema(number)})).str();
}

std::string range_text(std::string_view unit, double low, double high) {
  return "Unit: " + std::string(unit) + ". Range: " + number_text(low) + " to " + number_text(high) + ".";
}

std::string reference(const std::string& name) { return Object().text("$ref", "#/$defs/" + name).str(); }

std::string lever_schema(const LeverRow& row) {
  const std::string number = number_schema(row.hard_low, row.hard_high);
  Object dated;
  for (const KeyRow<LeverKey>& key : lever_keys()) {
    std::string form = reference("year");
    if (key.key == LeverKey::delivered) form = reference("year_or_never");
    if (key.key == LeverKey::value) form = Object().raw("anyOf", list({number, year_map_schema(number)})).str();
    dated.raw(key.name, form);
  }
  if (!row.scope_key.empty()) dated.raw(row.scope_key, Object().raw("enum", words(option_words(row))).str());
  const std::string form =
      Object().text("type", "object").raw("properties", dated.str()).closed().number("minProperties", 1).str();
  const std::string description = std::string(row.text) + " Acts through: " + std::string(row.channel) +
                                  ". Unit: " + std::string(row.unit) + ". Plausible: " + number_text(row.low) + " to " +
                                  number_text(row.high) + "; possible: " + number_text(row.hard_low) + " to " +
                                  number_text(row.hard_high) + ". Neutral: 0.";
  return Object().text("description", description).raw("anyOf", list({number, year_map_schema(number), form})).str();
}

std::string_view described(ScenarioKey key) { return row_of(scenario_keys(), key).text; }

std::string whole_schema(const KeyText& row) {
  Object schema;
  schema.text("type", "integer")
      .text("description", std::string(row.text) + " Expected: " + form_text(row) + ".")
      .number("minimum", static_cast<double>(row.low));
  // Beyond 2^53 JSON readers lose digits; the program reads all 64 bits.
  if (row.high < (std::uint64_t{1} << 53)) schema.number("maximum", static_cast<double>(row.high));
  return schema.str();
}

// `prefix` is the part of the levers' path above this map, "" or "resolution_57.".
std::string policy_schema(const std::vector<LeverRow>& levers, const std::string& prefix) {
  Object properties;
  std::vector<std::string> met;
  for (const LeverRow& lever : levers) {
    if (lever.path.substr(0, prefix.size()) != prefix) continue;
    const std::string_view rest = lever.path.substr(prefix.size());
    const std::string next(rest.substr(0, rest.find('.')));
    if (std::find(met.begin(), met.end(), next) != met.end()) continue;
    met.push_back(next);
    properties.raw(next, rest == next ? lever_schema(lever) : policy_schema(levers, prefix + next + "."));
  }
  return Object().text("type", "object").raw("properties", properties.str()).closed().str();
}

std::string parameters_schema(const std::vector<ParameterRow>& parameters) {
  Object groups;
  for (std::size_t i = 0; i < parameters.size();) {
    const std::string group = parameters[i].path.substr(0, parameters[i].path.find('.'));
    Object properties;
    for (; i < parameters.size() && parameters[i].path.rfind(group + ".", 0) == 0; ++i) {
      const ParameterRow& row = parameters[i];
      const std::string description = row.text + " Unit: " + row.unit + ". Plausible: " + number_text(row.low) +
                                      " to " + number_text(row.high) + "; possible: " + number_text(row.hard_low) +
                                      " to " + number_text(row.hard_high) + ".";
      properties.raw(row.path.substr(group.size() + 1), Object()
                                                            .text("description", description)
                                                            .text("type", "number")
                                                            .number("minimum", row.hard_low)
                                                            .number("maximum", row.hard_high)
                                                            .number("default", row.value)
                                                            .str());
    }
    groups.raw(group, Object().text("type", "object").raw("properties", properties.str()).closed().str());
  }
  return Object()
      .text("type", "object")
      .text("description", described(ScenarioKey::parameters))
      .raw("properties", groups.str())
      .closed()
      .str();
}

std::string economy_schema() {
  Object properties;
  for (const EconomyRow& row : economy_rows())
    properties.raw(row.name,
                   series_schema(row.hard_low, row.hard_high,
                                 std::string(row.text) + " " + range_text(row.unit, row.hard_low, row.hard_high)));
  return Object()
      .text("type", "object")
      .text("description", described(ScenarioKey::economy))
      .raw("properties", properties.str())
      .closed()
      .str();
}

std::string hosts_schema() {
  Object shocks;
  for (const HostShockRow& row : host_shock_rows())
    shocks.raw(row.name,
               series_schema(row.hard_low, row.hard_high,
                             std::string(row.text) + " " + range_text(row.unit, row.hard_low, row.hard_high)));
  const std::string shock = Object().text("type", "object").raw("properties", shocks.str()).closed().str();
  return Object()
      .text("type", "object")
      .text("description", described(ScenarioKey::hosts))
      .raw("patternProperties", Object().raw("^([a-z][a-z0-9_]*|[A-Z]{3})$", shock).str())
      .closed()
      .str();
}

template <typename Row>
std::string names_schema(const std::vector<Row>& rows, double least) {
  std::vector<std::string> names;
  for (const Row& row : rows) names.emplace_back(row.name);
  return Object()
      .text("type", "array")
      .raw("items", Object().raw("enum", words(names)).str())
      .raw("uniqueItems", "true")
      .number("minItems", least)
      .str();
}

std::string outputs_schema(const Vocabulary& vocabulary) {
  std::vector<MeasureRow> counted;
  for (const MeasureRow& row : vocabulary.measures) {
    if (row.kind != "derived") counted.push_back(row);
  }
  Object properties;
  for (const KeyRow<CubeKey>& key : cube_keys()) {
    properties.raw(key.name, key.key == CubeKey::measures ? names_schema(counted, 1)
                                                          : names_schema(vocabulary.dimensions, 0));
  }
  const std::string cube =
      Object()
          .text("type", "object")
          .raw("properties", properties.str())
          .closed()
          .raw("required", words({"measures"}))
          .str();
  return Object()
      .text("type", "array")
      .text("description", described(ScenarioKey::outputs))
      .raw("items", cube)
      .str();
}

std::string key_schema(const KeyRow<ScenarioKey>& row, const Vocabulary& vocabulary,
                       const std::vector<ParameterRow>& parameters) {
  switch (row.key) {
    case ScenarioKey::name:
    case ScenarioKey::note:
    case ScenarioKey::extends:
    case ScenarioKey::tables: return Object().text("type", "string").text("description", row.text).str();
    case ScenarioKey::seed:
    case ScenarioKey::replicates: return whole_schema(row);
    case ScenarioKey::policy: return policy_schema(vocabulary.levers, "");
    case ScenarioKey::parameters: return parameters_schema(parameters);
    case ScenarioKey::economy: return economy_schema();
    case ScenarioKey::hosts: return hosts_schema();
    case ScenarioKey::outputs: return outputs_schema(vocabulary);
  }
  return "";
}

}  // namespace

std::string scenario_schema(const Vocabulary& vocabulary, const std::vector<ParameterRow>& parameters) {
  Object properties;
  for (const KeyRow<ScenarioKey>& row : scenario_keys())
    properties.raw(row.name, key_schema(row, vocabulary, parameters));

  const std::string year =
      Object().text("type", "integer").number("minimum", first_year).number("maximum", last_year).str();
  const std::string never = Object().text("const", "never").str();
  const std::string definitions =
      Object().raw("year", year).raw("year_or_never", Object().raw("anyOf", list({year, never})).str()).str();
  return Object()
             .text("$schema", "https://json-schema.org/draft/2020-12/schema")
             .text("title", "Homeward scenario")
             .text("description",
                   "What a scenario may say. Years are 2004 to 2045; a value is a number, a map of years to numbers "
                   "(linear between, neutral before, held after) or {announced, enacted, delivered, value}.")
             .text("type", "object")
             .raw("properties", properties.str())
             .closed()
             .raw("$defs", definitions)
             .str() +
         "\n";
}

}  // namespace homeward
