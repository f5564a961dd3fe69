// Entries of the keys of a scenario and of the names that stand for several entries.
#pragma once
#include <string>
#include <vector>

#include "homeward/vocabulary.h"
#include "scenario/tables.h"

namespace homeward::v1 {

// Keys of the top level, of economy, hosts and outputs, of dated levers, and the options of levers.
std::vector<Entry> key_entries(const Tables& tables);

// Families and groups of levers, groups of parameters, groups of hosts; `words` are the names of their members.
std::vector<Entry> group_entries(const Tables& tables);

// What the parameters of a group act on.
std::string acting(const std::string& group);

// `returns`, the sum of measures that --returns chooses; it is no row of a table.
Entry returns_entry();

// The name under which a path of a scenario is declared: a shock of one host is hosts.GROUP.job_loss, and the dates of
// one lever are those of all. Other names stay as they are.
std::string declared_name(const std::string& name);

}  // namespace homeward::v1
