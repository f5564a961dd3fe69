// THE YEAR on one page. Phase 1 (levers, pay, red tape: YearTables) is serial; then every block goes through these
// phases in this order, on any thread. Rules read what others were at the end of last year (communities, stories,
// snapshot) and write their own block only, so the order of blocks does not matter. Two things are settled between
// years: funded posts are drawn by lot in December (winners take or refuse theirs in January), and the snapshot of
// communities is published.
#pragma once
#include <array>

#include "engine/block_year.h"

namespace homeward {

void grow_older(BlockYear& b);          // deaths, unions, births decided, parents, nationality, jobs
void visit_home(BlockYear& b);          // visits
void look_around(BlockYear& b);         // who came home among one's ties and in the community: s
void learn(BlockYear& b);               // beliefs, trust, attachment, language, associations, savings, network
void end_permits(BlockYear& b);         // contract workers and graduates: home, renew, stay
void decide(BlockYear& b);              // attention, then stay or one of four modes; into the pipeline
void circulate(BlockYear& b);           // short working visits
void pass_procedures(BlockYear& b);     // twelve monthly ticks; offers; returns; applications for posts
void live_at_home(BlockYear& b);        // returnees: stay or leave again; claims; children who came along
void be_born_and_arrive(BlockYear& b);  // newborns, arrivals
void publish_snapshot(BlockYear& b);    // stories and communities as others will read them next year
// After the sink has seen the year: whoever left makes room.
void close_ranks(BlockYear& b);

struct Phase {
  const char* name;
  void (*run)(BlockYear&);
};
inline constexpr std::array<Phase, 11> the_year{{{"ageing", grow_older},
                                                 {"visits", visit_home},
                                                 {"ties", look_around},
                                                 {"beliefs", learn},
                                                 {"permits", end_permits},
                                                 {"choice", decide},
                                                 {"circulation", circulate},
                                                 {"pipeline", pass_procedures},
                                                 {"returnees", live_at_home},
                                                 {"births and arrivals", be_born_and_arrive},
                                                 {"snapshot", publish_snapshot}}};

}  // namespace homeward
