// What a YAML file is for: a scenario, the plan of a sweep, a claim.
#pragma once
#include <string>

namespace homeward {

enum class FileKind { scenario, plan, claim };

// By the keys of its top level; a file that cannot be read counts as a scenario, whose reader says what is wrong.
FileKind kind_of_file(const std::string& file);

}  // namespace homeward
