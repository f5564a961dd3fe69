// The passes over everybody, one person at a time: the readable twins of engine/kernels_vector.cpp.
#include "engine/kernels.h"

namespace homeward {
namespace {

Status status_at(const BlockColumns& block, std::size_t i) {
  return static_cast<Status>(state::StatusField::get(block.state[i]));
}

bool abroad(Status status) {
  return status == Status::settled || status == Status::contract || status == Status::student ||
         status == Status::preparing;
}

int age_at(const BlockColumns& block, std::size_t i, int year) { return year - birth_year_base - block.birth[i]; }

Words draw(std::uint64_t stream, const BlockColumns& block, std::size_t i, std::uint32_t time,
           const WordColumns& keep) {
  const Words words = Stream::of_key(stream).words(block.key[i], time);
  keep.w0[i] = words[0];
  keep.w1[i] = words[1];
  keep.w2[i] = words[2];
  keep.w3[i] = words[3];
  return words;
}

void add(IndexList& list, std::size_t i) { list.at[list.count++] = static_cast<std::uint32_t>(i); }

}  // namespace

BlockColumns columns_from(const Columns& columns, std::uint32_t first) {
  return {columns.key + first,        columns.state + first,      columns.traits + first,
          columns.community + first,  columns.place + first,      columns.trust + first,
          columns.pay_belief + first, columns.redtape_belief + first, columns.birth + first,
          columns.year + first,       columns.visit_stock + first, columns.attachment + first};
}

LifeBounds bounds_of(const LifeTables& life) {
  LifeBounds bounds;
  bounds.fertile_from = 128;
  for (int age = 0; age < 128; ++age) {
    const auto a = static_cast<std::size_t>(age);
    std::uint32_t& death = bounds.death[a / 2];
    for (const auto& by_age : life.death) death = std::max(death, by_age[a]);
    std::uint32_t& aged = bounds.clears_ends[a / 2];
    aged = std::max(aged & 0xffffu, life.child_clears[a]) | std::max(aged >> 16, life.parent_ends[a]) << 16;
    for (std::size_t family = 0; family < 3; ++family) {
      const std::uint32_t most = std::max(life.birth[family][a], life.fathering[family][a]);
      bounds.birth[family] = std::max(bounds.birth[family], most);
      if (most == 0) continue;
      bounds.fertile_from = std::min(bounds.fertile_from, age);
      bounds.fertile_to = age;
    }
  }
  bounds.union_rate = life.union_rate;
  bounds.partner_joins = life.partner_joins;
  bounds.illness = life.parent_illness;
  return bounds;
}

namespace portable {

void find_life_events(const BlockColumns& block, std::size_t count, LifePass& pass) {
  const LifeBounds& most = *pass.bounds;
  for (std::size_t i = 0; i < count; ++i) {
    const Status status = status_at(block, i);
    if (status == Status::empty) continue;
    ++pass.living;
    const Words words = draw(pass.stream, block, i, pass.time, pass.words);
    const std::uint32_t now = block.state[i];
    const int age = age_at(block, i, pass.year);
    const auto by_age = static_cast<std::size_t>(std::min(age, 127) / 2);
    const std::uint32_t clears = most.clears_ends[by_age] & 0xffffu, ends = most.clears_ends[by_age] >> 16;
    bool perhaps = words[0] < most.death[by_age];
    if (abroad(status) && age >= 18) {
      const auto partner = static_cast<Partner>(state::PartnerField::get(now));
      perhaps |= age >= most.fertile_from && age <= most.fertile_to &&
                 words[1] < most.birth[static_cast<std::size_t>(family_life(now))];
      perhaps |= partner == Partner::none && age >= 24 && age <= 39 && (words[2] >> 16) < most.union_rate;
      perhaps |= partner == Partner::at_home && (words[2] >> 16) < most.partner_joins;
      perhaps |= state::ChildField::get(now) != 0 && (words[3] & 0xffffu) < clears;
      perhaps |= state::ParentField::get(now) != 0 &&
                 ((words[2] & 0xffffu) < ends || (words[3] >> 16) < most.illness);
    }
    if (perhaps) add(pass.perhaps, i);
  }
}

void find_status_changes(const BlockColumns& block, std::size_t count, StatusPass& pass) {
  const LifeTables& life = *pass.life;
  const auto this_year = static_cast<std::uint8_t>(pass.year - birth_year_base);
  for (std::size_t i = 0; i < count; ++i) {
    const Status status = status_at(block, i);
    if (status == Status::returned) add(pass.home, i);
    if (!abroad(status)) continue;
    if (status == Status::preparing) add(pass.preparing, i);
    if ((status == Status::contract || status == Status::student) && block.year[i] <= this_year) add(pass.permits, i);
    const Words words = draw(pass.stream, block, i, pass.time, pass.words);
    const std::uint32_t now = block.state[i];
    if (words[0] < life.changes_law[state::LegalField::get(now)] || (words[2] >> 16) < life.job_loss) {
      add(pass.law, i);
    }
    if (age_at(block, i, pass.year) < 18) continue;
    const std::uint16_t fixed = block.traits[i];
    const auto migrant_class = static_cast<MigrantClass>(traits::ClassField::get(fixed));
    const bool saver = migrant_class == MigrantClass::family || migrant_class == MigrantClass::marriage ||
                       migrant_class == MigrantClass::skilled;
    const bool member = state::AssociationField::get(now) != 0;
    const bool advanced = static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced;
    const bool perhaps =
        words[1] < (member ? life.association_leave : pass.join_at_most) ||
        (saver && status == Status::settled && state::SavingsField::get(now) < 7 &&
         (words[2] & 0xffffu) < life.savings_step[traits::PositionField::get(fixed)]) ||
        (advanced && state::NetworkField::get(now) == 0 && words[3] < life.network_join);
    if (perhaps) add(pass.joins, i);
  }
}

void find_visitors(const BlockColumns& block, std::size_t count, SocialPass& pass) {
  for (std::size_t i = 0; i < count; ++i) {
    const Status status = status_at(block, i);
    if (!abroad(status)) continue;
    const Words words = draw(pass.stream, block, i, pass.time, pass.words);
    const float rate = visit_rate(*pass.visits, block.state[i], block.traits[i], block.trust[i],
                                  age_at(block, i, pass.year) < 18);
    if (may_visit(rate, words[0])) add(pass.visitors, i);
    if ((status != Status::settled && status != Status::preparing) || age_at(block, i, pass.year) < 18) continue;
    const std::uint16_t fixed = block.traits[i];
    const auto sector = static_cast<Sector>(traits::SectorField::get(fixed));
    const bool advanced = static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced;
    const bool trades = sector == Sector::business || sector == Sector::ict;
    const bool member = state::NetworkField::get(block.state[i]) != 0;
    const std::uint32_t most = advanced ? (member ? pass.member_at_most : pass.expert_at_most)
                                        : (trades ? pass.business_at_most : 0);
    // Advanced-degree holders in business or ICT have a second draw, for business: always looked at.
    if (words[3] < most || (advanced && trades)) add(pass.travellers, i);
  }
}

void learn_beliefs(const BlockColumns& block, std::size_t count, const CommunityColumns& communities,
                   const LearnPass& pass) {
  const auto& normal = normal_steps();
  const BeliefTables& t = *pass.beliefs;
  for (std::size_t i = 0; i < count; ++i) {
    if (!abroad(status_at(block, i))) continue;
    const std::uint32_t now = block.state[i];
    const std::size_t c = block.community[i] - communities.first;
    const CommunityReads& reads = communities.reads[c];
    const std::uint8_t told = pass.told[communities.place[c] + block.place[i]];
    pass.peer[i] = peer_share(pass.peers, told & 15, told >> 4, reads.peers);
    const Encounters met = encounters_of(now, block.traits[i], pass.visits[i], pass.peer[i]);
    // Three bytes of one word are the noise, the fourth rounds the attachment.
    const std::uint32_t bits = pass.noise[i];
    const float rate = learning_rate(t, met);
    const float pull = (reads.flags & CommunityReads::has_trust) != 0 ? t.t_community : 0.0f;
    const float redtape_rate = (reads.flags & CommunityReads::bad_stories) != 0 ? t.redtape_rate_bad : t.redtape_rate;
    const std::uint16_t trust = block.trust[i];
    block.pay_belief[i] = learn_pay(t, block.pay_belief[i], rate, normal[bits & 255u]);
    block.redtape_belief[i] = learn_redtape(t, block.redtape_belief[i], rate, trust, redtape_rate,
                                            normal[(bits >> 8) & 255u]);
    block.trust[i] = update_trust(t, trust, met, pull, static_cast<float>(reads.trust),
                                  normal[(bits >> 16) & 255u]);
    block.visit_stock[i] = update_visit_stock(block.visit_stock[i], met.visits);
    block.attachment[i] = update_attachment(t, block.attachment[i], state::LanguageField::get(now),
                                            block.visit_stock[i], met.association, bits >> 24);
  }
}

void find_attentive(const BlockColumns& block, std::size_t count, AttendPass& pass) {
  for (std::size_t i = 0; i < count; ++i) {
    const int age = age_at(block, i, pass.year);
    if (status_at(block, i) != Status::settled || age < 18) continue;
    const std::uint32_t now = block.state[i];
    Occasions occasions;
    occasions.visited = pass.visits[i] > 0;
    occasions.shock = pass.happened[i] != 0 || age == 62 || age == 65;
    const bool advanced =
        static_cast<Education>(traits::EducationField::get(block.traits[i])) == Education::advanced;
    const std::int32_t utility = attention_utility(*pass.utilities, block.trust[i],
                                                   state::NetworkField::get(now) != 0, occasions, pass.peer[i]);
    if (pass.decision[i] < logistic_table().at_most(utility) || (pass.invitations && advanced)) add(pass.perhaps, i);
  }
}

void take_snapshot(const BlockColumns& block, std::size_t count, SnapshotPass& pass) {
  for (std::size_t i = 0; i < count; ++i) {
    const Status status = status_at(block, i);
    const std::uint32_t now = block.state[i];
    if (status == Status::empty) continue;
    const bool recent = pass.year - birth_year_base - block.year[i] < pass.recent_years;
    if (recent && (status == Status::returned || state::BadStoryField::get(now) != 0)) add(pass.tellers, i);
    if (status == Status::returned) continue;
    const std::uint16_t fixed = block.traits[i];
    CommunitySums& community = pass.sums[block.community[i] - pass.first_community];
    const std::uint64_t one = (std::uint64_t{1} << CommunitySums::count_shift) + (block.trust[i] >> 3);
    community.abroad += one;
    if (static_cast<Generation>(traits::GenerationField::get(fixed)) == Generation::g1) community.first_generation += one;
    if (age_at(block, i, pass.year) < 18) continue;
    pass.association += state::AssociationField::get(now);
    pass.network += state::NetworkField::get(now);
    if (static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced) {
      ++pass.advanced;
      pass.advanced_members += state::NetworkField::get(now);
    }
  }
}

void list_gone(const BlockColumns& block, std::size_t count, IndexList& gone) {
  for (std::size_t i = 0; i < count; ++i) {
    if (status_at(block, i) == Status::empty) add(gone, i);
  }
}

void list_minors(const BlockColumns& block, std::size_t count, int year, IndexList& minors) {
  for (std::size_t i = 0; i < count; ++i) {
    const bool born_here = state::SharesPlaceField::get(block.state[i]) != 0;
    if (born_here && status_at(block, i) == Status::settled && age_at(block, i, year) < 18) add(minors, i);
  }
}

}  // namespace portable
}  // namespace homeward
