#include "scenario/known_paths.h"

#include <algorithm>

#include "base/fault.h"
#include "scenario/keys.h"
#include "scenario/overrides.h"

namespace homeward {
namespace {

// A path and all that leads to it, each once.
void add_path(const std::string& path, std::vector<std::string>& paths) {
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
    const std::string above = path.substr(0, dot);
    if (std::find(paths.begin(), paths.end(), above) == paths.end()) paths.push_back(above);
  }
  if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
}

std::string last_word(const std::string& path) { return path.substr(path.rfind('.') + 1); }

// 'a', or 'a' or 'b'.
std::string question(const std::vector<std::string>& meant) {
  std::string text;
  for (const std::string& path : meant) text += (text.empty() ? "Did you mean '" : " or '") + path + "'";
  return text.empty() ? "" : text + "?";
}

}  // namespace

std::vector<std::string> known_paths(const std::vector<LeverRow>& levers) {
  std::vector<std::string> paths;
  for (const KeyText& row : scenario_keys()) paths.emplace_back(row.name);
  for (const LeverRow& lever : levers) {
    const std::string path = "policy." + std::string(lever.path);
    add_path(path, paths);
    if (!lever.scope_key.empty()) paths.push_back(path + "." + std::string(lever.scope_key));
  }
  for (const KeyText& row : lever_keys()) paths.push_back(any_lever + ("." + std::string(row.name)));
  for (const ParameterMember& member : parameter_members()) add_path("parameters." + member.path, paths);
  for (const EconomyRow& row : economy_rows()) add_path("economy." + std::string(row.name), paths);
  for (const HostShockRow& row : host_shock_rows()) paths.push_back(any_host + ("." + std::string(row.name)));
  for (const KeyText& row : cube_keys()) paths.push_back(any_cube + ("." + std::string(row.name)));
  return paths;
}

std::string remedy_for_key(const std::string& key, const std::vector<std::string>& paths) {
  if (key.empty()) return "";
  std::vector<std::string> meant;
  for (const std::string& path : paths) {
    if (key.find('.') != std::string::npos) {
      // The path itself, written as one key: YAML knows no dots.
      if (path == key || path.ends_with("." + key)) {
        return path.starts_with("parameters.") && path != key
                   ? "Write it nested: '" + key.substr(0, key.rfind('.')) + ": {" + last_word(key) + ": ...}'"
                   : "Write it as nested maps, a line for each word of the path";
      }
    } else if (last_word(path) == key && path != key) {
      meant.push_back(path);
    }
  }
  return question(meant);
}

std::string remedy_for_misspelt_key(const std::string& key, const std::vector<std::string>& paths) {
  std::vector<std::string> ends;
  for (const std::string& path : paths) ends.push_back(last_word(path));
  const std::string end = nearest(key, ends);
  return end.empty() || std::find(paths.begin(), paths.end(), end) != paths.end() ? "" : remedy_for_key(end, paths);
}

}  // namespace homeward
