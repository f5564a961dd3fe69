// SHA-256 (FIPS 180-4): fingerprints of tables and scenarios, so that stored runs are found again and never mixed up.
#pragma once
#include <string>
#include <string_view>

namespace homeward {

enum class ShaBy { what_is_fastest, portable_code };

// 64 lower-case hexadecimal digits. sha256("abc") starts with ba7816bf. `by` changes nothing but the time.
std::string sha256(std::string_view bytes, ShaBy by = ShaBy::what_is_fastest);

}  // namespace homeward
