// Every key of a claim is needed, and none else is known.
#include "scenario/claim.h"

#include <algorithm>
#include <filesystem>

#include "scenario/number.h"
#include "scenario/text_file.h"
#include "scenario/yaml_document.h"

namespace homeward {
namespace {

class ClaimReader {
 public:
  ClaimReader(const std::string& file, const Vocabulary& vocabulary) : vocabulary_(vocabulary) { claim_.file = file; }

  Claim read() {
    const auto text = read_text_file(claim_.file, TextKind::yaml, {}, faults_);
    faults_.raise_if_any();
    const auto root = parse_yaml(*text, claim_.file, faults_);
    faults_.raise_if_any();
    if (!root || !root->is_map()) {
      fault({claim_.file, 1, 1}, "", "expected the keys claim, compare, measure and at_least or at_most", "", "");
      faults_.raise_if_any();
    }
    read_keys(*root);
    faults_.raise_if_any();
    return claim_;
  }

 private:
  void fault(const Place& place, std::string path, std::string problem, std::string reason, std::string remedy) {
    faults_.add({place, std::move(path), std::move(problem), std::move(reason), std::move(remedy)});
  }

  void read_keys(const YamlNode& root) {
    const std::vector<std::string> known{"claim", "compare", "measure", "at_least", "at_most"};
    for (const YamlEntry& entry : root.entries) {
      if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
        fault(entry.key_place, entry.key, "unknown key", "", did_you_mean(entry.key, known));
      }
    }
    for (const char* key : {"claim", "compare", "measure"}) {
      if (root.find(key) == nullptr) fault(root.place, key, "is missing", "A claim needs it", "");
    }
    if (const YamlEntry* entry = root.find("claim")) claim_.text = scalar(*entry, "claim", "a sentence");
    if (const YamlEntry* entry = root.find("compare")) read_scenarios(*entry);
    if (const YamlEntry* entry = root.find("measure")) read_measure(*entry);
    const YamlEntry *least = root.find("at_least"), *most = root.find("at_most");
    if ((least == nullptr) == (most == nullptr)) {
      fault(root.place, "at_least", "give either at_least or at_most", "A claim has one bound",
            "As in at_least: {relative: 0.10, by: 2030}");
      return;
    }
    claim_.bound = least != nullptr ? Claim::Bound::at_least : Claim::Bound::at_most;
    read_bound(least != nullptr ? *least : *most);
  }

  std::string scalar(const YamlEntry& entry, const std::string& path, const std::string& expected) {
    if (entry.value.is_scalar()) return entry.value.text;
    fault(entry.value.place, path, "expected " + expected, "", "");
    return "";
  }

  void read_scenarios(const YamlEntry& entry) {
    const std::vector<YamlNode>& items = entry.value.items;
    const bool names = std::all_of(items.begin(), items.end(), [](const YamlNode& item) { return item.is_scalar(); });
    if (entry.value.kind != YamlNode::Kind::list || items.size() != 2 || !names) {
      fault(entry.value.place, "compare", "expected two scenarios, the base first", "",
            "As in compare: [baseline.yaml, what-if/resolution-57.yaml]");
      return;
    }
    for (const YamlNode& item : items) claim_.scenarios.push_back(found(item.text));
  }

  std::string found(const std::string& named) const {
    namespace fs = std::filesystem;
    std::error_code error;
    const std::string beside = path_beside(claim_.file, named);
    for (const std::string& path : {beside, path_beside(claim_.file, "../" + named), named}) {
      if (fs::exists(path, error)) return path;
    }
    return beside;
  }

