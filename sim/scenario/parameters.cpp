#include "scenario/parameters.h"

namespace homeward {

const std::vector<ParameterMember>& parameter_members() {
  static const std::vector<ParameterMember> members{
#define HOMEWARD_BINDING(group, name) {#group "." #name, &Parameters::group##_##name},
      HOMEWARD_PARAMETERS(HOMEWARD_BINDING)
#undef HOMEWARD_BINDING
  };
  return members;
}

}  // namespace homeward
