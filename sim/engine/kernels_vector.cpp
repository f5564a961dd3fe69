// The passes over everybody, several people to an instruction (Highway, the widest instruction set of the machine).
// Each is the vector form of its twin in engine/kernels_portable.cpp, operation for operation.
#include "engine/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels_vector.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "random/philox-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void FindLifeEvents(const BlockColumns& b, std::size_t n, LifePass& p) { portable::find_life_events(b, n, p); }
void FindStatusChanges(const BlockColumns& b, std::size_t n, StatusPass& p) { portable::find_status_changes(b, n, p); }
void FindVisitors(const BlockColumns& b, std::size_t n, SocialPass& p) { portable::find_visitors(b, n, p); }
void LookAround(const BlockColumns& b, std::size_t exogenous, std::size_t n, const CommunityColumns& c,
                const TiesPass& p) {
  portable::look_around(b, exogenous, n, c, p);
}
void LearnBeliefs(const BlockColumns& b, std::size_t n, const CommunityColumns& c, const LearnPass& p) {
  portable::learn_beliefs(b, n, c, p);
}
void FindAttentive(const BlockColumns& b, std::size_t n, AttendPass& p) { portable::find_attentive(b, n, p); }
void TakeSnapshot(const BlockColumns& b, std::size_t, std::size_t n, SnapshotPass& p) {
  portable::take_snapshot(b, 0, n, p);
}
void ListEqual(const std::uint8_t* bytes, std::size_t count, std::uint8_t value, IndexList& found) {
  for (std::size_t i = 0; i < count; ++i) {
    if (bytes[i] == value) found.at[found.count++] = static_cast<std::uint32_t>(i);
  }
}

#else

using DI = hn::RebindToSigned<D32>;
using DF = hn::RebindToFloat<D32>;
using VI = hn::Vec<DI>;
using VF = hn::Vec<DF>;
using M32 = hn::Mask<D32>;
const D32 du;
const DI di;
const DF df;

HWY_INLINE V32 U(std::uint32_t value) { return hn::Set(du, value); }
HWY_INLINE VF F(float value) { return hn::Set(df, value); }
HWY_INLINE std::size_t Wide() { return hn::Lanes(du); }

template <class Narrow>
HWY_INLINE V32 Widen(const Narrow* from) {
  return hn::PromoteTo(du, hn::LoadU(hn::Rebind<Narrow, D32>(), from));
}
template <class FieldType>
HWY_INLINE V32 Get(V32 word) {
  constexpr std::uint32_t mask = FieldType::mask;
  constexpr int shift = __builtin_ctz(mask);
  return hn::ShiftRight<shift>(hn::And(word, U(mask)));
}
HWY_INLINE M32 Is(V32 value, std::uint32_t what) { return hn::Eq(value, U(what)); }
HWY_INLINE M32 Below(V32 a, V32 b) { return hn::Lt(a, b); }
HWY_INLINE M32 Below(V32 a, std::uint32_t b) { return hn::Lt(a, U(b)); }
HWY_INLINE V32 Low16(V32 word) { return hn::And(word, U(0xffffu)); }
HWY_INLINE V32 High16(V32 word) { return hn::ShiftRight<16>(word); }
HWY_INLINE V32 Look(const std::uint32_t* table, V32 index) {
  return hn::GatherIndex(du, table, hn::BitCast(di, index));
}
HWY_INLINE VF Look(const float* table, V32 index) { return hn::GatherIndex(df, table, hn::BitCast(di, index)); }
HWY_INLINE VF ToFloat(V32 value) { return hn::ConvertTo(df, hn::BitCast(di, value)); }
HWY_INLINE VF Choose(M32 mask, VF yes, VF no) { return hn::IfThenElse(hn::RebindMask(df, mask), yes, no); }
HWY_INLINE VF OrZero(M32 mask, VF yes) { return hn::IfThenElseZero(hn::RebindMask(df, mask), yes); }

