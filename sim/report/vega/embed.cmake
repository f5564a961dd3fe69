# Writes a C++ file with the vendored bundle (gzip, base64), its SHA-256, and the page's own script as text.
#   cmake -DBUNDLE=FILE -DSCRIPT=FILE -DOUT=FILE -P embed.cmake
foreach(tool gzip base64)
  find_program(${tool}_program ${tool} REQUIRED)
endforeach()

# A literal may have 65536 characters: text in pieces.
function(pieces text open close result)
  string(LENGTH "${text}" length)
  set(list "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 60000 piece)
    string(APPEND list "    ${open}${piece}${close},\n")
    math(EXPR at "${at} + 60000")
  endwhile()
  set(${result} "${list}" PARENT_SCOPE)
endfunction()

file(SHA256 ${BUNDLE} hash)
execute_process(COMMAND ${gzip_program} -9nc ${BUNDLE} COMMAND ${base64_program} -w 0
                OUTPUT_VARIABLE packed RESULTS_VARIABLE codes COMMAND_ERROR_IS_FATAL ANY)
pieces("${packed}" "\"" "\"" bundle)
file(READ ${SCRIPT} script)
pieces("${script}" "R\"~~~(" ")~~~\"" own)
file(WRITE ${OUT} "// Written by embed.cmake.
#include \"report/page_script.h\"

namespace homeward {
namespace {

constexpr std::string_view bundle_pieces[] = {
${bundle}};
constexpr std::string_view own_pieces[] = {
${own}};

}  // namespace

const std::span<const std::string_view> packed_bundle{bundle_pieces};
const std::span<const std::string_view> own_script{own_pieces};
const std::string_view bundle_sha256 = \"${hash}\";

}  // namespace homeward
")
