// Who thinks about return and who may leave the stay option, several people to an instruction (Highway): screens that
// never miss anybody; the rules of sim/behaviour decide about those whom they let through.
#include "engine/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels_choice.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "engine/passes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void FindAttentive(const BlockColumns& b, std::size_t n, AttendPass& p) { portable::find_attentive(b, n, p); }
void FindLeavers(const ChooserColumns& c, std::size_t n, ReturnPass& p) { portable::find_leavers(c, n, p); }

#else

// Utilities are whole numbers below 2^24, added up in floats. No rule differs from its float form by more than this.
constexpr float attention_slack = 8.0f, return_slack = 48.0f;

// A threshold that the logistic law of a utility does not exceed, as LogisticTable::at_most.
HWY_INLINE V32 ThresholdAtMost(const std::uint32_t* points, VF utility) {
  const VI bounded = Truncate(Clip(utility, -65535.0f, 65535.0f));
  const V32 point = hn::ShiftRight<5>(hn::BitCast(du, hn::Add(bounded, hn::Set(di, 65536))));
  return Look(points, hn::Add(point, U(1)));
}

void FindAttentive(const BlockColumns& columns, std::size_t count, AttendPass& shared) {
  const BlockColumns block = columns;
  AttendPass pass = shared;
  const Utilities& u = *pass.utilities;
  const std::uint32_t* points = logistic_table().points();
  const float per_trust_unit = static_cast<float>(u.attend_trust_q16) / (1 << 20);
  const float per_peer = static_cast<float>(u.attend_peer) / 65536.0f;
  const float visit = static_cast<float>(u.attend_visit), shock = static_cast<float>(u.attend_shock),
              network = static_cast<float>(u.attend_network),
              always = static_cast<float>(u.attend) + attention_slack;
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const M32 settled = Is(Get<state::StatusField>(now), code(Status::settled));
    const V32 age = AgeOf(block, i, pass.year);
    const M32 adult = hn::And(settled, hn::Not(Below(age, 18)));
    const M32 shocked = hn::Or(hn::Ne(Widen(pass.happened + i), hn::Zero(du)), hn::Or(Is(age, 62), Is(age, 65)));
    VF utility = hn::Add(F(always),
                         hn::Mul(F(per_trust_unit), hn::Sub(ToFloat(Widen(block.trust + i)), F(32768.0f))));
    utility = hn::Add(utility, hn::Mul(F(per_peer), hn::ConvertTo(df, hn::LoadU(di, pass.peer + i))));
    utility = hn::Add(utility, OrZero(hn::Ne(Widen(pass.visits + i), hn::Zero(du)), F(visit)));
    utility = hn::Add(utility, OrZero(shocked, F(shock)));
    utility = hn::Add(utility, OrZero(Is(Get<state::NetworkField>(now), 1), F(network)));
    const V32 at_most = ThresholdAtMost(points, utility);
    const V32 decision = hn::LoadU(du, pass.decision + i);
    M32 perhaps = hn::And(adult, Below(decision, at_most));
    if (!pass.invitations) {
      // The true utility is less than 100 units lower, and so the threshold less than a fortieth.
      const V32 at_least = hn::Sub(hn::Sub(at_most, hn::ShiftRight<6>(at_most)),
                                   hn::Add(hn::ShiftRight<7>(at_most), U(64)));
      const auto in_range = hn::RebindMask(du, hn::And(hn::Gt(utility, F(-65000.0f)), hn::Lt(utility, F(65000.0f))));
      const M32 sure = hn::And(in_range, Below(decision, hn::Min(at_least, at_most)));
      Add(pass.perhaps, perhaps, i, at_most, hn::IfThenElseZero(sure, U(1)));
      continue;
    }
    // Guests of events are drawn one by one.
    const V32 education = Get<traits::EducationField>(Widen(block.traits + i));
    perhaps = hn::Or(perhaps, hn::And(adult, Is(education, code(Education::advanced))));
    Add(pass.perhaps, perhaps, i, at_most, hn::Zero(du));
  }
  shared = pass;
}

