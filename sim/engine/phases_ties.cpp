// The phase in which people hear what became of those who came home.
#include "engine/schedule.h"

namespace homeward {
namespace {

// What the snapshot of last year says of each community, as the passes read it.
void read_communities(BlockYear& b) {
  for (std::uint32_t c = 0; c < b.block.communities; ++c) {
    const CommunityView& view = b.communities()[b.first_community() + c];
    CommunityReads& reads = b.work.community_reads[c];
    reads.peers = b.tables.peers.community * static_cast<float>(view.returned);
    reads.words = view.mean_trust | (view.has_trust ? CommunityReads::has_trust : 0) |
                  (view.more_bad_than_good ? CommunityReads::bad_stories : 0);
    b.work.community_first[c] = b.layout().community_first_ordinal[b.first_community() + c] - b.block.first_ordinal;
  }
}

}  // namespace

void look_around(BlockYear& b) {
  read_communities(b);
  const std::uint32_t* firsts = b.layout().community_first_ordinal.data() + b.first_community();
  hear_stories({b.stories(), firsts, &b.ties().reach(b.first_community()), b.block.communities, b.work.told.data()});
}

}  // namespace homeward
