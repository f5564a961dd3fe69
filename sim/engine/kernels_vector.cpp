// The passes over everybody, several people to an instruction (Highway, the widest instruction set of the machine).
// Each is the vector form of its twin in engine/kernels_portable.cpp, operation for operation.
#include "engine/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels_vector.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "engine/passes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void LearnBeliefs(const BlockColumns& b, std::size_t n, const CommunityColumns& c, const LearnPass& p) {
  portable::learn_beliefs(b, n, c, p);
}
void TakeSnapshot(const BlockColumns& b, std::size_t n, SnapshotPass& p) { portable::take_snapshot(b, n, p); }
void ListMinors(const BlockColumns& b, std::size_t n, int year, IndexList& minors) {
  portable::list_minors(b, n, year, minors);
}

#else

// s, what returns in one's surroundings tell. told: of the ties, good + 16 bad.
HWY_INLINE VI PeerShare(const PeerWeights& weights, V32 told, VF community) {
  const VF good = ToFloat(hn::And(told, U(15)));
  const VF bad = ToFloat(hn::ShiftRight<4>(told));
  const VF ties = hn::Sub(good, hn::Mul(F(weights.bad_weight), bad));
  const VF q = hn::Add(hn::Mul(F(weights.per_tie), ties), community);
  const VF s = hn::Mul(F(weights.scale), q);
  return Truncate(hn::Min(hn::Max(s, hn::Zero(df)), F(65536.0f)));
}

// What everybody hears and reads where they live, side by side, so that vectors need not look people up one by one.
void SurroundEach(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                  const LearnPass& pass) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t c = block.community[i] - communities.first;
    CommunityReads reads = communities.reads[c];
    reads.words |= std::uint32_t{pass.told[communities.place[c] + block.place[i]]} << CommunityReads::told_shift;
    pass.reads[i] = reads;
  }
}

// normal_steps() of a byte of the word. Its upper half is the lower one mirrored, which fits the widest registers.
template <int Shift>
HWY_INLINE VF NormalStep(const float* normal, V32 word) {
  const V32 byte = hn::ShiftRight<Shift>(word);
  if (Wide() != 16) return Look(normal, hn::And(byte, U(255)));
  const V32 sign = hn::And(hn::ShiftLeft<24>(byte), U(0x80000000u));
  const V32 mirrored = hn::BitCast(du, hn::ShiftRight<31>(hn::BitCast(di, sign)));
  const V32 step = hn::And(hn::Xor(byte, mirrored), U(127));
  return hn::BitCast(df, hn::Xor(hn::BitCast(du, LookSmall<8>(normal, step)), sign));
}
HWY_INLINE VI Nearest(VF value) { return Truncate(hn::Add(value, F(0.5f))); }

template <class Narrow>
HWY_INLINE void Keep(M32 who, VI value, V32 old, Narrow* to) {
  const VI kept = hn::IfThenElse(hn::RebindMask(di, who), value, hn::BitCast(di, old));
  hn::StoreU(hn::DemoteTo(hn::Rebind<Narrow, D32>(), kept), hn::Rebind<Narrow, D32>(), to);
}

