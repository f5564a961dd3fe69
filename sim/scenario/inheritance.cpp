#include "scenario/inheritance.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "scenario/number.h"
#include "scenario/text_file.h"

namespace homeward {
namespace {

std::string identity_of(const std::string& file) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::weakly_canonical(file, error);
  return error ? file : path.string();
}

void check_root(Document& document) {
  if (document.root.is_map()) return;
  if (document.root.kind == YamlNode::Kind::null) {
    document.faults.add(
        {{document.file, 0, 0}, "", "the file is empty", "", "A scenario holds at least 'extends: baseline.yaml'"});
  } else if (document.root.kind != YamlNode::Kind::broken) {
    document.faults.add({document.root.place, "", "not a map of keys",
                         "A scenario is a map: 'policy:', 'parameters:' and so on", "Write 'key: value'"});
  }
  document.root = {};
  document.root.kind = YamlNode::Kind::map;
}

bool is_missing(const std::string& file) {
  if (file.find('\0') != std::string::npos) return false;  // the system would see a shorter path
  std::error_code error;
  return std::filesystem::status(file, error).type() == std::filesystem::file_type::not_found;
}

// Where a missing base was looked for; another name is suggested only where a scenario is called so.
void say_where(const std::string& file, Fault& fault) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(file, error);
  fault.reason = "The path is relative to this file";
  if (!error) fault.reason += "; looked for " + path.lexically_normal().string();
  if (fault.remedy.find(".yaml'") == std::string::npos && fault.remedy.find(".yml'") == std::string::npos)
    fault.remedy.clear();
}

Document read_document(const std::string& file, const Place& named_at) {
  Document document;
  document.file = file;
  document.root.kind = YamlNode::Kind::map;
  Faults found;
  const std::optional<std::string> text = read_text_file(file, TextKind::yaml, named_at, found);
  for (Fault one : found.in_order()) {
    if (!named_at.file.empty() && one.place.file == named_at.file) {
      one.path = "extends";
      if (is_missing(file)) say_where(file, one);
    }
    document.faults.add(std::move(one));
  }
  if (!text) return document;
  std::optional<YamlNode> root = parse_yaml(*text, file, document.faults);
  if (!root) return document;
  document.root = std::move(*root);
  check_root(document);
  return document;
}

// Everything in a value that came by the command line has the place of its option.
void move_to(YamlNode& node, const Place& place) {
  node.place = place;
  for (YamlNode& item : node.items) move_to(item, place);
  for (YamlEntry& entry : node.entries) {
    entry.key_place = place;
    move_to(entry.value, place);
  }
}

std::vector<std::string> keys_of(const std::string& path) {
  std::vector<std::string> keys;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('.', start), path.size());
    keys.push_back(path.substr(start, end - start));
    start = end + 1;
  }
  return keys;
}

// A map for each key, the value in the innermost.
YamlNode nested(const std::vector<std::string>& keys, YamlNode value, const Place& place) {
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    YamlNode map;
    map.kind = YamlNode::Kind::map;
    map.place = place;
    map.entries.push_back({*key, place, std::move(value)});
    value = std::move(map);
  }
  return value;
}

}  // namespace

std::vector<Document> read_chain(const std::string& file) {
  std::vector<Document> chain;
  std::vector<std::string> identities;
  std::string next = file;
  Place named_at;
  for (;;) {
    chain.push_back(read_document(next, named_at));
    identities.push_back(identity_of(next));
    Document& document = chain.back();
    const YamlEntry* extends = document.root.find("extends");
    if (extends == nullptr) return chain;
    const YamlNode& value = extends->value;
    if (!value.is_scalar() || value.text.empty()) {
      if (value.kind != YamlNode::Kind::broken)
        document.faults.add({value.place, "extends", "not the path of a file", "A scenario extends one other scenario",
                             "Write 'extends: baseline.yaml'"});
      return chain;
    }
    next = path_beside(document.file, value.text);
    named_at = value.place;
    const auto fault = [&](std::string problem, std::string reason, std::string remedy) {
      document.faults.add({value.place, "extends", std::move(problem), std::move(reason), std::move(remedy)});
    };
    const auto met = std::find(identities.begin(), identities.end(), identity_of(next));
    if (met != identities.end()) {
      std::string circle;
      for (auto it = met; it != identities.end(); ++it)
        circle += chain[static_cast<std::size_t>(it - identities.begin())].file + " -> ";
      fault("the files extend each other in a circle", circle + next, "Let one of them stand on its own");
      return chain;
    }
    if (chain.size() == longest_chain) {
      fault("more than " + std::to_string(longest_chain) + " files extend each other", "",
            "Extend a file nearer to the baseline");
      return chain;
    }
  }
}

Document set_document(const std::string& path, const std::string& value) {
  const std::string option = path + "=" + value;
  Faults unused;
  const bool is_text = check_characters(option, TextKind::yaml, "", unused);
  Document document;
  document.file = "--set " + (is_text ? shown(option) : std::string("(not a text)"));
  document.root.kind = YamlNode::Kind::map;
  const Place place{document.file, 0, 0};
  document.root.place = place;
  const auto fault = [&](std::string problem, std::string reason, std::string remedy) {
    document.faults.add({place, "", std::move(problem), std::move(reason), std::move(remedy)});
    return document;
  };
  if (!is_text) return fault("not a text", "It holds control characters or bytes that are not UTF-8", "");

  const std::vector<std::string> keys = keys_of(path);
  const bool has_empty_key = std::any_of(keys.begin(), keys.end(), [](const std::string& key) { return key.empty(); });
  if (has_empty_key || keys.size() > 8)
    return fault("not the path of a value", "", "Write --set policy.resolution_57.tax=0.5");
  if (keys.front() == "extends")
    return fault("'extends' cannot be set here", "It decides which files are read", "Write it into the scenario");

  Faults found;
  std::optional<YamlNode> node = parse_yaml(value, document.file, found);
  for (Fault one : found.in_order()) {
    one.place = place;
    one.path = path;
    document.faults.add(std::move(one));
  }
  if (!node) return document;
  move_to(*node, place);
  document.root = nested(keys, std::move(*node), place);
  return document;
}

Document setting_document(const std::string& path, const YamlNode& value, const Place& place) {
  Document document;
  document.file = place.file;
  document.root = nested(keys_of(path), value, place);
  return document;
}

bool is_year_map(const YamlNode& node) {
  return node.is_map() && !node.entries.empty() &&
         std::all_of(node.entries.begin(), node.entries.end(), [](const YamlEntry& entry) {
           return !entry.key.empty() && entry.key.find_first_not_of("0123456789") == std::string::npos;
         });
}

void lay_over(YamlNode& base, const YamlNode& over) {
  if (!base.is_map() || !over.is_map() || is_year_map(base) || is_year_map(over)) {
    base = over;
    return;
  }
  base.place = over.place;
  for (const YamlEntry& entry : over.entries) {
    const auto same = std::find_if(base.entries.begin(), base.entries.end(),
                                   [&](const YamlEntry& one) { return one.key == entry.key; });
    if (same == base.entries.end()) {
      base.entries.push_back(entry);
    } else {
      same->key_place = entry.key_place;
      lay_over(same->value, entry.value);
    }
  }
}

YamlNode merged(const YamlNode& base, const YamlNode& over) {
  YamlNode result = base;
  lay_over(result, over);
  return result;
}

}  // namespace homeward
