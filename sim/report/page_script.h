// What a page may run: the vendored Vega-Lite bundle of sim/report/vega and the project's own script, as embedded text.
#pragma once
#include <span>
#include <string_view>

namespace homeward {

// Base64 of the gzipped bundle, in pieces; the SHA-256 in hex is that of the bundle unpacked, as the policy names it.
extern const std::span<const std::string_view> packed_bundle;
extern const std::string_view bundle_sha256;
// sim/report/vega/page_script.js, in pieces.
extern const std::span<const std::string_view> own_script;

}  // namespace homeward
