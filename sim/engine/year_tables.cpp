#include "engine/year_tables.h"

namespace homeward {

YearTables build_year_tables(const Scenario& scenario, const HomeYear& home, const YearCounts& counts,
                             const Workers& workers) {
  YearTables tables;
  tables.home = home;
  tables.groups.resize(scenario.tables.groups.size());
  workers.for_each_block(tables.groups.size(), [&](std::size_t g, std::size_t) {
    const HostGroup& group = scenario.tables.groups[g];
    GroupTables& made = tables.groups[g];
    made.life = build_life_tables(scenario, home, group, counts.network_join, counts.invited_member, counts.invited_other);
    made.visits = build_visit_tables(scenario, home, group);
    made.utilities = build_utilities(scenario, home, group, counts.posts_chance);
    made.permits = build_permit_tables(scenario, home, group);
    made.chances = bounds_of(made.life, made.visits);
  });
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
