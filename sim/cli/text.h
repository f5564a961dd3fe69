// Words on a terminal: padding, separators of thousands, quoting for a shell, harmless characters.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace homeward::cli {

// Padded with blanks to `width` columns (UTF-8 characters counted once), never cut.
std::string padded(std::string_view text, std::size_t width);
// 25,310
std::string grouped(double value);
// As a number in a declaration: 0.35, -3.2, 1000000.
std::string plain(double value);
// Three digits that count, for a reader: 1,760, 25.1, 0.00125.
std::string brief(double value);
// For a POSIX shell.
std::string shell_quoted(std::string_view word);
// Control characters, and characters that turn or hide text (U+202E, U+200B ...), as \xNN, byte by byte.
std::string printable(std::string_view text);
// Lines of at most `width` columns.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);
// Scale as people say it: 1:1, 1:20, 0.3.
std::string scale_text(double scale);
std::string seconds_text(double seconds);

}  // namespace homeward::cli