// Every pass works on copies of what it is given: stores of vectors might change anything else, and it would be read
// again and again.
void LearnBeliefs(const BlockColumns& columns, std::size_t count, const CommunityColumns& at_communities,
                  const LearnPass& shared) {
  const BlockColumns block = columns;
  const CommunityColumns communities = at_communities;
  const LearnPass pass = shared;
  const BeliefTables t = *pass.beliefs;
  const float* normal = normal_steps().data();
  SurroundEach(block, count, communities, pass);
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const M32 there = IsAbroad(Get<state::StatusField>(now));
    if (hn::AllFalse(du, there)) continue;
    const V32 fixed = Widen(block.traits + i);
    const V32 visits = Widen(pass.visits + i);
    const V32 bits = hn::LoadU(du, pass.noise + i);
    const M32 member = Is(Get<state::AssociationField>(now), 1);
    V32 peers, words;
    hn::LoadInterleaved2(du, reinterpret_cast<const std::uint32_t*>(pass.reads + i), peers, words);
    const VI peer = PeerShare(pass.peers, hn::ShiftRight<CommunityReads::told_shift>(words), hn::BitCast(df, peers));
    hn::StoreU(peer, di, pass.peer + i);

    VF rate = hn::Add(F(t.l0), hn::Mul(Choose(member, F(t.l_peer_member), F(t.l_peer)),
                                       hn::ConvertTo(df, peer)));
    rate = hn::Add(rate, OrZero(hn::Ne(visits, hn::Zero(du)), F(t.l_visit)));
    rate = hn::Add(rate, OrZero(Is(Get<state::NetworkField>(now), 1), F(t.l_network)));
    rate = hn::Min(rate, F(t.l_max));

    const VI pay = hn::PromoteTo(di, hn::LoadU(hn::Rebind<std::int16_t, D32>(), block.pay_belief + i));
    const VF old_pay = hn::ConvertTo(df, pay);
    const VF pay_noise = hn::Mul(F(t.noise_pay), NormalStep<0>(normal, bits));
    const VF new_pay = hn::Add(hn::Add(old_pay, hn::Mul(rate, hn::Sub(F(t.true_pay), old_pay))), pay_noise);
    const VI pay_int = hn::Sub(Nearest(hn::Add(Clip(new_pay, -32767.0f, 32767.0f), F(32768.0f))), hn::Set(di, 32768));
    Keep(there, pay_int, hn::BitCast(du, pay), block.pay_belief + i);

    const V32 trust = Widen(block.trust + i);
    const VF old_trust = ToFloat(trust);
    const V32 redtape = Widen(block.redtape_belief + i);
    const VF old_redtape = ToFloat(redtape);
    const VF shown = hn::Mul(F(t.true_redtape), hn::Sub(F(1.0f), hn::Mul(old_trust, F(t.redtape_promise))));
    const VF step = hn::Min(hn::Mul(Choose(hn::Eq(hn::And(words, U(CommunityReads::bad_stories)), hn::Zero(du)), F(t.redtape_rate),
                                F(t.redtape_rate_bad)), rate), F(1.0f));
    const VF redtape_noise = hn::Mul(F(t.noise_redtape), NormalStep<8>(normal, bits));
    const VF new_redtape = hn::Add(hn::Add(old_redtape, hn::Mul(step, hn::Sub(shown, old_redtape))), redtape_noise);
    Keep(there, Nearest(Clip(new_redtape, 0.0f, 65535.0f)), redtape, block.redtape_belief + i);

    const M32 refugee = hn::And(Is(Get<traits::GenerationField>(fixed), code(Generation::g1)),
                                Is(Get<traits::ClassField>(fixed), code(MigrantClass::refugee)));
    const VF gain = hn::Add(hn::Mul(F(t.t_visit), ToFloat(visits)),
                            Choose(refugee, F(t.t_reconciliation[1]), F(t.t_reconciliation[0])));
    VF change = hn::Mul(gain, hn::Sub(F(whole_trust), old_trust));
    const VF pull = OrZero(hn::Ne(hn::And(words, U(CommunityReads::has_trust)), hn::Zero(du)), F(t.t_community));
    const VF mean = ToFloat(Low16(words));
    change = hn::Add(change, hn::Mul(pull, hn::Sub(mean, old_trust)));
    change = hn::Add(change, OrZero(member, F(t.t_consult)));
    change = hn::Add(change, F(t.t_always));
    if (t.t_broken_eligible != 0) {
      const V32 sector = Get<traits::SectorField>(fixed);
      const M32 science = Below(sector, code(Sector::business));
      const M32 expert = hn::And(science, Is(Get<traits::EducationField>(fixed), code(Education::advanced)));
      change = hn::Sub(change, OrZero(expert, F(t.t_broken_eligible)));
    }
    const VF trust_noise = hn::Mul(F(t.noise_trust), NormalStep<16>(normal, bits));
    const VF new_trust = hn::Add(hn::Add(old_trust, change), trust_noise);
    Keep(there, Nearest(Clip(new_trust, 0.0f, 65535.0f)), trust, block.trust + i);

    // 4/5 of the stock, rounded down: 52429 / 65536 is exact for bytes.
    const V32 stock = Widen(block.visit_stock + i);
    const hn::Repartition<std::uint16_t, D32> halves;
    const V32 faded = hn::BitCast(du, hn::MulHigh(hn::BitCast(halves, stock), hn::Set(halves, 52429)));
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
    Keep(there, Truncate(Clip(dithered, 0.0f, 255.0f)), attachment, block.attachment + i);
  }
}

