// Any bytes as a scenario: never a crash, and what is accepted has a canonical text that loads to itself.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "policy/levers.h"
#include "scenario/canonical.h"
#include "scenario/inheritance.h"
#include "scenario/scenario_reader.h"

namespace {

using namespace homeward;

const Vocabulary& vocabulary() {
  static const Vocabulary words{lever_rows(),
                                {{"stock", "persons", "stock", "", ""}, {"visits", "visits", "flow", "", ""}},
                                {{"host", {}, ""}, {"class", {}, ""}}};
  return words;
}

const Tables& tables() {
  static const Tables small = [] {
    Tables made;
    for (const char* code : {"north", "south"}) {
      HostGroup group;
      group.code = code;
      made.groups.push_back(group);
    }
    made.hosts = {{"XNO", "XN", "Northland", 0, 1}, {"XSA", "XA", "South A", 1, 0.5}, {"XSB", "XB", "South B", 1, 0.5}};
    return made;
  }();
  return small;
}

// The canonical text of a document without faults; empty where it has some.
std::string canonical_of(const YamlNode& document) {
  Faults faults;
  const ScenarioContent content = read_scenario(document, {vocabulary(), tables(), true, true}, faults);
  if (!faults.empty()) return "";
  Scenario scenario;
  scenario.name = content.name;
  scenario.note = content.note;
  scenario.seed = content.seed.value_or(1);
  scenario.replicates = content.replicates.value_or(4);
  scenario.levers = content.levers;
  scenario.parameters = content.parameters;
  scenario.tables = tables();
  return canonical_text(document, scenario, "", vocabulary()) + result_hash(scenario, vocabulary());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Faults faults;
  const std::optional<YamlNode> root = parse_yaml(text, "fuzz", faults);
  for (const Fault& fault : faults.in_order()) to_text(fault);
  set_document("policy.resolution_57.tax", std::string(text));
  if (!root || !root->is_map()) return 0;
  const YamlNode twice = merged(*root, *root);
  const std::string once = canonical_of(twice);
  if (!faults.empty() || once.empty()) return 0;
  constexpr std::size_t hash_size = 64;
  Faults of_canonical;
  const std::optional<YamlNode> again =
      parse_yaml(std::string_view(once).substr(0, once.size() - hash_size), "canonical", of_canonical);
  if (again && of_canonical.empty() && canonical_of(*again) == once) return 0;
  std::fprintf(stderr, "the canonical text does not load to itself:\n%s\n", once.c_str());
  for (const Fault& fault : of_canonical.in_order()) std::fprintf(stderr, "%s\n", to_text(fault).c_str());
  std::abort();
}
