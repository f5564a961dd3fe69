// Every path that a scenario may hold, and the one that was meant where only its end was written.
#pragma once
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace homeward {

// Stand-ins for a word of the user's choice.
inline constexpr const char* any_host = "hosts.GROUP";
inline constexpr const char* any_lever = "policy.LEVER";
inline constexpr const char* any_cube = "outputs";

// Sections, families of levers, levers with their options, groups of parameters, parameters, columns of the economy,
// shocks of hosts, keys of dated levers and of cubes; dotted, in the order of their declarations.
std::vector<std::string> known_paths(const std::vector<LeverRow>& levers);

// What to do about a key that is unknown where it stands but is the end of a known path, or looks like one: a remedy
// of a fault, empty where there is none.
std::string remedy_for_key(const std::string& key, const std::vector<std::string>& paths);
// The same for a key that only looks like the end of a known path.
std::string remedy_for_misspelt_key(const std::string& key, const std::vector<std::string>& paths);

}  // namespace homeward
