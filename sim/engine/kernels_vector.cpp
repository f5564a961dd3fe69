// The passes over everybody, several people to an instruction (Highway, the widest instruction set of the machine).
// Each is the vector form of its twin in engine/kernels_portable.cpp, operation for operation.
#include "engine/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels_vector.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "population/columns-inl.h"
#include "random/philox-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void FindLifeEvents(const BlockColumns& b, std::size_t n, LifePass& p) { portable::find_life_events(b, n, p); }
void FindStatusChanges(const BlockColumns& b, std::size_t n, StatusPass& p) { portable::find_status_changes(b, n, p); }
void FindVisitors(const BlockColumns& b, std::size_t n, SocialPass& p) { portable::find_visitors(b, n, p); }
void LearnBeliefs(const BlockColumns& b, std::size_t n, const CommunityColumns& c, const LearnPass& p) {
  portable::learn_beliefs(b, n, c, p);
}
void FindAttentive(const BlockColumns& b, std::size_t n, AttendPass& p) { portable::find_attentive(b, n, p); }
void TakeSnapshot(const BlockColumns& b, std::size_t n, SnapshotPass& p) { portable::take_snapshot(b, n, p); }
void ListGone(const BlockColumns& b, std::size_t n, IndexList& gone) { portable::list_gone(b, n, gone); }
void ListMinors(const BlockColumns& b, std::size_t n, int year, IndexList& minors) {
  portable::list_minors(b, n, year, minors);
}

#else

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

HWY_INLINE void Keep(const Draw& draw, const WordColumns& words, std::size_t i) {
  hn::StoreU(draw.w0, du, words.w0 + i);
  hn::StoreU(draw.w1, du, words.w1 + i);
  hn::StoreU(draw.w2, du, words.w2 + i);
  hn::StoreU(draw.w3, du, words.w3 + i);
}

// Without a branch, for lists that somebody in most vectors is on.
HWY_INLINE void Add(IndexList& list, M32 who, std::size_t i) {
  const V32 index = hn::Iota(du, static_cast<std::uint32_t>(i));
  // Compressed in a register and stored whole: compressing stores are slow on some processors.
  hn::StoreU(hn::Compress(index, who), du, list.at + list.count);
  list.count += hn::CountTrue(du, who);
}
HWY_INLINE void AddRarely(IndexList& list, M32 who, std::size_t i) {
  if (!hn::AllFalse(du, who)) Add(list, who, i);
}

// Every pass works on copies of what it is given: stores of vectors might change anything else, and it would be read
// again and again.
void FindLifeEvents(const BlockColumns& columns, std::size_t count, LifePass& shared) {
  const BlockColumns block = columns;
  LifePass pass = shared;
  const LifeBounds most = *pass.bounds;
  const std::uint32_t* death = pass.bounds->death.data();
  const std::uint32_t* clears_ends = pass.bounds->clears_ends.data();
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const V32 status = Get<state::StatusField>(now);
    const M32 there = hn::Ne(status, hn::Zero(du));
    if (hn::AllFalse(du, there)) continue;
    pass.living += hn::CountTrue(du, there);
    const Draw w = DrawWords(pass.stream, pass.time, block.key + i);
    Keep(w, pass.words, i);
    const V32 age = AgeOf(block, i, pass.year);
    const V32 by_age = hn::IfThenElseZero(there, hn::ShiftRight<1>(hn::Min(age, U(127))));
    const M32 dies = Below(w.w0, LookSmall<4>(death, by_age));
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
    const V32 aged = LookSmall<4>(clears_ends, by_age);
    const M32 child = Is(Get<state::ChildField>(now), 1);
    perhaps = hn::Or(perhaps, hn::And(child, Below(Low16(w.w3), Low16(aged))));
    const M32 parent = Is(Get<state::ParentField>(now), 1);
    const V32 ends = High16(aged);
    perhaps = hn::Or(perhaps, hn::And(parent, hn::Or(Below(Low16(w.w2), ends), Below(High16(w.w3), most.illness))));
    const M32 adult_abroad = hn::And(IsAbroad(status), hn::Not(Below(age, 18)));
    Add(pass.perhaps, hn::And(there, hn::Or(dies, hn::And(adult_abroad, perhaps))), i);
  }
  shared = pass;
}

