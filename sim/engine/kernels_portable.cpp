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

void add(IndexList& list, std::size_t i) { list.at[list.count++] = static_cast<std::uint32_t>(i); }

template <std::size_t Count>
void add(DrawnList<Count>& list, std::size_t i, const std::array<std::uint32_t, Count>& words) {
  list.at[list.count] = static_cast<std::uint32_t>(i);
  for (std::size_t w = 0; w < Count; ++w) list.word[w][list.count] = words[w];
  ++list.count;
}

}  // namespace

BlockColumns columns_from(const Columns& columns, std::uint32_t first) {
  return {columns.key + first,        columns.state + first,      columns.traits + first,
          columns.community + first,  columns.place + first,      columns.trust + first,
          columns.pay_belief + first, columns.redtape_belief + first, columns.birth + first,
          columns.year + first,       columns.visit_stock + first, columns.attachment + first};
}

ChanceBounds bounds_of(const LifeTables& life, const VisitTables& visits) {
  ChanceBounds bounds;
  for (int age = 0; age < 128; ++age) {
    const auto a = static_cast<std::size_t>(age);
    std::uint32_t& death = bounds.death[a / 2];
    for (const auto& by_age : life.death) death = std::max(death, by_age[a]);
    bounds.clears_ends[a] = life.child_clears[a] | life.parent_ends[a] << 16;
    for (std::size_t family = 0; family < 3; ++family) {
      const std::uint32_t most = std::max(life.birth[family][a], life.fathering[family][a]);
      bounds.birth[family] = std::max(bounds.birth[family], most);
      bounds.birth_at[a / 2] = std::max(bounds.birth_at[a / 2], most);
    }
  }
  bounds.union_rate = life.union_rate;
  bounds.partner_joins = life.partner_joins;
  for (std::size_t kind = 0; kind < bounds.visits.size(); ++kind) {
    constexpr std::size_t parent = 4, foreign = 1;
    bounds.visits[kind] = std::max({visits.rate[kind], visits.rate[kind & ~parent], visits.rate[kind | foreign],
                                    visits.rate[(kind & ~parent) | foreign]});
  }
  for (std::size_t step = 0; step < visits.trust.size(); ++step) {
    float& most = bounds.visits_by_trust[step / 4];
    most = std::max(most, visits.trust[step]);
  }
  return bounds;
}

