// The keys of a scenario that have fixed names: one row each, from which reading, schema, help and suggestions follow.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace homeward {

struct KeyText {
  std::string_view name;
  std::string_view form;            // what stands there: "a text", "a whole number"
  std::uint64_t low = 0, high = 0;  // of whole numbers and years; both 0: no range
  std::string_view unit;
  std::string_view fallback;  // what holds where the key is left out
  std::string_view example;   // as it stands in a file, lines separated by \n
  std::string_view text;
};

template <typename Key>
struct KeyRow : KeyText {
  Key key;
};

inline constexpr int most_replicates = 100000;

// At the top of a file, in the order of the canonical text.
enum class ScenarioKey { name, note, extends, seed, replicates, policy, parameters, economy, hosts, tables, outputs };
const std::vector<KeyRow<ScenarioKey>>& scenario_keys();

// Of a lever that is given with dates or an option.
enum class LeverKey { announced, enacted, delivered, promised, value };
const std::vector<KeyRow<LeverKey>>& lever_keys();

// Of an item of `outputs:`.
enum class CubeKey { measures, by };
const std::vector<KeyRow<CubeKey>>& cube_keys();

// "a whole number from 1 to 100000"
std::string form_text(const KeyText& row);

template <typename Key>
const KeyRow<Key>& row_of(const std::vector<KeyRow<Key>>& rows, Key key) {
  return rows[static_cast<std::size_t>(key)];
}

template <typename Key>
const KeyRow<Key>* find_key(const std::vector<KeyRow<Key>>& rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const KeyText& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

template <typename Key>
std::vector<std::string> key_names(const std::vector<KeyRow<Key>>& rows) {
  std::vector<std::string> names;
  for (const KeyText& row : rows) names.emplace_back(row.name);
  return names;
}

}  // namespace homeward
