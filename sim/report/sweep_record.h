// The record of a sweep, kept in its folder: what was run, so that a table can be told from others and made again.
#pragma once
#include <string>

#include "analysis/sweep.h"
#include "scenario/presentation.h"

namespace homeward {

struct SweepRecordFacts {
  std::string version, revision;  // of the program
  Presentation shown;             // its cautions
};

// JSON: program, plan with its text, design, scenarios with their hashes, tables with SHA-256, cautions. The same from
// every process that works on the sweep.
std::string sweep_record_json(const Sweep& sweep, const SweepRecordFacts& facts);

}  // namespace homeward
