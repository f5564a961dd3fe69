// Facts of the build, from what CMake wrote.
#include "homeward/version.h"

#include "analysis/model_version.h"
#include "api/build.h"
#include "api/machine.h"
#include "api/revision.h"
#include "random/batch.h"

namespace homeward::v1 {

BuildFacts build_facts() {
  BuildFacts facts;
  facts.version = HOMEWARD_VERSION;
  facts.revision = HOMEWARD_REVISION;
  facts.model_version = model_version;
#if defined(__clang__)
  facts.compiler = "clang " __clang_version__;
#else
  facts.compiler = "g++ " __VERSION__;
#endif
  facts.instruction_set = instruction_set();
  facts.built_for = built_instruction_set();
  facts.libraries = {HOMEWARD_LIBRARIES};
  return facts;
}

}  // namespace homeward::v1