  // name, or name{dimension=word,...}
  void read_measure(const YamlEntry& entry) {
    const std::string text = scalar(entry, "measure", "a measure, as returns{education=advanced}");
    const std::size_t open = text.find('{');
    claim_.measure = text.substr(0, open);
    std::vector<std::string> names{"returns"};
    for (const MeasureRow& row : vocabulary_.measures) names.emplace_back(row.name);
    if (std::find(names.begin(), names.end(), claim_.measure) == names.end()) {
      fault(entry.value.place, "measure", shown(claim_.measure) + " is not a measure", "",
            did_you_mean(claim_.measure, names));
      return;
    }
    if (open == std::string::npos) return;
    if (text.back() != '}') {
      fault(entry.value.place, "measure", "the { is not closed", "", "As in returns{education=advanced}");
      return;
    }
    for (const MeasureRow& row : vocabulary_.measures) {
      if (row.name == claim_.measure && row.kind == "derived") {
        fault(entry.value.place, "measure", claim_.measure + " takes no {...}", "It is not counted by person", "");
      }
    }
    std::string rest = text.substr(open + 1, text.size() - open - 2);
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      read_condition(entry, rest.substr(0, comma));
      rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    }
    std::vector<std::pair<std::string, std::string>> ordered;
    for (const DimensionRow& row : vocabulary_.dimensions) {
      for (const auto& condition : claim_.where) {
        if (condition.first == row.name) ordered.push_back(condition);
      }
    }
    claim_.where = std::move(ordered);
  }

  void read_condition(const YamlEntry& entry, std::string text) {
    std::erase(text, ' ');
    const std::size_t equals = text.find('=');
    const std::string dimension = text.substr(0, equals);
    const std::string word = equals == std::string::npos ? "" : text.substr(equals + 1);
    std::vector<std::string> names;
    for (const DimensionRow& row : vocabulary_.dimensions) {
      names.emplace_back(row.name);
      if (row.name != dimension) continue;
      if (!row.words.empty() && std::find(row.words.begin(), row.words.end(), word) == row.words.end()) {
        fault(entry.value.place, "measure", shown(word) + " is not a word of " + dimension, "",
              did_you_mean(word, row.words));
      }
      for (const auto& condition : claim_.where) {
        if (condition.first == dimension) fault(entry.value.place, "measure", dimension + " is given twice", "", "");
      }
      claim_.where.emplace_back(dimension, word);
      return;
    }
    fault(entry.value.place, "measure", shown(dimension) + " is not a dimension", "", did_you_mean(dimension, names));
  }

  void read_bound(const YamlEntry& entry) {
    if (!entry.value.is_map()) {
      fault(entry.value.place, entry.key, "expected a map", "", "As in {relative: 0.10, by: 2030}");
      return;
    }
    const std::vector<std::string> known{"relative", "absolute", "by", "in"};
    for (const YamlEntry& part : entry.value.entries) {
      if (std::find(known.begin(), known.end(), part.key) == known.end()) {
        fault(part.key_place, entry.key + '.' + part.key, "unknown key", "", did_you_mean(part.key, known));
      }
    }
    const YamlEntry *relative = entry.value.find("relative"), *absolute = entry.value.find("absolute");
    if ((relative == nullptr) == (absolute == nullptr)) {
      fault(entry.value.place, entry.key, "give either relative or absolute", "", "As in {relative: 0.10, by: 2030}");
    } else {
      claim_.size = relative != nullptr ? Claim::Size::relative : Claim::Size::absolute;
      claim_.threshold = number(relative != nullptr ? *relative : *absolute, entry.key);
    }
    const YamlEntry *by = entry.value.find("by"), *in = entry.value.find("in");
    if ((by == nullptr) == (in == nullptr)) {
      fault(entry.value.place, entry.key, "give either by or in", "by: from the first year that differs up to a year; "
            "in: that year alone", "");
      return;
    }
    claim_.span = by != nullptr ? Claim::Span::by : Claim::Span::in;
    const YamlEntry& year = by != nullptr ? *by : *in;
    const double value = number(year, entry.key);
    claim_.year = value >= first_year && value <= last_year ? static_cast<int>(value) : 0;
    if (claim_.year != value) {
      fault(year.value.place, entry.key + '.' + year.key, "is not a year from " + std::to_string(first_year) + " to " +
            std::to_string(last_year), "", "");
    }
  }

  double number(const YamlEntry& entry, const std::string& above) {
    const NumberReading reading = entry.value.is_scalar() ? read_number(entry.value.text) : NumberReading{};
    if (reading.value) return *reading.value;
    fault(entry.value.place, above + '.' + entry.key, "expected a number", reading.reason, reading.remedy);
    return first_year;
  }

  const Vocabulary& vocabulary_;
  Faults faults_;
  Claim claim_;
};

}  // namespace

Claim load_claim(const std::string& file, const Vocabulary& vocabulary) { return ClaimReader(file, vocabulary).read(); }

}  // namespace homeward
