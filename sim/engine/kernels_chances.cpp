// The draws of the year and whom they may bring something, several people to an instruction (Highway): the vector form of
// portable::draw_chances, condition for condition.
#include "engine/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels_chances.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include "engine/passes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace homeward {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void DrawChances(const BlockColumns& block, std::size_t count, ChancePass& pass) {
  portable::draw_chances(block, count, pass);
}

#else

// What the screens look at, decoded once.
struct Looked {
  V32 now, fixed, status, age;
  M32 there, out, adult, temporary;
};

// Death aside: a union or a child.
HWY_INLINE M32 MayLiveThrough(const ChanceBounds& most, const Looked& p, V32 by_age, const Draw& w) {
  const V32 partner = Get<state::PartnerField>(p.now);
  const M32 couple = hn::Or(Is(partner, code(Partner::host_born)), Is(partner, code(Partner::co_national)));
  const V32 by_family = hn::IfThenElse(p.temporary, U(most.birth[2]),
                                       hn::IfThenElse(couple, U(most.birth[1]), U(most.birth[0])));
  const M32 birth = Below(w.w1, hn::Min(by_family, LookSmall<4>(most.birth_at.data(), by_age)));
  const V32 meeting = hn::IfThenElse(
      hn::And(Is(partner, code(Partner::none)), Below(hn::Sub(p.age, U(24)), 16)), U(most.union_rate),
      hn::IfThenElseZero(Is(partner, code(Partner::at_home)), U(most.partner_joins)));
  return hn::Or(birth, Below(High16(w.w2), meeting));
}

// see_family_age() for `who`: the new state, and in `ill` whose parent fell ill.
HWY_INLINE V32 SeeFamilyAge(const ChanceBounds& exact, std::uint32_t illness, const Looked& p, V32 at_age, M32 who,
                            const Draw& w, M32& ill) {
  const V32 aged = LookSmall<8>(exact.clears_ends.data(), at_age);
  const M32 grows = hn::And(who, Below(Low16(w.w3), Low16(aged)));
  const M32 ends = hn::And(who, Below(Low16(w.w2), High16(aged)));
  const M32 parent = hn::Ne(hn::And(p.now, U(state::ParentField::mask)), hn::Zero(du));
  ill = hn::And(hn::And(who, parent), hn::And(hn::Not(ends), Below(High16(w.w3), illness)));
  const V32 gone = hn::Or(hn::IfThenElseZero(grows, U(state::ChildField::mask)),
                          hn::IfThenElseZero(ends, U(state::ParentField::mask)));
  return hn::AndNot(gone, p.now);
}

// save_a_step() for `who`: what to add to the state.
HWY_INLINE V32 SaveAStep(const LifeTables& life, const Looked& p, M32 who, V32 word) {
  const V32 migrant_class = Get<traits::ClassField>(p.fixed);
  const M32 saver = hn::Or(hn::Or(Is(migrant_class, code(MigrantClass::family)),
                                  Is(migrant_class, code(MigrantClass::marriage))),
                           Is(migrant_class, code(MigrantClass::skilled)));
  const M32 saves = hn::And(hn::And(saver, Is(p.status, code(Status::settled))),
                            Below(Get<state::SavingsField>(p.now), most_savings));
  const V32 step = LookSmall<1>(life.savings_step.data(), Get<traits::PositionField>(p.fixed));
  const M32 rises = hn::And(hn::And(who, saves), Below(Low16(word), step));
  return hn::IfThenElseZero(rises, U(state::SavingsField::set(0, 1)));
}

HWY_INLINE M32 MayJoinOrLeave(const LifeTables& life, std::uint32_t join_at_most, const Looked& p, const Draw& w) {
  const V32 join = hn::IfThenElse(Is(Get<state::AssociationField>(p.now), 1), U(life.association_leave),
                                  U(join_at_most));
  const M32 outsider = hn::And(Is(Get<traits::EducationField>(p.fixed), code(Education::advanced)),
                               Is(Get<state::NetworkField>(p.now), 0));
  return hn::Or(Below(w.w1, join), hn::And(outsider, Below(w.w3, life.network_join)));
}

HWY_INLINE M32 MayVisit(const ChanceBounds& most, const Looked& p, V32 legal, V32 trust, V32 word) {
  const V32 generation = Get<traits::GenerationField>(p.fixed);
  const M32 refugee = hn::And(Is(generation, code(Generation::g1)),
                              Is(Get<traits::ClassField>(p.fixed), code(MigrantClass::refugee)));
  const M32 foreign = hn::Or(Is(legal, code(Legal::naturalised)), Is(legal, code(Legal::dual)));
  V32 kind = hn::Or(hn::ShiftLeft<4>(generation), hn::ShiftLeft<2>(Get<state::ParentField>(p.now)));
  kind = hn::Or(kind, hn::IfThenElseZero(refugee, U(8)));
  kind = hn::Or(kind, hn::IfThenZeroElse(p.adult, U(2)));
  kind = hn::Or(kind, hn::IfThenElseZero(foreign, U(1)));
  const VF rate = hn::Mul(LookSmall<4>(most.visits.data(), kind),
                          LookSmall<4>(most.visits_by_trust.data(), hn::ShiftRight<10>(trust)));
  const VF bound = hn::Add(hn::Mul(rate, F(1.0f * (1 << 24))), F(1.0f));
  return hn::RebindMask(du, hn::Le(ToFloat(hn::ShiftRight<8>(word)), bound));
}

