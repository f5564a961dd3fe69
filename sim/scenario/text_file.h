// Text from a stranger: opened without ever waiting, capped in size, and free of bytes that are no text.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/fault.h"

namespace homeward {

enum class TextKind { yaml, csv };

// 1 MB of YAML, 16 MB of CSV.
std::size_t largest_text(TextKind kind);

// The bytes of a file, after check_characters(). A folder, pipe, device, missing, unreadable or oversized file is a
// fault at `named_at` (where the user named it), or at the file where that is empty.
std::optional<std::string> read_text_file(const std::string& path, TextKind kind, const Place& named_at,
                                          Faults& faults);

// False, and a fault with line and column, for a byte order mark, UTF-16, NUL and control characters, bytes that are
// not UTF-8, more than largest_text(); in CSV for carriage returns, in YAML for those that end no line.
bool check_characters(std::string_view text, TextKind kind, const std::string& file, Faults& faults);

// Line and column (in characters, from 1) of a byte.
Place place_of(std::string_view text, std::size_t offset, const std::string& file);

// A path named inside `file` is relative to it. Example: ("scenarios/what-if/x.yaml", "../baseline.yaml") gives
// "scenarios/baseline.yaml".
std::string path_beside(const std::string& file, const std::string& named);

}  // namespace homeward