// Tables of a host group, padded to whole registers.
struct ReturnTables {
  explicit ReturnTables(const Utilities& u) {
    for (std::size_t generation = 0; generation < 4; ++generation) {
      for (std::size_t migrant_class = 0; migrant_class < 7; ++migrant_class) {
        group[8 * generation + migrant_class] = u.group[generation][migrant_class];
      }
    }
    for (std::size_t level = 0; level < 4; ++level) {
      language[level] = u.language[level];
      partner[level] = u.partner[level];
      parent[level] = u.parent[level >> 1][level & 1];
      for (std::size_t m = 0; m < mode_count; ++m) premium[4 * m + level] = u.premium[m][level];
    }
  }
  std::array<std::int32_t, 32> group{};     // [generation][class, 8]
  std::array<std::int32_t, 16> language{}, partner{}, parent{}, premium{};  // premium [mode][education]
};

template <int Parts>
HWY_INLINE VI LookInt(const std::int32_t* table, V32 index) {
  return hn::BitCast(di, LookSmall<Parts>(reinterpret_cast<const std::uint32_t*>(table), index));
}

// What a person's choice reads, decoded.
struct Chooser {
  V32 now, fixed, education, sector, age;
  VF trust;  // at 1/65536
  M32 graduate, expert;
};

// mode_utilities() up to the modes.
HWY_INLINE VF CommonUtility(const Utilities& u, const ReturnTables& t, const Chooser& p, V32 duration, VF peer, VF norm,
                            VF taste) {
  const V32 generation = Get<traits::GenerationField>(p.fixed);
  const V32 legal = Get<state::LegalField>(p.now);
  const V32 kind = hn::Or(hn::ShiftLeft<3>(generation), Get<traits::ClassField>(p.fixed));
  VI whole = hn::Add(hn::Set(di, u.stay_or_go), LookInt<2>(t.group.data(), kind));
  const M32 foreign = hn::Or(Is(legal, code(Legal::naturalised)), Is(legal, code(Legal::dual)));
  whole = hn::Add(whole, hn::IfThenElse(hn::RebindMask(di, foreign), hn::Set(di, u.legal[1]), hn::Set(di, u.legal[0])));
  whole = hn::Add(whole, LookInt<1>(t.language.data(), Get<state::LanguageField>(p.now)));
  whole = hn::Add(whole, LookInt<8>(u.duration.data(), hn::Min(duration, U(max_age))));
  whole = hn::Add(whole, LookInt<8>(u.age.data(), hn::Min(p.age, U(max_age))));
  const V32 filial = hn::Add(hn::ShiftLeft<1>(Get<traits::EldestField>(p.fixed)),
                             hn::IfThenZeroElse(Below(p.age, 45), U(1)));
  const auto parent = hn::RebindMask(di, Is(Get<state::ParentField>(p.now), 1));
  whole = hn::Add(whole, hn::IfThenElseZero(parent, LookInt<1>(t.parent.data(), filial)));
  const auto child = hn::RebindMask(di, Is(Get<state::ChildField>(p.now), 1));
  whole = hn::Add(whole, hn::IfThenElseZero(child, hn::Set(di, u.child)));
  whole = hn::Add(whole, LookInt<1>(t.partner.data(), Get<state::PartnerField>(p.now)));
  const auto saved = hn::RebindMask(di, hn::Not(Below(Get<state::SavingsField>(p.now), u.target_level)));
  whole = hn::Add(whole, hn::IfThenElseZero(saved, hn::Set(di, u.target)));

  VF common = hn::ConvertTo(df, whole);
  common = hn::Add(common, hn::Mul(F(static_cast<float>(u.trust_q16) / (1 << 20)), hn::Sub(p.trust, F(32768.0f))));
  common = hn::Add(common, hn::Mul(F(static_cast<float>(u.peer) / 65536.0f), peer));
  const VF heard = OrZero(hn::Ne(generation, U(code(Generation::g1))), norm);
  common = hn::Add(common, hn::Mul(F(static_cast<float>(u.norm_q16) / (1 << 20)), heard));
  return hn::Add(common, hn::Mul(F(static_cast<float>(u.taste_q16) / 65536.0f), taste));
}

