// A scenario file, the files it extends and what the command line sets, laid over each other.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "scenario/yaml_document.h"

namespace homeward {

struct Document {
  std::string file;  // as faults show it
  YamlNode root;     // a map; empty where the text could not be read
  Faults faults;     // of the reading
};

inline constexpr std::size_t longest_chain = 16;

// The file, then what it extends, then what that extends, ... Cycles, missing bases and more than longest_chain files
// are faults at the `extends:` that leads there.
std::vector<Document> read_chain(const std::string& file);

// The document that `--set path=value` stands for: path policy.resolution_57.tax, value any YAML.
// Its faults have the place `--set path=value`.
Document set_document(const std::string& path, const std::string& value);

// A document that sets one value at a dotted path; its faults have the place given.
Document setting_document(const std::string& path, const YamlNode& value, const Place& place);

// Keys that are all years (digits): such a map is a value and is replaced as a whole.
bool is_year_map(const YamlNode& node);

// `over` laid over `base`: maps merge key by key; numbers, texts, lists and year maps are replaced whole.
YamlNode merged(const YamlNode& base, const YamlNode& over);
// The same in place.
void lay_over(YamlNode& base, const YamlNode& over);

}  // namespace homeward
