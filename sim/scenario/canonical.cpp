#include "scenario/canonical.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "scenario/number.h"
#include "scenario/overrides.h"
#include "scenario/scenario_reader.h"
#include "scenario/sha256.h"

namespace homeward {
namespace {

std::string quoted(const std::string& text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

// A word that every YAML reader takes for a text.
bool is_plain_word(const std::string& text) {
  static const std::vector<std::string> not_texts{"null", "true", "false", "yes", "no", "on",
                                                  "off",  "y",    "n",     "nan", "inf"};
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  std::string lower;
  for (const char c : text) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!fits) return false;
    lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return std::find(not_texts.begin(), not_texts.end(), lower) == not_texts.end();
}

std::string scalar_text(const YamlNode& node) {
  if (!node.quoted) {
    const NumberReading number = read_number(node.text);
    if (number.value) return number_text(*number.value);
  }
  return is_plain_word(node.text) ? node.text : quoted(node.text);
}

std::string key_text(const std::string& key) {
  const bool digits = !key.empty() && key.find_first_not_of("0123456789") == std::string::npos;
  return digits || is_plain_word(key) ? key : quoted(key);
}

// Nothing is said: null, or maps of nothing.
bool says_nothing(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::null) return true;
  return node.is_map() && std::all_of(node.entries.begin(), node.entries.end(),
                                      [](const YamlEntry& entry) { return says_nothing(entry.value); });
}

class Emitter {
 public:
  explicit Emitter(const Scenario& scenario, const Vocabulary& vocabulary) {
    for (const LeverRow& lever : vocabulary.levers) {
      order_.push_back("policy." + std::string(lever.path));
      leaves_.push_back(order_.back());
    }
    for (const ParameterMember& member : parameter_members()) order_.push_back("parameters." + member.path);
    for (const EconomyRow& row : economy_rows()) order_.push_back("economy." + std::string(row.name));
    for (const HostGroup& group : scenario.tables.groups) order_.push_back("hosts." + group.code);
    flow_order_ = key_names(lever_keys());
    for (const KeyText& row : cube_keys()) flow_order_.emplace_back(row.name);
  }

  // A section as indented maps down to the levers, parameters, series and shocks, which stand on one line each.
  void section(const YamlNode& node, const std::string& path, int indent) {
    for (const YamlEntry* entry : sorted(node, path)) {
      if (says_nothing(entry->value)) continue;
      const std::string one_path = path + "." + entry->key;
      text_ += std::string(static_cast<std::size_t>(indent), ' ') + key_text(entry->key) + ":";
      if (is_leaf(entry->value, one_path)) {
        text_ += ' ';
        flow(entry->value);
        text_ += '\n';
      } else {
        text_ += '\n';
        section(entry->value, one_path, indent + 2);
      }
    }
  }

  void line(const std::string& key, const std::string& value) { text_ += key + ": " + value + '\n'; }

  void list(const YamlNode& node) {
    for (const YamlNode& item : node.items) {
      text_ += "  - ";
      flow(item);
      text_ += '\n';
    }
  }

  void heading(const std::string& key) { text_ += key + ":\n"; }
  std::string take() { return std::move(text_); }

 private:
  bool is_leaf(const YamlNode& node, const std::string& path) const {
    if (!node.is_map()) return true;
    if (path.rfind("policy.", 0) == 0) return std::find(leaves_.begin(), leaves_.end(), path) != leaves_.end();
    if (path.rfind("hosts.", 0) == 0) return std::count(path.begin(), path.end(), '.') == 2;
    return path.rfind("economy.", 0) == 0;
  }

  // By declaration; what none declares comes last, by its letters.
  std::vector<const YamlEntry*> sorted(const YamlNode& node, const std::string& path) const {
    const auto rank = [&](const YamlEntry* entry) {
      const std::string one = path + "." + entry->key;
      const auto found = std::find_if(order_.begin(), order_.end(), [&](const std::string& known) {
        return known == one || known.rfind(one + ".", 0) == 0;
      });
      return found - order_.begin();
    };
    return sorted_by(node, rank);
  }