void FindStatusChanges(const BlockColumns& columns, std::size_t count, StatusPass& shared) {
  const BlockColumns block = columns;
  StatusPass pass = shared;
  const LifeTables& life = *pass.life;
  const V32 this_year = U(static_cast<std::uint32_t>(pass.year - birth_year_base));
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const V32 status = Get<state::StatusField>(now);
    if (hn::AllTrue(du, Is(status, 0))) continue;
    Add(pass.home, Is(status, code(Status::returned)), i);
    const M32 there = IsAbroad(status);
    if (hn::AllFalse(du, there)) continue;
    AddRarely(pass.preparing, Is(status, code(Status::preparing)), i);
    const M32 temporary = hn::Or(Is(status, code(Status::contract)), Is(status, code(Status::student)));
    Add(pass.permits, hn::And(temporary, hn::Not(Below(this_year, Widen(block.year + i)))), i);

    const Draw w = DrawWords(pass.stream, pass.time, block.key + i);
    Keep(w, pass.words, i);
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
      const V32 step = LookSmall<1>(life.savings_step.data(), Get<traits::PositionField>(fixed));
      perhaps = hn::Or(perhaps, hn::And(saves, Below(Low16(w.w2), step)));
    }
    const M32 outsider = hn::And(Is(Get<traits::EducationField>(fixed), code(Education::advanced)),
                                 Is(Get<state::NetworkField>(now), 0));
    perhaps = hn::Or(perhaps, hn::And(outsider, Below(w.w3, life.network_join)));
    const M32 adult = hn::Not(Below(AgeOf(block, i, pass.year), 18));
    Add(pass.joins, hn::And(hn::And(there, adult), perhaps), i);
  }
  shared = pass;
}

void FindVisitors(const BlockColumns& columns, std::size_t count, SocialPass& shared) {
  const BlockColumns block = columns;
  SocialPass pass = shared;
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const V32 status = Get<state::StatusField>(now);
    const M32 there = IsAbroad(status);
    if (hn::AllFalse(du, there)) continue;
    const Draw w = DrawWords(pass.stream, pass.time, block.key + i);
    Keep(w, pass.words, i);

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
    const VF rate = hn::Mul(LookSmall<4>(pass.visits->rate.data(), kind), Look(pass.visits->trust.data(), trust));
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
  shared = pass;
}

// s, what returns in one's surroundings tell. told: of the ties, good + 16 bad.
HWY_INLINE VI PeerShare(const PeerWeights& weights, V32 told, VF community) {
  const VF good = ToFloat(hn::And(told, U(15)));
  const VF bad = ToFloat(hn::ShiftRight<4>(told));
  const VF ties = hn::Sub(good, hn::Mul(F(weights.bad_weight), bad));
  const VF q = hn::Add(hn::Mul(F(weights.per_tie), ties), community);
  const VF s = hn::Mul(F(weights.scale), q);
  return hn::ConvertTo(di, hn::Min(hn::Max(s, hn::Zero(df)), F(65536.0f)));
}

// What everybody hears and reads where they live, side by side, so that vectors need not look people up one by one.
void SurroundEach(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                  const LearnPass& pass) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t c = block.community[i] - communities.first;
    CommunityReads reads = communities.reads[c];
    reads.told = pass.told[communities.place[c] + block.place[i]];
    pass.reads[i] = reads;
  }
}

HWY_INLINE VF Clip(VF value, float low, float high) { return hn::Min(hn::Max(value, F(low)), F(high)); }
HWY_INLINE VI Nearest(VF value) { return hn::ConvertTo(di, hn::Add(value, F(0.5f))); }

template <class Narrow>
HWY_INLINE void Keep(M32 who, VI value, V32 old, Narrow* to) {
  const VI kept = hn::IfThenElse(hn::RebindMask(di, who), value, hn::BitCast(di, old));
  hn::StoreU(hn::DemoteTo(hn::Rebind<Narrow, D32>(), kept), hn::Rebind<Narrow, D32>(), to);
}

