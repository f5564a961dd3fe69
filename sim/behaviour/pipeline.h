// The procedures between the wish to return and the return, month by month (docs/theory/pipeline.md, offers_and_posts.md).
//
// In a month a stage ends with probability 1 / max(1, D_k); if it does not, the person gives up with h_ab (1 + h_rt r).
// At most one stage a month. At the end of the position stage the true offer is seen and taken with
// P = 1 / (1 + exp(-(c_commit + b_commit (l_tax + l_top) + b_pay (true - believed pay index)))).
#pragma once
#include <array>

#include "behaviour/return_choice.h"

namespace homeward {

struct PipelineTables {
  std::array<std::array<std::uint32_t, 6>, 2> completes{};  // [fast track][stage], per month
  std::uint32_t abandons = 0;                               // per month
  std::int32_t commit = 0;
  std::int32_t commit_gain_q16 = 0, commit_error_q16 = 0;
  std::int32_t true_pay = 0;              // column units
  std::int32_t tax_q16 = 0, top_q16 = 0;  // delivered gains
  bool top_for_all = false;
};

inline PipelineTables build_pipeline_tables(const Scenario& scenario, const HomeYear& home) {
  const Parameters& p = scenario.parameters;
  PipelineTables t;
  const auto monthly = [](double months) {
    const std::uint64_t exact = threshold(1 / (months > 1 ? months : 1));
    return exact > 0xffffffffull ? 0xffffffffu : static_cast<std::uint32_t>(exact);
  };
  for (std::size_t k = 0; k < 6; ++k) {
    t.completes[0][k] = monthly(home.months[k]);
    t.completes[1][k] = monthly(home.months_fast_track[k]);
  }
  const std::uint64_t abandon = threshold(p.pipeline_h_ab * (1 + p.pipeline_h_rt * home.redtape_trend));
  t.abandons = abandon > 0xffffffffull ? 0xffffffffu : static_cast<std::uint32_t>(abandon);
  t.commit = to_utility(p.pipeline_c_commit);
  t.commit_gain_q16 = to_q16(p.pipeline_b_commit);
  t.commit_error_q16 = to_q16(p.choice_b_pay);
  t.true_pay = round_to_int(home.pay_index * pay_belief_scale);
  t.tax_q16 = to_q16(home.tax_gain);
  t.top_q16 = to_q16(home.top_gain);
  t.top_for_all = home.top_for_all;
  return t;
}

inline std::uint32_t pipeline_time(int year, int month) { return static_cast<std::uint32_t>(year * 16 + month); }

// The month of entry, 1..12, keyed by person and year.
inline int entry_month(const Stream& stream, std::uint64_t key, int year) {
  const Words words = stream.words(key, pipeline_time(year, 0));
  return 1 + static_cast<int>((std::uint64_t{words[0]} * 12) >> 32);
}

// The stage after `stage` (from -1: the first one) that this person must pass; 6: none is left.
inline int next_stage(const std::array<bool, 6>& stages, int stage) {
  int next = stage + 1;
  while (next < 6 && !stages[static_cast<std::size_t>(next)]) ++next;
  return next;
}

// Whether the true offer is taken. won_post: with the pay of a funded post.
inline bool takes_offer(const PipelineTables& t, const Utilities& u, const Person& person, bool won_post,
                        std::uint32_t word) {
  std::int32_t gain = 0;
  if (tax_eligible(u, person)) gain += t.tax_q16;
  if (expert_eligible(u, person) && (won_post || t.top_for_all)) gain += t.top_q16;
  std::int32_t utility = t.commit + scaled(t.commit_gain_q16, damped_gain(u, person, gain), 20);
  utility += scaled(t.commit_error_q16, t.true_pay - person.pay_belief, 17);
  return word < logistic_table().threshold(utility);
}

}  // namespace homeward
