// The nested choice among staying and four modes of return (docs/theory/return_choice.md).
//
// V_stay = 0. The upper level has scale 1: P(return | attention) = 1 / (1 + exp(-IV)), IV = mu ln sum exp(V_m / mu).
// One uniform decides attention and return together; the mode is drawn by Gumbel numbers of its own, so a better
// policy never removes a return by noise.
#pragma once
#include <array>
#include <optional>

#include "behaviour/attention.h"
#include "random/streams.h"

namespace homeward {

// Persistent tastes, hashed from the key and stored nowhere.
struct Tastes {
  std::int32_t attachment;     // eta, standard normal at 1/4096
  std::uint32_t offer_uniform; // who must win an offer first
};
// From the words of purpose `taste` at time 0.
inline Tastes tastes_from(const Words& words) { return {fine_normal_steps()[words[0] >> 20], words[1]}; }
inline Tastes tastes_of(const Stream& stream, std::uint64_t key) { return tastes_from(stream.words(key, 0)); }

// Thresholds of having to win an offer before coming: below tertiary education, tertiary and more.
inline std::array<std::uint64_t, 2> offer_first_thresholds(const Parameters& p) {
  return {threshold(p.pipeline_offer_first_low), threshold(p.pipeline_offer_first)};
}
// Whether a wage returnee of this person must win an offer before coming: fixed before the choice.
inline bool offer_first(const Parameters& p, const Person& person, const Tastes& tastes) {
  return tastes.offer_uniform < offer_first_thresholds(p)[person.education >= Education::tertiary ? 1 : 0];
}

// Which procedures a mode asks of a person, in the order of Stage.
inline std::array<bool, 6> stages_of(Mode mode, const Person& person, bool must_win_offer) {
  return {person.legal == Legal::naturalised,
          true,
          mode == Mode::wage && person.education >= Education::tertiary,
          mode == Mode::wage && must_win_offer,
          mode == Mode::entrepreneur,
          true};
}

// The months of 2004 of those procedures, by mode, at 1/256 month: stages_of() added up.
inline std::array<std::int32_t, mode_count> months_of_modes(const Utilities& u, const Person& person,
                                                            bool must_win_offer) {
  const auto months = [&](Stage stage) { return u.months_q8[code(stage)]; };
  const bool graduate = person.education >= Education::tertiary;
  const std::int32_t all = (person.legal == Legal::naturalised) * months(Stage::papers) + months(Stage::residence) +
                           months(Stage::relocation);
  const std::int32_t wage = graduate * months(Stage::recognition) + must_win_offer * months(Stage::position);
  return {all + wage, all + months(Stage::licence), all, all};
}

// Everything a choice reads beyond the person.
struct Surroundings {
  std::int32_t peer = 0;       // s at 1/65536
  std::int32_t norm = 0;       // the community's first-generation trust less 1/2, at 1/65536
  bool lost_job = false;
};

struct ModeUtilities {
  std::array<std::int32_t, mode_count> value{};  // V_m at 1/4096
  std::array<bool, mode_count> open{};
};

// A promised gain counts at the person's trust; both at 1/65536.
inline std::int32_t expected_gain(std::int32_t delivered, std::int32_t promised, std::uint16_t trust) {
  return delivered + static_cast<std::int32_t>((std::int64_t{promised} * trust) >> 16);
}

// Researchers at the top weigh pay less.
inline std::int32_t damped_gain(const Utilities& u, const Person& person, std::int32_t gain) {
  return person.sector == Sector::research ? scaled(gain, u.researcher_q16[person.position], 16) : gain;
}

// Whoever comes through the pipeline may apply for a funded post; whoever goes home at graduation does not.
enum class PostsOpen { yes, no };

// l_tax + p_win l_top as the person expects them, ln points at 1/65536.
inline std::int32_t programme_gain(const Utilities& u, const Person& person, PostsOpen posts = PostsOpen::yes) {
  std::int32_t gain = 0;
  if (tax_eligible(u, person)) gain += expected_gain(u.tax_q16, u.tax_promised_q16, person.trust);
  if (expert_eligible(u, person) && (posts == PostsOpen::yes || u.top_for_all)) {
    gain += expected_gain(u.top_q16, u.top_promised_q16, person.trust);
  }
  return damped_gain(u, person, gain);
}

// Perceived pay gap, home less host, at 1/8192 ln point.
inline std::int32_t pay_gap(const Utilities& u, const Person& person, bool lost_job) {
  return person.pay_belief + u.gap[code(person.education)][person.position] + (lost_job ? u.job_loss_gap : 0);
}

inline ModeUtilities mode_utilities(const Utilities& u, const Person& person, const Tastes& tastes,
                                    const Surroundings& around, bool must_win_offer) {
  std::int32_t common = u.stay_or_go + u.group[code(person.generation)][code(person.migrant_class)];
  common += scaled(u.trust_q16, std::int64_t{person.trust} - 32768, 20);
  common += u.legal[person.foreign_national() ? 1 : 0];
  common += u.language[person.language];
  common += u.duration[static_cast<std::size_t>(std::min(person.duration, max_age))];
  common += u.age[static_cast<std::size_t>(std::min(person.age, max_age))];
  common += static_cast<std::int32_t>((std::int64_t{u.peer} * around.peer) >> 16);
  // Products instead of branches: nobody can guess who has a parent at home.
  common += person.parent * u.parent[person.eldest ? 1 : 0][person.age >= 45 ? 1 : 0];
  common += person.child * u.child;
  common += u.partner[code(person.partner)];
  common += (person.savings >= u.target_level) * u.target;
  common += (person.generation != Generation::g1) * scaled(u.norm_q16, around.norm, 20);
  common += scaled(u.taste_q16, tastes.attachment, 16);

  const std::int32_t gap = pay_gap(u, person, around.lost_job) + u.pay_centre;
  const std::int32_t gain = programme_gain(u, person);
  const bool graduate = person.education >= Education::tertiary;
  const std::array<std::int32_t, mode_count> months = months_of_modes(u, person, must_win_offer);
  const bool funded = person.sector == Sector::research && expert_eligible(u, person);
  ModeUtilities out;
  out.open = {true, true, u.open[2] && graduate, person.age >= 60};
  for (std::size_t m = 0; m < mode_count; ++m) {
    if (!out.open[m]) continue;
    const Mode mode = static_cast<Mode>(m);
    std::int32_t value = common + u.mode[m];
    std::int32_t mode_gap = gap;
    if (mode == Mode::entrepreneur) {
      mode_gap += u.entrepreneur_gap;
      value += u.entrepreneur_position[person.position];
    }
    value += scaled(u.pay_q16[m], mode_gap, 17);  // 16 + 13 bits down to 12
    value += u.premium[m][code(person.education)];
    value += scaled(u.gain_weight_q16[m], gain, 20);
    value += (mode == Mode::wage && funded) * u.fund;
    value += (person.age >= 65) * u.senior[m];
    // Expected months: perceived index at 1/32768 times months at 1/256.
    const auto expected = static_cast<std::int32_t>((std::int64_t{months[m]} * person.redtape_belief) >> 15);
    value += scaled(mode == Mode::remote || mode == Mode::retire ? u.redtape_light_q16 : u.redtape_q16, expected, 12);
    out.value[m] = value;
  }
  return out;
}

// exp(V_m / mu) of the open modes, 0 of the others.
inline std::array<double, mode_count> nest_weights(const ModeUtilities& utilities, double mu) {
  std::array<double, mode_count> weights{};
  for (std::size_t m = 0; m < mode_count; ++m) {
    if (utilities.open[m]) weights[m] = exact_exp(utilities.value[m] / (utility_scale * mu));
  }
  return weights;
}

// P(return | attention) of the nest.
inline double return_probability(const std::array<double, mode_count>& weights, double mu) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  // exp(-IV) = sum^-mu
  return 1 / (1 + exact_exp(-mu * exact_log(sum)));
}
inline double return_probability(const ModeUtilities& utilities, double mu) {
  return return_probability(nest_weights(utilities, mu), mu);
}

// The mode: argmax of V_m / mu + G_m, G_m standard Gumbel. G = -ln E, E standard exponential: the least E_m / exp(V_m / mu).
inline Mode choose_mode(const std::array<double, mode_count>& weights, const Words& words) {
  double best_wait = 0, best_weight = 0;
  std::size_t chosen = mode_count;
  for (std::size_t m = 0; m < mode_count; ++m) {
    if (!(weights[m] > 0)) continue;
    const double wait = -exact_log(uniform(words[m]));
    if (chosen == mode_count || wait * best_weight < best_wait * weights[m]) {
      best_wait = wait;
      best_weight = weights[m];
      chosen = m;
    }
  }
  return static_cast<Mode>(chosen);
}
inline Mode choose_mode(const ModeUtilities& utilities, double mu, const Words& words) {
  return choose_mode(nest_weights(utilities, mu), words);
}

}  // namespace homeward