namespace portable {

namespace {

bool may_live_through(const ChancePass& pass, std::uint32_t now, int age, const Words& words) {
  const ChanceBounds& most = *pass.bounds;
  const auto by_age = static_cast<std::size_t>(std::min(age, 127) / 2);
  const auto partner = static_cast<Partner>(state::PartnerField::get(now));
  const std::uint32_t birth = std::min(most.birth[static_cast<std::size_t>(family_life(now))], most.birth_at[by_age]);
  return words[1] < birth ||
         (partner == Partner::none && age >= 24 && age <= 39 && (words[2] >> 16) < most.union_rate) ||
         (partner == Partner::at_home && (words[2] >> 16) < most.partner_joins);
}

bool may_join_or_leave(const ChancePass& pass, std::uint32_t now, std::uint16_t fixed, const Words& words) {
  const LifeTables& life = *pass.life;
  const bool member = state::AssociationField::get(now) != 0;
  const bool advanced = static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced;
  return words[1] < (member ? life.association_leave : pass.join_at_most) ||
         (advanced && state::NetworkField::get(now) == 0 && words[3] < life.network_join);
}

// A rate of visits that the person's does not exceed.
float visits_at_most(const ChanceBounds& most, std::uint32_t now, std::uint16_t fixed, std::uint16_t trust, bool minor) {
  return most.visits[visit_kind(now, fixed, minor)] * most.visits_by_trust[trust >> 10];
}

bool may_travel(const ChancePass& pass, std::uint32_t now, std::uint16_t fixed, std::uint32_t word) {
  const auto status = static_cast<Status>(state::StatusField::get(now));
  if (status != Status::settled && status != Status::preparing) return false;
  const auto sector = static_cast<Sector>(traits::SectorField::get(fixed));
  const bool advanced = static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced;
  const bool trades = sector == Sector::business || sector == Sector::ict;
  const bool member = state::NetworkField::get(now) != 0;
  const std::uint32_t most = advanced ? (member ? pass.member_at_most : pass.expert_at_most)
                                      : (trades ? pass.business_at_most : 0);
  // Advanced-degree holders in business or ICT have a second draw, for business: always looked at.
  return word < most || (advanced && trades);
}

}  // namespace

void draw_chances(const BlockColumns& block, std::size_t count, ChancePass& pass) {
  const Stream life_stream = Stream::of_key(pass.life_stream), status_stream = Stream::of_key(pass.status_stream),
               social_stream = Stream::of_key(pass.social_stream);
  const auto this_year = static_cast<std::uint8_t>(pass.year - birth_year_base);
  for (std::size_t i = 0; i < count; ++i) {
    const Status status = status_at(block, i);
    pass.happened[i] = 0;
    if (status == Status::empty) continue;
    ++pass.living;
    const std::uint32_t now = block.state[i];
    const std::uint16_t fixed = block.traits[i];
    const int age = age_at(block, i, pass.year);
    const bool adult = age >= 18;
    const Words life = life_stream.words(block.key[i], pass.time);
    const auto at_age = static_cast<std::size_t>(std::min(age, 127));
    const bool dies = life[0] < pass.bounds->death[at_age / 2];
    if (dies || (abroad(status) && adult && may_live_through(pass, now, age, life))) {
      add(pass.alive, i, life);
    } else if (abroad(status) && adult && see_family_age(*pass.life, block.state[i], at_age, life)) {
      pass.happened[i] = happened::shock;
    }
    if (status == Status::returned) add(pass.home, i);
    if (!abroad(status)) continue;

    if (status == Status::preparing) add(pass.preparing, i);
    if ((status == Status::contract || status == Status::student) && block.year[i] <= this_year) add(pass.permits, i);
    const Words changes = status_stream.words(block.key[i], pass.time);
    if (changes[0] < pass.life->changes_law[state::LegalField::get(now)] || (changes[2] >> 16) < pass.life->job_loss) {
      add(pass.law, i, {changes[0], changes[2]});
    }
    if (adult) save_a_step(*pass.life, block.state[i], fixed, changes[2]);
    if (adult && may_join_or_leave(pass, now, fixed, changes)) add(pass.joins, i, {changes[1], changes[3]});

    const Words social = social_stream.words(block.key[i], pass.time);
    pass.noise[i] = social[1];
    pass.decision[i] = social[2];
    const float rate = visits_at_most(*pass.bounds, now, fixed, block.trust[i], !adult);
    if (may_visit(rate, social[0])) add(pass.visitors, i, {social[0]});
    if (adult && may_travel(pass, now, fixed, social[3])) add(pass.travellers, i, {social[3]});
  }
}

void hear_stories(const StoryPass& pass) {
  const auto story_at = [&](std::uint32_t ordinal) {
    const std::uint32_t bits = std::uint32_t{pass.stories[ordinal / 4]} >> (2 * (ordinal & 3)) & 3;
    return static_cast<std::uint32_t>((bits & 1) + 16 * (bits >> 1));
  };
  for (std::uint32_t c = 0; c < pass.communities; ++c) {
    const std::uint32_t first = pass.first[c], count = pass.first[c + 1] - first;
    const Ties::Reach& reach = pass.reach[c];
    for (std::uint32_t place = 0; place < count; ++place) {
      std::uint32_t told = 0;
      for (std::uint32_t other = place & ~3u; other < std::min((place & ~3u) + 4, count); ++other) {
        if (other != place) told += story_at(first + other);
      }
      for (const std::uint32_t distance : reach.distances) {
        if (distance != 0) told += story_at(first + (place + distance) % count);  // 0: alone, no tie
      }
      for (const Ties::Sister& sister : {reach.professional, reach.transnational}) {
        if (sister.count != 0) told += story_at(sister.first + place % sister.count);
      }
      pass.told[first - pass.first[0] + place] = static_cast<std::uint8_t>(told);
    }
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
    const float pull = (reads.words & CommunityReads::has_trust) != 0 ? t.t_community : 0.0f;
    const float redtape_rate = (reads.words & CommunityReads::bad_stories) != 0 ? t.redtape_rate_bad : t.redtape_rate;
    const std::uint16_t trust = block.trust[i];
    block.pay_belief[i] = learn_pay(t, block.pay_belief[i], rate, normal[bits & 255u]);
    block.redtape_belief[i] = learn_redtape(t, block.redtape_belief[i], rate, trust, redtape_rate,
                                            normal[(bits >> 8) & 255u]);
    block.trust[i] = update_trust(t, trust, met, pull, static_cast<float>(reads.words & 0xffffu),
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
    const std::uint32_t at_most = logistic_table().at_most(utility);
    if (pass.decision[i] >= at_most && !(pass.invitations && advanced)) continue;
    const bool sure = !pass.invitations && pass.decision[i] < logistic_table().threshold(utility);
    add(pass.perhaps, i, {at_most, sure ? 1u : 0u});
  }
}

void find_leavers(const ChooserColumns& choosers, std::size_t count, ReturnPass& pass) {
  const Utilities& u = *pass.utilities;
  const Stream stream = Stream::of_key(pass.taste_stream);
  for (std::size_t k = 0; k < count; ++k) {
    const Person person = person_at(choosers, k, pass.year);
    const Tastes tastes = tastes_from(stream.words(person.key, 0));
    const bool must_win_offer = tastes.offer_uniform < pass.offer_first[person.education >= Education::tertiary ? 1 : 0];
    const Surroundings around{choosers.peer[k], choosers.norm[k], choosers.lost_job[k] != 0};
    const ModeUtilities utilities = mode_utilities(u, person, tastes, around, must_win_offer);
    const double leaves = choosers.attends[k] * return_probability(utilities, u.mu);
    if (choosers.decision[k] < leaves) add(pass.perhaps, k);
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
    const std::uint32_t trust = block.trust[i] >> 3;
    ++community.abroad;
    community.trust_eighth += trust;
    if (static_cast<Generation>(traits::GenerationField::get(fixed)) == Generation::g1) {
      ++community.first_generation;
      community.first_trust_eighth += trust;
    }
    if (age_at(block, i, pass.year) < 18) continue;
    pass.association += state::AssociationField::get(now);
    pass.network += state::NetworkField::get(now);
    if (static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced) {
      ++pass.advanced;
      pass.advanced_members += state::NetworkField::get(now);
    }
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