HWY_INLINE M32 IsAbroad(V32 status) {
  return hn::And(hn::Ne(status, hn::Zero(du)), Below(status, code(Status::returned)));
}
// Ages are never negative for people who are there; the difference wraps for empty slots, which are masked.
HWY_INLINE V32 AgeOf(const BlockColumns& block, std::size_t i, int year) {
  return hn::Sub(U(static_cast<std::uint32_t>(year - birth_year_base)), Widen(block.birth + i));
}

struct Draw {
  V32 w0, w1, w2, w3;
};
HWY_INLINE Draw DrawWords(std::uint64_t stream, std::uint32_t time, const std::uint64_t* keys) {
  const D64 d;
  Counter a, b;
  Philox(stream, time, 0, hn::LoadU(d, keys), hn::LoadU(d, keys + hn::Lanes(d)), a, b);
  const auto join = [](V64 low, V64 high) {
    return hn::ConcatEven(du, hn::BitCast(du, high), hn::BitCast(du, low));
  };
  return {join(a.c0, b.c0), join(a.c1, b.c1), join(a.c2, b.c2), join(a.c3, b.c3)};
}

HWY_INLINE void Add(IndexList& list, M32 who, std::size_t i) {
  if (hn::AllFalse(du, who)) return;
  const V32 index = hn::Iota(du, static_cast<std::uint32_t>(i));
  // Compressed in a register and stored whole: compressing stores are slow on some processors.
  hn::StoreU(hn::Compress(index, who), du, list.at + list.count);
  list.count += hn::CountTrue(du, who);
}

void FindLifeEvents(const BlockColumns& block, std::size_t count, LifePass& pass) {
  const LifeBounds& most = *pass.bounds;
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const V32 status = Get<state::StatusField>(now);
    const M32 there = hn::Ne(status, hn::Zero(du));
    if (hn::AllFalse(du, there)) continue;
    pass.living += hn::CountTrue(du, there);
    const Draw w = DrawWords(pass.stream, pass.time, block.key + i);
    const V32 age = AgeOf(block, i, pass.year);
    const V32 death = hn::IfThenElse(Below(age, 50), U(most.death[0]),
                                     hn::IfThenElse(Below(age, 70), U(most.death[1]), U(most.death[2])));
    const M32 dies = Below(w.w0, death);
    const V32 partner = Get<state::PartnerField>(now);
    const auto from = static_cast<std::uint32_t>(most.fertile_from);
    const auto span = static_cast<std::uint32_t>(most.fertile_to - most.fertile_from + 1);
    const M32 couple = hn::Or(Is(partner, code(Partner::host_born)), Is(partner, code(Partner::co_national)));
    const M32 temporary = hn::Or(Is(status, code(Status::contract)), Is(status, code(Status::student)));
    const V32 birth = hn::IfThenElse(temporary, U(most.birth[2]),
                                     hn::IfThenElse(couple, U(most.birth[1]), U(most.birth[0])));
    M32 perhaps = hn::And(Below(hn::Sub(age, U(from)), span), Below(w.w1, birth));
    const V32 meeting = hn::IfThenElse(
        hn::And(Is(partner, code(Partner::none)), Below(hn::Sub(age, U(24)), 16)), U(most.union_rate),
        hn::IfThenElseZero(Is(partner, code(Partner::at_home)), U(most.partner_joins)));
    perhaps = hn::Or(perhaps, Below(High16(w.w2), meeting));
    const V32 clears = hn::IfThenElseZero(Is(Get<state::ChildField>(now), 1), U(most.clears));
    perhaps = hn::Or(perhaps, Below(Low16(w.w3), clears));
    const M32 parent = Is(Get<state::ParentField>(now), 1);
    const V32 ends = hn::IfThenElse(Below(age, 40), U(most.ends[0]),
                                    hn::IfThenElse(Below(age, 55), U(most.ends[1]), U(most.ends[2])));
    perhaps = hn::Or(perhaps, hn::And(parent, hn::Or(Below(Low16(w.w2), ends), Below(High16(w.w3), most.illness))));
    const M32 adult_abroad = hn::And(IsAbroad(status), hn::Not(Below(age, 18)));
    Add(pass.perhaps, hn::And(there, hn::Or(dies, hn::And(adult_abroad, perhaps))), i);
  }
}