// programme_gain(), ln points at 1/65536.
HWY_INLINE VF ProgrammeGain(const Utilities& u, const Chooser& p) {
  const M32 young = Below(p.age, static_cast<std::uint32_t>(std::max(0, u.programme_age)));
  const auto expected = [&](std::int32_t delivered, std::int32_t promised) {
    return hn::Add(F(static_cast<float>(delivered)), hn::Mul(F(static_cast<float>(promised) / 65536.0f), p.trust));
  };
  const M32 taxed = u.tax_for_graduates ? p.graduate : p.expert;
  VF gain = OrZero(hn::And(young, taxed), expected(u.tax_q16, u.tax_promised_q16));
  gain = hn::Add(gain, OrZero(hn::And(young, p.expert), expected(u.top_q16, u.top_promised_q16)));
  const VF weight = hn::ConvertTo(df, LookInt<1>(u.researcher_q16.data(), Get<traits::PositionField>(p.fixed)));
  return Choose(Is(p.sector, code(Sector::research)), hn::Mul(gain, hn::Mul(weight, F(1.0f / 65536))), gain);
}

// mu ln sum exp(V_m / mu) of four modes or a little more: 1 / (1 + d + d^2 / 2) is above exp(-d), and every tangent is
// above the logarithm.
HWY_INLINE VF InclusiveValueAtMost(double mu, VF wage, VF entrepreneur, VF remote, VF retire) {
  const VF best = hn::Max(hn::Max(wage, entrepreneur), hn::Max(remote, retire));
  const VF unit = F(static_cast<float>(mu * utility_scale)), per_unit = F(static_cast<float>(1 / (mu * utility_scale)));
  const auto share = [&](VF value) {
    const VF d = hn::Mul(hn::Sub(best, value), per_unit);
    return hn::Div(F(1.0f), hn::Add(hn::Add(F(1.0f), d), hn::Mul(F(0.5f), hn::Mul(d, d))));
  };
  const VF sum = hn::Add(hn::Add(share(wage), share(entrepreneur)), hn::Add(share(remote), share(retire)));
  const auto tangent = [&](float at, float logarithm) {
    return hn::Add(F(logarithm), hn::Mul(hn::Sub(sum, F(at)), F(1.0f / at)));
  };
  VF logarithm = hn::Min(tangent(1.0f, 0.0f), tangent(1.4f, 0.33648f));
  logarithm = hn::Min(logarithm, hn::Min(tangent(2.0f, 0.69315f), tangent(2.8f, 1.02962f)));
  logarithm = hn::Min(logarithm, tangent(4.0f, 1.38630f));
  return hn::Add(best, hn::Mul(unit, logarithm));
}

