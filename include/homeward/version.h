// What this build is, for manifests and bug reports.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace homeward::v1 {

struct BuildFacts {
  std::string version;          // of the program, e.g. 0.1.0
  std::string revision;         // of its git repository, "unknown" where there was none
  int model_version = 0;        // changes whenever results change
  std::string compiler;
  std::string instruction_set;  // in use by the kernels that choose one at run time, e.g. AVX2
  std::string built_for;        // what everything else needs, e.g. x86-64
  std::vector<std::pair<std::string, std::string>> libraries;  // name, version
};

BuildFacts build_facts();

}  // namespace homeward::v1