void FindStatusChanges(const BlockColumns& block, std::size_t count, StatusPass& pass) {
  const LifeTables& life = *pass.life;
  const V32 this_year = U(static_cast<std::uint32_t>(pass.year - birth_year_base));
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const V32 status = Get<state::StatusField>(now);
    if (hn::AllTrue(du, Is(status, 0))) continue;
    Add(pass.home, Is(status, code(Status::returned)), i);
    const M32 there = IsAbroad(status);
    if (hn::AllFalse(du, there)) continue;
    Add(pass.preparing, Is(status, code(Status::preparing)), i);
    const M32 temporary = hn::Or(Is(status, code(Status::contract)), Is(status, code(Status::student)));
    Add(pass.permits, hn::And(temporary, hn::Not(Below(this_year, Widen(block.year + i)))), i);

    const Draw w = DrawWords(pass.stream, pass.time, block.key + i);
    const V32 legal = Get<state::LegalField>(now);
    const V32 law = hn::IfThenElse(
        Is(legal, code(Legal::resident)), U(life.changes_law[code(Legal::resident)]),
        hn::IfThenElseZero(Is(legal, code(Legal::naturalised)), U(life.changes_law[code(Legal::naturalised)])));
    Add(pass.law, hn::And(there, hn::Or(Below(w.w0, law), Below(High16(w.w2), life.job_loss))), i);

    const V32 fixed = Widen(block.traits + i);
    const V32 migrant_class = Get<traits::ClassField>(fixed);
    const M32 saver = hn::Or(hn::Or(Is(migrant_class, code(MigrantClass::family)),
                                    Is(migrant_class, code(MigrantClass::marriage))),
                             Is(migrant_class, code(MigrantClass::skilled)));
    const M32 saves = hn::And(hn::And(saver, Is(status, code(Status::settled))),
                              Below(Get<state::SavingsField>(now), 7));
    const V32 join = hn::IfThenElse(Is(Get<state::AssociationField>(now), 1), U(life.association_leave),
                                    U(pass.join_at_most));
    M32 perhaps = Below(w.w1, join);
    if (!hn::AllFalse(du, saves)) {
      const V32 step = Look(life.savings_step.data(), Get<traits::PositionField>(fixed));
      perhaps = hn::Or(perhaps, hn::And(saves, Below(Low16(w.w2), step)));
    }
    const M32 outsider = hn::And(Is(Get<traits::EducationField>(fixed), code(Education::advanced)),
                                 Is(Get<state::NetworkField>(now), 0));
    perhaps = hn::Or(perhaps, hn::And(outsider, Below(w.w3, life.network_join)));
    const M32 adult = hn::Not(Below(AgeOf(block, i, pass.year), 18));
    Add(pass.joins, hn::And(hn::And(there, adult), perhaps), i);
  }
}

