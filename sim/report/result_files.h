// Every file that a run, a comparison or a merged sweep may leave: what it holds, who reads it, who writes it.
#pragma once
#include <span>
#include <string_view>

namespace homeward {

struct ResultFile {
  enum class Use { drawn, kept };    // drawn: a report is made of it
  enum class Of { folder, sweep };   // folder: of a run or a comparison; sweep: of a merged sweep
  std::string_view name;
  Use use;
  Of of;
  std::string_view text;             // of a table, for datapackage.json
};

std::span<const ResultFile> result_files();

}  // namespace homeward