// The inclusive value of the modes of return or more, but for the slack.
HWY_INLINE VF ValueOfModes(const Utilities& u, const ReturnTables& t, const Chooser& p, VF gap, VF redtape, M32 must_win_offer) {
  const VF gain = ProgrammeGain(u, p);
  const auto months = [&](Stage stage) { return static_cast<float>(u.months_q8[code(stage)]); };
  const M32 naturalised = Is(Get<state::LegalField>(p.now), code(Legal::naturalised));
  const VF light = hn::Add(OrZero(naturalised, F(months(Stage::papers))),
                           F(months(Stage::residence) + months(Stage::relocation)));
  const VF wage = hn::Add(light, hn::Add(OrZero(p.graduate, F(months(Stage::recognition))),
                                         OrZero(must_win_offer, F(months(Stage::position)))));
  const VF licensed = hn::Add(light, F(months(Stage::licence)));
  const M32 senior = hn::Not(Below(p.age, 65));
  const auto value = [&](Mode mode, VF mode_gap, VF mode_months) {
    const std::size_t m = code(mode);
    const bool light_tape = mode == Mode::remote || mode == Mode::retire;
    const VI whole = hn::Add(hn::Set(di, u.mode[m]), LookInt<1>(t.premium.data(), hn::Add(p.education, U(4 * static_cast<std::uint32_t>(m)))));
    VF sum = hn::ConvertTo(df, whole);
    sum = hn::Add(sum, hn::Mul(F(static_cast<float>(u.pay_q16[m]) / (1 << 17)), mode_gap));
    sum = hn::Add(sum, hn::Mul(F(static_cast<float>(u.gain_weight_q16[m]) / (1 << 20)), gain));
    sum = hn::Add(sum, OrZero(senior, F(static_cast<float>(u.senior[m]))));
    const VF expected = hn::Mul(hn::Mul(mode_months, redtape), F(1.0f / (1 << 15)));
    return hn::Add(sum, hn::Mul(F(static_cast<float>(light_tape ? u.redtape_light_q16 : u.redtape_q16) / (1 << 12)), expected));
  };
  const M32 young = Below(p.age, static_cast<std::uint32_t>(std::max(0, u.programme_age)));
  const M32 funded = hn::And(hn::And(young, p.expert), Is(p.sector, code(Sector::research)));
  const VF as_employee = hn::Add(value(Mode::wage, gap, wage), OrZero(funded, F(static_cast<float>(u.fund))));
  const VF position = hn::ConvertTo(df, LookInt<1>(u.entrepreneur_position.data(), Get<traits::PositionField>(p.fixed)));
  const VF own_gap = hn::Add(gap, F(static_cast<float>(u.entrepreneur_gap)));
  const VF as_entrepreneur = hn::Add(value(Mode::entrepreneur, own_gap, licensed), position);
  const VF closed = F(-1e9f);
  const VF remotely = u.open[code(Mode::remote)] ? Choose(p.graduate, value(Mode::remote, gap, light), closed) : closed;
  const VF retired = Choose(Below(p.age, 60), closed, value(Mode::retire, gap, light));
  return InclusiveValueAtMost(u.mu, as_employee, as_entrepreneur, remotely, retired);
}