void FindVisitors(const BlockColumns& block, std::size_t count, SocialPass& pass) {
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const V32 status = Get<state::StatusField>(now);
    const M32 there = IsAbroad(status);
    if (hn::AllFalse(du, there)) continue;
    const Draw w = DrawWords(pass.stream, pass.time, block.key + i);
    hn::StoreU(w.w0, du, pass.visit_word + i);
    hn::StoreU(w.w1, du, pass.noise + i);
    hn::StoreU(w.w2, du, pass.decision + i);
    hn::StoreU(w.w3, du, pass.travel + i);

    const V32 fixed = Widen(block.traits + i);
    const V32 generation = Get<traits::GenerationField>(fixed);
    const V32 legal = Get<state::LegalField>(now);
    const M32 refugee = hn::And(Is(generation, code(Generation::g1)),
                                Is(Get<traits::ClassField>(fixed), code(MigrantClass::refugee)));
    const M32 foreign = hn::Or(Is(legal, code(Legal::naturalised)), Is(legal, code(Legal::dual)));
    const M32 minor = Below(AgeOf(block, i, pass.year), 18);
    V32 kind = hn::Add(hn::ShiftLeft<4>(generation), hn::ShiftLeft<2>(Get<state::ParentField>(now)));
    kind = hn::Add(kind, hn::IfThenElseZero(refugee, U(8)));
    kind = hn::Add(kind, hn::IfThenElseZero(minor, U(2)));
    kind = hn::Add(kind, hn::IfThenElseZero(foreign, U(1)));
    const V32 trust = hn::ShiftRight<8>(Widen(block.trust + i));
    const VF rate = hn::Mul(Look(pass.visits->rate.data(), kind), Look(pass.visits->trust.data(), trust));
    const VF bound = hn::Add(hn::Mul(rate, F(1.0f * (1 << 24))), F(1.0f));
    const auto visits = hn::Le(ToFloat(hn::ShiftRight<8>(w.w0)), bound);
    Add(pass.visitors, hn::And(there, hn::RebindMask(du, visits)), i);

    const V32 sector = Get<traits::SectorField>(fixed);
    const M32 trades = hn::Or(Is(sector, code(Sector::business)), Is(sector, code(Sector::ict)));
    const M32 advanced = Is(Get<traits::EducationField>(fixed), code(Education::advanced));
    const V32 expert = hn::IfThenElse(Is(Get<state::NetworkField>(now), 1), U(pass.member_at_most),
                                      U(pass.expert_at_most));
    const V32 most = hn::IfThenElse(advanced, expert, hn::IfThenElseZero(trades, U(pass.business_at_most)));
    const M32 travels = hn::Or(Below(w.w3, most), hn::And(advanced, trades));
    const M32 free = hn::Or(Is(status, code(Status::settled)), Is(status, code(Status::preparing)));
    Add(pass.travellers, hn::And(hn::And(free, hn::Not(minor)), travels), i);
  }
}

// All lanes live in one community for most of the block: then its numbers are loaded once.
struct Place {
  V32 index;
  bool one;
  std::uint32_t c;
};
HWY_INLINE Place PlaceOf(const BlockColumns& block, const CommunityColumns& communities, std::size_t i) {
  const std::uint32_t first = block.community[i];
  const V32 community = Widen(block.community + i);
  const bool one = hn::AllTrue(du, hn::Eq(community, U(first)));
  return {hn::Sub(community, U(communities.first)), one, first - communities.first};
}
HWY_INLINE VF At(const float* column, const Place& place, M32 there) {
  if (place.one) return F(column[place.c]);
  return Look(column, hn::IfThenElseZero(there, place.index));
}

// Indices of the exogenous ancestors of slots i .. i + lanes, on the mother's side; themselves where they are exogenous.
HWY_INLINE V32 AncestorsOf(const TiesPass& pass, std::size_t exogenous, std::size_t i, M32 there) {
  V32 index = hn::Iota(du, static_cast<std::uint32_t>(i));
  for (;;) {
    const M32 child = hn::And(there, hn::Not(Below(index, static_cast<std::uint32_t>(exogenous))));
    if (hn::AllFalse(du, child)) return hn::IfThenElseZero(there, index);
    const V32 mother = hn::Sub(Look(pass.mother, hn::IfThenElseZero(child, index)), U(pass.first_slot));
    index = hn::IfThenElse(child, mother, index);
  }
}

