// All tables of one year, built once before any person moves: phase 1 of the year.
#pragma once
#include <vector>

#include "behaviour/ageing.h"
#include "behaviour/beliefs.h"
#include "behaviour/contract_end.h"
#include "behaviour/expert_visits.h"
#include "behaviour/pipeline.h"
#include "behaviour/re_emigration.h"
#include "behaviour/visits.h"
#include "engine/kernels.h"
#include "parallel/blocks.h"

namespace homeward {

// What differs between host groups.
struct GroupTables {
  LifeTables life;
  VisitTables visits;
  Utilities utilities;
  PermitTables permits;
  ChanceBounds chances;
};

struct YearTables {
  HomeYear home;
  std::vector<GroupTables> groups;
  BeliefTables beliefs;
  PipelineTables pipeline;
  ExpertTables experts;
  ReEmigrationTables re_emigration;
  PeerWeights peers;
  bool lessons = false;      // language lessons are given
  bool invitations = false;  // events have guests
  int recent_years = 5;
};

struct YearCounts {
  double network_join = 0;    // probability for an advanced degree holder abroad
  double invited_member = 0;  // probability for a network member
  double invited_other = 0;   // for other advanced degree holders
  double posts_chance = 0;    // p_win
};

// Host groups are built side by side where there are workers.
YearTables build_year_tables(const Scenario& scenario, const HomeYear& home, const YearCounts& counts,
                             const Workers& workers = Workers(1));

}  // namespace homeward
