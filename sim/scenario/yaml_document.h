// A YAML text as a tree of our own, in which every key and value knows its place; what yaml-cpp lets pass and a
// scenario must not hold is a fault here: duplicate keys, second documents, open quotes, aliases, tags, deep nesting.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"

namespace homeward {

struct YamlEntry;

struct YamlNode {
  // `broken` stands for a value whose fault is already told.
  enum class Kind { null, scalar, list, map, broken };
  Kind kind = Kind::null;
  Place place;
  std::string text;  // of a scalar
  bool quoted = false;
  std::vector<YamlNode> items;     // of a list
  std::vector<YamlEntry> entries;  // of a map, in the order of the text, each key once

  const YamlEntry* find(std::string_view key) const;
  bool is_map() const { return kind == Kind::map; }
  bool is_scalar() const { return kind == Kind::scalar; }
};

struct YamlEntry {
  std::string key;
  Place key_place;
  YamlNode value;
};

inline constexpr int deepest_yaml = 32;
inline constexpr int most_yaml_nodes = 20000;

// The tree, also where faults were found that do not stop the reading; nothing where the text is no YAML at all.
// A text without content gives a null node.
std::optional<YamlNode> parse_yaml(std::string_view text, const std::string& file, Faults& faults);

}  // namespace homeward