void FindLeavers(const ChooserColumns& columns, std::size_t count, ReturnPass& shared) {
  const ChooserColumns chooser = columns;
  ReturnPass pass = shared;
  const Utilities& u = *pass.utilities;
  const ReturnTables tables(u);
  const std::uint32_t* points = logistic_table().points();
  const auto* normal = reinterpret_cast<const std::int32_t*>(fine_normal_steps().data());
  // A word at or below the last one that means an offer must be won; no word where there is none.
  const auto last = [&](std::size_t kind) { return U(static_cast<std::uint32_t>(pass.offer_first[kind] - 1)); };
  const auto some = [&](std::size_t kind) { return pass.offer_first[kind] > 0 ? hn::Eq(last(kind), last(kind)) : hn::Ne(last(kind), last(kind)); };
  const V32 year = U(static_cast<std::uint32_t>(pass.year - birth_year_base));
  for (std::size_t i = 0; i < count; i += Wide()) {
    const Draw w = DrawWords(pass.taste_stream, 0, chooser.key + i);
    Chooser p;
    p.now = hn::LoadU(du, chooser.state + i);
    p.fixed = Widen(chooser.traits + i);
    p.education = Get<traits::EducationField>(p.fixed);
    p.sector = Get<traits::SectorField>(p.fixed);
    p.graduate = hn::Not(Below(p.education, code(Education::tertiary)));
    p.expert = hn::And(Is(p.education, code(Education::advanced)), Below(p.sector, code(Sector::business)));
    const V32 birth = Widen(chooser.birth + i);
    p.age = hn::Sub(year, birth);
    p.trust = ToFloat(Widen(chooser.trust + i));

    const M32 born_abroad = hn::Not(Below(Get<traits::GenerationField>(p.fixed), code(Generation::g2)));
    const V32 years = hn::Sub(year, hn::IfThenElse(born_abroad, birth, Widen(chooser.arrival + i)));
    const V32 duration = hn::Min(years, hn::IfThenElse(born_abroad, U(30), U(max_age)));
    // Two steps of the normal law lie in a word.
    const VI pair = hn::GatherIndex(di, normal, hn::BitCast(di, hn::ShiftRight<21>(w.w0)));
    const auto second = hn::RebindMask(di, hn::Ne(hn::And(w.w0, U(1u << 20)), hn::Zero(du)));
    const VF taste = hn::ConvertTo(
        df, hn::IfThenElse(second, hn::ShiftRight<16>(pair), hn::ShiftRight<16>(hn::ShiftLeft<16>(pair))));
    const M32 must_win_offer = hn::Or(
        hn::And(hn::And(p.graduate, some(1)), hn::Not(hn::Gt(w.w1, last(1)))),
        hn::And(hn::AndNot(p.graduate, some(0)), hn::Not(hn::Gt(w.w1, last(0)))));

    const VF common = CommonUtility(u, tables, p, duration, hn::ConvertTo(df, hn::LoadU(di, chooser.peer + i)),
                                    hn::ConvertTo(df, hn::LoadU(di, chooser.norm + i)), taste);
    const V32 at = hn::Or(hn::ShiftLeft<4>(p.education), Get<traits::PositionField>(p.fixed));
    VI gap = hn::PromoteTo(di, hn::LoadU(hn::Rebind<std::int16_t, D32>(), chooser.pay_belief + i));
    gap = hn::Add(gap, hn::Add(hn::Set(di, u.pay_centre), LookInt<4>(u.gap[0].data(), at)));
    const auto lost_job = hn::RebindMask(di, hn::Ne(Widen(chooser.lost_job + i), hn::Zero(du)));
    gap = hn::Add(gap, hn::IfThenElseZero(lost_job, hn::Set(di, u.job_loss_gap)));
    const VF modes = ValueOfModes(u, tables, p, hn::ConvertTo(df, gap), ToFloat(Widen(chooser.redtape_belief + i)),
                                  must_win_offer);
    const VF utility = hn::Add(hn::Add(common, modes), F(return_slack));
    const V32 at_most = ThresholdAtMost(points, utility);
    // Products of the upper 24 bits, one more for what is cut off and one for the rounding.
    const auto part = [](V32 word) { return ToFloat(hn::Add(hn::ShiftRight<8>(word), U(1))); };
    const VF leaves = hn::Mul(hn::Mul(part(at_most), F(1.0f / (1 << 24))), part(hn::LoadU(du, chooser.attends + i)));
    const VF word = ToFloat(hn::ShiftRight<8>(hn::LoadU(du, chooser.decision + i)));
    const M32 perhaps = hn::RebindMask(du, hn::Le(word, hn::Add(leaves, F(2.0f))));
    Add(pass.perhaps, hn::And(perhaps, hn::FirstN(du, count - i)), i);
  }
  shared = pass;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace homeward {
namespace {
HWY_EXPORT(FindAttentive);
HWY_EXPORT(FindLeavers);
}  // namespace

void find_attentive(const BlockColumns& block, std::size_t count, AttendPass& pass) {
  HWY_DYNAMIC_DISPATCH(FindAttentive)(block, count, pass);
}
void find_leavers(const ChooserColumns& choosers, std::size_t count, ReturnPass& pass) {
  HWY_DYNAMIC_DISPATCH(FindLeavers)(choosers, count, pass);
}

}  // namespace homeward
#endif  // HWY_ONCE
