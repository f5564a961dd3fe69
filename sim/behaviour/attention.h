// Attention: whether a settled adult thinks about return this year (docs/theory/attention.md).
#pragma once
#include "behaviour/utilities.h"

namespace homeward {

// What happened to a person this year that makes one think.
struct Occasions {
  bool visited = false;
  bool shock = false;     // turned 62 or 65, a parent fell ill, lost the job
  bool invited = false;
  bool lost_job = false;
};

// logit P(A) = a0 + a_vis visit + a_shock shock + a_peer s + a_vin member + a_tau (trust - 1/2) + ..., at 1/4096.
// peer: s at 1/65536.
inline std::int32_t attention_utility(const Utilities& u, std::uint16_t trust, bool network, const Occasions& occasions,
                                      std::int32_t peer) {
  std::int32_t sum = u.attend;
  if (occasions.visited) sum += u.attend_visit;
  if (occasions.shock) sum += u.attend_shock;
  if (occasions.invited) sum += u.attend_event;
  if (network) sum += u.attend_network;
  sum += static_cast<std::int32_t>((std::int64_t{u.attend_peer} * peer) >> 16);
  sum += scaled(u.attend_trust_q16, std::int64_t{trust} - 32768, 20);  // 16 + 16 bits down to 12
  return sum;
}

}  // namespace homeward