HWY_INLINE M32 MayTravel(const ChancePass& pass, const Looked& p, V32 word) {
  const V32 sector = Get<traits::SectorField>(p.fixed);
  const M32 trades = hn::Or(Is(sector, code(Sector::business)), Is(sector, code(Sector::ict)));
  const M32 advanced = Is(Get<traits::EducationField>(p.fixed), code(Education::advanced));
  const V32 expert = hn::IfThenElse(Is(Get<state::NetworkField>(p.now), 1), U(pass.member_at_most),
                                    U(pass.expert_at_most));
  const V32 most = hn::IfThenElse(advanced, expert, hn::IfThenElseZero(trades, U(pass.business_at_most)));
  const M32 travels = hn::Or(Below(word, most), hn::And(advanced, trades));
  const M32 free = hn::Or(Is(p.status, code(Status::settled)), Is(p.status, code(Status::preparing)));
  return hn::And(free, travels);
}

// Works on copies of what it is given: stores of vectors might change anything else, and it would be read again and
// again.
void DrawChances(const BlockColumns& columns, std::size_t count, ChancePass& shared) {
  const BlockColumns block = columns;
  ChancePass pass = shared;
  const ChanceBounds& most = *pass.bounds;
  const LifeTables& life = *pass.life;
  const V32 this_year = U(static_cast<std::uint32_t>(pass.year - birth_year_base));
  const std::uint32_t resident_changes = life.changes_law[code(Legal::resident)];
  const std::uint32_t naturalised_changes = life.changes_law[code(Legal::naturalised)];
  for (std::size_t i = 0; i < count; i += Wide()) {
    const std::uint64_t* keys = block.key + i;
    Looked p;
    p.now = hn::LoadU(du, block.state + i);
    p.fixed = Widen(block.traits + i);
    p.status = Get<state::StatusField>(p.now);
    p.there = hn::Ne(p.status, hn::Zero(du));
    p.out = IsAbroad(p.status);
    p.age = AgeOf(block, i, pass.year);
    p.adult = hn::Not(Below(p.age, 18));
    p.temporary = hn::Or(Is(p.status, code(Status::contract)), Is(p.status, code(Status::student)));
    pass.living += hn::CountTrue(du, p.there);
    const M32 grown_out = hn::And(p.out, p.adult);

    const V32 at_age = hn::IfThenElseZero(p.there, hn::Min(p.age, U(127)));
    const V32 by_age = hn::ShiftRight<1>(at_age);
    const Draw w = DrawWords(pass.life_stream, pass.time, keys);
    const M32 dies = hn::And(p.there, Below(w.w0, LookSmall<4>(most.death.data(), by_age)));
    const M32 ruled = hn::Or(dies, hn::And(grown_out, MayLiveThrough(most, p, by_age, w)));
    Add(pass.alive, ruled, i, w.w0, w.w1, w.w2, w.w3);
    M32 ill;
    const V32 lived = SeeFamilyAge(most, life.parent_illness, p, at_age, hn::AndNot(ruled, grown_out), w, ill);
    const hn::Rebind<std::uint8_t, D32> bytes;
    const V32 shocked = hn::IfThenElseZero(ill, U(happened::shock));
    hn::StoreU(hn::DemoteTo(bytes, hn::BitCast(di, shocked)), bytes, pass.happened + i);

    const Draw changes = DrawWords(pass.status_stream, pass.time, keys);
    const V32 legal = Get<state::LegalField>(p.now);
    const V32 law = hn::IfThenElse(
        Is(legal, code(Legal::resident)), U(resident_changes),
        hn::IfThenElseZero(Is(legal, code(Legal::naturalised)), U(naturalised_changes)));
    const M32 moves = hn::Or(Below(changes.w0, law), Below(High16(changes.w2), life.job_loss));
    Add(pass.law, hn::And(p.out, moves), i, changes.w0, changes.w2);
    Add(pass.joins, hn::And(grown_out, MayJoinOrLeave(life, pass.join_at_most, p, changes)), i, changes.w1, changes.w3);
    hn::StoreU(hn::Add(lived, SaveAStep(life, p, grown_out, changes.w2)), du, block.state + i);

    const Draw social = DrawWords(pass.social_stream, pass.time, keys);
    hn::StoreU(social.w1, du, pass.noise + i);
    hn::StoreU(social.w2, du, pass.decision + i);
    const M32 visits = MayVisit(most, p, legal, Widen(block.trust + i), social.w0);
    Add(pass.visitors, hn::And(p.out, visits), i, social.w0);
    Add(pass.travellers, hn::And(p.adult, MayTravel(pass, p, social.w3)), i, social.w3);

    Add(pass.home, Is(p.status, code(Status::returned)), i);
    AddRarely(pass.preparing, Is(p.status, code(Status::preparing)), i);
    Add(pass.permits, hn::And(p.temporary, hn::Not(Below(this_year, Widen(block.year + i)))), i);
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
HWY_EXPORT(DrawChances);
}  // namespace

void draw_chances(const BlockColumns& block, std::size_t count, ChancePass& pass) {
  HWY_DYNAMIC_DISPATCH(DrawChances)(block, count, pass);
}

}  // namespace homeward
#endif  // HWY_ONCE
