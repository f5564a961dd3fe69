// What people can know of each other from last year, worked out slowly from hand-filled columns: stories, the peer
// share, the mean trust of communities.
#pragma once
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "behaviour/community.h"
#include "behaviour/person.h"
#include "unit/behaviour/handmade_world.h"

namespace homeward::testing {

struct Neighbourhood {
  int good = 0, bad = 0, abroad = 0, first = 0;
  double trust = 0, first_trust = 0;  // whole eighths, as the snapshot adds them up
};

// What others can know of last year, from the columns as the test filled them.
struct Looks {
  std::vector<Story> stories;                                      // by ordinal
  std::map<std::pair<int, std::uint16_t>, Neighbourhood> circles;  // by host and community
};
inline Looks look(const HandmadeWorld& world, const Columns& columns) {
  Looks seen;
  for (std::size_t i = 0; i < world.slots().size(); ++i) {
    const std::uint32_t s = world.slots()[i];
    const Person person = person_at(columns, s, first_year - 1);
    Neighbourhood& circle = seen.circles[{world.hosts()[i], columns.community[s]}];
    Story story = Story::none;
    if (person.status == Status::returned) {
      story = Story::good;
    } else {
      ++circle.abroad;
      circle.trust += person.trust >> 3;
      if (state::BadStoryField::get(columns.state[s]) != 0) story = Story::bad;
      if (person.generation == Generation::g1) {
        ++circle.first;
        circle.first_trust += person.trust >> 3;
      }
    }
    circle.good += story == Story::good;
    circle.bad += story == Story::bad;
    seen.stories.push_back(story);
  }
  return seen;
}

// s at 1/65536: half the eight ties, half the community, at the scale of the model.
inline int slow_peer(const Parameters& p, const HandmadeWorld& world, const Columns& columns, const Ties& ties,
                     const Looks& looks, std::size_t i) {
  const std::uint32_t s = world.slots()[i];
  for (const Block& block : world.layout().blocks) {
    if (s < block.first_slot || s >= block.first_slot + block.capacity) continue;
    double among_ties = 0;
    for (const std::uint32_t ordinal : ties.of(columns, block, s)) {
      if (ordinal == world.ordinals()[i]) continue;
      if (looks.stories[ordinal] == Story::good) among_ties += 1;
      if (looks.stories[ordinal] == Story::bad) among_ties -= p.belief_bad_weight;
    }
    const Neighbourhood& circle = looks.circles.at({world.hosts()[i], columns.community[s]});
    const double in_community = (circle.good - p.belief_bad_weight * circle.bad) / (circle.abroad + circle.good);
    const double q = p.community_tie_share * among_ties / 8 + (1 - p.community_tie_share) * in_community;
    return static_cast<int>(65536 * std::min(1.0, p.community_peer_scale * std::max(0.0, q)));
  }
  return 0;
}

// A mean of trust in column units. Eighths were cut off: three and a half on average, three are put back.
inline double mean_of(double eighths, int persons) { return std::floor(8 * eighths / persons + 3); }

}  // namespace homeward::testing