  template <typename Rank>
  static std::vector<const YamlEntry*> sorted_by(const YamlNode& node, const Rank& rank) {
    std::vector<std::pair<std::ptrdiff_t, const YamlEntry*>> ranked;
    for (const YamlEntry& entry : node.entries) ranked.emplace_back(rank(&entry), &entry);
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second->key < b.second->key;
    });
    std::vector<const YamlEntry*> entries;
    for (const auto& one : ranked) entries.push_back(one.second);
    return entries;
  }

  void flow(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::list) {
      text_ += '[';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) text_ += ", ";
        flow(node.items[i]);
      }
      text_ += ']';
    } else if (node.is_map()) {
      const auto rank = [&](const YamlEntry* entry) {
        return std::find(flow_order_.begin(), flow_order_.end(), entry->key) - flow_order_.begin();
      };
      text_ += '{';
      bool first = true;
      for (const YamlEntry* entry : sorted_by(node, rank)) {
        if (!first) text_ += ", ";
        first = false;
        text_ += key_text(entry->key) + ": ";
        flow(entry->value);
      }
      text_ += '}';
    } else {
      text_ += scalar_text(node);
    }
  }

  std::string text_;
  std::vector<std::string> order_, leaves_, flow_order_;
};

// The bytes of numbers, the same on every machine.
class Fingerprint {
 public:
  void add(std::string_view word) {
    bytes_ += word;
    bytes_ += '\n';
  }
  void add(double value) {
    if (std::isnan(value)) return add("nan");
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 is 0
    for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(bits >> shift & 0xFF);
  }
  void add(const YearSeries& series) {
    for (const double value : series) add(value);
  }
  std::string hash() const { return sha256(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace

std::string canonical_text(const YamlNode& document, const Scenario& scenario, const std::string& tables_folder,
                           const Vocabulary& vocabulary) {
  Emitter out(scenario, vocabulary);
  if (!scenario.name.empty()) out.line("name", quoted(scenario.name));
  if (!scenario.note.empty()) out.line("note", quoted(scenario.note));
  out.line("seed", std::to_string(scenario.seed));
  out.line("replicates", std::to_string(scenario.replicates));
  for (const char* key : {"policy", "parameters", "economy", "hosts"}) {
    const YamlEntry* entry = document.find(key);
    if (entry == nullptr || says_nothing(entry->value)) continue;
    out.heading(key);
    out.section(entry->value, key, 2);
  }
  if (!tables_folder.empty()) out.line("tables", quoted(tables_folder));
  const YamlEntry* outputs = document.find("outputs");
  if (outputs != nullptr && !outputs->value.items.empty()) {
    out.heading("outputs");
    out.list(outputs->value);
  }
  return out.take();
}

std::string tables_hash(const Tables& tables) {
  Fingerprint print;
  for (const EconomyRow& row : economy_rows()) print.add(tables.macro.*row.series);
  for (const HostGroup& group : tables.groups) {
    print.add(group.code);
    for (const HostShockRow& row : host_shock_rows()) {
      if (row.series != nullptr) print.add(group.*row.series);
    }
    for (const YearSeries& ln_wage : group.ln_wage) print.add(ln_wage);
  }
  for (const TableFile& file : tables.files) {
    // The set, not where the folder lies.
    const std::size_t end = file.path.rfind('/');
    const std::size_t start = end == std::string::npos ? end : file.path.rfind('/', end - 1);
    print.add(start == std::string::npos ? file.path : file.path.substr(start + 1));
    print.add(file.sha256);
  }
  return print.hash();
}

std::string result_hash(const Scenario& scenario, const Vocabulary& vocabulary) {
  return result_hash(scenario, vocabulary, tables_hash(scenario.tables));
}

std::string result_hash(const Scenario& scenario, const Vocabulary& vocabulary, const std::string& of_tables) {
  Fingerprint print;
  print.add("homeward scenario 2");
  print.add(std::to_string(scenario.seed));
  for (std::size_t i = 0; i < scenario.levers.size(); ++i) {
    const LeverSchedule& lever = scenario.levers[i];
    if (std::all_of(lever.value.begin(), lever.value.end(), [](double value) { return value == 0; })) continue;
    print.add(vocabulary.levers[i].path);
    print.add(lever.option);
    for (const int number : {lever.announced, lever.enacted, lever.delivered, lever.promised, lever.dated ? 1 : 0})
      print.add(std::to_string(number));
    print.add(lever.value);
  }
  for (const ParameterMember& member : parameter_members()) {
    print.add(member.path);
    print.add(scenario.parameters.*member.member);
  }
  print.add(of_tables);
  return print.hash();
}

}  // namespace homeward
