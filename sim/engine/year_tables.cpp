#include "engine/year_tables.h"

namespace homeward {

YearTables build_year_tables(const Scenario& scenario, const HomeYear& home, const YearCounts& counts) {
  YearTables tables;
  tables.home = home;
  for (const HostGroup& group : scenario.tables.groups) {
    tables.groups.push_back({build_life_tables(scenario, home, group, counts.network_join, counts.invited_member,
                                               counts.invited_other),
                             build_visit_tables(scenario, home, group),
                             build_utilities(scenario, home, group, counts.posts_chance),
                             build_permit_tables(scenario, home, group),
                             {}});
    GroupTables& last = tables.groups.back();
    last.chances = bounds_of(last.life, last.visits);
  }
  tables.beliefs = build_belief_tables(scenario, home);
  tables.pipeline = build_pipeline_tables(scenario, home);
  tables.experts = build_expert_tables(scenario, home);
  tables.re_emigration = build_re_emigration_tables(scenario.parameters);
  tables.peers = {scenario.parameters.community_tie_share, scenario.parameters.community_peer_scale,
                  scenario.parameters.belief_bad_weight};
  tables.lessons = home.lever(Lever::language) > 0;
  tables.invitations = counts.invited_member > 0 || counts.invited_other > 0;
  tables.recent_years = round_to_int(scenario.parameters.community_recent_years);
  return tables;
}

}  // namespace homeward