void LookAround(const BlockColumns& block, std::size_t exogenous, std::size_t count,
                const CommunityColumns& communities, const TiesPass& pass) {
  const PeerWeights& weights = pass.weights;
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 status = Get<state::StatusField>(hn::LoadU(du, block.state + i));
    const M32 there = IsAbroad(status);
    if (hn::AllFalse(du, there)) continue;
    V32 told;
    if (i + Wide() > exogenous) {
      const V32 ancestor = AncestorsOf(pass, exogenous, i, there);
      const VI bytes = hn::GatherOffset(di, reinterpret_cast<const std::int32_t*>(pass.told),
                                        hn::BitCast(di, ancestor));
      told = hn::And(hn::BitCast(du, bytes), U(255));
    } else {
      told = Widen(pass.told + i);
    }
    const V32 good = hn::And(told, U(15));
    const V32 bad = hn::ShiftRight<4>(told);
    const VF ties = hn::Sub(ToFloat(good), hn::Mul(F(weights.bad_weight), ToFloat(bad)));
    const VF community = At(communities.peers, PlaceOf(block, communities, i), there);
    const VF q = hn::Add(hn::Mul(F(weights.per_tie), ties), community);
    const VF s = hn::Mul(F(weights.scale), q);
    const VF bounded = hn::Min(hn::Max(s, hn::Zero(df)), F(65536.0f));
    hn::StoreU(hn::ConvertTo(di, bounded), di, pass.peer + i);
  }
}

HWY_INLINE VF Clip(VF value, float low, float high) { return hn::Min(hn::Max(value, F(low)), F(high)); }
HWY_INLINE VI Nearest(VF value) { return hn::ConvertTo(di, hn::Add(value, F(0.5f))); }

template <class Narrow>
HWY_INLINE void Keep(M32 who, VI value, V32 old, Narrow* to) {
  const VI kept = hn::IfThenElse(hn::RebindMask(di, who), value, hn::BitCast(di, old));
  hn::StoreU(hn::DemoteTo(hn::Rebind<Narrow, D32>(), kept), hn::Rebind<Narrow, D32>(), to);
}

void LearnBeliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                  const LearnPass& pass) {
  const BeliefTables& t = *pass.beliefs;
  const float* normal = normal_steps().data();
  const V32 byte = U(255);
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const M32 there = IsAbroad(Get<state::StatusField>(now));
    if (hn::AllFalse(du, there)) continue;
    const V32 fixed = Widen(block.traits + i);
    const V32 visits = Widen(pass.visits + i);
    const V32 bits = hn::LoadU(du, pass.noise + i);
    const M32 member = Is(Get<state::AssociationField>(now), 1);
    const Place place = PlaceOf(block, communities, i);

    VF rate = hn::Add(F(t.l0), hn::Mul(Choose(member, F(t.l_peer_member), F(t.l_peer)),
                                       hn::ConvertTo(df, hn::LoadU(di, pass.peer + i))));
    rate = hn::Add(rate, OrZero(hn::Ne(visits, hn::Zero(du)), F(t.l_visit)));
    rate = hn::Add(rate, OrZero(Is(Get<state::NetworkField>(now), 1), F(t.l_network)));
    rate = hn::Min(rate, F(t.l_max));

    const VI pay = hn::PromoteTo(di, hn::LoadU(hn::Rebind<std::int16_t, D32>(), block.pay_belief + i));
    const VF old_pay = hn::ConvertTo(df, pay);
    const VF pay_noise = hn::Mul(F(t.noise_pay), Look(normal, hn::And(bits, byte)));
    const VF new_pay = hn::Add(hn::Add(old_pay, hn::Mul(rate, hn::Sub(F(t.true_pay), old_pay))), pay_noise);
    const VI pay_int = hn::Sub(Nearest(hn::Add(Clip(new_pay, -32767.0f, 32767.0f), F(32768.0f))), hn::Set(di, 32768));
    Keep(there, pay_int, hn::BitCast(du, pay), block.pay_belief + i);

    const V32 trust = Widen(block.trust + i);
    const VF old_trust = ToFloat(trust);
    const V32 redtape = Widen(block.redtape_belief + i);
    const VF old_redtape = ToFloat(redtape);
    const VF shown = hn::Mul(F(t.true_redtape), hn::Sub(F(1.0f), hn::Mul(old_trust, F(t.redtape_promise))));
    const VF step = hn::Min(hn::Mul(At(communities.redtape, place, there), rate), F(1.0f));
    const VF redtape_noise = hn::Mul(F(t.noise_redtape), Look(normal, hn::And(hn::ShiftRight<8>(bits), byte)));
    const VF new_redtape = hn::Add(hn::Add(old_redtape, hn::Mul(step, hn::Sub(shown, old_redtape))), redtape_noise);
    Keep(there, Nearest(Clip(new_redtape, 0.0f, 65535.0f)), redtape, block.redtape_belief + i);

    const M32 refugee = hn::And(Is(Get<traits::GenerationField>(fixed), code(Generation::g1)),
                                Is(Get<traits::ClassField>(fixed), code(MigrantClass::refugee)));
    const VF gain = hn::Add(hn::Mul(F(t.t_visit), ToFloat(visits)),
                            Choose(refugee, F(t.t_reconciliation[1]), F(t.t_reconciliation[0])));
    VF change = hn::Mul(gain, hn::Sub(F(whole_trust), old_trust));
    const VF pull = At(communities.pull, place, there);
    const VF mean = At(communities.trust, place, there);
    change = hn::Add(change, hn::Mul(pull, hn::Sub(mean, old_trust)));
    change = hn::Add(change, OrZero(member, F(t.t_consult)));
    change = hn::Add(change, F(t.t_always));
    if (t.t_broken_eligible != 0) {
      const V32 sector = Get<traits::SectorField>(fixed);
      const M32 science = Below(sector, code(Sector::business));
      const M32 expert = hn::And(science, Is(Get<traits::EducationField>(fixed), code(Education::advanced)));
      change = hn::Sub(change, OrZero(expert, F(t.t_broken_eligible)));
    }
    const VF trust_noise = hn::Mul(F(t.noise_trust), Look(normal, hn::And(hn::ShiftRight<16>(bits), byte)));
    const VF new_trust = hn::Add(hn::Add(old_trust, change), trust_noise);
    Keep(there, Nearest(Clip(new_trust, 0.0f, 65535.0f)), trust, block.trust + i);

    // 4/5 of the stock, rounded down: 52429 / 65536 is exact for bytes.
    const V32 stock = Widen(block.visit_stock + i);
    const V32 faded = hn::ShiftRight<18>(hn::Mul(stock, U(209716)));
    const V32 stocked = hn::Min(hn::Add(faded, hn::ShiftLeft<5>(visits)), U(255));
    Keep(there, hn::BitCast(di, stocked), stock, block.visit_stock + i);

    const V32 attachment = Widen(block.attachment + i);
    const VF old_attachment = ToFloat(attachment);
    const VF seen = ToFloat(hn::Min(stocked, U(96)));
    VF target = hn::Add(hn::Mul(ToFloat(Get<state::LanguageField>(now)), F(255.0f / 9)),
                        hn::Mul(seen, F(255.0f / 288)));
    target = hn::Add(target, OrZero(member, F(85.0f)));
    const VF moved = hn::Add(old_attachment, hn::Mul(F(t.attachment_rate), hn::Sub(target, old_attachment)));
    const VF dithered = hn::Add(moved, hn::Mul(ToFloat(hn::ShiftRight<24>(bits)), F(1.0f / 256)));
    Keep(there, hn::ConvertTo(di, Clip(dithered, 0.0f, 255.0f)), attachment, block.attachment + i);
  }
}