void TakeSnapshot(const BlockColumns& columns, std::size_t count, SnapshotPass& shared) {
  const BlockColumns block = columns;
  SnapshotPass pass = shared;
  std::size_t advanced = 0, advanced_members = 0, association = 0, network = 0;
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const V32 status = Get<state::StatusField>(now);
    const M32 home = Is(status, code(Status::returned));
    const M32 told = hn::And(hn::Ne(status, hn::Zero(du)), hn::Or(home, Is(Get<state::BadStoryField>(now), 1)));
    const V32 years = hn::Sub(U(static_cast<std::uint32_t>(pass.year - birth_year_base)), Widen(block.year + i));
    Add(pass.tellers, hn::And(told, Below(years, static_cast<std::uint32_t>(pass.recent_years))), i);
    const M32 out = IsAbroad(status);
    const V32 fixed = Widen(block.traits + i);
    const M32 first = Is(Get<traits::GenerationField>(fixed), code(Generation::g1));
    const V32 trust = hn::ShiftRight<3>(Widen(block.trust + i));
    const V32 share = hn::IfThenElseZero(out, hn::Or(hn::ShiftLeft<16>(trust), U(1)));
    hn::StoreInterleaved2(share, hn::IfThenElseZero(first, share), du, reinterpret_cast<std::uint32_t*>(pass.shares + i));
    const M32 adult = hn::And(out, hn::Not(Below(AgeOf(block, i, pass.year), 18)));
    const M32 member = Is(Get<state::NetworkField>(now), 1);
    const M32 degree = hn::And(adult, Is(Get<traits::EducationField>(fixed), code(Education::advanced)));
    association += hn::CountTrue(du, hn::And(adult, Is(Get<state::AssociationField>(now), 1)));
    network += hn::CountTrue(du, hn::And(adult, member));
    advanced += hn::CountTrue(du, degree);
    advanced_members += hn::CountTrue(du, hn::And(degree, member));
  }
  pass.advanced += static_cast<std::int64_t>(advanced);
  pass.advanced_members += static_cast<std::int64_t>(advanced_members);
  pass.association += static_cast<std::int64_t>(association);
  pass.network += static_cast<std::int64_t>(network);
  // Four parts in turn: neighbours are often of one community, whose sums would wait for themselves.
  const auto add = [&](std::size_t i) {
    const CommunityShare share = pass.shares[i];
    CommunitySums& sums = pass.sums[block.community[i] - pass.first_community];
    sums = {sums.abroad + share.abroad, sums.trust_eighth + share.trust_eighth,
            sums.first_generation + share.first_generation, sums.first_trust_eighth + share.first_trust_eighth};
  };
  const std::size_t part = count / 4;
  for (std::size_t i = 0; i < part; ++i) {
    for (std::size_t k = 0; k < 4; ++k) add(k * part + i);
  }
  for (std::size_t i = 4 * part; i < count; ++i) add(i);
  shared = pass;
}

void ListMinors(const BlockColumns& block, std::size_t count, int year, IndexList& minors) {
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const M32 here = hn::And(Is(Get<state::StatusField>(now), code(Status::settled)),
                             Is(Get<state::SharesPlaceField>(now), 1));
    AddRarely(minors, hn::And(here, Below(AgeOf(block, i, year), 18)), i);
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace homeward
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace homeward {
namespace {
HWY_EXPORT(LearnBeliefs);
HWY_EXPORT(TakeSnapshot);
HWY_EXPORT(ListMinors);
}  // namespace

void learn_beliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                   const LearnPass& pass) {
  HWY_DYNAMIC_DISPATCH(LearnBeliefs)(block, count, communities, pass);
}
void take_snapshot(const BlockColumns& block, std::size_t count, SnapshotPass& pass) {
  HWY_DYNAMIC_DISPATCH(TakeSnapshot)(block, count, pass);
}
void list_minors(const BlockColumns& block, std::size_t count, int year, IndexList& minors) {
  HWY_DYNAMIC_DISPATCH(ListMinors)(block, count, year, minors);
}

}  // namespace homeward
#endif  // HWY_ONCE
