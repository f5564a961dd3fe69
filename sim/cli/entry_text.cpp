// One place for the names of an entry's fields.
#include "entry_text.h"

#include "text.h"

namespace homeward::cli {

std::string kind_word(EntryKind kind) {
  switch (kind) {
    case EntryKind::lever: return "lever";
    case EntryKind::parameter: return "parameter";
    case EntryKind::measure: return "measure";
    case EntryKind::host: return "host";
    case EntryKind::dimension: return "dimension";
    case EntryKind::key: return "key";
    case EntryKind::group: return "group";
  }
  return "";
}

std::string range_text(const std::optional<double>& low, const std::optional<double>& high) {
  if (!low || !high) return "";
  return plain(*low) + " to " + plain(*high);
}

nlohmann::ordered_json to_json(const Entry& entry) {
  nlohmann::ordered_json json{{"kind", kind_word(entry.kind)}, {"name", entry.name}, {"text", entry.text}};
  const auto word = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  const auto number = [&](const char* key, const std::optional<double>& value) {
    if (value) json[key] = *value;
  };
  word("unit", entry.unit);
  word("form", entry.form);
  number("default", entry.value);
  word("default", entry.fallback);
  number("low", entry.low);
  number("high", entry.high);
  number("hard_low", entry.hard_low);
  number("hard_high", entry.hard_high);
  word("class", entry.basis);
  word("informed_by", entry.informed_by);
  word("source", entry.source);
  word("acts", entry.acts);
  word("definition", entry.definition);
  word("measure_kind", entry.kind_of_measure);
  word("group", entry.group);
  word("option", entry.option);
  if (!entry.words.empty()) json["words"] = entry.words;
  word("example", entry.example);
  return json;
}

}  // namespace homeward::cli