void FindAttentive(const BlockColumns& block, std::size_t count, AttendPass& pass) {
  const Utilities& u = *pass.utilities;
  const std::uint32_t* points = logistic_table().points();
  // The terms are whole numbers below 2^24: floats add them up to within a few units, and the screen allows for eight.
  const float per_trust_unit = static_cast<float>(u.attend_trust_q16) / (1 << 20);
  const float per_peer = static_cast<float>(u.attend_peer) / 65536.0f;
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const M32 settled = Is(Get<state::StatusField>(now), code(Status::settled));
    if (hn::AllFalse(du, settled)) continue;
    const V32 age = AgeOf(block, i, pass.year);
    const M32 adult = hn::And(settled, hn::Not(Below(age, 18)));
    const M32 shock = hn::Or(hn::Ne(Widen(pass.happened + i), hn::Zero(du)), hn::Or(Is(age, 62), Is(age, 65)));
    VF utility = hn::Add(F(static_cast<float>(u.attend) + 8.0f),
                         hn::Mul(F(per_trust_unit), hn::Sub(ToFloat(Widen(block.trust + i)), F(32768.0f))));
    utility = hn::Add(utility, hn::Mul(F(per_peer), hn::ConvertTo(df, hn::LoadU(di, pass.peer + i))));
    utility = hn::Add(utility, OrZero(hn::Ne(Widen(pass.visits + i), hn::Zero(du)),
                                      F(static_cast<float>(u.attend_visit))));
    utility = hn::Add(utility, OrZero(shock, F(static_cast<float>(u.attend_shock))));
    utility = hn::Add(utility, OrZero(Is(Get<state::NetworkField>(now), 1),
                                      F(static_cast<float>(u.attend_network))));
    const VI bounded = hn::ConvertTo(di, Clip(utility, -65535.0f, 65535.0f));
    const V32 point = hn::ShiftRight<5>(hn::BitCast(du, hn::Add(bounded, hn::Set(di, 65536))));
    const V32 at_most = Look(points, hn::Add(point, U(1)));
    M32 perhaps = Below(hn::LoadU(du, pass.decision + i), at_most);
    if (pass.invitations) {
      const V32 education = Get<traits::EducationField>(Widen(block.traits + i));
      perhaps = hn::Or(perhaps, Is(education, code(Education::advanced)));
    }
    Add(pass.perhaps, hn::And(adult, perhaps), i);
  }
}

// Community by community, whose exogenous people lie side by side; children one by one.
void TakeSnapshot(const BlockColumns& block, std::size_t exogenous, std::size_t count, SnapshotPass& pass) {
  std::size_t advanced = 0, advanced_members = 0, association = 0, network = 0;
  for (std::size_t c = 0; c < pass.communities; ++c) {
    std::size_t abroad = 0, first_generation = 0;
    V32 trust_sum = hn::Zero(du), first_sum = hn::Zero(du);
    const std::size_t end = pass.community_first[c + 1];
    for (std::size_t i = pass.community_first[c]; i < end; i += Wide()) {
      const V32 now = hn::LoadU(du, block.state + i);
      const V32 status = hn::IfThenElseZero(hn::FirstN(du, end - i), Get<state::StatusField>(now));
      const M32 there = hn::Ne(status, hn::Zero(du));
      if (hn::AllFalse(du, there)) continue;
      Add(pass.living, there, i);
      const M32 out = IsAbroad(status);
      const M32 told = hn::And(there, hn::Or(Is(status, code(Status::returned)), Is(Get<state::BadStoryField>(now), 1)));
      Add(pass.tellers, told, i);
      const V32 fixed = Widen(block.traits + i);
      const V32 trust = hn::IfThenElseZero(out, hn::ShiftRight<3>(Widen(block.trust + i)));
      const M32 first = hn::And(out, Is(Get<traits::GenerationField>(fixed), code(Generation::g1)));
      abroad += hn::CountTrue(du, out);
      first_generation += hn::CountTrue(du, first);
      trust_sum = hn::Add(trust_sum, trust);
      first_sum = hn::Add(first_sum, hn::IfThenElseZero(first, trust));
      const M32 adult = hn::And(out, hn::Not(Below(AgeOf(block, i, pass.year), 18)));
      const M32 member = Is(Get<state::NetworkField>(now), 1);
      const M32 degree = hn::And(adult, Is(Get<traits::EducationField>(fixed), code(Education::advanced)));
      association += hn::CountTrue(du, hn::And(adult, Is(Get<state::AssociationField>(now), 1)));
      network += hn::CountTrue(du, hn::And(adult, member));
      advanced += hn::CountTrue(du, degree);
      advanced_members += hn::CountTrue(du, hn::And(degree, member));
    }
    CommunityCounts& counts = pass.counts[c];
    counts.abroad = static_cast<std::uint32_t>(abroad);
    counts.first_generation = static_cast<std::uint32_t>(first_generation);
    counts.trust_eighth = hn::GetLane(hn::SumOfLanes(du, trust_sum));
    counts.first_trust_eighth = hn::GetLane(hn::SumOfLanes(du, first_sum));
  }
  pass.advanced += static_cast<std::int64_t>(advanced);
  pass.advanced_members += static_cast<std::int64_t>(advanced_members);
  pass.association += static_cast<std::int64_t>(association);
  pass.network += static_cast<std::int64_t>(network);
  portable::take_snapshot(block, exogenous, count, pass);
}

