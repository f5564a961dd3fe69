// The table. Rules that read these: sim/behaviour, policy/home_year.cpp.
#include "policy/lever_parameters.h"

namespace homeward {

const std::vector<LeverParameter>& lever_parameters() {
  static const std::vector<LeverParameter> rows{
      {&Parameters::attention_a_camp, {Lever::campaign}},
      {&Parameters::attention_a_event, {Lever::events}},
      {&Parameters::attention_invitees, {Lever::events}},
      {&Parameters::belief_l_event, {Lever::events}},
      {&Parameters::choice_b_fund, {Lever::funding}},
      {&Parameters::choice_researcher_damping, {Lever::pay, Lever::tax}},
      {&Parameters::fiscal_tax_special, {Lever::tax}},
      {&Parameters::lever_house_value, {Lever::housing}},
      {&Parameters::lever_lang_gain, {Lever::language}},
      {&Parameters::lever_sandbox_value, {Lever::sandbox}},
      {&Parameters::pipeline_b_commit, {Lever::pay, Lever::tax}},
      {&Parameters::pipeline_cut_fast, {Lever::fast_track}},
      {&Parameters::pipeline_cut_housing, {Lever::housing}},
      {&Parameters::pipeline_cut_sandbox, {Lever::sandbox}},
      {&Parameters::trust_consult_response, {Lever::consultation}},
      {&Parameters::trust_t_consult, {Lever::consultation}},
  };
  return rows;
}

const LeverParameter* lever_parameter(double Parameters::*member) {
  for (const LeverParameter& row : lever_parameters()) {
    if (row.member == member) return &row;
  }
  return nullptr;
}

}  // namespace homeward
