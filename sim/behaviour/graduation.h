// Whether a graduate goes home (docs/theory/graduation.md).
//
// P(home) = 1 / (1 + exp(-(ks + b_pay (gap + prem + l + 1) + ks_trust (trust - .6) + ks_parent P
//           - ks_redtape (redtape - .8))))
#pragma once
#include "behaviour/contract_end.h"

namespace homeward {

inline bool goes_home_at_graduation(const PermitTables& t, const Utilities& u, const Person& person, bool lost_job,
                                    const Words& words) {
  std::int32_t utility = t.graduate + t.graduate_premium[code(person.education)];
  utility += scaled(t.graduate_gap_q16, pay_gap(u, person, lost_job), 17);
  utility += scaled(t.graduate_gap_q16, programme_gain(u, person, PostsOpen::no), 20);
  utility += scaled(t.graduate_trust_q16, std::int64_t{person.trust} - 32768, 20);
  if (person.parent) utility += t.graduate_parent;
  utility += scaled(t.graduate_redtape_q16, person.redtape_belief, 19);  // 16 + 15 bits down to 12
  return words[0] < logistic_table().threshold(utility);
}

}  // namespace homeward
