// Stories and the peer share: the equation, its bounds, and the signs its page claims.
#include "behaviour/community.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "unit/policy/shipped.h"

using namespace homeward;
using namespace homeward::testing;

namespace {

// s straight from the page, for `good` and `bad` stories among eight ties and in a community.
double page(double tie_share, double scale, double bad_weight, int good_ties, int bad_ties, double good, double bad,
            double abroad) {
  const double q = tie_share * (good_ties - bad_weight * bad_ties) / 8 +
                   (1 - tie_share) * (good - bad_weight * bad) / (abroad + good);
  return std::min(1.0, scale * std::max(0.0, q));
}

CommunityView community(std::uint32_t good, std::uint32_t bad, std::uint32_t abroad, double bad_weight = 1.5) {
  CommunityCounts counts;
  counts.abroad = abroad;
  counts.good = good;
  counts.bad = bad;
  return view_of(counts, bad_weight);
}

double rule(const PeerWeights& weights, int good_ties, int bad_ties, const CommunityView& view) {
  return peer_share(weights, good_ties, bad_ties, weights.community * static_cast<float>(view.returned)) / 65536.0;
}

}  // namespace

TEST_CASE("the peer share is the page's for every number of stories") {
  for (const double tie_share : {0.0, 0.5, 1.0}) {
    for (const double scale : {2.0, 20.0}) {
      const PeerWeights weights(tie_share, scale, 1.5);
      for (int good_ties = 0; good_ties <= 3; ++good_ties) {
        for (int bad_ties = 0; bad_ties <= 2; ++bad_ties) {
          for (const std::uint32_t good : {0u, 1u, 4u, 30u}) {
            for (const std::uint32_t bad : {0u, 1u, 3u}) {
              const double expected = page(tie_share, scale, 1.5, good_ties, bad_ties, good, bad, 95);
              CHECK(rule(weights, good_ties, bad_ties, community(good, bad, 95)) ==
                    doctest::Approx(expected).epsilon(1e-3).scale(0.1));
            }
          }
        }
      }
    }
  }
}

TEST_CASE("without stories s is 0; at 5 % returned among ties and community it is 1; it never leaves 0 to 1") {
  const Parameters& p = baseline().parameters;
  const PeerWeights weights(p.community_tie_share, p.community_peer_scale, p.belief_bad_weight);
  CHECK(rule(weights, 0, 0, community(0, 0, 100)) == 0);
  CHECK(rule(PeerWeights(0, p.community_peer_scale, 1.5), 0, 0, community(5, 0, 95)) ==
        doctest::Approx(1).epsilon(1e-3));
  CHECK(rule(weights, 8, 0, community(60, 0, 40)) == 1);
  CHECK(rule(weights, 0, 8, community(0, 90, 90)) == 0);
}

TEST_CASE("s rises with good stories and falls with bad ones") {
  const PeerWeights weights(0.5, 4, 1.5);
  for (int ties = 0; ties < 4; ++ties) {
    for (std::uint32_t n = 0; n < 5; ++n) {
      const double here = rule(weights, ties, 1, community(4 + n, 1, 95));
      CHECK(rule(weights, ties + 1, 1, community(4 + n, 1, 95)) >= here);
      CHECK(rule(weights, ties, 1, community(5 + n, 1, 95)) >= here);
      CHECK(rule(weights, ties, 2, community(4 + n, 1, 95)) <= here);
      CHECK(rule(weights, ties, 1, community(4 + n, 2, 95)) <= here);
    }
  }
}

TEST_CASE("an emptied community does not explode, and one without people says nothing") {
  const CommunityView emptied = community(3, 0, 0);
  CHECK(emptied.returned == 65536);
  CHECK_FALSE(emptied.has_trust);
  const CommunityView nobody = community(0, 0, 0);
  CHECK(nobody.returned == 0);
  CHECK(nobody.norm == 0);
}

TEST_CASE("bad stories outnumber good ones only where there are more of them") {
  CHECK_FALSE(community(2, 2, 90).more_bad_than_good);
  CHECK(community(2, 3, 90).more_bad_than_good);
  CHECK_FALSE(community(0, 0, 90).more_bad_than_good);
}

TEST_CASE("mean trust and the norm of the first generation are means, to a few units of the column") {
  CommunityCounts counts;
  double sum = 0, first_sum = 0;
  for (std::uint32_t i = 0; i < 90; ++i) {
    const std::uint32_t trust = 1000 + 700 * i;
    ++counts.abroad;
    counts.trust_eighth += trust >> 3;
    sum += trust;
    if (i % 3 != 0) continue;
    ++counts.first_generation;
    counts.first_trust_eighth += trust >> 3;
    first_sum += trust;
  }
  const CommunityView view = view_of(counts, 1.5);
  CHECK(view.has_trust);
  CHECK(std::abs(view.mean_trust - sum / 90) < 8);
  CHECK(std::abs(view.norm - (first_sum / 30 - 32768)) < 8);
}