void LearnBeliefs(const BlockColumns& columns, std::size_t count, const CommunityColumns& at_communities,
                  const LearnPass& shared) {
  const BlockColumns block = columns;
  const CommunityColumns communities = at_communities;
  const LearnPass pass = shared;
  const BeliefTables t = *pass.beliefs;
  const float* normal = normal_steps().data();
  const V32 byte = U(255);
  SurroundEach(block, count, communities, pass);
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 now = hn::LoadU(du, block.state + i);
    const M32 there = IsAbroad(Get<state::StatusField>(now));
    if (hn::AllFalse(du, there)) continue;
    const V32 fixed = Widen(block.traits + i);
    const V32 visits = Widen(pass.visits + i);
    const V32 bits = hn::LoadU(du, pass.noise + i);
    const M32 member = Is(Get<state::AssociationField>(now), 1);
    V32 peers, mean_trust, flags, told;
    hn::LoadInterleaved4(du, reinterpret_cast<const std::uint32_t*>(pass.reads + i), peers, mean_trust, flags, told);
    const VI peer = PeerShare(pass.peers, told, hn::BitCast(df, peers));
    hn::StoreU(peer, di, pass.peer + i);

    VF rate = hn::Add(F(t.l0), hn::Mul(Choose(member, F(t.l_peer_member), F(t.l_peer)),
                                       hn::ConvertTo(df, peer)));
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
    const VF step = hn::Min(hn::Mul(Choose(Is(hn::And(flags, U(CommunityReads::bad_stories)), 0), F(t.redtape_rate), F(t.redtape_rate_bad)), rate), F(1.0f));
    const VF redtape_noise = hn::Mul(F(t.noise_redtape), Look(normal, hn::And(hn::ShiftRight<8>(bits), byte)));
    const VF new_redtape = hn::Add(hn::Add(old_redtape, hn::Mul(step, hn::Sub(shown, old_redtape))), redtape_noise);
    Keep(there, Nearest(Clip(new_redtape, 0.0f, 65535.0f)), redtape, block.redtape_belief + i);

    const M32 refugee = hn::And(Is(Get<traits::GenerationField>(fixed), code(Generation::g1)),
                                Is(Get<traits::ClassField>(fixed), code(MigrantClass::refugee)));
    const VF gain = hn::Add(hn::Mul(F(t.t_visit), ToFloat(visits)),
                            Choose(refugee, F(t.t_reconciliation[1]), F(t.t_reconciliation[0])));
    VF change = hn::Mul(gain, hn::Sub(F(whole_trust), old_trust));
    const VF pull = OrZero(hn::Ne(hn::And(flags, U(CommunityReads::has_trust)), hn::Zero(du)), F(t.t_community));
    const VF mean = ToFloat(mean_trust);
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

void FindAttentive(const BlockColumns& columns, std::size_t count, AttendPass& shared) {
  const BlockColumns block = columns;
  AttendPass pass = shared;
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
  shared = pass;
}

// Everybody's trust / 8 with what to count them as: bit 16 abroad, bit 17 of the first generation.
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
    const V32 counted = hn::Or(trust, hn::IfThenElse(first, U(3u << 16), U(1u << 16)));
    hn::StoreU(hn::IfThenElseZero(out, counted), du, pass.trust + i);
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
  // Two halves in turn: neighbours are often of one community, whose sums would wait for themselves.
  const auto add = [&](std::size_t i) {
    const std::uint32_t counted = pass.trust[i];
    CommunitySums& sums = pass.sums[block.community[i] - pass.first_community];
    const std::uint64_t one = (std::uint64_t{(counted >> 16) & 1} << CommunitySums::count_shift) + (counted & 0xffffu);
    sums.abroad += one;
    sums.first_generation += (counted >> 17) != 0 ? one : 0;
  };
  const std::size_t half = count / 2;
  for (std::size_t i = 0; i < half; ++i) {
    add(i);
    add(half + i);
  }
  if (count % 2 != 0) add(count - 1);
  shared = pass;
}

void ListGone(const BlockColumns& block, std::size_t count, IndexList& gone) {
  for (std::size_t i = 0; i < count; i += Wide()) {
    const V32 status = Get<state::StatusField>(hn::LoadU(du, block.state + i));
    AddRarely(gone, hn::And(Is(status, 0), hn::FirstN(du, count - i)), i);
  }
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
HWY_EXPORT(FindLifeEvents);
HWY_EXPORT(FindStatusChanges);
HWY_EXPORT(FindVisitors);
HWY_EXPORT(LearnBeliefs);
HWY_EXPORT(FindAttentive);
HWY_EXPORT(TakeSnapshot);
HWY_EXPORT(ListGone);
HWY_EXPORT(ListMinors);
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
void learn_beliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                   const LearnPass& pass) {
  HWY_DYNAMIC_DISPATCH(LearnBeliefs)(block, count, communities, pass);
}
void find_attentive(const BlockColumns& block, std::size_t count, AttendPass& pass) {
  HWY_DYNAMIC_DISPATCH(FindAttentive)(block, count, pass);
}
void take_snapshot(const BlockColumns& block, std::size_t count, SnapshotPass& pass) {
  HWY_DYNAMIC_DISPATCH(TakeSnapshot)(block, count, pass);
}
void list_gone(const BlockColumns& block, std::size_t count, IndexList& gone) {
  HWY_DYNAMIC_DISPATCH(ListGone)(block, count, gone);
}
void list_minors(const BlockColumns& block, std::size_t count, int year, IndexList& minors) {
  HWY_DYNAMIC_DISPATCH(ListMinors)(block, count, year, minors);
}

}  // namespace homeward
#endif  // HWY_ONCE