void ListEqual(const std::uint8_t* bytes, std::size_t count, std::uint8_t value, IndexList& found) {
  for (std::size_t i = 0; i < count; i += Wide()) {
    Add(found, hn::And(Is(Widen(bytes + i), value), hn::FirstN(du, count - i)), i);
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace homeward {
namespace {
HWY_EXPORT(FindLifeEvents);
HWY_EXPORT(FindStatusChanges);
HWY_EXPORT(FindVisitors);
HWY_EXPORT(LookAround);
HWY_EXPORT(LearnBeliefs);
HWY_EXPORT(FindAttentive);
HWY_EXPORT(TakeSnapshot);
HWY_EXPORT(ListEqual);
}  // namespace

void find_life_events(const BlockColumns& block, std::size_t count, LifePass& pass) {
  HWY_DYNAMIC_DISPATCH(FindLifeEvents)(block, count, pass);
}
void find_status_changes(const BlockColumns& block, std::size_t count, StatusPass& pass) {
  HWY_DYNAMIC_DISPATCH(FindStatusChanges)(block, count, pass);
}
void find_visitors(const BlockColumns& block, std::size_t count, SocialPass& pass) {
  HWY_DYNAMIC_DISPATCH(FindVisitors)(block, count, pass);
}
void look_around(const BlockColumns& block, std::size_t exogenous, std::size_t count,
                 const CommunityColumns& communities, const TiesPass& pass) {
  HWY_DYNAMIC_DISPATCH(LookAround)(block, exogenous, count, communities, pass);
}
void learn_beliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                   const LearnPass& pass) {
  HWY_DYNAMIC_DISPATCH(LearnBeliefs)(block, count, communities, pass);
}
void find_attentive(const BlockColumns& block, std::size_t count, AttendPass& pass) {
  HWY_DYNAMIC_DISPATCH(FindAttentive)(block, count, pass);
}
void take_snapshot(const BlockColumns& block, std::size_t exogenous, std::size_t count, SnapshotPass& pass) {
  HWY_DYNAMIC_DISPATCH(TakeSnapshot)(block, exogenous, count, pass);
}
void list_equal(const std::uint8_t* bytes, std::size_t count, std::uint8_t value, IndexList& found) {
  HWY_DYNAMIC_DISPATCH(ListEqual)(bytes, count, value, found);
}

}  // namespace homeward
#endif  // HWY_ONCE
