#include "scenario/file_kind.h"

#include "scenario/text_file.h"
#include "scenario/yaml_document.h"

namespace homeward {

FileKind kind_of_file(const std::string& file) {
  Faults unused;
  const std::optional<std::string> text = read_text_file(file, TextKind::yaml, {}, unused);
  const std::optional<YamlNode> root = text ? parse_yaml(*text, file, unused) : std::nullopt;
  if (!root || !root->is_map()) return FileKind::scenario;
  if (root->find("claim") != nullptr) return FileKind::claim;
  if (root->find("design") != nullptr || root->find("scenarios") != nullptr) return FileKind::plan;
  return FileKind::scenario;
}

}  // namespace homeward
