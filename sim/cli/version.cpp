// homeward --version: everything a bug report needs.
#include <iostream>

#include "homeward/version.h"
#include "verbs.h"

namespace homeward::cli {

int version_verb(const Request&) {
  const v1::BuildFacts facts = v1::build_facts();
  std::cout << "homeward " << facts.version << " (revision " << facts.revision << ", model " << facts.model_version
            << ")\n"
            << "compiler         " << facts.compiler << '\n'
            << "instruction set  " << facts.instruction_set << " in use, built for " << facts.built_for << '\n'
            << "libraries        ";
  const char* between = "";
  for (const auto& [name, version] : facts.libraries) {
    std::cout << between << name << ' ' << version;
    between = ", ";
  }
  std::cout << '\n';
  return exit_done;
}

}  // namespace homeward::cli
